"""The rounds of a ledger in; how things stood at the end of each past period, as sheets that came late revised it, out.

A sheet that came late speaks for a day that has passed: the round in which it came holds, beside the present, the
states of the past cut-off days (截止日) that it revised (`PastState`), one a month: whatever periods an office reports
by, they end with one. The newest revision in force counts.
"""

from collections.abc import Iterator, Sequence

from coverage_census.ledger.periods import row_places
from coverage_census.ledger.periods.row_places import RowPlaces, RowRun
from coverage_census.ledger.store.force import in_force
from coverage_census.model import days, periods
from coverage_census.model.periods import Period
from coverage_census.model.rounds import PastState, Round


def closings(every: Sequence[Round]) -> tuple[Round, ...]:
    """The state that closes each month, the oldest first: a round, or what a later one has made of it (`at`)."""
    found: dict[str, Round] = {}
    for each in in_force(every):
        if each.supersedes is None and (each.files or each is every[-1]):
            found[_month(each.as_of)] = each
        for state in each.past:
            found[_month(state.as_of)] = as_then(each, state)
    return tuple(found[last] for last in sorted(found))


def steps(every: Sequence[Round]) -> tuple[Round, ...]:
    """The way that figures took (趋势), by day: every round of sheets in force and the newest one; where a later round
    has revised the end of a month, that revision in the place of the round that ended it."""
    found = [each for each in in_force(every) if each.supersedes is None and (each.files or each is every[-1])]
    for state in past_states(every):
        month = _month(state.as_of)
        ended = [at for at, each in enumerate(found) if each.at is None and _month(each.as_of) == month]
        if ended:
            found[ended[-1]] = state
        else:
            found.append(state)
    return tuple(sorted(found, key=lambda each: days.last_of(each.as_of)))


def between(every: Sequence[Round], before: Round, after: Round) -> tuple[Round, ...]:
    """The rounds that led from one state to the other: by number, or, where one is of the past, by their days."""
    if not before.at and not after.at:
        return tuple(every[before.number : after.number])
    since, until = days.last_of(before.as_of), days.last_of(after.as_of)
    return tuple(each for each in in_force(every) if since < days.last_of(each.day or each.as_of) <= until)


def at_end_of(every: Sequence[Round], state: Round, period: Period) -> Round:
    """The round that shows how a period ended, or what a later one has made of its last day."""
    found = [each for each in past_states(every) if period.holds(each.as_of)]
    if not found or found[-1].number < state.number:
        return state
    return found[-1].model_copy(update={"name": state.name, "period": state.period})


def past_states(every: Sequence[Round]) -> Iterator[Round]:
    """Every past state that counts, of several of one month the newest."""
    newest = {_month(state.as_of): (each, state) for each in in_force(every) for state in each.past}
    return (as_then(*newest[month]) for month in sorted(newest))


def as_then(each: Round, state: PastState) -> Round:
    """A past state as a round: its cut-off day and counts, under the number of the round that holds it."""
    update = {
        "at": state.as_of, "as_of": state.as_of, "name": state.name, "organisations": state.organisations,
        "confirmed": 0, "new": 0, "carried": state.organisations, "not_reported_again": 0, "files": (), "scopes": (),
        "merged": (), "past": (), "day": None,
    }  # fmt: skip
    return each.model_copy(update=update)


def state_of(each: Round, every: Sequence[Round]) -> PastState | None:
    """The past state that a round of `as_then` stands for."""
    return next((state for state in every[each.number - 1].past if state.as_of == each.at), None) if each.at else None


def standing(each: Round, every: Sequence[Round], upto: int) -> RowPlaces | None:
    """Where the rows of a round, or of a past state, stand in round `upto`; None where rows have moved since."""
    found = row_places.places(every[each.number - 1 : upto])
    state = state_of(each, every)
    if state is None or found is None:
        return found
    return _then(RowPlaces(tuple(RowRun(*run) for run in state.runs), dict(state.merged)), found)


def rows_at(found: RowPlaces, rows: int) -> list[int]:
    """For each of so many rows the place where it stands, or the one that it went into; -1: it is not there."""
    at = [-1] * rows
    for run in found.runs:
        for step in range(min(run.length, rows - run.old)):
            at[run.old + step] = run.new + step
    for old, new in found.merged.items():
        at[old] = new
    return at


def runs_of(at: Sequence[int]) -> tuple[tuple[int, int, int], ...]:
    """Places row by row (-1: not there) as runs (old, new, length)."""
    found: list[tuple[int, int, int]] = []
    for old, new in enumerate(at):
        if new < 0:
            continue
        if found and (found[-1][0] + found[-1][2], found[-1][1] + found[-1][2]) == (old, new):
            found[-1] = (*found[-1][:2], found[-1][2] + 1)
        else:
            found.append((old, new, 1))
    return tuple(found)


def _then(first: RowPlaces, second: RowPlaces) -> RowPlaces:
    rows = max([run.old + run.length for run in first.runs] + [old + 1 for old in first.merged], default=0)
    middle = max([run.old + run.length for run in second.runs] + [old + 1 for old in second.merged], default=0)
    onwards = rows_at(second, middle)
    at = [onwards[new] if 0 <= new < middle else -1 for new in rows_at(first, rows)]
    went = {old for old, new in first.merged.items()} | {
        old for old, new in enumerate(rows_at(first, rows)) if new in second.merged
    }
    plain = [-1 if old in went else new for old, new in enumerate(at)]
    return RowPlaces(
        tuple(RowRun(*run) for run in runs_of(plain)), {old: at[old] for old in sorted(went) if at[old] >= 0}
    )


def _month(day: str) -> str:
    return periods.month(days.last_of(day)).last
