"""Whether a drive can hold a ledger safely, each primitive tried out."""
