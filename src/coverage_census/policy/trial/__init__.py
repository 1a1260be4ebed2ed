"""Policies put to the trial: made-up records on every side of every boundary, and what is wrong with the file."""
