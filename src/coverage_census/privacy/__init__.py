"""The door: a text goes in, the same text without anything that points to one person comes out."""
