"""Files that are handed in or lie in the inbox: which are meant, which may be read now, where they go after."""
