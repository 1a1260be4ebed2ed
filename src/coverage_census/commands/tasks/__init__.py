"""`tasks`: gaps as tasks, listed, marked, assigned and read back."""
