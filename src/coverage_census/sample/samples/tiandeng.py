"""A seed in; the workbooks of the Tiandeng sample (domain.md, S0) with their truth out: ten due, ten built, one new."""

import tomllib
from pathlib import Path
from random import Random
from typing import Any

from coverage_census.sample import books
from coverage_census.sample.books import Built, Extra
from coverage_census.sample.samples.furnish import Furnisher, furnish_all
from coverage_census.sample.sheets.place import place
from coverage_census.sample.sheets.plan import sheet_plans
from coverage_census.sample.units.dirt import Dirt, some
from coverage_census.sample.units.figures import recount
from coverage_census.sample.units.names import DrawnNames
from coverage_census.sample.units.unit import SampleUnit

FILE = Path(__file__).with_name("tiandeng.toml")
FIGURES = {"organisations": 70, "due": 10, "due_built": 10, "founded_this_year": 1}
_OTHERS = 57


def tiandeng(out: Path, seed: int, dirt: Dirt) -> tuple[Built, dict[str, int], dict[str, Any]]:
    """Also the recounted figures, and what is to be noted beside them."""
    rng = Random(f"tiandeng {seed}")
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    plans = sheet_plans(told["books"], told["county"])
    units = [*_due(rng), *_joint(), *_others(rng)]
    placed = place(units, plans, rng)
    maker = Furnisher({told["county"]: told["code"]}, told["round_day"], rng, DrawnNames(rng), rng.randrange(10**8))
    furnish_all(placed, maker)
    for unit in some(rng, units, dirt.missing_codes):
        unit.facts["uscc"] = None
    built = books.build(out, plans, placed, Extra(), rng)
    year = told["round_day"][:4]
    new = sum(str(row.get("org_founded_on", "")).startswith(year) for row in built.organisations)
    return built, recount(built.organisations) | {"founded_this_year": new}, {"as_of": told["round_day"]}


def _unit(members: int, employees: int, rng: Random | None = None, **facts: object) -> SampleUnit:
    women = rng.randint(0, employees // 2) if rng else 1
    known = {"members_total": members, "members_formal": members, "members_probationary": 0}
    people = {"employees": employees, "female_employees": women, "league_members": min(2, employees - members)}
    mass = {"has_union": employees >= 25, "has_league": False, "has_women_org": False}
    return SampleUnit({"kind": "enterprise", **known, **people, **mass, **facts})


def _due(rng: Random) -> list[SampleUnit]:
    """Three or more formal members, a branch of their own; the last of them founded this year."""
    units = []
    for at in range(10):
        members = rng.randint(3, 14)
        unit = _unit(
            members, members * rng.randint(4, 12), rng, has_org=True, org_form="standalone", org_level="branch"
        )
        unit.facts["org_founded_on"] = "2014-05" if at == 9 else f"{rng.randint(2004, 2013)}-{rng.randint(1, 12):02}"
        unit.needs = {"members_formal", "org_founded_on"}
        units.append(unit)
    units[9].cases.append("founded_this_year")
    return units


def _joint() -> list[SampleUnit]:
    units = [_unit(1, 9, has_org=True, org_form="joint", org_level="branch") for _ in range(3)]
    for unit in units:
        unit.group, unit.needs = 1, {"org_name", "org_form"}
    return units


def _others(rng: Random) -> list[SampleUnit]:
    """Few members or none: not due. The large ones have an instructor (S0-4)."""
    units = []
    for at in range(_OTHERS):
        employees = rng.randint(60, 140) if at < 4 else rng.randint(3, 24)
        unit = _unit(0 if at < 4 else rng.choice((0, 0, 0, 1, 1, 2)), employees, rng, has_org=False)
        if at < 4:
            unit.facts["instructors"] = 1
        units.append(unit)
    return units
