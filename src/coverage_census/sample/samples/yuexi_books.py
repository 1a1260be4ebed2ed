"""A seed in; the twenty workbooks of the Yuexi sample with their truth out."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from coverage_census.sample import books
from coverage_census.sample.books import Built
from coverage_census.sample.samples import yuexi as population
from coverage_census.sample.samples.furnish import Furnisher, furnish_all
from coverage_census.sample.sheets.layouts import layout
from coverage_census.sample.sheets.place import carries, place
from coverage_census.sample.sheets.plan import SheetPlan, sheet_plans
from coverage_census.sample.units.dirt import Dirt, blank_cells, break_sums, loosen, soil_codes, some
from coverage_census.sample.units.figures import recount
from coverage_census.sample.units.names import DrawnNames
from coverage_census.sample.units.unit import Inexact, SampleUnit

FILE = Path(__file__).with_name("yuexi.toml")


def yuexi(out: Path, seed: int, dirt: Dirt) -> tuple[Built, dict[str, int], dict[str, Any]]:
    """Also the recounted figures, and what is to be noted beside them."""
    rng = Random(f"yuexi {seed}")
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    plans = sheet_plans(told["books"], told["county"])
    units = population.draw(rng)
    placed = place(units, plans, rng)
    regions = {told["county"]: told["code"]}
    maker = Furnisher(regions, told["round_day"], rng, DrawnNames(rng), rng.randrange(10**8))
    furnish_all(placed, maker)
    _soil(placed, units, told["code"], dirt, rng)
    extra = books.draw_extra(placed, dirt, rng)
    _report_twice(placed, dirt, rng)
    _add_gone(placed, maker, Random(f"yuexi gone {seed}"))
    built = books.build(out, plans, placed, extra, rng)
    figures = recount(built.organisations)
    return built, figures, {"as_of": told["round_day"], "note": population.NOTE}


def _add_gone(placed: Mapping[SheetPlan, list[SampleUnit]], maker: Furnisher, rng: Random) -> None:
    """On sheets that ask for the operating status; drawn apart, so that the others stay as they are."""
    found: dict[SheetPlan, list[SampleUnit]] = {}
    for unit in population.draw_gone(rng):
        able = [plan for plan in placed if carries(plan, unit)]
        found.setdefault(rng.choice(able), []).append(unit)
    own = Furnisher(maker.regions, maker.last_day, rng, DrawnNames(rng, maker.names.taken), maker.number)
    furnish_all(found, own)
    for plan, units in found.items():
        placed[plan].extend(units)


def _soil(
    placed: Mapping[SheetPlan, list[SampleUnit]], units: list[SampleUnit], region: str, dirt: Dirt, rng: Random
) -> None:
    coded = [plan for plan in placed if plan.file.endswith(".xlsx") and "uscc" in layout(plan.layout).fields]
    in_books = [unit for plan in coded for unit in placed[plan]]
    soil_codes(in_books, region, dirt, rng)
    with_parts = {"flat", "two_level", "zone"}
    break_sums([unit for plan in placed if plan.layout in with_parts for unit in placed[plan]], dirt, rng)
    blank_cells(units, dirt, rng)
    on_loose = [unit for plan, there in placed.items() if plan.layout == "loose" for unit in there]
    loosen(on_loose, dirt, rng)
    few = [unit for unit in on_loose if _few(unit)]
    for unit in some(rng, few, dirt.inexact_counts / 2):
        unit.inexact["members_total"] = Inexact("不足3名", 3, "below", 0, 2)


def _few(unit: SampleUnit) -> bool:
    return not unit.get("has_org") and not unit.cases and unit.get("members_total") in {1, 2}


def _report_twice(placed: Mapping[SheetPlan, list[SampleUnit]], dirt: Dirt, rng: Random) -> None:
    """Enterprises of a township's sheet that the development zone's sheet lists again."""
    zone = next(plan for plan in placed if plan.zoned)
    listed = [
        unit
        for plan, units in placed.items()
        for unit in units
        if plan.townships[0] in zone.townships
        and not plan.zoned
        and unit.facts["kind"] == "enterprise"
        and unit.get("uscc")
        and not unit.inexact
        and not unit.cases
    ]
    placed[zone].extend(some(rng, listed, dirt.reported_twice))
