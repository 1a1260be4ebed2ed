"""A ledger's problems in; those that are still open, with the township and organisation they concern, out."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger import rounds
from coverage_census.ledger.owed import who_reported
from coverage_census.ledger.owed.who_reported import Place
from coverage_census.ledger.store import query
from coverage_census.ledger.store.force import in_force
from coverage_census.model.annotation import finding
from coverage_census.model.reading import Level, Problem
from coverage_census.model.rounds import EntryKind, Round

_LONGEST = 6  # reports in a row that are looked at


@dataclass(frozen=True)
class Located:
    """A problem of round `round`; `name` is the organisation whose row it lies in, if it lies in one."""

    round: int
    problem: Problem
    county: str | None
    township: str | None
    name: str | None


def open_problems(
    folder: Path, every: Sequence[Round], state: Round, drive: Drive = DRIVE
) -> tuple[tuple[Located, int], ...]:
    """Errors and warnings that still hold, each with how many reports in a row it has been sent in.

    A problem of a row holds while the organisation rests on that row; any other, while the township has sent nothing
    newer. What a person has answered is closed.
    """
    reports = who_reported.reports(each for each in who_reported.standing(every) if each.number <= state.number)
    told = _LocatedProblems(folder, {each.number: each for each in every}, drive)
    named = {row[0] for row in rounds.relation(folder, state, drive).project("confirmed_round").distinct().fetchall()}
    numbers = sorted(each for each in {*named, *(of[-1].number for of in reports.values())} if each)
    asked = [each for number in numbers for each in told.by(number)]
    if not asked:
        return ()
    closed = _answered(folder, every[: state.number], drive)
    resting = _resting(folder, state, {each.name for each in asked if each.name}, drive)
    found: list[tuple[Located, int]] = []
    of_places = {place: _reports(reports, place) for place in {(each.county, each.township) for each in asked}}
    for each in asked:
        of_place = of_places[each.county, each.township]
        row = (each.round, each.problem.file, each.problem.sheet, each.name)
        stale = row not in resting if each.name else of_place[-1:] != (each.round,)
        if not stale and (each.name, finding(each.problem)) not in closed:
            found.append((each, told.times(each, [number for number in of_place if number <= each.round])))
    return tuple(found)


def _reports(reports: Mapping[Place, Sequence[Round]], place: tuple[str | None, str | None]) -> tuple[int, ...]:
    """The rounds in which a township reported, whether or not a sheet said which county it lies in."""
    if place[1] is None:
        return ()
    found = {
        one.number
        for (county, township), of in reports.items()
        if township == place[1] and (county is None or place[0] is None or county == place[0])
        for one in of
    }
    return tuple(sorted(found))


def _answered(folder: Path, every: Sequence[Round], drive: Drive) -> set[tuple[str | None, str | None]]:
    """(organisation, what was found) of every correction and confirmation in force."""
    kinds = (EntryKind.CORRECTION, EntryKind.CONFIRMATION)
    told = (entry for each in in_force(every) for entry in rounds.entries(folder, each, drive))
    answers = (entry for entry in told if entry.kind in kinds and entry.finding)
    return {(entry.subject.name if entry.subject else None, entry.finding) for entry in answers}


def _resting(
    folder: Path, state: Round, names: AbstractSet[str], drive: Drive
) -> set[tuple[int, str, str | None, str]]:
    """(round, file, sheet, organisation) of the organisations of these names, as they stand now."""
    with query.connection() as made:
        rows = """SELECT confirmed_round, source_file, source_sheet, name
            FROM read_parquet(?, hive_partitioning = false) WHERE name IN (SELECT unnest(?::VARCHAR[]))"""
        path = str(rounds.parquet(folder, state, drive))
        return set(made.execute(rows, [path, sorted(names)]).fetchall())


class _LocatedProblems:
    """The problems of a round, located once."""

    def __init__(self, folder: Path, every: Mapping[int, Round], drive: Drive) -> None:
        self._folder, self._every, self._drive = folder, every, drive
        self._known: dict[int, tuple[Located, ...]] = {}
        self._keys: dict[int, frozenset[tuple[str | None, ...]]] = {}

    def by(self, number: int) -> tuple[Located, ...]:
        if number not in self._known:
            self._known[number] = _located(self._folder, self._every[number], self._drive)
        return self._known[number]

    def keys(self, number: int) -> frozenset[tuple[str | None, ...]]:
        """What was wrong in a round, each mistake once."""
        if number not in self._keys:
            self._keys[number] = frozenset(map(_key, self.by(number)))
        return self._keys[number]

    def times(self, each: Located, reports: Sequence[int]) -> int:
        """In how many reports in a row, the newest first, the township has sent the same problem."""
        key, times = _key(each), 0
        for number in sorted(reports, reverse=True)[:_LONGEST]:
            if key not in self.keys(number):
                break
            times += 1
        return max(times, 1)


def _key(each: Located) -> tuple[str | None, ...]:
    """The same mistake again: same kind, field and organisation, whatever the figures and the cell."""
    return (each.township, each.problem.code, each.problem.field, each.name)


def _located(folder: Path, which: Round, drive: Drive) -> tuple[Located, ...]:
    told = [each for each in rounds.problems(folder, which, drive) if each.level is not Level.NOTE]
    if not told:
        return ()
    rows = _rows(rounds.parquet(folder, which, drive), which, told)
    cards = {(file.file, each.sheet) for file in which.files for each in file.sheets if each.kind == "card"}
    sheets = {(file.file, each.sheet): (each.county, each.township) for file in which.files for each in file.sheets}
    home = _Home(rows, cards, sheets)
    return tuple(home.of(each, which.number) for each in told)


_Sheet = tuple[str, str | None]
_Rows = Mapping[_Sheet, Mapping[int, Sequence[tuple[Any, ...]]]]
_Where = tuple[str | None, str | None]


def _rows(path: Path, which: Round, told: Iterable[Problem]) -> _Rows:
    """The organisations that came in on sheets with problems, by row."""
    found: dict[_Sheet, dict[int, list[tuple[Any, ...]]]] = {}
    files = sorted({each.file for each in told})
    with query.connection() as made:
        asked = f"""SELECT source_file, source_sheet, source_row, county, township, name
            FROM read_parquet(?, hive_partitioning = false)
            WHERE confirmed_round = {which.number} AND source_file IN (SELECT unnest(?))"""
        for file, sheet, row, *who in made.execute(asked, [str(path), files]).fetchall():
            found.setdefault((file, sheet), {}).setdefault(row, []).append(tuple(who))
    return found


class _Home:
    """Whose a problem is: of the organisation in its row, else of the place of its sheet. What is the same for a whole
    sheet is worked out once."""

    def __init__(self, rows: _Rows, cards: AbstractSet[_Sheet], sheets: Mapping[Any, _Where]) -> None:
        self._rows, self._sheets = rows, sheets
        self._cards = {place: sorted(row for row in rows.get(place, {}) if row is not None) for place in cards}
        self._places: dict[_Sheet, _Where] = {}

    def of(self, each: Problem, number: int) -> Located:
        """The problem with the organisation that its cell belongs to, where only one can be meant."""
        place = (each.file, each.sheet)
        row = int("".join(mark for mark in each.cell or "" if mark.isdigit()) or 0)
        if place in self._cards:  # a card reaches down to the next
            begins = bisect_right(self._cards[place], row)
            row = self._cards[place][begins - 1] if begins else row
        whose = self._rows.get(place, {}).get(row, ())
        if len(whose) == 1:
            return Located(number, each, *whose[0])
        if place not in self._places:
            self._places[place] = self._place(place)
        return Located(number, each, *self._places[place], None)

    def _place(self, place: _Sheet) -> _Where:
        county, township = self._sheets.get(place, (None, None))
        if township is not None:
            return county, township
        # The sheet does not say whose it is; its rows may, or those of the other sheets.
        file, on_sheet = place[0], self._rows.get(place)
        near = [on_sheet] if on_sheet else [by_row for (of, _), by_row in self._rows.items() if of == file]
        places = {who[:2] for by_row in near for of in by_row.values() for who in of}
        return next(iter(places)) if len(places) == 1 else (None, _folder(file))


def _folder(file: str) -> str | None:
    """The folder a file lay in: for one that nobody could read, all that tells whose it is."""
    parts = file.split("/")
    return parts[-2] if len(parts) > 1 else None
