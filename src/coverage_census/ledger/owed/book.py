"""Rounds, a period and a roster in; who reported in it, when and of what, out."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from coverage_census.ledger.intake import counties
from coverage_census.ledger.owed import who_reported
from coverage_census.ledger.owed.roster import Roster, RosterPlaces
from coverage_census.ledger.owed.who_reported import Matched, NamingRounds, Place, ReportingPeriod
from coverage_census.ledger.periods import periods
from coverage_census.ledger.set_county import SetCounty
from coverage_census.model.rounds import Round
from coverage_census.places import areas as spelled


@dataclass(frozen=True)
class Book:
    """Everything that the reports of all townships are read off."""

    ledger: Path
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
    def reports(self) -> "dict[Place, list[Round]]":
        """Township, as the roster calls it → every round in which it has reported, the oldest first."""
        found: dict[Place, dict[int, Round]] = defaultdict(dict)
        until = self.state.number if self.state else 0
        standing = [each for each in who_reported.standing(self.every) if each.number <= until]
        for place, of in who_reported.reports(standing).items():
            found[self.places.meant(*place)] |= self._as_they_came(place, of)
        return {place: [of[number] for number in sorted(of)] for place, of in found.items()}

    @cached_property
    def last_day(self) -> "dict[Place, str]":
        """Township → the newest day that a sheet of it spoke for, whenever that came in."""
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
        found: dict[Place, dict[int, Round]] = defaultdict(dict)
        for place, of in who_reported.reports(rounds, self.period.speaks).items():
            found[self.places.meant(*place)] |= self._as_they_came(place, of)
        return {place: [of[number] for number in sorted(of)] for place, of in found.items()}

    def _as_they_came(self, place: "Place", of: Sequence[Round]) -> dict[int, Round]:
        """What was only read otherwise later came in when it did."""
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
        found = spelled.meant(areas, every)
        return [each for each in every if any(area.has(*each) for area in found)]

    def meant(self, county: str | None, township: str | None) -> "Place | None":
        return None if township is None else self.places.meant(self.county.of(county), township)
