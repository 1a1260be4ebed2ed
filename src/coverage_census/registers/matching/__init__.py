"""Two lists of names in; which rows are one organisation, by which step, and which only a person can tell, out."""
