"""Rows that come late in; what of each has been said anew since, and the past states that they revise, out.

Of every organisation the newest word on a field counts, by the day that a sheet speaks for, whatever came in first. So
a late row changes what nobody has spoken of since: in the present seldom anything, in the past states of the days
between its own and the next word all of it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from coverage_census.ledger.identity import keys as keyed
from coverage_census.ledger.identity import match, merging
from coverage_census.ledger.identity.answers import Answered
from coverage_census.ledger.identity.keys import PLACED
from coverage_census.ledger.identity.merging import Moment
from coverage_census.ledger.intake import spoken
from coverage_census.ledger.intake.intake import Intake
from coverage_census.ledger.intake.scopes import held, newest
from coverage_census.ledger.periods import cut_off, timeline
from coverage_census.ledger.periods.cut_off import Sheet
from coverage_census.ledger.periods.past import Past
from coverage_census.ledger.periods.row_places import Merged
from coverage_census.ledger.store import entries
from coverage_census.ledger.store.force import in_force
from coverage_census.ledger.store.subjects import Subjects
from coverage_census.ledger.write import carry, corrections
from coverage_census.ledger.write.behind import Behind
from coverage_census.model import days, periods
from coverage_census.model.rounds import Entry, EntryKind, PastState, Round, Scope
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    import pyarrow as pa

_KEPT = ("name", "uscc", "kind", "county", "township")  # what a sheet says of these only where it says something


@dataclass(frozen=True)
class Word:
    """A sheet, or a person, has spoken of an organisation: when, and of which fields."""

    when: Moment
    fields: Collection[str]


@dataclass
class Late:
    """The rows of one intake against the words in the ledger. `table`: its rows, `partners`: theirs in the head."""

    intake: Intake
    table: "pa.Table"
    partners: Sequence[int | None]
    past: Past
    cores: Cores
    _places: dict[tuple[int, str | None], list[int]] = field(default_factory=dict)

    @cached_property
    def when(self) -> list[Moment]:
        """For each row the moment of its own word: what answers a round follows on it, what is only read again is as
        old as it was, and anything else is the newest."""
        sheets = list(zip(*(self.table[name].to_pylist() for name in ("source_file", "source_sheet")), strict=True))
        known = {sheet: self._of_sheet(sheet) for sheet in dict.fromkeys(sheets)}
        return [known[sheet] for sheet in sheets]

    def _of_sheet(self, sheet: Sheet) -> Moment:
        asked = self.intake.asked.get(sheet[0] or "")
        own = self.intake.rank.get(sheet) or (asked.round if asked else len(self.past.rounds) + 1)
        return self.intake.day_of(sheet), own

    def moment(self, number: int | None, file: str | None, sheet: str | None) -> Moment:
        """That of a row of the past, or of one of its own."""
        return (
            self._of_sheet((file, sheet))
            if number == len(self.past.rounds) + 1
            else self.past.moment(number, file, sheet)
        )

    @cached_property
    def days(self) -> set[str]:
        """The days that its sheets speak for."""
        return set(map(self.intake.day_of, self.intake.places))

    @cached_property
    def behind(self) -> Behind | None:
        """What is known already in the head; None, the usual case, where every row is the newest word."""
        return self._behind(None) if self.since else None

    @cached_property
    def since(self) -> dict[int, Moment]:
        """Place in the head → the moment of the row, where something newer may have been said: by what the head rests
        on, or, of what is only read again, by people."""
        newest = cut_off.newest(self.past.rounds) or ""
        if not (self.intake.asked or self.intake.rank) and min(self.days, default=newest) >= newest:
            return {}
        corrected = bool(self.intake.rank) and bool(entries.corrections(self.past.entries))
        columns = (self.past.head[name].to_pylist() for name in ("confirmed_round", "source_file", "source_sheet"))
        rests = list(zip(*columns, strict=True))
        found = {}
        for when, place in zip(self.when, self.partners, strict=True):
            if place is not None and (corrected or self.past.moment(*rests[place]) > when):
                found[place] = when
        return found

    def _behind(self, until: str | None) -> Behind:
        """The same as of a past day."""
        said: list[Collection[str]] = []
        rows = set()
        for row, (when, place) in enumerate(zip(self.when, self.partners, strict=True)):
            words = self.words.get(place, ()) if place is not None else ()
            later = [word for word in words if word.when > when and (until is None or word.when[0] <= until)]
            said.append(frozenset(name for word in later for name in word.fields))
            if later:
                rows.add(row)
        return Behind(said, frozenset(rows))

    @cached_property
    def words(self) -> dict[int, list[Word]]:
        """Place in the head → every word on it that is newer than the late row."""
        found: dict[int, list[Word]] = {}
        for place, word in (*self._sheets(), *self._people()):
            if place in self.since and word.when > self.since[place]:
                found.setdefault(place, []).append(word)
        return found

    def _sheets(self) -> Iterator[tuple[int, Word]]:
        first = min((when[0] for when in self.since.values()), default="")
        for each in in_force(self.past.rounds):
            if not each.files or (each.day or "") < first:
                continue
            for state in (each, *(timeline.as_then(each, one) for one in each.past)):
                yield from self._told(each, state)

    def _told(self, each: Round, state: Round) -> Iterator[tuple[int, Word]]:
        """What the sheets of a round say, as far as one of its states rests on them."""
        fields, everything = spoken.fields(each.files), spoken.everything()
        names = ["confirmed_round", "source_file", "source_sheet", *_KEPT]
        rows = self.past.state(state).select(names).to_pydict()
        places = self.places(state)
        for row, number in enumerate(rows["confirmed_round"]):
            if number == each.number and places[row] in self.since:
                sheet = (rows["source_file"][row], rows["source_sheet"][row])
                stated = frozenset(name for name in _KEPT if rows[name][row] is not None)
                yield places[row], Word(self.past.moment(number, *sheet), fields.get(sheet, everything) | stated)

    def _people(self) -> Iterator[tuple[int, Word]]:
        """Corrections that hold, each of the day up to which its round went."""
        holding = entries.corrections(self.past.entries)
        subjects = Subjects(self.past.head)
        for each, number in self.past.numbered.items():
            if each in holding and each.subject is not None and each.field:
                place = subjects.row(each.subject)
                if place is not None:
                    day = days.last_of(self.past.rounds[number - 1].as_of)
                    yield place, Word((day, number), (each.field,))

    def places(self, state: Round) -> list[int]:
        """For each row of a state of the past its place in the head, -1 where it has none."""
        key = (state.number, state.at)
        if key not in self._places:
            rounds, rows = self.past.rounds, self.past.state(state)
            found = timeline.standing(state, rounds, len(rounds))
            if found is not None:
                self._places[key] = timeline.rows_at(found, rows.num_rows)
            else:  # an undoing has moved the rows
                mine, theirs = (_keys(table, self.cores) for table in (rows, self.past.head))
                self._places[key] = [-1 if each is None else each for each in match.across(mine, theirs).of]
        return self._places[key]

    def revised(self, as_of: str, merged: Merged, stale: Sequence[Entry]) -> Iterator[tuple[PastState, "pa.Table"]]:
        """The past states that the rows belong to, each with its organisations.

        `merged`: the rows that went into others in the new round. `stale`: corrections of a past day, which hold there
        only.
        """
        own = self.days | {self._asked(each).day for each in stale}
        cuts = list(_cuts(self.past.rounds, sorted(own), as_of))
        number, went = len(self.past.rounds) + 1, dict(merged)
        last = (self.past.head.num_rows + len(self._new)) if cuts else 0
        new = [merging.place(went.get(row, row), merged) for row in range(last)]
        for until, closing in cuts:
            rows = [row for row, when in enumerate(self.when) if when[0] <= until]
            state, table = self._state(until, closing, rows, number, new)
            yield state, self._corrected(table, [each for each in stale if self._asked(each).day <= until])

    def _asked(self, answer: Entry) -> cut_off.ReturnedRound:
        return self.intake.asked[answer.who.split("!")[0]]

    def _corrected(self, table: "pa.Table", stale: Sequence[Entry]) -> "pa.Table":
        """With corrections of which the state knows nothing newer."""
        wanted = [each for each in stale if each.kind in entries.STATES and each.subject is not None]
        if not wanted:
            return table
        subjects, number = Subjects(table), len(self.past.rounds) + 1
        rests = table.select(["confirmed_round", "source_file", "source_sheet"]).to_pylist()
        holding = []
        for each in wanted:
            row = subjects.row(each.subject) if each.subject else None
            asked = self._asked(each)
            if row is not None and (
                rests[row]["confirmed_round"] == number
                or self.past.moment(*rests[row].values()) <= (asked.day, asked.round)
            ):
                holding.append(each)
        return corrections.enter(table, holding)[0]

    def _state(
        self, until: str, closing: Round | None, rows: Sequence[int], number: int, new: Sequence[int]
    ) -> tuple[PastState, "pa.Table"]:
        import pyarrow as pa

        before = self.past.state(closing) if closing else self.past.head.slice(0, 0)
        at: list[int] = self.places(closing) if closing else []
        here: dict[int, int] = {}
        for row, place in enumerate(at):
            here.setdefault(place, row)
        own = [self.partners[row] for row in rows]
        partners = [here.get(place) if place is not None else None for place in own]
        behind = self._behind(until)
        newer = frozenset(place for place, row in enumerate(rows) if row in behind.rows)
        known = Behind([behind.said[row] for row in rows], newer)
        intake = self.table.take(pa.array(rows, pa.int64()))
        state = carry.next_state(intake, before, partners, self.intake.files, number, known)
        came = [self._place(row) for row, partner in zip(rows, partners, strict=True) if partner is None]
        stands = [new[place] if place >= 0 else -1 for place in (*at, *came)]
        return _past(until, closing, state.table.num_rows, stands), state.table

    def _place(self, row: int) -> int:
        """Of a row that a past state did not hold: that of its organisation in the head, else behind the head."""
        place = self.partners[row]
        return place if place is not None else self._new[row]

    @cached_property
    def _new(self) -> dict[int, int]:
        strangers = [row for row, place in enumerate(self.partners) if place is None]
        return {row: self.past.head.num_rows + at for at, row in enumerate(strangers)}


def known_then(late: Late, named: keyed.Keys, answers: Answered) -> list[int | None]:
    """The partners again, with those that the head knows by another name now: who stands in the state before a row's
    day, or in one after it, by the name and code that the row has."""
    found = list(late.partners)
    newest = cut_off.newest(late.past.rounds) or ""
    days_of: dict[str, list[int]] = {}
    for row, (when, place) in enumerate(zip(late.when, found, strict=True)):
        if place is None and when[0] < newest:
            days_of.setdefault(when[0], []).append(row)
    closed = timeline.closings(late.past.rounds) if days_of else ()
    for day, rows in days_of.items():
        earlier = [each for each in closed if days.last_of(each.as_of) < day]
        for state in (*earlier[-1:], *closed[len(earlier) :]):
            left = [row for row in rows if found[row] is None]
            table = late.past.state(state)
            then = match.across(named.at(left), _keys(table, late.cores), answers).of
            places, taken = late.places(state), {each for each in found if each is not None}
            for row, other in zip(left, then, strict=True):
                if other is not None and places[other] >= 0 and places[other] not in taken:
                    found[row] = places[other]
    return found


def overtaken(answers: Iterable[Entry], asked: Mapping[str, cut_off.ReturnedRound], past: Past) -> tuple[Entry, ...]:
    """Those of the answers to an earlier round about organisations of which a newer sheet has come since."""
    late = [each for each in answers if each.subject is not None and each.who.split("!")[0] in asked]
    if not late:
        return ()
    subjects = Subjects(past.head)
    rests = past.head.select(["confirmed_round", "source_file", "source_sheet"]).to_pylist()
    found = []
    for each in late:
        row, when = subjects.row(each.subject) if each.subject else None, asked[each.who.split("!")[0]]
        if row is not None:
            number, *sheet = rests[row].values()
            if (past.day_of(number, *sheet), number) > (when.day, when.round):
                found.append(each)
    return tuple(found)


def ended(stale: Iterable[Entry], head: "pa.Table", when: str) -> Iterator[Entry]:
    """Answers that hold for a past day only: each correction with the word that has ended it since."""
    subjects = Subjects(head)
    for each in stale:
        yield each
        row = subjects.row(each.subject) if each.subject else None
        if each.kind in entries.STATES and each.field and row is not None:
            now, file = head[each.field][row].as_py(), head["source_file"][row].as_py()
            end = {"kind": EntryKind.OVERTAKEN, "who": file or each.who, "when": when, "reason": None}
            yield each.model_copy(update=end | {"old": each.new, "new": now})


def current(scopes: Iterable[Scope], rounds: Sequence[Round]) -> tuple[Scope, ...]:
    """The scopes of which no round in force holds anything newer."""
    known = held(in_force(rounds))
    places = ((each, (each.county, each.township, each.kind)) for each in scopes)
    return tuple(each for each, place in places if (newest(place, known) or "") <= (each.as_of or ""))


def _cuts(rounds: Sequence[Round], own: Sequence[str], as_of: str) -> Iterator[tuple[str, Round | None]]:
    """Past cut-off days from the first of `own` on: those at which a period was closed, and those of `own` in periods
    of which the ledger holds nothing; each with the state to begin from."""
    present = periods.month(as_of)
    closed = [each for each in timeline.closings(rounds) if periods.month(each.as_of) < present]
    mine: dict[periods.Period, str] = {}
    for day in own:
        if periods.month(day) < present:
            mine[periods.month(day)] = day
    if not mine:
        return
    known = {periods.month(each.as_of): each for each in closed}
    first = min(mine)
    for period in sorted({*known, *mine}):
        if period >= first:
            closing = known.get(period) or _before(closed, period)
            day = max(mine.get(period, ""), days.last_of(known[period].as_of) if period in known else "")
            yield day, closing


def _before(closed: Iterable[Round], period: periods.Period) -> Round | None:
    return max(
        (each for each in closed if periods.month(each.as_of) < period),
        key=lambda each: periods.month(each.as_of),
        default=None,
    )


def _past(until: str, closing: Round | None, rows: int, stands: Sequence[int]) -> PastState:
    """Rows that stand at one place now: the first of them does, the others went into it."""
    seen: set[int] = set()
    plain, merged = [], []
    for row, place in enumerate(stands):
        plain.append(-1 if place in seen else place)
        if place >= 0 and place in seen:
            merged.append((row, place))
        seen.add(place)
    name = closing.name if closing is not None and days.last_of(closing.as_of) == until else None
    return PastState(as_of=until, name=name, organisations=rows, runs=timeline.runs_of(plain), merged=tuple(merged))


def _keys(table: "pa.Table", cores: Cores) -> keyed.Keys:
    return keyed.keys({name: table[name].to_pylist() for name in PLACED}, cores)
