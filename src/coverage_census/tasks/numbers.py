"""What an organisation was first known by in; the id of each of its tasks out, the same in every round."""

import base64
import hashlib
import re
import unicodedata

from coverage_census.places.nearest import nearest

LENGTH = 8
# Without I, L, O and U, which are misread; what people type for them is understood.
_STANDARD, _READABLE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghjkmnpqrstvwxyz"
_TO_READABLE = str.maketrans(_STANDARD, _READABLE)
_MISREAD = str.maketrans({"i": "1", "l": "1", "o": "0", "u": "v"})
_WRITTEN = re.compile(r"([a-z][a-z0-9_]{0,79})-([0-9a-z]{8})")

First = tuple[str | None, str | None, str | None, str, int]
"""USCC, county, township and name as they stood when the organisation was first named, and the how-manieth it was of
those that were named alike."""


def code(first: First) -> str:
    """Eight signs for one organisation; whoever has a USCC is known by it alone."""
    uscc, county, township, name, number = first
    said = [uscc] if uscc else [county or "", township or "", name]
    digest = hashlib.sha256("\n".join((*said, str(number))).encode("utf-8")).digest()
    return base64.b32encode(digest[:5]).decode("ascii").translate(_TO_READABLE)


def task_id(rule: str, of: str) -> str:
    """`union-7k3m9qxa`: the rule, then the organisation."""
    return f"{rule}-{of}"


def typed(text: str) -> str:
    """An id as somebody typed it, or as a cell has it: capitals, full-width signs and misread letters do not matter."""
    plain = unicodedata.normalize("NFKC", text).strip().lower().replace("—", "-").replace("–", "-")
    rule, _, of = plain.rpartition("-")
    return f"{rule}-{of.translate(_MISREAD)}" if rule else plain


def parts(written: str) -> tuple[str, str] | None:
    """Rule and organisation of an id; None where it is none."""
    found = _WRITTEN.fullmatch(written)
    return (found[1], found[2]) if found else None


def near(written: str, known: list[str]) -> list[str]:
    """The ids that were most likely meant."""
    from difflib import get_close_matches

    return get_close_matches(written, known, n=3, cutoff=0.75) or nearest(written, known)
