"""The organisations of one file in; rows that name one twice, reported at the later name's cell, out."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Any

from coverage_census.ingest.cells import clean
from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.records.facts import Facts
from coverage_census.model.reading import Level
from coverage_census.places import addresses

_PUNCTUATION = re.compile(r"[()\[\]【】《》“”\"'‘’·.,，。、\-—_*#/]")
_BLANKS = re.compile(r"[^\S\n]+")
_LEGAL_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|公司|\(普通合伙\)|\(有限合伙\))$")


_Named = tuple[str | None, str]  # township, folded name


def fold(name: str) -> str:
    """A name for comparison: half-width, simplified, without blanks and punctuation."""
    text = bare(name).lower()
    return text if text.isalnum() else _PUNCTUATION.sub("", text)


def fold_all(names: Sequence[str]) -> list[str]:
    """Every name folded; of many at once, because nearly all are plain already."""
    joined = unicodedata.normalize("NFKC", "\n".join(names)).lower()
    folded = _PUNCTUATION.sub("", _BLANKS.sub("", joined)).split("\n")
    if len(folded) != len(names) or clean.is_odd(joined):
        return [fold(name) for name in names]
    if rare := "".join(clean.rare_letters(joined)):  # they may be traditional
        holds_one = re.compile(f"[{re.escape(rare)}]").search
        return [fold(name) if holds_one(text) else text for name, text in zip(names, folded, strict=True)]
    return folded


def core(name: str) -> str:
    """A folded name without its legal form: 某某食品有限责任公司 and 某某食品有限公司 are one."""
    return _LEGAL_FORM.sub("", fold(name))


def mark(sheets: Sequence[Facts]) -> set[tuple[int, int]]:
    """Reports duplicates within the file; returns them as (sheet, row), the later row of each pair."""
    by_name: dict[_Named, tuple[int, int]] = {}
    by_code: dict[str, tuple[int, int]] = {}
    repeated = set()
    folded = [list(zip(facts.of("township"), fold_all(facts.of("name")), strict=True)) for facts in sheets]
    uscc, address = ([facts.of(name) for facts in sheets] for name in ("uscc", "address"))
    names, codes = _several(folded), _several(uscc)
    for number, facts in enumerate(sheets if names or codes else ()):
        own_names = facts.of("name")
        for row, (place, code) in enumerate(zip(folded[number], uscc[number], strict=True)):
            if place not in names and code not in codes:
                continue
            name = own_names[row]
            earlier = by_code.get(code) if code else None
            if earlier is not None and not _same_core(sheets, earlier, name):
                _report(sheets, "code_shared", (number, row), earlier, "uscc")
                continue
            twin = earlier or by_name.get(place)
            if twin is not None and earlier is None:  # by its name alone
                there, at = twin
                if addresses.apart(address[there][at], address[number][row]):
                    _report(sheets, "same_name_elsewhere", (number, row), twin, "name")
                    continue
                held = uscc[there][at]
                twin = None if code and held and code != held else twin  # two codes: two organisations of one name
            if twin is not None:
                _report(sheets, "duplicate", (number, row), twin, "name")
                repeated.add((number, row))
                continue
            by_name.setdefault(place, (number, row))
            if code:
                by_code.setdefault(code, (number, row))
    return repeated


def _several(columns: Sequence[Sequence[Any]]) -> set[Any]:
    """What stands in more than one row: usually little, and nothing else has to be compared."""
    every = list(chain.from_iterable(columns))
    if len(set(every)) == len(every):
        return set()
    return {key for key, count in Counter(every).items() if count > 1} - {None}


def _same_core(sheets: Sequence[Facts], other: tuple[int, int], name: str) -> bool:
    a, b = core(sheets[other[0]].of("name")[other[1]]), core(name)
    return a == b or a.endswith(b) or b.endswith(a)


def _report(sheets: Sequence[Facts], kind: str, later: tuple[int, int], earlier: tuple[int, int], field: str) -> None:
    facts, first = sheets[later[0]], sheets[earlier[0]]
    cell = first.cell("name", earlier[1])
    where = cell if first.sheet == facts.sheet else f"{first.sheet}!{cell}"
    facts.report(kind, Level.WARNING, facts.cell(field, later[1]), field, other=where)
