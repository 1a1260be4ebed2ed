"""What a return workbook (退回表) is known by: the hidden sheet that remembers which problem stood where."""

import datetime
import hashlib

from coverage_census.ingest.cells.clean import as_text
from coverage_census.ingest.grid import Cell

HIDDEN = "_census"
SIGN, FORMAT = "coverage-census return", 1
META = ("original", "sha256", "round", "list", "opinion", "corrected", "confirmed", "whole")
WHOSE = ("name", "uscc", "county", "township")
IDS = ("line", "level", "sheet", "cell", "row", "field", "code", "finding", *WHOSE, "hash")
AUTHOR = "census"
LIST_HEAD = 5  # row of the headings of 问题清单
NUMBER, ACTION, NEW, REASON = 0, 8, 9, 10  # columns of 问题清单, 0-based
COLUMNS = 11


def value_hash(value: Cell) -> str:
    """A cell as a person sees it, hashed: the hidden sheet repeats nobody's data."""
    if value is None:
        return "-"
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()  # one reader gives a day as a moment, the other as a day
    return hashlib.sha256(as_text(value).strip().encode("utf-8")).hexdigest()[:16]
