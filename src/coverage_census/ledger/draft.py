"""An intake and the ledger's rounds in; the next round as it would be written out, or nothing where nothing is new."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ledger import carry, findings, identity, known
from coverage_census.ledger.carry import State
from coverage_census.ledger.core_name import Cores
from coverage_census.ledger.identity import Keys
from coverage_census.ledger.intake import Distinct, Intake, distinct, keys
from coverage_census.model import FileReading, Problem, Round, Scope

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


def draft(intake: Intake, rounds: Sequence[Round], before: Callable[[], "pa.Table"]) -> Draft:
    """The round after `rounds`; `before()` gives the rows of the last of them."""
    readable = [each for each in intake.files if each.refused is None]
    already_in = known.already_in(readable, intake.scopes, rounds)
    news = intake.without(list(already_in))
    if not news.table.num_rows and already_in:
        return Draft(already_in)
    cores = Cores()
    named = distinct(news, cores)
    scopes = tuple(sorted({scope for found in news.scopes.values() for scope in found}, key=_by_place))
    if not rounds:
        state = carry.first_state(named.table)
        return Draft(already_in, news.files, scopes, state, named.duplicates, 0, named.problems)
    head = before()
    state, shared = _next_state(named, head, keys(head, cores), news.files, len(rounds) + 1)
    overdue = _not_reported_again(head, state.carried, scopes)
    return Draft(already_in, news.files, scopes, state, named.duplicates, overdue, (*named.problems, *shared))


def _next_state(
    named: Distinct, head: "pa.Table", known_by: Keys, files: Sequence[FileReading], number: int
) -> tuple[State, list[Problem]]:
    partners = identity.across(named.keys, known_by)
    state = carry.next_state(named.table, head, partners.of, files, number)
    return state, findings.shared_codes(named.table, head, partners.shared, findings.letters(files))


def _not_reported_again(head: "pa.Table", carried: Sequence[int], scopes: Sequence[Scope]) -> int:
    """未再上报: organisations that nobody named although a sheet spoke for their kind in their township."""
    if not carried:
        return 0
    places: dict[tuple[str | None, str | None], set[str | None]] = {}
    for scope in scopes:
        places.setdefault((scope.township, scope.kind), set()).add(scope.county)
    columns = [head[name].to_pylist() for name in ("county", "township", "kind")]
    found = 0
    for row in carried:
        county, township, kind = (column[row] for column in columns)
        counties = places.get((township, kind), ())
        found += bool(counties) and (county is None or county in counties or None in counties)
    return found


def _by_place(scope: Scope) -> tuple[str, str, str]:
    return scope.county or "", scope.township or "", scope.kind or ""
