"""A blank form from above and the organisations of an area in; the form filled, and what became of its columns, out.

The front door: the form passes the same guard and jail as any workbook that somebody sends.
"""

from coverage_census.ingest.jail.parent import fill

MOST = 20_000
"""Organisations in one workbook."""

__all__ = ["MOST", "fill"]
