"""Periods (期): which round belongs to which, and how things stood at the end of each."""
