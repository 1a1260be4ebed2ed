"""Blank forms from above (上级空表) filled from the ledger, and read back to prove it."""
