"""A period and its figures in; the report on one township out: whether it reported, and what it owes."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, datetime

from coverage_census.ledger.owed.book import Book
from coverage_census.ledger.owed.owing import OwingListed, in_common
from coverage_census.ledger.owed.township_counts import TownshipCounts
from coverage_census.ledger.owed.who_reported import Place
from coverage_census.model.choices import Kind
from coverage_census.model.outstanding import OpenFinding, State, TownshipReport
from coverage_census.model.reading import Level
from coverage_census.model.rounds import Round
from coverage_census.places.nearest import stem
from coverage_census.words.periods import spoken

Unread = Mapping[str, Collection[tuple[str | None, str]]]
"""Files of the period that nobody could read, each with the townships that its folder or name tells of."""


def report(
    place: Place, book: Book, counts: TownshipCounts, owing: OwingListed, unread: Unread, today: date
) -> TownshipReport:
    """One township in the period; `today` where the office is, for the days that a report is late."""
    now = book.now.get(place, [])
    came = sorted({each.number: each for each in (*book.reports.get(place, []), *now)}.values(), key=lambda r: r.number)
    first = min((*now, *book.undone.get(place, ())), key=lambda each: each.number) if now else None
    unreadable = _unreadable(place, unread)
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
        late=_late(book, first, today),
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


def _late(book: Book, first: Round | None, today: date) -> int | None:
    """Days after the due day, of the first report (be it that the office took it back since), else until today."""
    if book.due is None:
        return None
    came = _day(first) if first else today
    return max(0, (came - book.due).days)


def _unreadable(place: Place, unread: Unread) -> tuple[str, ...]:
    """Files that nobody could read, by the folder or name that tells whose they are."""
    return tuple(file for file, meant in unread.items() if any(_same_place(own, place) for own in meant))


def _same_place(own: "tuple[str | None, str]", place: "Place") -> bool:
    """河镇 is not 五河镇; 首阳 is 首阳镇."""
    return stem(own[1]) == stem(place[1]) and (None in (own[0], place[0]) or own[0] == place[0])
