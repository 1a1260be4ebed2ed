"""How plans look in a terminal, as JSON and as CSV."""
