"""The confined child process in which every foreign file is parsed, and what its parent does with the answers."""
