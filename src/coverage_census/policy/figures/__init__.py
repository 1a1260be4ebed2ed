"""Decided organisations in; coverage, indicators, distributions and comparisons out."""
