"""Registers of other offices (名册) beside the ledger: what their columns mean, and what the two say of each other."""
