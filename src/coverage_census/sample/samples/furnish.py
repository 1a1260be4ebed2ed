"""An organisation and its place in; the same with name, code, business and Party organisation's particulars, out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from coverage_census.sample.sheets.layouts import layout
from coverage_census.sample.sheets.plan import SheetPlan
from coverage_census.sample.units import uscc
from coverage_census.sample.units.names import DrawnNames, words
from coverage_census.sample.units.unit import SampleUnit


@dataclass
class Furnisher:
    """Holds what must not repeat: names and code numbers. `regions` are the codes of the counties; `last_day` the
    cut-off date, ISO."""

    regions: Mapping[str, str]
    last_day: str
    rng: Random
    names: DrawnNames
    number: int

    def furnish(self, unit: SampleUnit, plan: SheetPlan, at: int) -> None:
        """The `at`-th organisation of its sheet."""
        unit.facts |= {"county": plan.county, "township": plan.townships[at % len(plan.townships)]}
        self._identity(unit)
        self._business(unit, plan)
        self._members(unit)
        if unit.get("has_org"):
            self._organisation(unit)
        else:
            self._uncovered(unit, plan)

    def _identity(self, unit: SampleUnit) -> None:
        county = unit.facts["county"]
        place = county if self.rng.random() < 0.85 else county + unit.facts["township"]
        named = self.names.draw(unit.facts["kind"], place)
        self.number += 1
        unit.facts |= {
            "name": named.name,
            "subtype": named.subtype,
            "industry": named.industry,
            "industry_code": named.industry_code,
            "uscc": uscc.make(named.office, self.regions[county], self.number),
        }

    def _business(self, unit: SampleUnit, plan: SheetPlan) -> None:
        rng, places = self.rng, words()["places"]
        if plan.section:
            unit.facts["village"] = rng.choice(places["villages"][:5])
        if plan.zoned:
            unit.facts["zone"] = rng.choice(places["zones"])
        employees = unit.get("employees") or 0
        unit.facts["address"] = f"{unit.facts['township']}{rng.choice(places['streets'])}{rng.randint(1, 200)}号"
        known = int(str(unit.get("org_founded_on") or self.last_day)[:4])
        year = rng.randint(1998, known - 2)
        unit.facts["registered_on"] = f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        unit.facts["revenue_10k"] = float(employees * rng.randint(8, 40)) if employees else None
        unit.facts.setdefault("above_scale", employees >= 100)
        unit.facts.setdefault("operating_status", "operating")
        unit.facts["union_members"] = employees - rng.randint(0, employees // 3) if unit.get("has_union") else 0
        unit.facts["remarks"] = rng.choice(words()["texts"]["remarks"]) if rng.random() < 0.1 else None

    def _members(self, unit: SampleUnit) -> None:
        """Counts that follow from the members: relations here and elsewhere, full and part time, those on the way."""
        rng, total = self.rng, unit.get("members_total")
        unit.facts["activists"] = rng.choice((0, 0, 1, 2))
        unit.facts["development_targets"] = rng.choice((0, 0, 0, 1))
        unit.facts["applicants"] = rng.choice((0, 1, 1, 3))
        employees = unit.get("employees")
        if total is not None:
            elsewhere = rng.randint(0, min(total, 1))
            unit.facts |= {"members_relation_in": total - elsewhere, "members_relation_out": elsewhere}
            unit.facts["members_new_3y"] = min(total, rng.choice((0, 0, 1)))
            unit.facts |= {"members_fulltime": total - elsewhere, "members_parttime": elsewhere}
        if employees is not None:
            part = min(employees, unit.get("members_parttime") or 0) + (rng.randint(0, 2) if employees > 12 else 0)
            unit.facts |= {"employees_fulltime": employees - part, "employees_parttime": part}

    def _organisation(self, unit: SampleUnit) -> None:
        rng, facts = self.rng, unit.facts
        facts["org_name"] = self._organisation_name(unit)
        facts["superior_org"] = f"中共{facts['township']}委员会"
        first, last = int(facts["registered_on"][:4]) + 1, int(self.last_day[:4]) - 1
        founded = f"{rng.randint(first, last)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"
        facts.setdefault("org_founded_on", founded[: rng.choice((4, 7, 7, 7, 7, 10))])
        facts.setdefault("active", rng.random() < 0.7)
        facts["venue"] = rng.random() < 0.6
        facts["star"] = rng.choice((None, 1, 2, 3, 3, 4, 5))
        facts["responsibility"] = rng.choice(("territorial", "industry", "counterpart", "affiliated", "designated"))
        facts["responsible_unit"] = f"{facts['township']}党委"
        facts["instructors"] = rng.choice((None, None, 0, 1, 1))

    def _organisation_name(self, unit: SampleUnit) -> str:
        rng, facts = self.rng, unit.facts
        county, village = facts["county"], rng.choice(words()["places"]["villages"])
        level = {"branch": "支部", "general_branch": "总支部"}.get(facts["org_level"], "")
        return {
            "standalone": f"中共{facts['name']}{level}委员会",
            "affiliated": f"{facts['township']}{village}党支部",
            "hosted": f"{county}个体私营企业协会党支部",
            "area": f"{facts['township']}商圈区域党支部",
            "industry": f"{county}茶叶行业党支部",
            "temporary": f"{facts['name'].removeprefix(county)}临时党支部",
        }.get(facts["org_form"], "")

    def _uncovered(self, unit: SampleUnit, plan: SheetPlan) -> None:
        rng, facts, texts = self.rng, unit.facts, words()["texts"]
        options = sorted(layout(plan.layout).options("not_built_reason") or texts["reasons"])
        if "reason_without_counts" in unit.cases:
            facts["not_built_reason"] = rng.choice(texts["due_reasons"])
        else:
            wrong = {"没有党员", "无党员"}
            if (facts.get("members_formal") or 0) >= 3:
                wrong |= {"正式党员不足三人", "有党员但不符合建立党组织条件"}
            fitting = [each for each in options if each not in wrong]
            facts["not_built_reason"] = rng.choice(fitting) if facts.get("members_total") else "没有党员"
        facts["planned_on"] = rng.choice((None, None, f"{self.last_day[:4]}-{rng.randint(7, 12):02}"))
        facts["responsible_unit"] = f"{facts['township']}党委"
        facts.setdefault("instructors", rng.choices((1, 0, None), (55, 20, 25))[0])
        facts["venue"] = False


def furnish_all(placed: Mapping[SheetPlan, list[SampleUnit]], maker: Furnisher) -> None:
    """Every organisation of every sheet; units of a joint branch lie in one township and share its name."""
    for plan, units in placed.items():
        for at, unit in enumerate(units):
            maker.furnish(unit, plan, at if unit.group is None else unit.group)
        name_joint(units, maker.rng)


def name_joint(units: Sequence[SampleUnit], rng: Random) -> None:
    """One name for all units of a joint branch, none for two branches."""
    named: dict[int, str] = {}
    syllables = rng.sample(words()["syllables"], 60)
    brands = [first + second for first in syllables for second in syllables if first != second]
    for unit in units:
        if unit.group is not None:
            name = f"{unit.facts['township'][:-1]}{brands[len(named) * 61 % len(brands)]}联合党支部"
            unit.facts["org_name"] = named.setdefault(unit.group, name)
