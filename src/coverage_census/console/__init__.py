"""How results and refusals look in a terminal, as JSON and as CSV."""
