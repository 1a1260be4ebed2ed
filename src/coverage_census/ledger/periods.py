"""The rounds of a ledger in; which period (期) each belongs to, where a period stands, and the one before it, out.

The one place that decides: people see periods, and the numbers of ledger entries are internal. A round of sheets
belongs to the period it was named after, else to that of its day; what people decided (corrections, ticks, kept plans,
undoing) belongs to the period that is open, the newest one of its time.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from coverage_census.ledger import timeline
from coverage_census.ledger.force import in_force
from coverage_census.model import days, periods
from coverage_census.model.periods import Period, Unit
from coverage_census.model.rounds import Naming, Round, Scope


class Term(NamedTuple):
    """期 as an office has it: a calendar period by its `key`, else rounds that share a name (第一次摸底)."""

    key: str | None
    name: str | None


@dataclass(frozen=True)
class Standing:
    """A term, its reports in force, and the round whose state shows it: its cut-off."""

    term: Term
    reports: tuple[Round, ...]
    state: Round


def placed(every: Sequence[Round], length: Unit | None = None) -> tuple[Round, ...]:
    """The same rounds, each with the period it belongs to and the name that it goes by today.

    `length`: how long periods are, as census.toml says; None: as it is usual here.
    """
    names = [each.naming for each in in_force(every) if each.naming is not None]
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


def terms(every: Sequence[Round]) -> tuple[Standing, ...]:
    """Every term with a report in force, the oldest first; `every` has been `placed`."""
    standing = in_force(every)
    order, found = _order(every), dict[Term, list[Round]]()
    for each in standing:
        if is_report(each):
            found.setdefault(term_of(each), []).append(each)
    ordered = sorted(found, key=order.__getitem__)
    return tuple(
        Standing(term, tuple(found[term]), _shown(term, every, standing, order, newest=term == ordered[-1]))
        for term in ordered
    )


def _shown(term: Term, every: Sequence[Round], standing: Sequence[Round], order: "Order", *, newest: bool) -> Round:
    """The state that shows a term: what its rounds left, or what a sheet that came late has made of that since."""
    state = _state(term, every, standing, order, newest=newest)
    period = periods.read(term.key) if term.key else None
    return state if newest or period is None else timeline.at_end_of(every, state, period)


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


def in_order(every: Sequence[Round], *some: Round) -> list[Round]:
    """Rounds by their periods, those of one period as they were entered."""
    order = _order(every)
    return sorted(some, key=lambda each: (order.get(term_of(each), ("", 0)), each.number))


def matching(every: Sequence[Round], wanted: str) -> tuple[Standing, ...]:
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
    """What a round is named: the key of the period that a name is, else the name as it stands.

    Of a period without a year (四季度) it is the last one that has begun by `today` (ISO).
    """
    found = periods.read(text)
    if found is None:
        years = (periods.read(text, int(today[:4]) - back) for back in (0, 1))
        found = next((each for each in years if each is not None and each.first <= today), None)
    return found.key if found else text.strip()


def day_of(scope: Scope, each: Round) -> str:
    """The day that a sheet spoke for, where its scope says so; else that of its round."""
    return scope.as_of or each.day or each.as_of


def speaks_for(term: Term, scope: Scope, each: Round) -> bool:
    """Whether a sheet of a round of this term is a report of it: one of a day before its first day is none."""
    period = periods.read(term.key) if term.key else None
    return period is None or days.last_of(day_of(scope, each)) >= period.first


def _told(each: Round, unit: Unit, names: Iterable[Naming]) -> Round:
    """With its period: of its name, else of its day; and as people have called either since."""
    own = periods.read(each.name) if each.name else _of_day(each.day or each.as_of, unit)
    key, name = own.key if own else None, each.name
    for said in names:
        if said.round == each.number or (said.round is None and said.period == (key or name)):
            period = periods.read(said.name)
            kept = key if said.round is None else None
            key, name = period.key if period else kept, said.name
    return each.model_copy(update={"period": key, "name": name})


def _of_day(day: str, unit: Unit) -> Period:
    return periods.of(day, unit if len(day) > 4 else Unit.YEAR)


def _usual(every: Sequence[Round], names: Iterable[Naming]) -> Unit:
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
                months.setdefault(periods.of(day, Unit.QUARTER).key, {}).setdefault(plain, set()).add(day[:7])
    often = sum(any(len(said) > 1 for said in scopes.values()) for scopes in months.values())
    return Unit.MONTH if often and 2 * often >= len(months) else Unit.QUARTER


Order = Mapping[Term, tuple[str, int]]


def _order(every: Sequence[Round]) -> Order:
    """Term → its last day and its first entry: of two that end on one day the one that came first is the earlier."""
    found: dict[Term, tuple[str, int]] = {}
    for each in every:
        if is_report(each):
            term = term_of(each)
            period = periods.read(term.key) if term.key else None
            day, first = found.get(term, ("", each.number))
            found[term] = (period.last if period else max(day, days.last_of(each.day or each.as_of))), first
    return found


def _newest(standing: Iterable[Round], order: Order) -> Term | None:
    return max((term_of(each) for each in standing if is_report(each)), key=order.__getitem__, default=None)


def _state(term: Term, every: Sequence[Round], standing: Sequence[Round], order: Order, *, newest: bool) -> Round:
    """The last round of the term before anything later was reported; of the newest term how things are now."""
    if newest:
        return every[-1]
    own = [each for each in standing if term_of(each) == term]
    later = (each.number for each in standing if is_report(each) and order[term_of(each)] > order[term])
    after = [number for number in later if number > own[0].number]
    return [each for each in own if not after or each.number < min(after)][-1]


def _earlier(term: Term, head: Round, every: Sequence[Round]) -> bool:
    order = _order(every)
    mine = order.get(term_of(head))
    return mine is not None and order[term] < mine


def _followed(wanted: str, every: Sequence[Round]) -> str:
    """The name of today, where somebody says that of before."""
    names = [each.naming for each in in_force(every) if each.naming is not None and each.naming.round is None]
    wanted = next((each.period for each in names if each.name == wanted and each.period), wanted)
    for each in names:
        if each.period == wanted and periods.read(wanted) is None:
            wanted = each.name
    return wanted


def _names(each: Standing) -> set[str]:
    return {one.name for one in each.reports if one.name}


def _within(each: Standing, meant: Period) -> bool:
    """A term that lies in a longer period: the half-year's state is that of its last quarter."""
    period = periods.read(each.term.key) if each.term.key else None
    return period is not None and meant.first <= period.first and period.last <= meant.last
