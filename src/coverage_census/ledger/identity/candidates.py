"""One round in; pairs of its organisations that may be one and that nobody has answered for, likeliest first, out.

Found within a county only, in blocks: one code; one core name elsewhere in the county, there no longer reported; or,
in one township, names that begin alike or differ in one letter of their beginning. Two rows of one sheet are two: its
clerk listed both. Other numerals, directions, letters, branches and places are other organisations.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger.identity import answers, candidate_rows, renaming
from coverage_census.ledger.identity import keys as identity_keys
from coverage_census.ledger.identity.keys import IDENTITY, Keys, fits
from coverage_census.ledger.identity.match import BRANCH
from coverage_census.ledger.periods import beginnings
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.store import parquet, rounds_folder, seal
from coverage_census.ledger.store.force import in_force
from coverage_census.model.rounds import Round
from coverage_census.model.row import Facts
from coverage_census.names.core_name import Cores
from coverage_census.names.town_word import without_town_word

if TYPE_CHECKING:
    import pyarrow as pa

_COLUMNS = (*IDENTITY, "address", "employees", "confirmed_round", "source_file", "source_sheet", "source_row")
_SHEET = ("source_file", "source_sheet", "confirmed_round")
_NUMBER = re.compile(r"[0-9]+|[〇零一二三四五六七八九十百]+")  # 12号 is not 21号
_TELLING = re.compile(r"[东西南北中上下左右新老甲乙丙丁A-Z]")  # 城东幼儿园 and 城西幼儿园, A座 and B座
_LETTERS = 2  # by which a name's beginning (字号) is known
_ALIKE = 75.0  # of 100, where both begin alike: 富民食品 and 富民食品加工 have 80, 富民物业服务 and 富民家政服务 67
_ONE_LETTER = 6  # names so long may differ in one letter of their beginning
_AT_ONCE = 4_000_000  # likenesses: 16 MB


class Why(StrEnum):
    """Why two organisations may be one."""

    CODE = "same_code"  # 一码两名
    MOVED = "same_name_elsewhere"  # 同名, 原乡镇不再上报
    NAME = "same_name"  # 同名, 分不清是哪一家
    RENAMED = "renamed"  # 疑似更名: one vanished when the other came
    ALIKE = "alike"  # 名称相近


@dataclass(frozen=True)
class PairSide:
    """One of the two, as its row says."""

    name: str
    uscc: str | None
    county: str | None
    township: str | None
    kind: str | None
    address: str | None
    confirmed_round: int | None
    file: str | None
    sheet: str | None
    row: int | None
    silent: bool  # 未再上报


@dataclass(frozen=True)
class Candidate:
    """Two organisations that may be one. `likeness`: of their core names, of 100."""

    why: Why
    one: PairSide
    other: PairSide
    likeness: float


def find(folder: Path, which: Round, rounds: Sequence[Round], drive: Drive = DRIVE) -> tuple[Candidate, ...]:
    """Every open pair of the round `which`; `rounds` are all of the ledger."""
    past = Past(folder, tuple(rounds[: which.number]), drive)
    sealed = seal.read(rounds_folder.round_folder(folder, which.number), drive)
    content = seal.content(sealed, rounds_folder.ORGANISATIONS, drive)
    spoken = _spoken(past.rounds)
    short = parquet.read(content, tuple(dict.fromkeys((*candidate_rows.COLUMNS, *_SHEET))))
    rows = () if _all_told_apart(short) else candidate_rows.rows(short, spoken)
    if not len(rows):
        return ()
    table, cores = parquet.read(content, _COLUMNS).take(rows), Cores()
    keys = identity_keys.keys({name: table[name].to_pylist() for name in IDENTITY}, cores)
    said = answers.judge(past.entries, (), cores).holding.of(keys)
    groups = dict(said.groups())
    found = _Search(keys, table, _towns(short), spoken, _renamed(table, rows, short, past.rounds, spoken, cores))
    pairs = {
        pair: why
        for pair, why in found.pairs()
        if not said.apart(pair[0], said, pair[1]) and groups.get(pair[0], -1) != groups.get(pair[1], -2)
    }
    return tuple(sorted(_candidates(pairs, keys, table, found), key=_order))


def _renamed(
    table: "pa.Table",
    rows: Any,
    short: "pa.Table",
    rounds: Sequence[Round],
    spoken: Mapping[tuple[Any, Any], Sequence[int]],
    cores: Cores,
) -> Collection[tuple[int, int]]:
    """Pairs of which one went unnamed by the very round in which the other came, and which named others again."""
    begun = beginnings.of(rounds)
    if begun is None or not spoken:
        return ()
    spoken_by_town: dict[Any, dict[Any, Sequence[int]]] = defaultdict(dict)
    for (town, kind), numbers in spoken.items():
        spoken_by_town[town][kind] = numbers
    again, places = _named_again(short, begun), table.select(["township", "kind"]).to_pylist()
    went: dict[int, list[int]] = defaultdict(list)
    came: dict[int, list[int]] = defaultdict(list)
    for at, (row, confirmed) in enumerate(zip(rows.tolist(), table["confirmed_round"].to_pylist(), strict=True)):
        kinds = spoken_by_town.get(places[at]["township"], {})
        said = [each for kind, numbers in kinds.items() if fits(kind, places[at]["kind"]) for each in numbers]
        later = [each for each in said if (confirmed or 0) < each <= again.get(places[at]["township"], 0)]
        if later and confirmed != 0:
            went[min(later)].append(at)
        else:
            came[begun[row]].append(at)
    seen = renaming.known({name: table[name].to_pylist() for name in renaming.COLUMNS}, cores) if went else []
    return [
        (min(went[number][one], came[number][other]), max(went[number][one], came[number][other]))
        for number in went
        for one, other in renaming.pairs([seen[at] for at in went[number]], [seen[at] for at in came.get(number, ())])
    ]


def _named_again(short: "pa.Table", begun: Sequence[int]) -> Mapping[object, int]:
    """Township → the newest round that named one that was known there: what names none is another part of a list."""
    columns = (short[name].to_pylist() for name in ("township", "confirmed_round"))
    found: dict[object, int] = {}
    for township, confirmed, first in zip(*columns, begun, strict=True):
        if (confirmed or 0) > first:
            found[township] = max(found.get(township, 0), confirmed)
    return found


def _all_told_apart(table: "pa.Table") -> bool:
    """One sheet, and no code in it twice: its clerk listed each of them, so there is nothing to search for."""
    import pyarrow.compute as pc

    codes = table["uscc"].drop_null()
    one_sheet = all(pc.count_distinct(table[name], mode="all").as_py() <= 1 for name in _SHEET)
    return one_sheet and pc.count_distinct(codes).as_py() == len(codes)


def _towns(table: "pa.Table") -> dict[str | None, set[str]]:
    """County → its townships that the round knows, without 镇 and 乡."""
    towns: dict[str | None, set[str]] = defaultdict(set)
    for each in table.select(["county", "township"]).group_by(["county", "township"]).aggregate([]).to_pylist():
        towns[each["county"]].add(without_town_word(each["township"]) or "")
    return towns


class _Search:
    """The blocks of one round, and which pairs in them may be one organisation."""

    def __init__(
        self,
        keys: Keys,
        table: "pa.Table",
        towns: Mapping[str | None, set[str]],
        spoken: Mapping[tuple[object, object], Sequence[int]],
        renamed: Collection[tuple[int, int]] = (),
    ) -> None:
        self.keys, self.spoken, self.renamed = keys, spoken, renamed
        sheets = zip(
            *(table[name].to_pylist() for name in ("source_file", "source_sheet", "confirmed_round")), strict=True
        )
        self.sheet = list(sheets)
        self.place = list(zip(table["township"].to_pylist(), table["kind"].to_pylist(), strict=True))
        names = zip(keys.core, keys.county, strict=True)
        self.bare = [_without_town(core, towns[county]) for core, county in names]

    def pairs(self) -> Iterator[tuple[tuple[int, int], Why]]:
        """Each pair once, by the strongest reason."""
        seen: set[tuple[int, int]] = set()
        for why, blocks, test in (
            (Why.CODE, self._codes(), _each),
            (Why.MOVED, self._names(), self._moved),
            (Why.RENAMED, self.renamed, _each),
            (Why.ALIKE, self._beginnings(), self._alike),
        ):
            for rows in blocks:
                for pair in test(rows):
                    if pair not in seen:
                        seen.add(pair)
                        same = why is Why.ALIKE and self.bare[pair[0]] == self.bare[pair[1]]
                        yield pair, Why.NAME if same else why

    def silent(self, row: int) -> bool:
        """未再上报: a later round spoke for its kind in its township and did not name it."""
        confirmed = self.sheet[row][2]
        if confirmed == 0:  # 漏报补录: no sheet has ever named it
            return False
        return any(number > (confirmed or 0) for number in self.spoken.get(self.place[row], ()))

    def _codes(self) -> Iterator[list[int]]:
        return _blocks((uscc, row) for row, uscc in enumerate(self.keys.uscc) if uscc)

    def _names(self) -> Iterator[list[int]]:
        return _blocks(((self.keys.county[row], core), row) for row, core in enumerate(self.keys.core))

    def _beginnings(self) -> Iterator[list[int]]:
        """By township and beginning; a beginning with one letter more, less or other leaves the rest alike.

        Two that have codes are told apart by them: only what somebody without a code shares is looked at. So are two
        that differ in a number or a word of direction: of a county that numbers its shops, few are compared.
        """
        keys = self.keys
        bare = [row for row, uscc in enumerate(keys.uscc) if uscc is None]
        lost = (row for row, town in enumerate(keys.township) if town is None)
        nowhere = {(keys.county[row], self.bare[row][1][:_LETTERS]) for row in lost}
        wanted = {key for row in bare for key in self._beginning(row, nowhere)}
        rows: Iterable[int] = range(len(keys.core)) if wanted else ()
        near = _blocks((key, row) for row in rows for key in self._beginning(row, nowhere) if key in wanted)
        return (told for each in near for told in _blocks((self._told(row), row) for row in each))

    def _beginning(self, row: int, nowhere: Collection[tuple[object, str]]) -> Iterator[tuple[object, ...]]:
        county, town, name = self.keys.county[row], self.keys.township[row], self.bare[row][1]
        yield county, town, name[:_LETTERS]
        if nowhere and (county, name[:_LETTERS]) in nowhere:  # whose township is unknown may be of any
            yield county, 0, name[:_LETTERS]
        if len(name) >= _ONE_LETTER:
            yield county, town, name
            yield county, town, name[1:]
            yield county, town, name[0] + name[2:]

    def _moved(self, rows: Sequence[int]) -> Iterator[tuple[int, int]]:
        for one, other in _each(rows):
            towns = self.keys.township[one], self.keys.township[other]
            confirmed = [self.sheet[row][2] or 0 for row in (one, other)]
            older, newer = (one, other) if confirmed[0] < confirmed[1] else (other, one)
            apart = None not in towns and towns[0] != towns[1] and confirmed[0] != confirmed[1]
            if apart and self.silent(older) and not self.silent(newer) and self._may_be(one, other):
                yield one, other

    def _alike(self, rows: Sequence[int]) -> Iterator[tuple[int, int]]:
        for at, place in _near([self.bare[row][1] for row in rows]):
            one, other = rows[at], rows[place]
            if fits(self.keys.township[one], self.keys.township[other]) and self._may_be(one, other):
                yield one, other

    def _may_be(self, one: int, other: int) -> bool:
        """Nothing known tells the two apart, and no clerk listed both."""
        keys = self.keys
        return (
            self.sheet[one] != self.sheet[other]
            and fits(keys.uscc[one], keys.uscc[other])
            and fits(keys.kind[one], keys.kind[other])
            and fits(keys.region[one], keys.region[other])
            and fits(self.bare[one][0], self.bare[other][0])
        )

    def _told(self, row: int) -> tuple[tuple[str, ...], ...]:
        """What tells one of two names that are nearly alike from the other."""
        name = self.bare[row][1]
        return tuple(tuple(sorted(telling.findall(name))) for telling in (_NUMBER, BRANCH, _TELLING))


def _near(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of each two that are nearly alike; of many names a strip at a time, so that memory stays small."""
    from rapidfuzz import fuzz, process

    if len(names) == 2:
        yield from [(0, 1)] if fuzz.ratio(*names) >= _ALIKE else []
        return
    strip = max(1, _AT_ONCE // len(names))
    for begin in range(0, len(names), strip):
        scores = process.cdist(names[begin : begin + strip], names[begin:], scorer=fuzz.ratio, score_cutoff=_ALIKE)
        for at, place in zip(*(found.tolist() for found in (scores >= _ALIKE).nonzero()), strict=True):
            if place > at:
                yield begin + at, begin + place


def _blocks(keyed: Iterable[tuple[object, int]]) -> Iterator[list[int]]:
    """Rows of one key, where there are several."""
    found: dict[object, list[int]] = {}
    for key, row in keyed:
        rows = found.setdefault(key, [])
        if not rows or rows[-1] != row:
            rows.append(row)
    return (rows for rows in found.values() if len(rows) > 1)


def _each(rows: Sequence[int]) -> Iterator[tuple[int, int]]:
    return ((one, other) for at, one in enumerate(rows) for other in rows[at + 1 :])


def _without_town(core: str, towns: set[str]) -> tuple[str | None, str]:
    """首阳镇富民食品: the township that a name begins with, and what is left of it."""
    for length in (4, 3, 2):
        town = core[:length]
        if len(core) > length + 1 and town in towns:
            rest = core[length:]
            return town, rest[1:] if rest[0] in "镇乡" and len(rest) > 2 else rest
    return None, core


def _spoken(rounds: Sequence[Round]) -> Mapping[tuple[object, object], Sequence[int]]:
    """(township, kind) → the rounds that spoke for it."""
    found: dict[tuple[Any, Any], list[int]] = defaultdict(list)
    for each in in_force(rounds):
        for scope in each.scopes:
            found[scope.township, scope.kind].append(each.number)
    return found


def _candidates(
    pairs: Mapping[tuple[int, int], Why], keys: Keys, table: "pa.Table", found: _Search
) -> Iterator[Candidate]:
    from rapidfuzz import fuzz

    rows = sorted({row for pair in pairs for row in pair})
    values = dict(zip(rows, table.take(rows).to_pylist() if rows else (), strict=True))
    sides = {row: _side(each, silent=found.silent(row)) for row, each in values.items()}
    for (one, other), why in pairs.items():
        yield Candidate(why, sides[one], sides[other], round(fuzz.ratio(keys.core[one], keys.core[other]), 1))


def _side(row: Facts, *, silent: bool) -> PairSide:
    names = ("name", "uscc", "county", "township", "kind", "address", "confirmed_round")
    place = {"file": row["source_file"], "sheet": row["source_sheet"], "row": row["source_row"]}
    return PairSide(**{name: row[name] for name in names}, **place, silent=silent)


def _order(each: Candidate) -> tuple[object, ...]:
    one = each.one
    return list(Why).index(each.why), -each.likeness, one.county or "", one.township or "", one.name, each.other.name
