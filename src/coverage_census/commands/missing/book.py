"""Ledger, roster and register in; the period that is looked at, and who reported in it, out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from coverage_census.commands.basis import policy_named
from coverage_census.commands.missing import roster as missing_roster
from coverage_census.commands.missing.roster import Roster, RosterPlaces
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError
from coverage_census.model.rounds import Round
from coverage_census.policy.decided.basis import Basis

if TYPE_CHECKING:
    from coverage_census.ledger.owed.who_reported import Matched, NamingRounds, Place, ReportingPeriod
    from coverage_census.ledger.set_county import SetCounty


@dataclass(frozen=True)
class Book:
    """Everything that the reports of all townships are read off."""

    session: Session
    every: tuple[Round, ...]
    period: "ReportingPeriod"
    state: Round | None
    roster: Roster
    places: RosterPlaces
    register: "tuple[Matched, ...] | None"
    beyond: int
    due: date | None
    county: "SetCounty"

    @cached_property
    def named(self) -> "NamingRounds":
        return self.period.named_by

    @cached_property
    def basis(self) -> Basis | None:
        """The state under the policy of its day."""
        from coverage_census.ledger import rounds

        if self.state is None:
            return None
        policy = policy_named(self.session, self.session.policy_name, self.state)
        return Basis(self.state, policy, rounds.relation(self.session.settings.ledger, self.state))

    @cached_property
    def reports(self) -> "dict[Place, list[Round]]":
        """Township, as the roster calls it → every round in which it has reported, the oldest first."""
        from coverage_census.ledger.owed import who_reported

        found: dict[Place, dict[int, Round]] = defaultdict(dict)
        until = self.state.number if self.state else 0
        standing = [each for each in who_reported.standing(self.every) if each.number <= until]
        for place, of in who_reported.reports(standing).items():
            found[self.places.meant(*place)] |= self._as_they_came(place, of)
        return {place: [of[number] for number in sorted(of)] for place, of in found.items()}

    @cached_property
    def last_day(self) -> "dict[Place, str]":
        """Township → the newest day that a sheet of it spoke for, whenever that came in."""
        from coverage_census.ledger.intake import counties
        from coverage_census.ledger.owed import who_reported
        from coverage_census.ledger.periods import periods

        found: dict[Place, str] = {}
        standing = who_reported.standing(self.every)
        only = counties.only_of(standing)
        for each, scope in ((one, scope) for one in standing for scope in one.scopes):
            if place := self.meant(scope.county or only, scope.township):
                found[place] = max(found.get(place, ""), periods.day_of(scope, each))
        return found

    @cached_property
    def now(self) -> "dict[Place, list[Round]]":
        """Township → the rounds of the period in which it reported, the oldest first."""
        return self._placed(self.period.rounds)

    @cached_property
    def undone(self) -> "dict[Place, list[Round]]":
        """Township → its reports of the period that the office has taken back: who reported then was not late."""
        return self._placed(self.period.undone)

    def _placed(self, rounds: Sequence[Round]) -> "dict[Place, list[Round]]":
        from coverage_census.ledger.owed import who_reported

        found: dict[Place, dict[int, Round]] = defaultdict(dict)
        for place, of in who_reported.reports(rounds, self.period.speaks).items():
            found[self.places.meant(*place)] |= self._as_they_came(place, of)
        return {place: [of[number] for number in sorted(of)] for place, of in found.items()}

    def _as_they_came(self, place: "Place", of: Sequence[Round]) -> dict[int, Round]:
        """What was only read otherwise later came in when it did."""
        from coverage_census.ledger.owed import who_reported

        came = (who_reported.first_came(self.every, each, place[1]) for each in of)
        return {each.number: each for each in came}

    @cached_property
    def spoken(self) -> "dict[Place, set[str | None]]":
        """Township → the kinds of organisations for which sheets of the period spoke."""
        found: dict[Place, set[str | None]] = defaultdict(set)
        told = {s for each in self.period.rounds for s in each.scopes if self.period.speaks(s, each)}
        for scope in told:
            if place := self.meant(scope.county, scope.township):
                found[place].add(scope.kind)
        return found

    @cached_property
    def roster_places(self) -> "frozenset[Place]":
        return frozenset(self.roster.places)

    def places_of(self, areas: Sequence[str]) -> "list[Place]":
        """The roster's townships in its order, then whoever reports without standing on it."""
        every = list(dict.fromkeys((*self.roster.places, *self.reports)))
        if not areas:
            return every
        from coverage_census.places import areas as spelled

        found = spelled.meant(areas, every)
        return [each for each in every if any(area.has(*each) for area in found)]

    def meant(self, county: str | None, township: str | None) -> "Place | None":
        return None if township is None else self.places.meant(self.county.of(county), township)


def open_book(session: Session) -> Book:
    """The period that is looked at, with its roster; a period that was never reported in is one with nothing in it."""
    from coverage_census.ledger import rounds, set_county
    from coverage_census.ledger.owed import who_reported

    ledger = session.settings.ledger
    every = session.rounds()
    found = _round(session, every)
    period = who_reported.period(every, found, session.round)
    state = who_reported.state_of(every, period)
    table = missing_roster.register(session)
    reported = who_reported.reports(who_reported.standing(every)) if every else {}
    roster = missing_roster.roster(session, _merged(reported), table)
    if not every and not roster.stated:
        raise CensusError("no_round")
    lines, beyond = who_reported.against(ledger, state, table) if table is not None else (None, 0)
    due = session.settings.expected.due_on(period.name, period.key)
    day = date.fromisoformat(due) if due else None
    county = rounds.county_as_set(ledger) if every else set_county.SetCounty()
    return Book(session, every, period, state, roster, RosterPlaces(roster), lines, beyond, day, county)


def _round(session: Session, every: tuple[Round, ...]) -> Round | None:
    """The round asked for; None where nobody has reported in it, but census.toml has a due day for it."""

    if not every or (session.round is not None and _waits(session, every)):
        return None
    return session.find(session.round, session.as_of)


def _waits(session: Session, every: tuple[Round, ...]) -> bool:
    """Whether a period that has a due day, or is the one being reported, has no report yet."""
    from coverage_census.ledger.periods import periods

    expected, current = session.settings.expected, session.settings.periods.current
    asked = periods.key_of(session.round or "", session.today)
    named = isinstance(expected.due, Mapping) and expected.due_on(session.round, asked) is not None
    due = named or (current is not None and current.key == asked)
    return due and not periods.matching(every, asked)


def _merged(reported: "Mapping[Place, object]") -> "list[Place]":
    """Townships that reported, once each: a sheet that names no county means the only one of that name."""
    counties: dict[str, set[str]] = defaultdict(set)
    for county, township in reported:
        counties[township] |= {county} if county else set()
    return [place for place in reported if place[0] is not None or len(counties[place[1]]) != 1]
