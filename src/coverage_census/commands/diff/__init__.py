"""`diff`: two rounds in; what changed between them out."""
