"""An organisation's facts and the policy's lines of responsibility in; the committee that owns its tasks out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coverage_census.model.task import Owner, OwnerBy


@dataclass(frozen=True)
class ResponsibilityLine:
    """A line of responsibility (属地、行业、对口、挂靠、指定): whom it is for, which fields name its committee."""

    by: OwnerBy
    holds: Callable[[Mapping[str, Any]], bool]
    fields: Sequence[str]


@dataclass(frozen=True)
class CommitteeNames:
    """How committees are called: of a township, of a street (街道), and the one that catches all."""

    township: Callable[[str], str]
    catch_all: str


USUAL: tuple[ResponsibilityLine, ...] = (
    *(
        ResponsibilityLine(by, lambda facts, by=by: facts.get("responsibility") == by, ("superior_org",))  # type: ignore[misc]
        for by in ("industry", "counterpart", "affiliated", "designated")
    ),
    ResponsibilityLine("territorial", lambda of: of.get("responsibility") in {None, "territorial"}, ("township",)),
)  # fmt: skip
"""Where the policy says nothing: as the sheet says; where it is silent, by place (属地管理为主)."""


def owner(facts: Mapping[str, Any], lines: Sequence[ResponsibilityLine], names: CommitteeNames) -> Owner:
    """Whom the sheet names (责任单位), else the first line that surely holds and whose committee is known, else the
    catch-all committee (综合党委托底)."""
    if facts.get("responsible_unit"):
        return Owner(name=facts["responsible_unit"], by="stated")
    for line in lines:
        if line.holds(facts):
            for field in line.fields:
                if facts.get(field):
                    return Owner(name=names.township(facts[field]) if field == "township" else facts[field], by=line.by)
    return Owner(name=names.catch_all, by="catch_all")
