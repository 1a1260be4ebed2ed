"""待认定: the questions of a review workbook on identity, and what its hidden sheet remembers of them."""

from coverage_census.model.reading import Subject
from coverage_census.model.record import Record

HIDDEN = "_census"
SIGN, FORMAT = "coverage-census identity", 1
META = ("list", "round", "same", "different", "open")
SIDE = ("name", "uscc", "county", "township")
IDS = ("line", *(f"one_{each}" for each in SIDE), *(f"other_{each}" for each in SIDE))
HEAD = 5  # row of the lower headings, 0-based
NUMBER, ANSWER, REASON = 0, 9, 10  # columns, 0-based
LINES = 2_000
"""Pairs in one workbook; the likeliest come first."""


class IdentityQuestion(Record):
    """One pair as the workbook asks about it, in the language of the workbook; `sides` are the cells of each side."""

    number: int
    one: Subject
    other: Subject
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    why: str
    differs: str
    else_: str  # what holds if nobody answers
