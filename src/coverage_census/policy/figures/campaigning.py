"""A round and the baseline of a campaign (专项行动) in; how far the campaign has come, of any areas, out."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from coverage_census.model.campaign import CampaignLine, CampaignProgress
from coverage_census.model.days import last_of
from coverage_census.model.decision import Indicator
from coverage_census.policy.decided.areas import PLACES, inside
from coverage_census.policy.decided.basis import Basis
from coverage_census.policy.figures import campaign as reckoning
from coverage_census.policy.figures import indicators as rates
from coverage_census.settings import Campaign
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import spoken


@dataclass(frozen=True)
class Measured:
    """One round under the policy of the newest, with the indicators of the campaign; `asked` are their codes."""

    found: Basis
    words: Words
    asked: tuple[str, ...]

    def of(self, areas: Collection[str], by_county: bool) -> list[Indicator]:
        """Of these areas (none: of all); an area that was not there then counts nobody. `by_county`: every area is a
        county, and all of them are wanted one after another."""
        asked = self.found.policy, self.words, self.found.round.as_of, self.asked
        if self.found.is_few:
            return rates.of_records([row for row in self._rows if _lies_in(row, areas)], *asked)
        if by_county and len(areas) == 1 and (own := self._counties.get(next(iter(areas)))) is not None:
            return own
        carry = rates.fields(self.asked) | (set(PLACES) if areas else set())
        return rates.compute(inside(self.found.decided(carry=carry, rules=()), areas), *asked)

    @cached_property
    def _counties(self) -> dict[str | None, list[Indicator]]:
        frame = self.found.decided(carry=rates.fields() | {"county"}, rules=())
        return rates.by(frame, "county", self.words, self.found.round.as_of)

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
    beside: tuple[Sequence[Indicator], Sequence[Indicator]] = ((), ())
    """At the baseline and now: what is not worked out of a round alone (摸排覆盖率), and not of a part of it."""

    def progress(self, areas: Collection[str] = ()) -> CampaignProgress:
        """Of these areas (none: of all)."""
        said, after = self.said, self.now.found.round
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
            lines=(told := self._lines(areas)),
            untold=() if areas or self.before is None else tuple(_without(told, said, self.now.words)),
            trouble=self.trouble,
        )

    def _lines(self, areas: Collection[str]) -> tuple[CampaignLine, ...]:
        if self.before is None:
            return ()
        start = max(self.said.start, last_of(self.before.found.round.as_of))  # the line begins where the baseline is
        gone_by = reckoning.passed(start, self.said.end, last_of(self.now.found.round.as_of))
        then, now = (each.of(areas, self.by_county) for each in (self.before, self.now))
        if not areas:
            then, now = [*then, *self.beside[0]], [*now, *self.beside[1]]
        return reckoning.lines(then, now, self.said.targets, gone_by)


def begun(said: Campaign, today: str, now: Basis, before: Basis, words: Words) -> Campaigning:
    """The campaign on the round of `now`; `before`: its baseline under the same policy."""
    asked = tuple(code for code in reckoning.codes(said.targets) if code in rates.definitions())
    return Campaigning(said, today, Measured(now, words, asked), Measured(before, words, asked))


def troubled(said: Campaign, today: str, now: Basis, trouble: str, words: Words) -> Campaigning:
    """The same where there is no baseline, and why."""
    return Campaigning(said, today, Measured(now, words, ()), trouble=trouble)


def _without(told: Sequence[CampaignLine], said: Campaign, words: Words) -> Iterator[str]:
    """The names of what a target is set for and nobody can work out yet."""
    there = {each.code for each in told}
    return (words(f"indicator.{code}.label") for code in said.targets if code not in there)


def _lies_in(row: dict[str, Any], areas: Collection[str]) -> bool:
    return not areas or any(row[place] in areas for place in PLACES)
