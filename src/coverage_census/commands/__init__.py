"""One function per command: the whole flow of its data on one screen; no parsing of arguments, no printing."""
