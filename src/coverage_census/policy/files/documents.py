"""The name of a document in; since when it may be cited, and who issued it, out. The list is `documents.toml`."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from coverage_census.model.record import Record

FILE = Path(__file__).with_name("documents.toml")


class Document(Record):
    """One text that policies cite: from `since` on (included) until it was replaced (not included)."""

    since: date
    until: date | None = None
    level: Literal["central", "local"]
    note: str | None = None


@cache
def documents() -> dict[str, Document]:
    """All of them by name."""
    written = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: Document.model_validate(said) for name, said in written.items()}


def span(name: str) -> tuple[date | None, date | None]:
    """From when, and until when, a document holds; one that an office cites and nobody registered has no dates."""
    found = documents().get(name)
    return (None, None) if found is None else (found.since, found.until)
