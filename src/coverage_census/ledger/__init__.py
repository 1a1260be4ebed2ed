"""Rounds on a shared drive: written once, never edited."""
