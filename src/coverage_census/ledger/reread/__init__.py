"""Files of the ledger that are read anew because settings changed, and which figures moved by it."""
