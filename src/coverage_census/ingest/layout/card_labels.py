"""One cell of a form in; whether it is a label, and the value that stands in the same cell, out."""

import re
from functools import lru_cache

from coverage_census.ingest.grid import Cell
from coverage_census.ingest.headings import meanings, vocabulary
from coverage_census.ingest.privacy import names, persons


def is_label(cell: Cell) -> bool:
    """A heading that cannot be a value."""
    return isinstance(cell, str) and len(cell) <= 40 and _is_label(cell)


@lru_cache(maxsize=20_000)
def _is_label(text: str) -> bool:
    word = vocabulary.key(text)
    known = vocabulary.load()
    if word in known.ambiguous or word in known.crosstab:
        return False
    sure = any(form in known.words or form in known.lumped or form in known.ignored for form in vocabulary.forms(word))
    return (sure and len(word) > 2) or (len(word) <= 14 and persons.labels(word) and not names.named(word))


def inline(cell: Cell) -> tuple[str, str] | None:
    """企业名称：晨曦电子厂 in one cell, as label and value."""
    match = (
        re.fullmatch(r"(?<!\s)\s*+([^:：]{2,20}?)\s*+[:：]\s*+(\S(?:.*\S)?)\s*", cell)
        if isinstance(cell, str)
        else None
    )
    if match is None or is_label(match[2]) or not (is_label(match[1]) or meanings.strength(match[1]) == 2):
        return None
    return match[1], match[2]
