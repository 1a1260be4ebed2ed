"""Which rows are one organisation: by USCC (统一社会信用代码), else by core name within the county.

Every rule leans to "two organisations": a pair that stays apart is seen and asked about, a wrong marriage loses one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from coverage_census.ledger.core_name import Core, core_names

Text = str | None


@dataclass(frozen=True)
class Keys:
    """What identity is decided by, one list a column; `township` without its 乡镇街道, so that 首阳 is 首阳镇."""

    uscc: list[Text]
    core: list[Core]
    county: list[Text]
    township: list[Text]
    kind: list[Text]


@dataclass
class Holders:
    """Of rows that came in together: the row that holds each one's organisation, and pairs that share only a code."""

    of: list[int]
    shared: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Partners:
    """For each row that came in: its row in the round before, or None; and pairs that share only a code."""

    of: list[int | None]
    shared: list[tuple[int, int]] = field(default_factory=list)


def keys(name: Sequence[str], uscc: list[Text], county: list[Text], township: list[Text], kind: list[Text]) -> Keys:
    folded = {each: _TOWN.sub("", each) if each else None for each in set(township)}
    return Keys(uscc, core_names(name, county), county, [folded[each] for each in township], kind)


_TOWN = re.compile(r"(?<=..)(?:街道办事处|街道办|街道|民族乡|镇|乡)$")


def within(rows: Keys) -> Holders:
    """Duplicates among rows that came in together: the first that knows its township holds, else the first."""
    rows = replace(rows, uscc=rows.uscc[:], county=rows.county[:], township=rows.township[:], kind=rows.kind[:])
    found = Holders(list(range(len(rows.core))))
    by_uscc, by_core = _Index(), _Index()
    placed = [place for place, township in enumerate(rows.township) if township is not None]
    unplaced = [place for place, township in enumerate(rows.township) if township is None]
    for row in (*placed, *unplaced):
        holder = _by_code(rows, row, by_uscc, found.shared)
        if holder is None:
            holder = _only(other for other in by_core.at(rows.core[row][0]) if _same_name(rows, row, rows, other))
        if holder is None:
            by_core.add(rows.core[row][0], row)
            by_uscc.add(rows.uscc[row], row)
        else:
            found.of[row] = holder
            if rows.uscc[holder] is None:
                by_uscc.add(rows.uscc[row], holder)
            _learn(rows, holder, row)
    return found


def _learn(rows: Keys, holder: int, row: int) -> None:
    """What a duplicate knows of its organisation counts from now on for the next duplicate too."""
    for column in (rows.uscc, rows.county, rows.township, rows.kind):
        if column[holder] is None:
            column[holder] = column[row]


def across(rows: Keys, before: Keys) -> Partners:
    """Each row's organisation in the round before; no organisation is given to two rows."""
    found = Partners([None] * len(rows.core))
    free = [True] * len(before.core)
    by_uscc, by_core = _index(before.uscc), _index([core for core, _ in before.core])
    for row, uscc in enumerate(rows.uscc):
        if uscc is not None:
            _pair(found, free, row, (other for other in by_uscc.at(uscc) if rows.core[row][0] == before.core[other][0]))
    for row, (core, _) in enumerate(rows.core):
        if found.of[row] is None:
            same = [other for other in by_core.at(core) if free[other] and _same_name(rows, row, before, other)]
            nearest = [other for other in same if rows.township[row] == before.township[other]] or same
            _pair(found, free, row, nearest)
    _renamed(rows, before, found, free, by_uscc)
    return found


def _renamed(rows: Keys, before: Keys, found: Partners, free: list[bool], by_uscc: "_Index") -> None:
    """One code, one organisation left on either side: the same with a new name, unless it would be far away."""
    left = _Index()
    for row, uscc in enumerate(rows.uscc):
        if uscc is not None and found.of[row] is None:
            left.add(uscc, row)
    for uscc, waiting in left.rows.items():
        others = [other for other in by_uscc.at(uscc) if free[other]]
        if len(waiting) == 1 and len(others) == 1 and _may_be_renamed(rows, waiting[0], before, others[0]):
            _pair(found, free, waiting[0], others)
        elif by_uscc.at(uscc):
            found.shared += [(row, by_uscc.at(uscc)[0]) for row in waiting]


def _may_be_renamed(rows: Keys, row: int, before: Keys, other: int) -> bool:
    here = _fits(rows.county[row], before.county[other]) and _fits(rows.township[row], before.township[other])
    return here or names_agree(rows.core[row][0], before.core[other][0])


def _by_code(rows: Keys, row: int, by_uscc: "_Index", shared: list[tuple[int, int]]) -> int | None:
    others = by_uscc.at(rows.uscc[row])
    for other in others:
        if names_agree(rows.core[row][0], rows.core[other][0]):
            return other
    shared += [(row, other) for other in others[:1]]
    return None


def names_agree(one: str, other: str) -> bool:
    """Whether two core names under one code may be one organisation: a slip of the pen or a part left out."""
    if one == other:
        return True
    if _NUMERALS.findall(one) != _NUMERALS.findall(other):
        return False
    if one in other or other in one:
        return True
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) >= _ALIKE


_NUMERALS = re.compile(r"[0-9〇零一二三四五六七八九十百]")
_ALIKE = 70  # of 100; 兴旺建材 and 兴望建材 have 75, 兴旺建材 and 大发建材 50 (two firms, one trade)


def _same_name(rows: Keys, row: int, others: Keys, other: int) -> bool:
    """Equal core names, and nothing known that tells the two apart."""
    return (
        rows.core[row][0] == others.core[other][0]
        and _fits(rows.core[row][1] or None, others.core[other][1] or None)
        and _fits(rows.uscc[row], others.uscc[other])
        and _fits(rows.county[row], others.county[other])
        and _fits(rows.township[row], others.township[other])
        and _fits(rows.kind[row], others.kind[other])
    )


def _fits(one: Text, other: Text) -> bool:
    return one is None or other is None or one == other


def _only(candidates: Iterable[int]) -> int | None:
    """The one candidate there is; of several none, because it cannot be told which."""
    found = list(candidates)
    return found[0] if len(found) == 1 else None


def _pair(found: Partners, free: list[bool], row: int, candidates: Iterable[int]) -> None:
    other = _only(each for each in candidates if free[each])
    if other is not None:
        found.of[row], free[other] = other, False


class _Index:
    """Rows by a key; a key of None finds nothing."""

    def __init__(self) -> None:
        self.rows: dict[str, list[int]] = {}

    def add(self, key: Text, row: int) -> None:
        if key is not None:
            self.rows.setdefault(key, []).append(row)

    def at(self, key: Text) -> Sequence[int]:
        return self.rows.get(key, ()) if key is not None else ()


def _index(column: Sequence[Text]) -> _Index:
    index = _Index()
    for row, key in enumerate(column):
        index.add(key, row)
    return index
