"""`diff --campaign`: the period asked for in; how far the campaign (专项行动) has come since its baseline out."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from coverage_census.commands.basis import PLACES, Basis, basis, inside
from coverage_census.commands.diff import diff
from coverage_census.commands.session import Session
from coverage_census.errors import CensusError, WrongUsage
from coverage_census.model.campaign import CampaignLine, CampaignProgress
from coverage_census.model.days import last_of
from coverage_census.model.decision import Indicator
from coverage_census.model.rounds import Round
from coverage_census.policy.figures import campaign as reckoning
from coverage_census.policy.figures import indicators as rates
from coverage_census.results import CampaignDiff
from coverage_census.settings import Campaign
from coverage_census.words.periods import spoken


@dataclass(frozen=True)
class Measured:
    """One round under the policy of the newest, with the indicators of the campaign; `asked` are their codes."""

    found: Basis
    session: Session
    asked: tuple[str, ...]

    def of(self, areas: Collection[str], by_county: bool) -> list[Indicator]:
        """Of these areas (none: of all); an area that was not there then counts nobody. `by_county`: every area is a
        county, and all of them are wanted one after another."""
        asked = self.found.policy, self.session.words, self.found.round.as_of, self.asked
        if self.found.is_few:
            return rates.of_records([row for row in self._rows if _lies_in(row, areas)], *asked)
        if by_county and len(areas) == 1 and (own := self._counties.get(next(iter(areas)))) is not None:
            return own
        carry = rates.fields(self.asked) | (set(PLACES) if areas else set())
        return rates.compute(inside(self.found.decided(carry=carry, rules=()), areas), *asked)

    @cached_property
    def _counties(self) -> dict[str | None, list[Indicator]]:
        frame = self.found.decided(carry=rates.fields() | {"county"}, rules=())
        return rates.by(frame, "county", self.session.words, self.found.round.as_of)

    @cached_property
    def _rows(self) -> list[dict[str, Any]]:
        return self.found.completed()


@dataclass(frozen=True)
class Campaigning:
    """A campaign on one round: that round and its baseline, or why there is none."""

    said: Campaign
    today: str
    now: Measured
    before: Measured | None = None
    trouble: str | None = None
    by_county: bool = False  # one county after another is asked for

    def progress(self, areas: Collection[str] = ()) -> CampaignProgress:
        """Of these areas (none: of all)."""
        said, after = self.said, self.now.found.round
        told: tuple[CampaignLine, ...] = ()
        if self.before is not None:
            start = max(said.start, last_of(self.before.found.round.as_of))  # the line begins where the baseline is
            gone_by = reckoning.passed(start, said.end, last_of(after.as_of))
            then, now = (each.of(areas, self.by_county) for each in (self.before, self.now))
            told = reckoning.lines(then, now, said.targets, gone_by)
        first = self.before.found.round if self.before is not None else None
        return CampaignProgress(
            name=said.name,
            start=said.start,
            end=said.end,
            today=self.today,
            days_left=max(0, reckoning.days(self.today, said.end)),
            over=self.today > said.end,
            baseline=spoken(first) if first is not None else said.baseline,
            baseline_round=first.number if first is not None else None,
            baseline_as_of=first.as_of if first is not None else None,
            period=spoken(after),
            round=after.number,
            as_of=after.as_of,
            lines=told,
            trouble=self.trouble,
        )


def campaign(session: Session) -> CampaignDiff:
    """Baseline and the round asked for (else the newest); what changed between them, unless they are the same."""
    said = session.settings.campaign
    if said is None:
        raise WrongUsage("campaign_not_set")
    found, every = basis(session), session.rounds()
    before = _baseline(said, found, every)
    progress = _begun(session, said, found, before).progress()
    same = (before.number, before.at) == (found.round.number, found.round.at)
    return CampaignDiff(progress, None if same else diff.between(session, before, found.round, every))


def within(session: Session, found: Basis) -> Campaigning | None:
    """The campaign on a round that lies in it; None: there is none. A baseline that is not there stops no report."""
    said = session.settings.campaign
    if said is None or not said.start <= last_of(found.round.as_of) <= said.end:
        return None
    try:
        return _begun(session, said, found, _baseline(said, found, session.rounds()))
    except CensusError as trouble:
        told = session.words(f"errors.{trouble.key}", **trouble.values)
        return Campaigning(said, session.today, Measured(found, session, ()), trouble=told)


def _baseline(said: Campaign, found: Basis, every: Sequence[Round]) -> Round:
    from coverage_census.ledger.compare import baseline

    return baseline.baseline(every, said.baseline, said.start, found.round)


def _begun(session: Session, said: Campaign, found: Basis, before: Round) -> Campaigning:
    from coverage_census.ledger import rounds

    then = replace(found, round=before, table=rounds.relation(session.settings.ledger, before), engine="duckdb")
    asked = reckoning.codes(said.targets)
    return Campaigning(said, session.today, Measured(found, session, asked), Measured(then, session, asked))


def _lies_in(row: dict[str, Any], areas: Collection[str]) -> bool:
    return not areas or any(row[place] in areas for place in PLACES)
