"""Plans (方案): gaps come in, groups of organisations, hosts and assignments come out."""
