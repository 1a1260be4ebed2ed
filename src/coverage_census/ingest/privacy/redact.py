"""What the reader asks of the door: whether a code or a column is a person's, and what may be quoted of a cell."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from coverage_census.ingest.cells.clean import bare
from coverage_census.privacy import check_digits, numbers
from coverage_census.privacy.door import HIDDEN, Redacted, hidden, redact, suspects, suspicious

__all__ = [
    "HIDDEN", "Redacted", "hidden", "is_personal_code", "looks_personal", "quotable", "quotable_code", "redact",
    "redact_of", "sheet_names", "suspects", "suspicious_of",
]  # fmt: skip

_DAMAGED_ID = re.compile(rf"{numbers.PROVINCE}\d{{4}}{numbers.BIRTH}")
_THIS_CENTURY = "30"  # a two-digit year of birth below this is that of no person who still answers

NAMES = frozenset(["name", "org_name", "superior_org", "covers"])  # 王医生口腔门诊部: a role in a name is no person
_OFFICES = frozenset(["org_name", "superior_org", "responsible_unit"])
_FREE = frozenset(["not_built_reason", "remarks", "code", "uscc"])


def redact_of(field: str, text: str) -> Redacted | None:
    """`redact` as the field asks for it: by what it names, an organisation, an office or a place."""
    place = field not in _OFFICES | _FREE
    return redact(text, named=field in NAMES, office=field in _OFFICES, place=place, coded=field == "code")


def suspicious_of(field: str, texts: Sequence[str]) -> list[str]:
    """Those of many texts of a field at which `redact_of` must look."""
    return suspicious(texts, named=field in NAMES and field not in _OFFICES)


def is_personal_code(text: str) -> str | None:
    """`id` or `phone` if a code column holds a person's number instead of an organisation's."""
    if numbers.ID_18.fullmatch(text) or _DAMAGED_ID.match(_digits(text)):
        return "id"
    if numbers.ID_15.fullmatch(text):
        return None if check_digits.registration(text) or text[6:8] < _THIS_CENTURY else "id"
    found = redact(text, coded=True)
    return found.kinds[0] if found else None


def looks_personal(values: Iterable[Any]) -> bool:
    """Whether a column nobody asked for consists of phone, ID or card numbers."""
    texts = [bare(value) for value in values if value is not None][:200]
    if not suspects(texts):
        return False
    hits = sum(1 for text in texts if (found := redact(text)) is not None and found.kinds != ("name",))
    return hits >= 1 and hits * 2 >= len(texts)


def quotable(text: str) -> str:
    """What may be quoted in a message: short, and without a number that could be a person's."""
    return "（略）" if len(text) > 20 or re.search(r"\d(?:[- ]?\d){6}", text) else hidden(text)


def quotable_code(text: str) -> str:
    """A code as it is kept: at most 40 characters, ID numbers and phones inside it hidden."""
    found = redact(text[:40], coded=True)
    return found.text if found else text[:40]


def sheet_names(names: Iterable[str]) -> dict[str, str]:
    """What sheets are called whose names hold somebody's number: by their order among these, so that a sheet which a
    return workbook puts in front changes nothing."""
    personal = [name for name in names if hidden(name, place=True) != name]
    return {name: f"{HIDDEN}{number}" for number, name in enumerate(personal, 1)}


def _digits(text: str) -> str:
    """The digits that 1.10101190001011E+17 still shows; nothing for any other text."""
    match = re.fullmatch(r"(\d)\.(\d{6,})E\+?(?:14|17)", text)
    return (match[1] + match[2]).ljust(14, "0") if match else ""
