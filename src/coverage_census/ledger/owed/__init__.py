"""Who has not reported, and which problems are still open."""
