"""A seed in; the made-up organisations of the Yuexi sample, with their Party and mass organisations, out.

The counts are those published for Yuexi on 2020-07-06 (`FIGURES`); the document's 224个 Party organisations are read as
organisations covered (家). Which organisation is which is drawn.
"""

from random import Random

from coverage_census.sample.units.unit import SampleUnit

FIGURES = {
    "organisations": 384,
    "has_org": 224,
    "has_union": 114,
    "has_league": 23,
    "has_women_org": 43,
    "mass_organisations_lacking": 98,
    "unions_due": 50,
    "leagues_due": 26,
    "women_orgs_due": 35,
}
NOTE = "224个党组织按覆盖单位（家）计；注销、迁出的8家在384家之外。"
GONE = ("closed", "closed", "closed", "closed", "closed", "moved", "moved", "moved")
"""注销（吊销）、迁出: on top of the 384, so that whoever counts them gets other figures than the published ones."""

# Joint branches: sizes of the regular ones, of those with too many units, and members of those with too few.
_REGULAR = [2] * 7 + [3] * 8 + [4] * 5 + [5] * 4
_LARGE = [6, 7]
_SMALL = [(1, 1), (1, 1), (1, 1, 0)]
_SINGLE_FORMS = ["affiliated"] * 24 + ["area"] * 5 + ["hosted"] * 3 + ["industry"] * 3 + ["temporary"] * 2
_STANDALONE = 86

# Who lacks which mass organisation among those without a Party organisation: 50 + 26 + 35 over 98 organisations.
_LACKING = (
    [{"has_union"}] * 39
    + [{"has_league"}] * 21
    + [{"has_women_org"}] * 25
    + [{"has_union", "has_league"}] * 3
    + [{"has_union", "has_women_org"}] * 8
    + [{"has_league", "has_women_org"}] * 2
)
_DUE_FROM = 3


def draw(rng: Random) -> list[SampleUnit]:
    """All 384 that live, without names and places."""
    covered = [*_joint(rng), *_single(rng), *_standalone(rng)]
    uncovered = [*_lacking(rng), *_in_order(rng), *_tiny(rng)]
    for unit in covered:
        _staff(unit, rng)
    _mass(covered, uncovered, rng)
    _social(covered, uncovered, rng)
    return covered + uncovered


def draw_gone(rng: Random) -> list[SampleUnit]:
    """Those that are gone: half of them had a branch, most had employees and mass organisations."""
    units = []
    for at, status in enumerate(GONE):
        built = at % 2 == 0
        unit = _member(rng, rng.randint(3, 5) if built else rng.choice((0, 1, 3)), has_org=built)
        if built:
            unit.facts |= {"org_form": "standalone", "org_level": "branch"}
        _staff(unit, rng)
        unit.facts |= {"operating_status": status, "has_union": at < 4, "has_league": at == 0, "has_women_org": at < 2}
        unit.facts |= {"employees": rng.randint(12, 80), "female_employees": 4, "league_members": 3}
        unit.needs, unit.cases = {"operating_status"}, [status, "gone"]
        units.append(unit)
    return units


def _member(rng: Random, formal: int, new: int = 0, **facts: object) -> SampleUnit:
    total = formal + new
    known = {"members_formal": formal, "members_probationary": new, "members_total": total}
    return SampleUnit({"kind": rng.choices(("enterprise", "cooperative"), (87, 13))[0], **known, **facts})


def _joint(rng: Random) -> list[SampleUnit]:
    """Joint branches, regular and irregular; three of their units have members enough to stand alone."""
    units: list[SampleUnit] = []
    shapes = [tuple(rng.choice((1, 1, 2)) for _ in range(size)) for size in [*_REGULAR, *_LARGE]]
    shapes = [shape if sum(shape) >= 3 else (2, *shape[1:]) for shape in shapes]
    for number, shape in enumerate([*shapes, *_SMALL]):
        for formal in shape:
            new = rng.choice((0, 0, 0, 1)) if number < len(shapes) else 0
            unit = _member(rng, formal, new, has_org=True, org_form="joint", org_level="branch", joint_units=len(shape))
            unit.group, unit.needs = number, {"org_name", "org_form"}
            if len(shape) > 5 or sum(shape) < 3:
                unit.cases.append("irregular_joint")
                unit.needs.add("members_formal")
            units.append(unit)
    regular = [unit for unit in units if not unit.cases]
    for unit in rng.sample(regular, 3):
        unit.facts |= {"members_formal": 4, "members_probationary": 0, "members_total": 4}
        unit.cases.append("should_be_standalone")
        unit.needs.add("members_formal")
    _hole(rng.choice([unit for unit in regular if not unit.cases]))
    return units


def _hole(unit: SampleUnit) -> None:
    """Two formal members and one probationary: three members, yet no standalone branch."""
    unit.facts |= {"members_formal": 2, "members_probationary": 1, "members_total": 3}
    unit.cases.append("two_formal_one_probationary")
    unit.needs |= {"members_formal", "members_probationary"}


def _single(rng: Random) -> list[SampleUnit]:
    units = []
    for form in _SINGLE_FORMS:
        unit = _member(rng, rng.choice((1, 1, 2)), has_org=True, org_form=form, org_level="branch")
        unit.needs = {"org_form"}
        units.append(unit)
    return units


def _standalone(rng: Random) -> list[SampleUnit]:
    sizes = [104, 61, 52] + [rng.choice((3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 11, 14, 18)) for _ in range(_STANDALONE - 3)]
    units = []
    for formal in sizes:
        level = "committee" if formal >= 100 else "general_branch" if formal >= 50 else "branch"
        new = rng.choice((0, 0, 1, 2))
        unit = _member(rng, formal, new, has_org=True, org_form="standalone", org_level=level)
        if formal >= 50:
            unit.facts["kind"] = "enterprise"
        units.append(unit)
    for _ in range(3):
        unit = _member(rng, 2, has_org=True, org_form="standalone", org_level="branch")
        unit.cases, unit.needs = ["fell_below_three"], {"members_formal", "org_form"}
        units.append(unit)
    return units


def _lacking(rng: Random) -> list[SampleUnit]:
    """The 98 without a Party organisation that lack mass organisations which are due."""
    units = [_unbuilt(rng) for _ in range(10)] + [_member(rng, 2, 1) for _ in range(4)]
    for unit in units[10:]:
        _hole(unit)
    units += [_member(rng, rng.choice((1, 1, 2))) for _ in range(34)]
    units += [_member(rng, 0) for _ in range(50)]
    units[0].facts |= {"members_formal": 5, "members_probationary": 0, "members_total": 5}
    units[0].cases, units[0].needs = ["formal_unknown_total_5"], {"!members_formal", "operating_status"}
    for unit in units[48:51]:
        unit.facts |= {"members_formal": None, "members_probationary": None, "members_total": None}
        unit.cases, unit.needs = ["reason_without_counts"], {"not_built_reason"}
    lacking = list(_LACKING)
    rng.shuffle(lacking)
    for unit, missing in zip(units, lacking, strict=True):
        unit.facts |= {"has_org": False}
        unit.needs |= {"employees", "female_employees", "league_members"}
        _staff_lacking(unit, missing, rng)
    _large(units, rng)
    return units


def _unbuilt(rng: Random) -> SampleUnit:
    unit = _member(rng, rng.choice((3, 3, 4, 5)), rng.choice((0, 0, 1)))
    unit.cases = ["unbuilt_standalone"]
    unit.needs = {"members_formal"}
    return unit


def _staff_lacking(unit: SampleUnit, missing: set[str], rng: Random) -> None:
    """Three or more of those for whom an organisation is missing, and organisations or few people otherwise."""
    women = rng.randint(3, 9) if "has_women_org" in missing else rng.randint(0, 2)
    youth = rng.randint(3, 6) if "has_league" in missing else rng.randint(0, 2)
    least = max(_DUE_FROM, women + 1, youth + 1, (unit.get("members_total") or 0) + 1)
    unit.facts |= {"has_union": "has_union" not in missing, "has_league": False, "has_women_org": False}
    unit.facts |= {"employees": rng.randint(least, least + 14), "female_employees": women, "league_members": youth}
    if "has_women_org" not in missing and "has_league" not in missing:
        unit.cases.append("lacks_union_only")


def _large(units: list[SampleUnit], rng: Random) -> None:
    """Seven without any member but with more than 50, and more than 100, employees."""
    both = [
        unit
        for unit in units
        if unit.get("members_total") == 0 and not unit.get("has_union") and unit.facts["female_employees"] >= 3
    ]
    others = [unit for unit in units if unit.get("members_total") == 0 and unit not in both]
    for unit, employees in zip([*both, *others], (58, 66, 73, 95, 108, 126, 160), strict=False):
        unit.facts |= {"employees": employees, "kind": "enterprise"}
        unit.cases.append("large_without_members")


def _in_order(rng: Random) -> list[SampleUnit]:
    """Ten without a Party organisation that have all mass organisations that are due."""
    units = [_member(rng, formal) for formal in (1, 1, 2, 0, 0, 0, 0, 0, 0, 0)]
    for at, unit in enumerate(units):
        unit.facts |= {"has_org": False, "has_union": True, "has_league": at < 4, "has_women_org": at < 5}
        unit.facts |= {"employees": rng.randint(12, 48), "female_employees": rng.randint(3, 8) if at < 5 else 2}
        unit.facts |= {"league_members": rng.randint(3, 5) if at < 4 else 1}
    return units


def _tiny(rng: Random) -> list[SampleUnit]:
    """Fifty-two with at most two people, ten of them empty shells, at a standstill or not to be found."""
    units = []
    for at in range(52):
        people = rng.choice((1, 2, 2))
        unit = _member(rng, 1 if at < 8 else 0)
        unit.facts |= {"has_org": False, "has_union": False, "has_league": False, "has_women_org": False}
        unit.facts |= {"employees": people, "female_employees": rng.randint(0, people)}
        unit.facts["league_members"] = rng.randint(0, 1)
        if 8 <= at < 20:
            unit.facts["kind"] = "sole_trader"
        if at >= 42:
            status = rng.choice(("shell", "shell", "shell", "suspended", "unreachable", "unreachable"))
            people_known = 0 if status == "shell" else None
            unit.facts |= dict.fromkeys(("employees", "female_employees", "league_members"), people_known)
            unit.facts["operating_status"] = status
            unit.needs, unit.cases = {"operating_status"}, [status]
        units.append(unit)
    return units


def _staff(unit: SampleUnit, rng: Random) -> None:
    """People of an organisation that has a Party organisation."""
    members = unit.facts["members_total"]
    employees = members * rng.randint(2, 7) + rng.randint(0, 4)
    women = rng.randint(0, employees // 2)
    youth = min(rng.choice((0, 0, 1, 1, 2, 3, 4)), employees - members)
    unit.facts |= {"employees": employees, "female_employees": women, "league_members": max(0, youth)}
    unit.facts |= {"has_union": False, "has_league": False, "has_women_org": False}


def _mass(covered: list[SampleUnit], uncovered: list[SampleUnit], rng: Random) -> None:
    """Unions, league and women's organisations, until the published numbers are reached."""
    for unit in rng.sample([unit for unit in uncovered if "lacks_union_only" in unit.cases], 9):
        league = _count(uncovered, "has_league") < 6
        name, people = ("has_league", "league_members") if league else ("has_women_org", "female_employees")
        unit.facts |= {name: True, people: 3, "employees": max(unit.facts["employees"], 8)}
    for unit in uncovered:
        if "lacks_union_only" in unit.cases:
            unit.cases.remove("lacks_union_only")
    for name, people, least in (
        ("has_union", "employees", 12),
        ("has_league", "league_members", 3),
        ("has_women_org", "female_employees", 5),
    ):
        able = [unit for unit in covered if unit.facts[people] >= least]
        for unit in rng.sample(able, FIGURES[name] - _count(uncovered, name)):
            unit.facts[name] = True


def _count(units: list[SampleUnit], name: str) -> int:
    return sum(unit.get(name) is True for unit in units)


def _social(covered: list[SampleUnit], uncovered: list[SampleUnit], rng: Random) -> None:
    """Twenty-one of them are social organisations: nine standalone, three joint, four affiliated, five without."""
    alone = [unit for unit in covered if unit.get("org_form") == "standalone"]
    standalone = [unit for unit in alone if 3 <= unit.facts["members_formal"] < 10]
    triples = [unit.group for unit in covered if unit.get("joint_units") == 3 and not unit.cases]
    group = next(number for number in triples if triples.count(number) == 3)
    affiliated = [unit for unit in covered if unit.get("org_form") == "affiliated"]
    tiny = [unit for unit in uncovered if not unit.needs and unit.facts["employees"] <= 2]
    small = [unit for unit in tiny if unit.facts["kind"] != "sole_trader"]
    chosen = [*rng.sample(standalone, 9), *rng.sample(affiliated, 4), *rng.sample(small, 5)]
    for unit in [*chosen, *(unit for unit in covered if unit.group == group)]:
        unit.facts["kind"] = "social_org"
