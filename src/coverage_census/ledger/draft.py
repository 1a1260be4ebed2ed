"""An intake and the ledger's past in; the next round as it would be written out, or nothing where nothing is new."""

from dataclasses import dataclass, replace

from coverage_census.ledger import carry, findings, identity, known, scopes
from coverage_census.ledger.carry import State
from coverage_census.ledger.core_name import Cores
from coverage_census.ledger.intake import Distinct, Intake, distinct, keys
from coverage_census.ledger.past import Past
from coverage_census.model import FileReading, Problem, Scope


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


def draft(intake: Intake, past: Past) -> Draft:
    """The round after those of `past`."""
    already_in = known.already_in(intake, past)
    news = intake.without(list(already_in))
    if not news.table.num_rows and already_in:
        return Draft(already_in)
    copies = known.copies(news.files)
    news = news.without(list(copies))
    cores = Cores()
    named = distinct(news, cores)
    named = replace(named, problems=(*findings.copies(copies), *named.problems))
    if past.rounds:
        return _next(already_in, news, named, past, cores)
    spoken = scopes.spoken(news.table, news.files, None)
    return Draft(already_in, news.files, spoken, carry.first_state(named.table), named.duplicates, 0, named.problems)


def _next(already_in: dict[str, int], news: Intake, named: Distinct, past: Past, cores: Cores) -> Draft:
    partners = identity.across(named.keys, keys(past.head, cores))
    state = carry.next_state(named.table, past.head, partners.of, news.files, len(past.rounds) + 1)
    shared = findings.shared_codes(named.table, past.head, partners.shared, findings.letters(news.files))
    before = scopes.known(past.head, partners.of)
    spoken = scopes.spoken(news.table, news.files, before)
    overdue = scopes.not_reported_again(before, state.carried, spoken)
    return Draft(already_in, news.files, spoken, state, named.duplicates, overdue, (*named.problems, *shared))
