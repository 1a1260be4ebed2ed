"""An intake and the ledger's past in; the next round as it would be written out, or nothing where nothing is new."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from coverage_census.ledger import carry, corrections, entries, findings, identity, known, scopes
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


def draft(intake: Intake, past: Past, answers: Sequence[Entry], when: str) -> Draft:
    """The round after those of `past`; `answers` are what people wrote into the return workbooks of the intake."""
    already_in = known.already_in(intake, past)
    news = intake.without(list(already_in))
    fresh = tuple(each for each in answers if each.who.split("!")[0] not in already_in)
    if not news.table.num_rows and not fresh and already_in:
        return Draft(already_in)
    if not past.rounds:
        return replace(_draft(already_in, news, past), entries=fresh)
    fresh = corrections.with_old(fresh, past.head)
    holding, letters = entries.corrections(past.entries), findings.letters(news.files)
    kept = corrections.keep(news.table, holding, fresh, letters, when)
    made = _draft(already_in, Intake(kept.table, news.files), past)
    assert made.state is not None
    table, unknown = corrections.enter(made.state.table, fresh)
    fresh = tuple(each for each in fresh if each not in unknown)
    problems = (*made.problems, *kept.problems, *findings.unknown_subjects(unknown))
    return replace(made, state=replace(made.state, table=table), problems=problems, entries=(*fresh, *kept.overtaken))


def _draft(already_in: dict[str, int], news: Intake, past: Past) -> Draft:
    copies = known.copies(news.files)
    news = news.without(list(copies))
    cores = Cores()
    named = distinct(news, cores)
    named = replace(named, problems=(*findings.copies(copies), *named.problems))
    if past.rounds:
        return _next(already_in, news, named, past, cores)
    spoken = scopes.spoken(news.table, news.files, None)
    state = carry.first_state(named.table)
    return Draft(already_in, news.files, spoken, state, named.duplicates, 0, named.problems, (), news.table)


def _next(already_in: dict[str, int], news: Intake, named: Distinct, past: Past, cores: Cores) -> Draft:
    partners = identity.across(named.keys, keys(past.head, cores))
    state = carry.next_state(named.table, past.head, partners.of, news.files, len(past.rounds) + 1)
    shared = findings.shared_codes(named.table, past.head, partners.shared, findings.letters(news.files))
    before = scopes.known(past.head, partners.of)
    spoken = scopes.spoken(news.table, news.files, before)
    overdue = scopes.not_reported_again(before, state.carried, spoken)
    problems = (*named.problems, *shared)
    return Draft(already_in, news.files, spoken, state, named.duplicates, overdue, problems, (), news.table)
