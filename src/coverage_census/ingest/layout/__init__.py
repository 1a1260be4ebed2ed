"""How a sheet is laid out: its kind, its header, its rows and the lines that stand around its tables."""
