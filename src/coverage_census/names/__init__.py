"""Names of organisations as people write them, folded so that two spellings of one are seen to be the same."""
