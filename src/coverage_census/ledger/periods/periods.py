"""The rounds of a ledger in; which period (期) each belongs to, where a period stands, and the one before it, out.

The one place that decides: people see periods, and the numbers of ledger entries are internal. A round of sheets
belongs to the period it was named after, else to that of its day; sheets of earlier days that came with it are reports
of their own periods too. What people decided (corrections, ticks, kept plans, undoing) belongs to the period that is
open, the newest one of its time; and so does the state that a round leaves, whatever its sheets spoke for (`as_state`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coverage_census.ledger.periods import timeline
from coverage_census.ledger.store.force import in_force
from coverage_census.model import days, periods
from coverage_census.model.periods import Period, PeriodLength
from coverage_census.model.rounds import Naming, Round, Scope


class Term(NamedTuple):
    """期 as an office has it: a calendar period by its `key`, else rounds that share a name (第一次摸底)."""

    key: str | None
    name: str | None


@dataclass(frozen=True)
class PeriodStanding:
    """A term, its reports in force, and the round whose state shows it: its cut-off."""

    term: Term
    reports: tuple[Round, ...]
    state: Round


def placed(every: Sequence[Round], length: PeriodLength | None = None) -> tuple[Round, ...]:
    """The same rounds, each with the period it belongs to and the name that it goes by today.

    `length`: how long periods are, as census.toml says; None: as it is usual here.
    """
    names = _namings(every)
    unit = length or _usual(every, names)
    told = [_told(each, unit, names) if is_report(each) else each for each in every]
    order, standing = _order(told), {each.number for each in in_force(told) if is_report(each)}
    names_of = {term_of(each): each.name for each in told if is_report(each) and each.name}
    open_term: Term | None = None
    for at, each in enumerate(told):
        if each.number in standing and (open_term is None or order[term_of(each)] > order[open_term]):
            open_term = term_of(each)
        elif each.supersedes is not None:
            open_term = _newest(in_force(told[: at + 1]), order) or open_term
        if not is_report(each) and open_term is not None:
            told[at] = each.model_copy(update={"period": open_term.key, "name": each.name or names_of.get(open_term)})
    return tuple(told)


def is_report(each: Round) -> bool:
    """Whether sheets came in: decisions and undoings are no reports."""
    return bool(each.files) and each.supersedes is None


def term_of(each: Round) -> Term:
    """Of a round that has been `placed`."""
    return Term(each.period, None if each.period else each.name)


def terms_of(each: Round) -> tuple[Term, ...]:
    """The terms that a round of sheets reports for, its own first; it has been `placed`."""
    return (term_of(each), *(Term(key, None) for key in each.also))


def reports_of(every: Sequence[Round], term: Term) -> tuple[Round, ...]:
    """The rounds with a report of a term, those undone too; `every` has been `placed`."""
    return tuple(each for each in every if is_report(each) and term in terms_of(each))


def as_state(every: Sequence[Round], each: Round) -> Round:
    """A round as the state that it left: under the newest period of its time, though its sheets spoke for an older
    one; a past state under the period of its day."""
    order = _order(every)
    term = _holding(each.as_of, order) if each.at else _newest(in_force(every[: each.number]), order)
    return each if term is None or term == term_of(each) else _under(each, term, every)


def terms(every: Sequence[Round]) -> tuple[PeriodStanding, ...]:
    """Every term with a report in force, the oldest first; `every` has been `placed`."""
    order, found = _order(every), dict[Term, list[Round]]()
    for each in in_force(every):
        for term in terms_of(each) if is_report(each) else ():
            found.setdefault(term, []).append(each)
    ordered = sorted(found, key=order.__getitem__)
    return tuple(
        PeriodStanding(term, tuple(found[term]), _shown(term, every, found[term], order, newest=term == ordered[-1]))
        for term in ordered
    )


def _shown(term: Term, every: Sequence[Round], own: Sequence[Round], order: "Order", *, newest: bool) -> Round:
    """The state that shows a term: what its rounds left, or what a sheet that came late has made of that since; of the
    newest term how things are now."""
    if newest:
        return as_state(every, every[-1])
    state, period = _state(term, every, own, order), periods.read(term.key) if term.key else None
    shown = state if period is None else timeline.at_end_of(every, state, period)
    return shown if term_of(shown) == term else _under(shown, term, every)


def states(every: Sequence[Round], until: Round | None = None) -> tuple[Round, ...]:
    """How things stood at the cut-off of each period, the oldest first; `until`: up to that round's, which ends it."""
    found = terms(every)
    if until is None:
        return tuple(each.state for each in found)
    earlier = tuple(each.state for each in found if _earlier(each.term, until, every))
    return (*earlier, until)


def previous(every: Sequence[Round], head: Round) -> Round | None:
    """The cut-off of the period before that of `head`; else the last round of an earlier day; else None."""
    before = [each for each in terms(every) if _earlier(each.term, head, every)]
    if before:
        return before[-1].state
    day = days.last_of(head.as_of)
    earlier = [each for each in in_force(every) if each.number < head.number and days.last_of(each.as_of) < day]
    return earlier[-1] if earlier else None


def since(every: Sequence[Round], head: Round) -> int:
    """The number of the cut-off of the period before that of `head`; in the first period, that of the first report."""
    before = previous(every, head)
    reports = (each.number for each in in_force(every) if is_report(each))
    return before.number if before is not None else next(reports, head.number)


def in_order(every: Sequence[Round], *some: Round) -> list[Round]:
    """Rounds by their periods, those of one period as they were entered."""
    order = _order(every)
    return sorted(some, key=lambda each: (order.get(term_of(each), ("", 0)), each.number))


def matching(every: Sequence[Round], wanted: str) -> tuple[PeriodStanding, ...]:
    """The terms that somebody may mean: by their name, a name of before, or a period in any form.

    A period without a year (二季度) is that of any year. Several: it has to be said more exactly.
    """
    found = terms(every)
    for asked in (wanted.strip(), _followed(wanted.strip(), every)):
        exact = [each for each in found if asked in (each.term.key, each.term.name) or asked in _names(each)]
        if exact:
            return tuple(exact)
    meant = periods.read(asked)
    if meant is not None:
        same = [each for each in found if each.term.key == meant.key]
        return tuple(same or [each for each in found if _within(each, meant)][-1:])
    years = {each.term.key[:4] for each in found if each.term.key}
    keys = {period.key for year in years if (period := periods.read(asked, int(year))) is not None}
    return tuple(each for each in found if each.term.key in keys)


def key_of(text: str, today: str) -> str:
    """What a round is named: the key of the period that a name is (`last_begun`), else the name as it stands."""
    found = periods.last_begun(text, today)
    return found.key if found else text.strip()


def day_of(scope: Scope, each: Round) -> str:
    """The day that a sheet spoke for, where its scope says so; else that of its round."""
    return scope.as_of or each.day or each.as_of


def speaks_for(term: Term, scope: Scope, each: Round) -> bool:
    """Whether a sheet of a round of this term is a report of it: one of a day before its first day is none; of a round
    of a later term those are whose day lies in it."""
    period = periods.read(term.key) if term.key else None
    day = days.last_of(day_of(scope, each))
    return period is None or (period.first <= day and (term_of(each) == term or day <= period.last))


def _told(each: Round, unit: PeriodLength, names: Sequence[Naming]) -> Round:
    """With its period: of its name, else of its day; and as people have called either since."""
    own = periods.read(each.name) if each.name else _of_day(each.day or each.as_of, unit)
    key, name = _as_called(own.key if own else None, each.name, each.number, names)
    also = _earlier_too(each, periods.read(key), names) if key else ()
    return each.model_copy(update={"period": key, "name": name, "also": also})


def _earlier_too(each: Round, own: Period | None, names: Sequence[Naming]) -> tuple[str, ...]:
    """Keys of the earlier periods that its sheets report for, the oldest first: those of which the round holds how
    things were then; without that there is nothing to show."""
    said = sorted({scope.as_of for scope in each.scopes if own and scope.as_of and scope.as_of < own.first})
    found = (_of_day(day, own.unit) for day in said if own)
    held = (period for period in found if any(period.holds(state.as_of) for state in each.past))
    keys = (_as_called(period.key, None, None, names)[0] or period.key for period in held)
    return tuple(key for key in dict.fromkeys(keys) if own and key != own.key)


def _as_called(
    key: str | None, name: str | None, number: int | None, names: Iterable[Naming]
) -> tuple[str | None, str | None]:
    """Key and name of a term as it is called today; `number`: of the one round that may be called otherwise."""
    for said in names:
        if (said.round is not None and said.round == number) or (said.round is None and said.period == (key or name)):
            period = periods.read(said.name)
            kept = key if said.round is None else None
            key, name = period.key if period else kept, said.name
    return key, name


def _under(each: Round, term: Term, every: Sequence[Round]) -> Round:
    """The same round under a term, with the name that this goes by."""
    own = [one.name for one in every if is_report(one) and one.name and term_of(one) == term]
    name = own[-1] if own else _as_called(term.key, None, None, _namings(every))[1]
    return each.model_copy(update={"period": term.key, "name": name})


def _namings(every: Sequence[Round]) -> list[Naming]:
    return [each.naming for each in in_force(every) if each.naming is not None]


def _of_day(day: str, unit: PeriodLength) -> Period:
    return periods.of(day, unit if len(day) > 4 else PeriodLength.YEAR)


def _usual(every: Sequence[Round], names: Iterable[Naming]) -> PeriodLength:
    """How long this office's periods are, where nobody said: as its rounds are named; else quarters, or months where
    in half of the quarters or more one township reported the same kind in different months."""
    reports = [each for each in in_force(every) if is_report(each)]
    said = [*(each.name for each in reports if each.name), *(each.name for each in names if each.round)]
    named = [period for name in said if (period := periods.read(name)) is not None]
    if named:
        return named[-1].unit
    months: dict[str, dict[Scope, set[str]]] = {}
    for each in reports:
        for scope in each.scopes if each.name is None else ():
            day, plain = day_of(scope, each), Scope(county=scope.county, township=scope.township, kind=scope.kind)
            if len(day) > 4:
                months.setdefault(periods.of(day, PeriodLength.QUARTER).key, {}).setdefault(plain, set()).add(day[:7])
    often = sum(any(len(said) > 1 for said in scopes.values()) for scopes in months.values())
    return PeriodLength.MONTH if often and 2 * often >= len(months) else PeriodLength.QUARTER


Order = Mapping[Term, tuple[str, int]]


def _order(every: Sequence[Round]) -> Order:
    """Term → its last day and its first entry: of two that end on one day the one that came first is the earlier."""
    found: dict[Term, tuple[str, int]] = {}
    for each in every:
        for term in terms_of(each) if is_report(each) else ():
            period = periods.read(term.key) if term.key else None
            day, first = found.get(term, ("", each.number))
            found[term] = (period.last if period else max(day, days.last_of(each.day or each.as_of))), first
    return found


def _holding(day: str, order: Order) -> Term | None:
    """The term in whose period a day lies."""
    found = ((term, periods.read(term.key)) for term in order if term.key)
    return next((term for term, period in found if period is not None and period.holds(day)), None)


def _newest(standing: Iterable[Round], order: Order) -> Term | None:
    return max((term_of(each) for each in standing if is_report(each)), key=order.__getitem__, default=None)


def _state(term: Term, every: Sequence[Round], own: Sequence[Round], order: Order) -> Round:
    """The last round of the term (`own`: those with a report of it) before anything later was reported."""
    standing, reports = in_force(every), {each.number for each in own}
    mine = [each for each in standing if each.number in reports or term_of(each) == term]
    later = (each.number for each in standing if is_report(each) and order[term_of(each)] > order[term])
    after = [number for number in later if number > mine[0].number]
    return [each for each in mine if not after or each.number < min(after)][-1]


def _earlier(term: Term, head: Round, every: Sequence[Round]) -> bool:
    order = _order(every)
    mine = order.get(term_of(head))
    return mine is not None and order[term] < mine


def _followed(wanted: str, every: Sequence[Round]) -> str:
    """The name of today, where somebody says that of before."""
    names = [each for each in _namings(every) if each.round is None]
    wanted = next((each.period for each in names if each.name == wanted and each.period), wanted)
    for each in names:
        if each.period == wanted and periods.read(wanted) is None:
            wanted = each.name
    return wanted


def _names(each: PeriodStanding) -> set[str]:
    own = (one.name for one in each.reports if term_of(one) == each.term)
    return {name for name in (*own, each.state.name) if name}


def _within(each: PeriodStanding, meant: Period) -> bool:
    """A term that lies in a longer period: the half-year's state is that of its last quarter."""
    period = periods.read(each.term.key) if each.term.key else None
    return period is not None and meant.first <= period.first and period.last <= meant.last
