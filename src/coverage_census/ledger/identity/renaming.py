"""Organisations that vanished and others that came in their place in; pairs that may be a renaming (疑似更名) out.

Only proposed, never taken: one township, one kind, nothing known that tells the two apart, and near names, one address
or an unusual size in common.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from coverage_census.ledger.identity.keys import Text, fits
from coverage_census.ledger.identity.match import told_apart
from coverage_census.model.rounds import Who
from coverage_census.names.core_name import Cores
from coverage_census.names.town_word import without_town_word

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from coverage_census.ledger.identity.answers import Answered

_NEAR = 60.0  # of 100: 科创建材 and 新科建材 have 75, 富民食品 and 兴旺建材 0
_SIDE = re.compile(r"[东西南北甲乙丙丁A-Z]")
_STAFF = 10  # so many employees and not one more or less: that two small shops have four each says nothing
_FIRST, _NEXT, _LAST = 200.0, 100.0, 0.0  # an address says more than a name, a name more than a size
COLUMNS = ("name", "uscc", "county", "township", "kind", "address", "employees")


class KnownName(NamedTuple):
    """What a renaming is seen by; `core` and `township` folded, `address` without blanks."""

    core: str
    uscc: Text
    county: Text
    township: Text
    kind: Text
    address: Text
    employees: int | None


class Maybe(NamedTuple):
    """疑似更名: an organisation that no sheet names any more, and the one that may be it."""

    old: Who
    new: Who


def known(columns: dict[str, list[Any]], cores: Cores) -> list[KnownName]:
    """Rows of `COLUMNS` as they are compared."""
    core, _ = cores.of(columns["name"], columns["county"])
    towns = [without_town_word(each) for each in columns["township"]]
    addresses = ["".join((each or "").split()) or None for each in columns["address"]]
    names = ("uscc", "county", "kind", "employees")
    uscc, county, kind, staff = (columns[name] for name in names)
    return [KnownName(*each) for each in zip(core, uscc, county, towns, kind, addresses, staff, strict=True)]


def pairs(gone: Sequence[KnownName], came: Sequence[KnownName]) -> list[tuple[int, int]]:
    """(which of the gone, which of those that came), each in one pair at most: the likeliest."""
    rare = _rare(gone), _rare(came)
    scored = sorted(
        (
            (-score, one, other)
            for one, other in _near(gone, came)
            if (score := _likeness(gone[one], came[other], rare))
        ),
    )
    found, taken = list[tuple[int, int]](), (set[int](), set[int]())
    for _, one, other in scored:
        if one not in taken[0] and other not in taken[1]:
            found.append((one, other))
            taken[0].add(one)
            taken[1].add(other)
    return found


def between(connection: "DuckDBPyConnection", answers: "Answered", cores: Cores) -> tuple[Maybe, ...]:
    """Of two rounds side by side (`pairing`): whom nobody named after the earlier one, beside those that are new."""
    came = connection.execute(_CAME.format(columns=_ASKED)).fetchall()
    gone = connection.execute(_GONE.format(columns=_ASKED)).fetchall() if came else []
    if not gone:
        return ()
    sides = [dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)) for rows in (gone, came)]
    found = pairs(*(known(side, cores) for side in sides))
    apart = _apart(sides, found, answers, cores)
    return tuple(Maybe(Who(*gone[one][:4]), Who(*came[new][:4])) for one, new in found if (one, new) not in apart)


_ASKED = ", ".join(f"a.{name}" for name in COLUMNS)
_CAME = "SELECT {columns} FROM after a ANTI JOIN pairs p ON p.new = a.row ORDER BY a.row"
# Of a township in which others that were known have been named again: else it is another part of a list.
_GONE = """
WITH again AS (
    SELECT DISTINCT a.township, a.kind FROM pairs p JOIN after a ON a.row = p.new JOIN before b ON b.row = p.old
    WHERE a.word > b.word
), came AS (SELECT DISTINCT a.township FROM after a ANTI JOIN pairs p ON p.new = a.row)
SELECT {columns} FROM after a JOIN pairs p ON p.new = a.row JOIN before b ON b.row = p.old
SEMI JOIN came c ON c.township = a.township
SEMI JOIN again g ON g.township = a.township AND (g.kind = a.kind OR g.kind IS NULL OR a.kind IS NULL)
WHERE a.word <= b.word AND coalesce(a.operating_status NOT IN ('closed', 'shell', 'moved'), true) ORDER BY a.row
"""


def _apart(
    sides: Sequence[dict[str, list[object]]], found: Sequence[tuple[int, int]], answers: "Answered", cores: Cores
) -> Collection[tuple[int, int]]:
    """Pairs of which somebody said that they are two."""
    from coverage_census.ledger.identity import keys

    if not answers:
        return ()
    one, other = (answers.of(keys.keys(side, cores)) for side in sides)
    return {pair for pair in found if one.apart(pair[0], other, pair[1])}


def _near(gone: Sequence[KnownName], came: Sequence[KnownName]) -> Iterator[tuple[int, int]]:
    places: dict[Text, list[int]] = defaultdict(list)
    for number, each in enumerate(came):
        places[each.township].append(number)
    for number, each in enumerate(gone):
        for other in places.get(each.township, ()) if each.township else ():
            if _may_be(each, came[other]):
                yield number, other


def _may_be(one: KnownName, other: KnownName) -> bool:
    places = fits(one.county, other.county) and fits(one.kind, other.kind)
    return places and _one_code(one.uscc, other.uscc)


def _one_code(one: Text, other: Text) -> bool:
    """Two codes are two organisations; one code twice is another question."""
    return one is None or other is None


def _likeness(one: KnownName, other: KnownName, rare: tuple[Collection[object], Collection[object]]) -> float:
    """0: they do not look alike."""
    from rapidfuzz import fuzz

    if told_apart(one.core, other.core) or _elsewhere(one.core, other.core):
        return 0
    ratio = fuzz.ratio(one.core, other.core)
    if one.address is not None and one.address == other.address:
        return _FIRST + ratio
    if ratio >= _NEAR:
        return _NEXT + ratio
    same = one.employees == other.employees and (one.employees or 0) >= _STAFF
    return _LAST + 1 if same and all(_size(one) in sizes for sizes in rare) else 0


def _elsewhere(one: str, other: str) -> bool:
    """城东幼儿园 and 城西幼儿园; that 新科 was 科创 before is what a renaming is like."""
    sides = [_SIDE.findall(each) for each in (one, other)]
    return all(sides) and sides[0] != sides[1]


def _rare(rows: Sequence[KnownName]) -> Collection[object]:
    """Sizes that one organisation alone has in its township."""
    counts = Counter(map(_size, rows))
    return {size for size, count in counts.items() if count == 1}


def _size(each: KnownName) -> tuple[Text, int | None]:
    return each.township, each.employees
