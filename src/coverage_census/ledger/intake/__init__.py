"""What came in, beside what the ledger knows: which files are news, what their sheets speak for, what is older."""
