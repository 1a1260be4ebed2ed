"""What headings mean: the words of a column in, the field of the model that it feeds out."""
