"""What the reader keeps out: headings that ask for persons, columns of names, and a last look at all that was read."""
