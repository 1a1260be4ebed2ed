"""Organisations in; decisions, coverage and indicators out, each with the rule cited."""
