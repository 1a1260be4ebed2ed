"""The organisations of one file in; rows that name one twice, reported at the later name's cell, out."""

import re
import unicodedata
from collections.abc import Sequence

from coverage_census.ingest.cleaning import bare, simplified
from coverage_census.ingest.facts import Facts
from coverage_census.model.reading import Level

_PUNCTUATION = re.compile(r"[()\[\]【】《》“”\"'‘’·.,，。、\-—_*#/]")
_BLANKS = re.compile(r"[^\S\n]+")
_LEGAL_FORM = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|公司|\(普通合伙\)|\(有限合伙\))$")


def fold(name: str) -> str:
    """A name for comparison: half-width, simplified, without blanks and punctuation."""
    text = simplified(bare(name)).lower()
    return text if text.isalnum() else _PUNCTUATION.sub("", text)


def fold_all(names: Sequence[str]) -> list[str]:
    """Every name folded; of many at once, because nearly all are plain already."""
    joined = unicodedata.normalize("NFKC", "\n".join(names)).lower()
    try:
        joined.encode("gb2312")
    except UnicodeEncodeError:
        return [fold(name) for name in names]
    folded = _PUNCTUATION.sub("", _BLANKS.sub("", joined)).split("\n")
    return folded if len(folded) == len(names) else [fold(name) for name in names]


def core(name: str) -> str:
    """A folded name without its legal form: 某某食品有限责任公司 and 某某食品有限公司 are one."""
    return _LEGAL_FORM.sub("", fold(name))


def mark(sheets: Sequence[Facts]) -> set[tuple[int, int]]:
    """Reports duplicates within the file; returns them as (sheet, row), the later row of each pair."""
    by_name: dict[tuple[str | None, str], tuple[int, int]] = {}
    by_code: dict[str, tuple[int, int]] = {}
    repeated = set()
    for number, facts in enumerate(sheets):
        names, towns, codes = facts.of("name"), facts.of("township"), facts.of("uscc")
        for row, (name, town, code, folded) in enumerate(zip(names, towns, codes, fold_all(names), strict=True)):
            earlier = by_code.get(code) if code else None
            if earlier is not None and not _same_core(sheets, earlier, name):
                _report(sheets, "code_shared", (number, row), earlier, "uscc")
                continue
            twin = earlier or by_name.get((town, folded))
            if twin is not None and (earlier is not None or not _different_codes(sheets, twin, code)):
                _report(sheets, "duplicate", (number, row), twin, "name")
                repeated.add((number, row))
                continue
            by_name.setdefault((town, folded), (number, row))
            if code:
                by_code.setdefault(code, (number, row))
    return repeated


def _same_core(sheets: Sequence[Facts], other: tuple[int, int], name: str) -> bool:
    a, b = core(sheets[other[0]].of("name")[other[1]]), core(name)
    return a == b or a.endswith(b) or b.endswith(a)


def _different_codes(sheets: Sequence[Facts], other: tuple[int, int], code: str | None) -> bool:
    """Two valid codes: two organisations of one name."""
    held = sheets[other[0]].of("uscc")[other[1]]
    return bool(code and held and code != held)


def _report(sheets: Sequence[Facts], kind: str, later: tuple[int, int], earlier: tuple[int, int], field: str) -> None:
    facts, first = sheets[later[0]], sheets[earlier[0]]
    cell = first.cell("name", earlier[1])
    where = cell if first.sheet == facts.sheet else f"{first.sheet}!{cell}"
    facts.report(kind, Level.WARNING, facts.cell(field, later[1]), field, other=where)
