"""One organisation's facts and a policy in; why it needs a liaison officer, and which mass organisations it could form,
out."""

from collections.abc import Sequence
from typing import NamedTuple

from coverage_census.model.choices import Kind
from coverage_census.model.decision import Citation
from coverage_census.model.record import Facts
from coverage_census.policy.files.document import Need
from coverage_census.policy.files.policy import Policy
from coverage_census.policy.language.conditions import truth
from coverage_census.policy.language.record_algebra import OneRecord


class OfficerNeed(NamedTuple):
    """`need`: the most urgent one that surely holds. Without one, `doubt` is the first that may hold. `served`: has an
    officer already; None where the sheet does not say."""

    need: Need | None
    doubt: Need | None
    served: bool | None

    @property
    def open(self) -> bool:
        """Whether it needs one cannot be told, and nothing says that it has one."""
        return self.need is None and self.doubt is not None and self.served is not True


def citations(policy: Policy, rows: Sequence[Facts], asked: Sequence[OfficerNeed]) -> dict[str, Citation]:
    """Need → its text; of social organisations (`need/social_org`) their own, where others need one too."""
    needs = policy.liaison.needs if policy.liaison else ()
    kinds: dict[str, set[bool]] = {}
    for row, each in zip(rows, asked, strict=True):
        if each.need is not None:
            kinds.setdefault(each.need.id, set()).add(row["kind"] == Kind.SOCIAL_ORG)
    cited = {need.id: need.citation.citation() for need in needs}
    for need in needs:
        own, there = need.social_citation, kinds.get(need.id, set())
        if own is not None and True in there and own.in_force(policy.as_of):
            cited[need.id if there == {True} else f"{need.id}/{Kind.SOCIAL_ORG}"] = own.citation()
    return cited


def asked(facts: Facts, policy: Policy) -> OfficerNeed:
    """Of completed facts; whoever the policy leaves out of every rule needs nobody, whoever it may leave out may."""
    if policy.liaison is None or facts["excluded"]:
        return OfficerNeed(None, None, None)
    on = OneRecord(facts)
    held = [(need, truth(need.when, on, policy.bounds)) for need in policy.liaison.needs]
    served = truth(policy.liaison.served, on, policy.bounds)
    sure = facts["in_scope"] is not None
    return OfficerNeed(
        next((need for need, holds in held if holds.yes and sure), None),
        next((need for need, holds in held if not holds.no), None),
        True if served.yes else False if served.no else None,
    )


class Suited(NamedTuple):
    """Forms of one kind, by their place among those of the kind: that surely suit, and whether others may."""

    sure: frozenset[int]
    doubt: bool


def forms(facts: Facts, policy: Policy, kind: str) -> Suited:
    """Of completed facts."""
    if facts["excluded"]:
        return Suited(frozenset(), False)
    on = OneRecord(facts)
    held = [truth(form.when, on, policy.bounds) for form in policy.mass if form.kind == kind]
    sure = frozenset(number for number, holds in enumerate(held) if holds.yes)
    return Suited(sure, not sure and any(not holds.no for holds in held))
