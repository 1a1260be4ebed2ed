"""Which rows are one organisation: as people said, else by USCC (统一社会信用代码), else by core name in the county.

Every rule leans to "two organisations": a pair that stays apart is seen and asked about, a wrong marriage loses one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from coverage_census.ledger.identity.answers import NOBODY, Answered, SaidOfRows
from coverage_census.ledger.identity.keys import Keys, Text, fits
from coverage_census.places import addresses


@dataclass
class Holders:
    """Of rows that came in together: the row that holds each one's organisation, and pairs that share only a code.

    `keys` are the rows' keys with what a holder learned from its duplicates.
    """

    of: list[int]
    keys: Keys
    shared: list[tuple[int, int]] = field(default_factory=list)


@dataclass
class Partners:
    """For each row that came in: its row in the round before, or None; and pairs that share only a code."""

    of: list[int | None]
    shared: list[tuple[int, int]] = field(default_factory=list)


Lists = Sequence[object]
"""For each row the list that it stands on, if that is known to name each organisation once; else None."""


def within(rows: Keys, answers: Answered = NOBODY, lists: Lists = ()) -> Holders:
    """Duplicates among rows that came in together: the first that knows its township holds, else the first."""
    said = answers.of(rows)

    def apart(row: int, other: int) -> bool:
        one_list = bool(lists) and lists[row] is not None and lists[row] == lists[other]
        return one_list or said.apart(row, said, other)

    groups, holders = dict(said.groups()), dict[int, int]()
    rows = replace(rows, uscc=rows.uscc[:], county=rows.county[:], township=rows.township[:], kind=rows.kind[:])
    found = Holders(list(range(len(rows.core))), rows)
    by_uscc: _Rows = defaultdict(list)
    by_core: _Rows = defaultdict(list)
    for row in sorted({*_repeated(rows), *groups}, key=lambda row: (rows.township[row] is None, row)):
        holder = holders.get(groups[row]) if row in groups else None
        if holder is None:
            holder = _by_code(rows, row, by_uscc, found.shared, apart)
        if holder is None:
            holder = _only(
                other
                for other in by_core[rows.core[row]]
                if _same_name(rows, row, rows, other)
                and not addresses.apart(rows.address[row], rows.address[other])
                and not apart(row, other)
            )
        if row in groups:
            holders.setdefault(groups[row], row if holder is None else holder)
        if holder is None:
            by_core[rows.core[row]].append(row)
            by_uscc[rows.uscc[row]].append(row)
        else:
            found.of[row] = holder
            if rows.uscc[holder] is None:
                by_uscc[rows.uscc[row]].append(holder)
            _learn(rows, holder, row)
    return found


def _repeated(rows: Keys) -> list[int]:
    """Rows whose code or core name occurs more than once: usually a handful."""
    codes, cores = _several(rows.uscc), _several(rows.core)
    if not codes and not cores:
        return []
    pairs = zip(rows.uscc, rows.core, strict=True)
    return [row for row, (uscc, core) in enumerate(pairs) if uscc in codes or core in cores]


def _several(column: Sequence[Text]) -> set[Text]:
    """What occurs more than once."""
    if len(set(column)) == len(column):
        return set()
    return {key for key, count in Counter(column).items() if count > 1} - {None}


def _learn(rows: Keys, holder: int, row: int) -> None:
    """What a duplicate knows of its organisation counts from now on for the next duplicate too."""
    for column in (rows.uscc, rows.county, rows.township, rows.kind):
        if column[holder] is None:
            column[holder] = column[row]


def across(rows: Keys, before: Keys, answers: Answered = NOBODY) -> Partners:
    """Each row's organisation in the round before; no organisation is given to two rows."""
    found = Partners([None] * len(rows.core))
    free = [True] * len(before.core)
    mine, theirs = answers.of(rows), answers.of(before)
    _as_said(found, free, mine, theirs)
    by_uscc = _Index(before.uscc)
    for row, uscc in enumerate(rows.uscc):
        if uscc is not None and found.of[row] is None:
            same = [each for each in by_uscc.at(uscc) if rows.core[row] == before.core[each]]
            _pair(found, free, row, [each for each in same if not mine.apart(row, theirs, each)])
    waiting = [row for row, partner in enumerate(found.of) if partner is None]
    by_core = _Index([core if free[row] else None for row, core in enumerate(before.core)] if waiting else [])
    for row in waiting:
        same = [each for each in by_core.at(rows.core[row]) if free[each] and _same_name(rows, row, before, each)]
        same = [each for each in same if not mine.apart(row, theirs, each)]
        near = [each for each in same if rows.township[row] == before.township[each]] or same
        here = [each for each in near if not addresses.apart(rows.address[row], before.address[each])]
        _pair(found, free, row, here if len(near) > 1 else near)
    _renamed(rows, before, found, free, by_uscc, (mine, theirs))
    return found


def _as_said(found: Partners, free: list[bool], mine: SaidOfRows, theirs: SaidOfRows) -> None:
    """同一单位: the row and the organisation before it of one group, if there is one of each."""
    before: dict[int, list[int]] = defaultdict(list)
    for row, group in theirs.groups():
        before[group].append(row)
    now: dict[int, list[int]] = defaultdict(list)
    for row, group in mine.groups():
        now[group].append(row)
    for group, rows in now.items():
        if len(rows) == 1:
            _pair(found, free, rows[0], before[group])


def _renamed(
    rows: Keys, before: Keys, found: Partners, free: list[bool], by_uscc: "_Index", said: tuple[SaidOfRows, SaidOfRows]
) -> None:
    """One code, one organisation left on either side: the same with a new name, unless it would be far away."""
    left: _Rows = defaultdict(list)
    for row, partner in enumerate(found.of):
        if partner is None and rows.uscc[row] is not None:
            left[rows.uscc[row]].append(row)
    mine, theirs = said
    for uscc, waiting in left.items():
        if not (others := by_uscc.at(uscc)):
            continue
        still = [other for other in others if free[other] and not mine.apart(waiting[0], theirs, other)]
        if len(waiting) == len(still) == 1 and may_be_renamed(rows, waiting[0], before, still[0]):
            _pair(found, free, waiting[0], still)
        else:
            found.shared += [(row, others[0]) for row in waiting if not mine.apart(row, theirs, others[0])]


def may_be_renamed(rows: Keys, row: int, before: Keys, other: int) -> bool:
    """Whether two names under one code may be an organisation's old and new one: nearby, and no branch of the other."""
    if told_apart(rows.core[row], before.core[other]):
        return False
    here = fits(rows.county[row], before.county[other]) and fits(rows.township[row], before.township[other])
    return here or names_agree(rows.core[row], before.core[other])


def _by_code(
    rows: Keys, row: int, by_uscc: "_Rows", shared: list[tuple[int, int]], apart: Callable[[int, int], bool]
) -> int | None:
    others = by_uscc[rows.uscc[row]] if rows.uscc[row] is not None else []
    others = [other for other in others if not apart(row, other)]
    for other in others:
        if names_agree(rows.core[row], rows.core[other]):
            return other
    shared += [(row, other) for other in others[:1]]
    return None


def told_apart(one: str, other: str) -> bool:
    """A branch beside its head office, a second shop beside the first: names that are alike but for what tells."""
    if BRANCH.findall(one) != BRANCH.findall(other):
        return True
    if NUMERALS.findall(one) == NUMERALS.findall(other):
        return False
    from rapidfuzz import fuzz

    return fuzz.ratio(NUMERALS.sub("", one), NUMERALS.sub("", other)) >= _ALIKE


def names_agree(one: str, other: str) -> bool:
    """Whether two core names under one code may be one organisation: a slip of the pen or a part left out."""
    if one == other:
        return True
    if NUMERALS.findall(one) != NUMERALS.findall(other) or BRANCH.findall(one) != BRANCH.findall(other):
        return False
    if one in other or other in one:
        return True
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other) >= _ALIKE


NUMERALS = re.compile(r"[0-9〇零一二三四五六七八九十百]")
BRANCH = re.compile(r"分公司|分[店厂会行园校社院部]|支行|门店|校区")  # a branch under its head office's code is not it
_ALIKE = 70  # of 100; 兴旺建材 and 兴望建材 have 75, 兴旺建材 and 大发建材 50 (two firms, one trade)


def _same_name(rows: Keys, row: int, others: Keys, other: int) -> bool:
    """Equal core names, and nothing known that tells the two apart."""
    return (
        rows.core[row] == others.core[other]
        and fits(rows.region[row], others.region[other])
        and fits(rows.uscc[row], others.uscc[other])
        and fits(rows.county[row], others.county[other])
        and fits(rows.township[row], others.township[other])
        and fits(rows.kind[row], others.kind[other])
    )


def _only(candidates: Iterable[int]) -> int | None:
    """The one candidate there is; of several none, because it cannot be told which."""
    found = list(candidates)
    return found[0] if len(found) == 1 else None


def _pair(found: Partners, free: list[bool], row: int, candidates: Sequence[int]) -> None:
    if len(candidates) == 1 and free[candidates[0]]:
        found.of[row], free[candidates[0]] = candidates[0], False


_Rows = dict[Text, list[int]]


class _Index:
    """Rows by a key; a key of None finds nothing. One dictionary for the many keys that stand in one row only."""

    def __init__(self, column: Sequence[Text]) -> None:
        several = _several(column)
        self.one = dict(zip(column, range(len(column)), strict=True))
        self.one.pop(None, None)
        self.more: _Rows = {key: [] for key in several}
        for row, key in enumerate(column) if several else ():
            if key in several:
                self.more[key].append(row)

    def at(self, key: Text) -> Sequence[int]:
        if key in self.more:
            return self.more[key]
        other = self.one.get(key)
        return () if other is None else (other,)
