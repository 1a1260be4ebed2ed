"""Policies as TOML files: their shape, how they are read and refused, and the documents they cite."""
