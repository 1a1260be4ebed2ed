"""The columns of a table in; the facts of its organisations, field by field, out."""
