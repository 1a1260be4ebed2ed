"""Plans that were kept (方案留存): what became of each, and how two of them differ."""
