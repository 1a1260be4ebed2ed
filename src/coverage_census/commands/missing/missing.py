"""`missing` (催报): who has not reported in a period, and what each township still owes, out of ledger and roster."""

from collections import Counter
from collections.abc import Mapping, Sequence

from coverage_census.commands.basis import policy_named
from coverage_census.commands.missing.book import open_book
from coverage_census.commands.session import Session
from coverage_census.ledger.owed import owing, township
from coverage_census.ledger.owed.book import Book
from coverage_census.ledger.owed.owing import OwingListed
from coverage_census.ledger.owed.township_counts import TownshipCounts
from coverage_census.ledger.owed.who_reported import Place
from coverage_census.model.outstanding import Missing
from coverage_census.policy.decided import lacking
from coverage_census.policy.decided.basis import Basis
from coverage_census.privacy import door


def missing(session: Session, areas: Sequence[str] = (), *, detailed: bool = True) -> Missing:
    """What the newest period (else that of the round that was asked for) still lacks, township by township.

    `detailed` False: figures only, which is all a table or a digest needs, and quick for a province.
    """
    from coverage_census.ingest.layout import context

    book = open_book(session)
    found, listed, expected = _basis(session, book), book.places_of(areas), session.settings.expected
    owed = _owing(book, found, listed, areas) if detailed else OwingListed({}, None)
    counts = TownshipCounts(book, _undecided(book, found) if owed.undecided is None else owed.undecided)
    refused = (file.file for each in book.period.rounds for file in each.files if file.refused)
    unread = {file: context.places_in(file) for file in refused}
    today = session.now.astimezone().date()
    return Missing(
        name=book.period.name,
        period=book.period.key,
        since=book.period.since if book.period.name is None else None,
        rounds=tuple(each.number for each in book.period.rounds),
        as_of=book.state.as_of if book.state else None,
        due=book.due.isoformat() if book.due else None,
        answer_to=expected.answer_to and door.hidden(expected.answer_to),  # an office, and no person's number
        basis="roster" if book.roster.stated else "reported_before",
        register_file=expected.register,
        beyond_register=book.beyond,
        unplaced=counts.unplaced,
        detailed=detailed and owed.complete,
        policy=found.policy.stamp.name if found else None,
        townships=tuple(township.report(place, book, counts, owed, unread, today) for place in listed),
    )


def _basis(session: Session, book: Book) -> Basis | None:
    """The state under the policy of its day."""
    from coverage_census.ledger import rounds

    if book.state is None:
        return None
    policy = policy_named(session, session.policy_name, book.state)
    return Basis(book.state, policy, rounds.relation(book.ledger, book.state))


def _owing(book: Book, found: Basis | None, listed: Sequence[Place], areas: Sequence[str]) -> OwingListed:
    named = [name for _, name in listed] if areas else ()
    return owing.organisations(book, frozenset(listed), lacking.lacking(found, named) if found else ())


def _undecided(book: Book, found: Basis | None) -> Mapping[Place, int]:
    """Township → organisations whose formation cannot be decided."""
    counts = Counter[Place]()
    for (county, name), count in (lacking.undecided(found) if found else {}).items():
        if place := book.meant(county, name):
            counts[place] += count
    return counts
