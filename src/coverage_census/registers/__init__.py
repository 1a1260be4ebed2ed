"""Registers of other offices (名册) beside the ledger: whose row is whose."""
