"""Registers of other offices (名册) as they were sent: sealed entries beside the rounds, never part of them."""
