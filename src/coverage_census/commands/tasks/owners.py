"""A policy and the places of a round in; which committee owns what is to be done in each organisation, out."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from coverage_census.commands.session import Session
from coverage_census.model.task import Owner
from coverage_census.tasks import owners
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from coverage_census.policy.files.policy import Policy

OWNING = ("responsible_unit", "responsibility", "superior_org", "township")
"""The facts that name an owner where the policy says nothing else."""


class TaskOwners:
    """Owners by the policy's lines; a township's name is preceded by its county where two counties have it."""

    def __init__(self, policy: "Policy", places: Iterable[tuple[str | None, str | None]], session: Session) -> None:
        from coverage_census.policy.language.conditions import truth
        from coverage_census.policy.language.record_algebra import OneRecord

        def holds(when: Any) -> Callable[[Mapping[str, Any]], bool]:
            return lambda facts: when is None or bool(truth(when, OneRecord(facts), policy.bounds).yes)

        self._lines = [
            owners.ResponsibilityLine(line.by.value, holds(line.when), line.fields) for line in policy.owners
        ] or owners.USUAL
        facts = {leaf.fact for line in policy.owners if line.when for leaf in line.when.leaves() if leaf.fact}
        self._asked = sorted({*facts, *OWNING, "county"})
        often = Counter(township for _, township in places if township)
        self._several = {each for each, count in often.items() if count > 1}
        words = Words("zh")  # names of committees are names: the same in every language
        self._words, self._catch_all = words, session.settings.tasks.catch_all or words("tasks.committee.catch_all")
        self._known: dict[tuple[Any, ...], Owner] = {}

    def of(self, facts: Mapping[str, Any]) -> Owner:
        key = tuple(facts.get(name) for name in self._asked)
        if key not in self._known:
            names = owners.CommitteeNames(lambda township: self._township(facts["county"], township), self._catch_all)
            self._known[key] = owners.owner(facts, self._lines, names)
        return self._known[key]

    def _township(self, county: str | None, township: str) -> str:
        twice = township in self._several
        kind = "street" if township.endswith("街道") else "township"
        return self._words(f"tasks.committee.{kind}", township=f"{county or ''}{township}" if twice else township)
