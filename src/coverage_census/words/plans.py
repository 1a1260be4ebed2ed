"""Parts of a kept or proposed plan in; the words for them that the console and the reports share, out."""

from coverage_census.model.plans.joint import Group, Host
from coverage_census.model.plans.kept import Fate
from coverage_census.words.catalogue import Words


def host(found: Host | None, words: Words) -> str:
    """Where to affiliate (挂靠), and how near that is."""
    if found is None:
        return words("plan.host.none")
    return words(f"plan.host.{found.kind}", name=found.name, near=words(f"plan.near.{found.nearness}"))


def formal(group: Group) -> str:
    """Its formal members; two figures where a count is not exact."""
    return str(group.formal) if group.formal >= group.formal_high else f"{group.formal}–{group.formal_high}"


def why(each: Fate, words: Words) -> str:
    """What a part of a kept plan has become, and what stands in its way."""
    became = words("kept.text.became", branch=each.branch) if each.branch else ""
    return words("report.semicolon").join(part for part in (became, reasons(each, words)) if part)


def reasons(each: Fate, words: Words) -> str:
    """What stands in its way."""
    return words("report.semicolon").join(words(f"kept.{said.code}", **said.values) for said in each.why)


def state(each: Fate, words: Words) -> str:
    """已落实, 仍待办 or 已变化; what has begun is still to do."""
    return words("kept.now.begun" if each.state == "begun" else f"kept.now.{each.now}")
