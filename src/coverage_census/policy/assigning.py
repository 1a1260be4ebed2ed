"""One organisation's facts and a policy in; why it needs a liaison officer, and which mass organisations it could form,
out."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from coverage_census.policy.algebra import OneRecord
from coverage_census.policy.conditions import truth
from coverage_census.policy.document import MassForm, Need
from coverage_census.policy.policy import Policy


class Asked(NamedTuple):
    """`need`: the most urgent one that surely holds. Without one, `doubt` is the first that may hold. `served`: has an
    officer already; None where the sheet does not say."""

    need: Need | None
    doubt: Need | None
    served: bool | None


def asked(facts: Mapping[str, Any], policy: Policy) -> Asked:
    """Of completed facts; whoever the policy leaves out of every rule needs nobody."""
    if policy.liaison is None or facts["excluded"]:
        return Asked(None, None, None)
    on = OneRecord(facts)
    held = [(need, truth(need.when, on, policy.bounds)) for need in policy.liaison.needs]
    served = truth(policy.liaison.served, on, policy.bounds)
    return Asked(
        next((need for need, holds in held if holds.yes), None),
        next((need for need, holds in held if not holds.no), None),
        True if served.yes else False if served.no else None,
    )


def forms(facts: Mapping[str, Any], policy: Policy) -> tuple[MassForm, ...]:
    """The forms that surely suit it, in the policy's order."""
    if facts["excluded"]:
        return ()
    on = OneRecord(facts)
    return tuple(form for form in policy.mass if truth(form.when, on, policy.bounds).yes)
