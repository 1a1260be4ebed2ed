"""The coverage page: one module a section, worked out as plain values before any template sees it."""
