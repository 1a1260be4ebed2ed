"""An intake and the ledger's past in; the next round as it would be written out, or nothing where nothing is new."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coverage_census.ledger import (
    answered,
    carry,
    corrections,
    counties,
    entries,
    findings,
    identity,
    known,
    registers,
    reread,
    scopes,
    settling,
)
from coverage_census.ledger.answered import Answered
from coverage_census.ledger.carry import State
from coverage_census.ledger.core_name import Cores
from coverage_census.ledger.intake import Distinct, Intake, distinct, keys
from coverage_census.ledger.past import Past
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.rounds import Entry, Scope

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Draft:
    """Everything about the next round but its seal. `state` None: every file is in the ledger already."""

    already_in: dict[str, int]
    files: tuple[FileReading, ...] = ()
    scopes: tuple[Scope, ...] = ()
    state: State | None = None
    duplicates: int = 0
    not_reported_again: int = 0
    problems: tuple[Problem, ...] = ()
    entries: tuple[Entry, ...] = ()
    came_in: "pa.Table | None" = None  # the rows that are news, duplicates and all
    belongs_to: tuple[str | None, str] | None = None  # name and day of an earlier round, whose files were read anew


def draft(intake: Intake, past: Past, answers: Sequence[Entry], when: str) -> Draft:
    """The round after those of `past`; `answers` are what people wrote into the workbooks of the intake."""
    intake, others = registers.split(intake)
    if not intake.files and others.files:
        table = past.head if past.rounds else others.table.slice(0, 0)
        return Draft({}, problems=registers.compared(others, table, past.rounds, ()))
    made = _beside(intake, past, answers, when)
    if made.state is None or not others.files:
        return made
    told = registers.compared(others, made.state.table, past.rounds, made.files)
    return replace(made, problems=(*made.problems, *told))


def _beside(intake: Intake, past: Past, answers: Sequence[Entry], when: str) -> Draft:
    """The same, of sheets that may change the ledger."""
    already_in = known.already_in(intake, past)
    anew = reread.find(intake, past, already_in, known.names_then(intake, past) if already_in else {})
    head = past.head if past.rounds else None
    if anew and head is not None:
        intake, anew = reread.still_resting(intake, anew, head)
        already_in = {file: number for file, number in already_in.items() if file not in anew}
    news = intake.without(list(already_in))
    if not news.table.num_rows:
        return _drafted(already_in, news, past, answers, when, Cores())
    stated = [reread.without_old_county(counties.as_stated(head), anew)] if head is not None else []
    placing = counties.judge([*stated, news.table], news.files, past.rounds)
    answers = [each for each in answers if each.who.split("!")[0] not in anew]
    seen = past.seen_as(stated[0]) if stated else past
    made = _drafted(already_in, news, seen, answers, when, Cores(placing.county))
    if made.state is None:
        return made
    table = counties.filled(made.state.table, placing)
    told = (*counties.asked(table, placing), *counties.assumed(news.table, news.files, placing))
    told += reread.moved(table, head, made.state.merged, anew) if head is not None else ()
    state = replace(made.state, table=table)
    return replace(made, state=state, problems=(*made.problems, *told), belongs_to=reread.period_of(news, anew))


def _drafted(
    already_in: dict[str, int], news: Intake, past: Past, answers: Sequence[Entry], when: str, cores: Cores
) -> Draft:
    fresh = tuple(each for each in answers if each.who.split("!")[0] not in already_in)
    if not news.table.num_rows and not fresh and already_in:
        return Draft(already_in)
    judged = answered.judge(past.entries if past.rounds else (), fresh, cores)
    if not past.rounds:
        return replace(_draft(already_in, news, past, judged.holding, cores), entries=judged.fresh)
    fresh = corrections.with_old(judged.fresh, past.head)
    holding, letters = entries.corrections(past.entries), findings.letters(news.files)
    kept = corrections.keep(news.table, holding, fresh, letters, when)
    made = _draft(already_in, Intake(kept.table, news.files), past, judged.holding, cores)
    assert made.state is not None
    settled = settling.settle(made.state.table, fresh, judged.holding, cores, past, letters)
    problems = (*made.problems, *kept.problems, *settled.problems, *findings.contradictions(judged.contradictions))
    state = _with(made.state, settled, len(past.rounds) + 1)
    return replace(made, state=state, problems=problems, entries=(*settled.entries, *kept.overtaken))


def _with(state: State, settled: settling.Settled, number: int) -> State:
    """The state after people's decisions; where rows went, those that nobody named now are counted again."""
    if not settled.merged:
        return replace(state, table=settled.table)
    confirmed = settled.table["confirmed_round"].to_pylist()
    carried = [row for row, each in enumerate(confirmed) if each != number]
    return replace(state, table=settled.table, carried=carried, merged=settled.merged)


def _draft(already_in: dict[str, int], news: Intake, past: Past, answers: Answered, cores: Cores) -> Draft:
    copies = known.copies(news.files)
    news = news.without(list(copies))
    named = distinct(news, cores, answers)
    named = replace(named, problems=(*findings.copies(copies), *named.problems))
    if past.rounds:
        return _next(already_in, news, named, past, answers, cores)
    spoken = scopes.spoken(news.table, news.files, None)
    state = carry.first_state(named.table)
    return Draft(already_in, news.files, spoken, state, named.duplicates, 0, named.problems, (), news.table)


def _next(
    already_in: dict[str, int], news: Intake, named: Distinct, past: Past, answers: Answered, cores: Cores
) -> Draft:
    partners = identity.across(named.keys, keys(past.head, cores), answers)
    state = carry.next_state(named.table, past.head, partners.of, news.files, len(past.rounds) + 1)
    shared = findings.shared_codes(named.table, past.head, partners.shared, findings.letters(news.files))
    before = scopes.known(past.head, partners.of)
    spoken = scopes.spoken(news.table, news.files, before)
    overdue = scopes.not_reported_again(before, state.carried, spoken)
    problems = (*named.problems, *shared)
    return Draft(already_in, news.files, spoken, state, named.duplicates, overdue, problems, (), news.table)
