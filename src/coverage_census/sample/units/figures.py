"""The truth's organisations in; the figures that any sound count of them must reach, out."""

from collections.abc import Iterable, Mapping
from typing import Any

from coverage_census.model.choices import is_gone

# The local goal of Yuexi (2020-07-06): three employees, three youth, three women.
_DUE = {"has_union": "employees", "has_league": "league_members", "has_women_org": "female_employees"}
_LEAST = 3
_DUE_NAMES = {"has_union": "unions_due", "has_league": "leagues_due", "has_women_org": "women_orgs_due"}
_FLAGS = ("has_org", "has_union", "has_league", "has_women_org")


def recount(organisations: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Counts of organisations (家) and of people (名), each from what the sheets tell and nothing else.

    Of living ones: who is gone (注销、迁出) is in `gone` and nowhere else.
    """
    every = list(organisations)
    rows = [row for row in every if not is_gone(row.get("operating_status"))]
    found = {"organisations": len(rows), "gone": len(every) - len(rows)} | {name: _yes(rows, name) for name in _FLAGS}
    found["mass_organisations_lacking"] = sum(bool(lacking(row)) for row in rows if row.get("has_org") is False)
    for name, label in _DUE_NAMES.items():
        found[label] = sum(name in lacking(row) for row in rows if row.get("has_org") is False)
    for kind in ("enterprise", "social_org", "cooperative", "sole_trader"):
        found[kind] = sum(kind in {row.get("kind"), row["may"].get("kind")} for row in rows)
    found["employees"] = sum(row.get("employees") or 0 for row in rows)
    found["members_total"] = sum(row.get("members_total") or 0 for row in rows)
    found["above_scale"] = _yes(rows, "above_scale")
    found["activity_known"] = sum(row.get("active") is not None for row in rows)
    found["active"] = _yes(rows, "active")
    due = [row for row in rows if (row.get("members_formal") or 0) >= _LEAST]
    found["due"], found["due_built"] = len(due), _yes(due, "has_org")
    return found


def lacking(row: Mapping[str, Any]) -> set[str]:
    """The mass organisations that are due by the head-counts and known to be missing."""
    least = {people: row["bounds"].get(people, [row.get(people) or 0])[0] for people in _DUE.values()}
    return {name for name, people in _DUE.items() if least[people] >= _LEAST and row.get(name) is False}


def _yes(rows: Iterable[Mapping[str, object]], name: str) -> int:
    return sum(row.get(name) is True for row in rows)
