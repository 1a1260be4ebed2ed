"""`reconcile` (比对): registers of other offices in; how they and the ledger agree out."""
