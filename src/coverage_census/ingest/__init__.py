"""Workbooks from townships in; organisations, problems and how each sheet was understood out."""
