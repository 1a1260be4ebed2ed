"""`check` and `ingest`: files in, a round of the ledger and return workbooks out."""
