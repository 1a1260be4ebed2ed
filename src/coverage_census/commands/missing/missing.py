"""`missing` (催报): who has not reported in a period, and what each township still owes, out of ledger and roster."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from coverage_census.commands.missing.book import Book, open_book
from coverage_census.commands.missing.counts import TownshipCounts
from coverage_census.commands.missing.owing import OwingListed, in_common, organisations
from coverage_census.commands.session import Session
from coverage_census.model.choices import Kind
from coverage_census.model.outstanding import Missing, OpenFinding, State, TownshipReport
from coverage_census.model.reading import Level
from coverage_census.model.rounds import Round
from coverage_census.places.nearest import stem
from coverage_census.words.periods import spoken

if TYPE_CHECKING:
    from coverage_census.ledger.owed.who_reported import Place


def missing(session: Session, areas: Sequence[str] = (), *, detailed: bool = True) -> Missing:
    """What the newest period (else that of the round that was asked for) still lacks, township by township.

    `detailed` False: figures only, which is all a table or a digest needs, and quick for a province.
    """
    book = open_book(session)
    listed = book.places_of(areas)
    owing = organisations(book, areas) if detailed else OwingListed({}, None)
    counts = TownshipCounts(book, owing.undecided)
    reports = tuple(_report(place, book, counts, owing) for place in listed)
    expected = session.settings.expected
    return Missing(
        name=book.period.name,
        period=book.period.key,
        since=book.period.since if book.period.name is None else None,
        rounds=tuple(each.number for each in book.period.rounds),
        as_of=book.state.as_of if book.state else None,
        due=book.due.isoformat() if book.due else None,
        answer_to=_impersonal(expected.answer_to),
        basis="roster" if book.roster.stated else "reported_before",
        register_file=expected.register,
        beyond_register=book.beyond,
        unplaced=counts.unplaced,
        detailed=detailed and owing.complete,
        policy=book.basis.policy.stamp.name if book.basis else None,
        townships=reports,
    )


def _report(place: "Place", book: Book, counts: TownshipCounts, owing: OwingListed) -> TownshipReport:
    now = book.now.get(place, [])
    came = sorted({each.number: each for each in (*book.reports.get(place, []), *now)}.values(), key=lambda r: r.number)
    first = min((*now, *book.undone.get(place, ())), key=lambda each: each.number) if now else None
    unreadable = _unreadable(place, book)
    found = counts.findings.get(place, [])
    levels = Counter(each.problem.level for each, _ in found)
    left_open, listed = in_common(owing.by_place.get(place, ()))
    state: State = "reported" if now else "unreadable" if unreadable else "not_reported"
    return TownshipReport(
        county=place[0],
        township=place[1],
        on_roster=place in book.roster_places,
        state=state,
        reports=len(now),
        first_on=_day(first).isoformat() if first else None,
        last_on=_day(came[-1]).isoformat() if came else None,
        last_round=came[-1].number if came else None,
        last_name=spoken(came[-1]) if came else None,
        late=_late(book, first),
        expected=counts.known[place],
        named=counts.named[place],
        not_again=counts.not_again(place, book.spoken.get(place, set())) if now else 0,
        never=counts.never[place],
        gone=counts.gone[place],
        last_as_of=book.last_day.get(place),
        kinds_owed=tuple(map(Kind, counts.kinds_owed(place, book.spoken.get(place, set())))) if now else (),
        unreadable=unreadable,
        errors=levels[Level.ERROR],
        warnings=levels[Level.WARNING],
        repeated=sum(1 for _, times in found if times > 1),
        to_confirm=counts.undecided.get(place, 0),
        findings=tuple(
            OpenFinding(problem=each.problem, organisation=None, times=times) for each, times in found if not each.name
        ),
        left_open=left_open,
        organisations=listed,
    )


def _day(each: Round) -> date:
    """The day on which a round came in, here."""
    return datetime.fromisoformat(each.created_at).astimezone().date()


def _late(book: Book, first: Round | None) -> int | None:
    """Days after the due day, of the first report (be it that the office took it back since), else until today."""
    if book.due is None:
        return None
    came = _day(first) if first else book.session.now.astimezone().date()
    return max(0, (came - book.due).days)


def _unreadable(place: "Place", book: Book) -> tuple[str, ...]:
    """Files of the period that nobody could read, by the folder or name that tells whose they are."""
    from coverage_census.ingest.layout import context

    files = (file.file for each in book.period.rounds for file in each.files if file.refused)
    meant = ((file, own) for file in files for own in context.places_in(file))
    return tuple(dict.fromkeys(file for file, own in meant if _same_place(own, place)))


def _same_place(own: "tuple[str | None, str]", place: "Place") -> bool:
    """河镇 is not 五河镇; 首阳 is 首阳镇."""
    return stem(own[1]) == stem(place[1]) and (None in (own[0], place[0]) or own[0] == place[0])


def _impersonal(text: str | None) -> str | None:
    """An office's name may stand on every page; a person's number may not."""
    if text is None:
        return None
    from coverage_census.ingest.privacy import redact

    hidden = redact.redact(text)
    return hidden.text if hidden else text
