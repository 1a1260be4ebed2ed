"""Parts of a kept or proposed plan in; the words for them that the console and the reports share, out."""

from coverage_census.model.joint_plan import Group, Host
from coverage_census.words.catalogue import Words


def host(found: Host | None, words: Words) -> str:
    """Where to affiliate (挂靠), and how near that is."""
    if found is None:
        return words("plan.host.none")
    return words(f"plan.host.{found.kind}", name=found.name, near=words(f"plan.near.{found.nearness}"))


def formal(group: Group) -> str:
    """Its formal members; two figures where a count is not exact."""
    return str(group.formal) if group.formal >= group.formal_high else f"{group.formal}–{group.formal_high}"
