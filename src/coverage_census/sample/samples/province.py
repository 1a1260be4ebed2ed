"""A number in; township workbooks with so many organisations, in mixed layouts and formats, with their truth out."""

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

from coverage_census.places import divisions
from coverage_census.sample import books
from coverage_census.sample.books import Built
from coverage_census.sample.samples.furnish import Furnisher, furnish_all
from coverage_census.sample.sheets.plan import SheetPlan
from coverage_census.sample.units.dirt import Dirt, blank_cells, loosen, soil_codes
from coverage_census.sample.units.figures import recount
from coverage_census.sample.units.names import DrawnNames
from coverage_census.sample.units.unit import SampleUnit

PROVINCE = "安徽省"
LAST_DAY = "2020-06-30"
_AT_ONCE = 100  # townships, so that a province fits into memory
_A_TOWNSHIP = 40  # organisations on a township's sheet, about
# Layouts that can carry whatever organisation there is, and the formats that they come in.
_FORMS = (
    ("flat", ".xlsx"), ("two_level", ".xlsx"), ("legacy", ".xls"), ("platform", ".xlsx"), ("loose", ".xlsx"),
    ("sections", ".xlsx"), ("plain", ".csv"), ("total_only", ".et"), ("traditional", ".xlsx"), ("lumped", ".tsv"),
    ("flat", ".ods"), ("plain", "_gb18030.csv"),
)  # fmt: skip


def province(count: int) -> Callable[[Path, int, Dirt], tuple[Built, dict[str, int], dict[str, object]]]:
    """The maker of `count` organisations, a workbook a township."""

    def make(out: Path, seed: int, dirt: Dirt) -> tuple[Built, dict[str, int], dict[str, Any]]:
        rng = Random(f"province {count} {seed}")
        plans = _plans(count)
        regions = {county.name: county.code for county in divisions.counties(PROVINCE)}
        maker = Furnisher(regions, LAST_DAY, rng, DrawnNames(rng), rng.randrange(10**8))
        built = Built()
        for first in range(0, len(plans), _AT_ONCE):
            built.add(_some_books(out, plans[first : first + _AT_ONCE], maker, dirt))
        return built, recount(built.organisations), {"as_of": LAST_DAY}

    return make


def _some_books(out: Path, plans: Sequence[SheetPlan], maker: Furnisher, dirt: Dirt) -> Built:
    rng = maker.rng
    placed = {plan: _draw(plan.share, rng) for plan in plans}
    furnish_all(placed, maker)
    units = [unit for there in placed.values() for unit in there]
    # An old number or a destroyed code needs cells that hold numbers.
    in_cells = [unit for plan, there in placed.items() if plan.file.endswith(".xlsx") for unit in there]
    soil_codes(in_cells, maker.regions[plans[0].county], dirt, rng)
    blank_cells(units, dirt, rng)
    loosen([unit for plan, there in placed.items() if plan.layout == "loose" for unit in there], dirt, rng)
    return books.build(out, plans, placed, books.draw_extra(placed, dirt, rng), rng)


def _plans(count: int) -> list[SheetPlan]:
    """A workbook a township, county after county; where all are used up, the sheets grow longer."""
    towns = [
        (county.name, town.name) for county in divisions.counties(PROVINCE) for town in divisions.townships(county.code)
    ]
    used = towns[: max(1, min(len(towns), round(count / _A_TOWNSHIP)))]
    edges = [round(count * at / len(used)) for at in range(len(used) + 1)]
    return [_plan(at, *used[at], edges[at + 1] - edges[at]) for at in range(len(used))]


def _plan(at: int, county: str, township: str, share: int) -> SheetPlan:
    layout, tail = _FORMS[at % len(_FORMS)]
    text = tail.endswith((".csv", ".tsv"))
    title = ("{county}{township}两新组织党建工作台账（合成样例）",)
    section = "village" if layout == "sections" else ""
    totals = "" if text or layout == "platform" else "合计"
    name = "" if text else "台账"
    return SheetPlan(
        f"{county}{township}{tail}",
        name,
        county,
        (township,),
        layout,
        share,
        title=title,
        section=section,
        totals=totals,
    )


def _draw(count: int, rng: Random) -> list[SampleUnit]:
    """The organisations of one township: one in three covered, alone or jointly."""
    units: list[SampleUnit] = []
    group = 0
    while len(units) < count:
        draw = rng.random()
        if draw < 0.15 and count - len(units) >= 3:
            group += 1
            units += [
                _unit(rng, rng.choice((1, 1, 2)), "joint", group)
                for _ in range(rng.randint(2, min(5, count - len(units))))
            ]
        elif draw < 0.4:
            units.append(_unit(rng, rng.randint(3, 15), "standalone"))
        else:
            units.append(_unit(rng, rng.choice((0, 0, 0, 1, 2, 3)), None))
    return units


def _unit(rng: Random, formal: int, form: str | None, group: int | None = None) -> SampleUnit:
    new = rng.choice((0, 0, 0, 1)) if formal else 0
    employees = formal + new + rng.choice((0, 1, 3, 6, 12, 30, 80))
    kind = rng.choices(("enterprise", "cooperative", "sole_trader"), (80, 14, 6))[0]
    facts: dict[str, Any] = {
        "kind": kind, "members_formal": formal, "members_probationary": new, "members_total": formal + new,
        "employees": employees, "female_employees": rng.randint(0, employees),
        "league_members": min(employees, rng.randint(0, 4)),
        "has_org": form is not None, "has_union": employees >= 12 and rng.random() < 0.5,
        "has_league": False, "has_women_org": rng.random() < 0.05,
    }  # fmt: skip
    if form:
        facts |= {"org_form": form, "org_level": "branch"}
    return SampleUnit(facts, group=group)
