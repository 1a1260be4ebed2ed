"""A seed in; the workbooks of the city sample (domain.md, S2a) with their truth out.

The document does not name its city. The figures are its own; that they stand under the counties of a real city, and
everything else, is invented.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from coverage_census.places import divisions
from coverage_census.sample import books
from coverage_census.sample.books import Built, Extra
from coverage_census.sample.samples.furnish import Furnisher, furnish_all
from coverage_census.sample.sheets.place import place
from coverage_census.sample.sheets.plan import SheetPlan
from coverage_census.sample.units.dirt import Dirt, some
from coverage_census.sample.units.figures import recount
from coverage_census.sample.units.names import DrawnNames
from coverage_census.sample.units.unit import SampleUnit

CITY = "池州市"
LAST_DAY = "2012-03-31"
FIGURES = {
    "organisations": 3222, "enterprise": 3037, "social_org": 185, "has_org": 316, "above_scale": 122,
    "employees": 33625, "members_total": 4582, "activity_known": 50, "active": 11,
}  # fmt: skip
NOTE = "数字取自来源文件，文件未指明是哪个市；放在池州市各县区名下以及单位名称等，均属虚构。"
_STANDALONE = 131
_SOCIAL_JOINT = [2] * 9 + [3] * 12 + [4] * 8 + [5] * 4  # 106 units in 33 joint branches
_SOCIAL_AFFILIATED = 35


def city(out: Path, seed: int, dirt: Dirt) -> tuple[Built, dict[str, int], dict[str, Any]]:
    """Also the recounted figures, and what is to be noted beside them."""
    rng = Random(f"city {seed}")
    units = [*_enterprises(rng), *_social(rng)]
    _settle(units, "members_total", [unit for unit in units if not unit.get("has_org")], 2, rng)
    for unit in units:
        unit.facts["members_formal"] = unit.facts["members_total"] - unit.facts["members_probationary"]
    _employ(units, rng)
    for at, unit in enumerate(rng.sample([unit for unit in units if unit.get("has_org")], FIGURES["activity_known"])):
        unit.facts["active"] = at < FIGURES["active"]
    plans = _plans(units)
    placed = place(units, plans, rng)
    regions = {county.name: county.code for county in divisions.counties(CITY)}
    furnish_all(placed, Furnisher(regions, LAST_DAY, rng, DrawnNames(rng), rng.randrange(10**8)))
    for unit in some(rng, units, dirt.missing_codes):
        unit.facts["uscc"] = None
    built = books.build(out, plans, placed, Extra(), rng)
    return built, recount(built.organisations), {"as_of": LAST_DAY, "note": NOTE}


def _unit(kind: str, members: int, **facts: object) -> SampleUnit:
    known = {"members_total": members, "members_probationary": 0, "active": None, "above_scale": False}
    return SampleUnit({"kind": kind, **known, **facts})


def _built(kind: str, members: int, form: str, **facts: object) -> SampleUnit:
    return _unit(kind, members, has_org=True, org_form=form, org_level="branch", **facts)


def _enterprises(rng: Random) -> list[SampleUnit]:
    """3,037: 131 stand alone, 122 of them above scale and no other; the rest have few members or none."""
    units = []
    for at in range(_STANDALONE):
        unit = _built("enterprise", rng.randint(4, 18), "standalone", above_scale=at < FIGURES["above_scale"])
        unit.facts["members_probationary"] = rng.choice((0, 0, 1))
        units.append(unit)
    for at in range(FIGURES["enterprise"] - _STANDALONE):
        units.append(_unit("enterprise", 3 if at < 60 else rng.choice((0, 1)), has_org=False))
    return units


def _social(rng: Random) -> list[SampleUnit]:
    """185, all covered: alone, jointly or affiliated."""
    units = []
    for group, size in enumerate(_SOCIAL_JOINT):
        for _ in range(size):
            unit = _built("social_org", 2, "joint")
            unit.group = group
            units.append(unit)
    units += [_built("social_org", 1, "affiliated") for _ in range(_SOCIAL_AFFILIATED)]
    alone = FIGURES["social_org"] - len(units)
    return units + [_built("social_org", rng.randint(3, 8), "standalone") for _ in range(alone)]


def _settle(units: Sequence[SampleUnit], name: str, free: Sequence[SampleUnit], most: int, rng: Random) -> None:
    """Moves single ones of the `free` up (to `most`) or down until the sum over all units is the published one."""
    missing: int = FIGURES[name] - sum(unit.facts[name] for unit in units)
    step = 1 if missing > 0 else -1
    movable = [unit for unit in free if unit.facts[name] <= most]
    while missing:
        unit = rng.choice(movable)
        if 0 <= unit.facts[name] + step <= most:
            unit.facts[name] += step
            missing -= step


def _employ(units: Sequence[SampleUnit], rng: Random) -> None:
    """Never fewer employees than members; together the published number."""
    for unit in units:
        members = unit.facts["members_total"]
        extra = rng.randint(40, 160) if unit.facts["above_scale"] else rng.choice((1, 2, 3, 4, 6, 8, 12))
        unit.facts["employees"] = members + extra
    missing: int = FIGURES["employees"] - sum(unit.facts["employees"] for unit in units)
    while missing:
        unit = rng.choice(units)
        step = 1 if missing > 0 else -1
        if unit.facts["employees"] + step > unit.facts["members_total"] and not unit.facts["above_scale"]:
            unit.facts["employees"] += step
            missing -= step


def _plans(units: Sequence[SampleUnit]) -> list[SheetPlan]:
    """One workbook of enterprises a county, and one of the city with a sheet of social organisations a county."""
    counties = divisions.counties(CITY)
    social = sum(unit.facts["kind"] == "social_org" for unit in units)
    enterprises = len(units) - social
    plans = []
    for at, county in enumerate(counties):
        title = f"{CITY}{{county}}非公有制企业党建情况表（合成样例）"
        share = _part(enterprises, at, len(counties))
        plans.append(_plan(f"{county.name}非公企业.xlsx", "非公企业", county, share, title, "{county}委组织部", ()))
    for at, county in enumerate(counties):
        title = f"{CITY}{{county}}社会组织党建情况表（合成样例）"
        share = _part(social, at, len(counties))
        file = f"{CITY}社会组织.xlsx"
        plans.append(_plan(file, county.name, county, share, title, f"{CITY}民政局", ("social_org",)))
    return plans


def _part(whole: int, at: int, parts: int) -> int:
    """The `at`-th share of `whole`, larger for the first counties, the shares together all of it."""
    edges: list[int] = [round(whole * (1 - (1 - edge / parts) ** 1.4)) for edge in range(parts + 1)]
    return edges[at + 1] - edges[at]


def _plan(
    file: str, name: str, county: divisions.County, share: int, title: str, unit: str, kinds: tuple[str, ...]
) -> SheetPlan:
    townships = tuple(each.name for each in divisions.townships(county.code))
    line = f"填报单位：{unit}|||截止日期：2012年3月31日"
    return SheetPlan(file, name, county.name, townships, "city", share, kinds, title=(title,), line=line, totals="合计")
