"""How untidy the sheets are to be in, a tidy population and a draw in; codes and counts as they really arrive out."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from coverage_census.sample.units import uscc
from coverage_census.sample.units.unit import Inexact, SampleUnit

T = TypeVar("T")

# Cells that may be left blank without touching a figure that a sample is to reproduce.
OPTIONAL = (
    "address",
    "registered_on",
    "revenue_10k",
    "activists",
    "development_targets",
    "responsible_unit",
    "industry",
    "members_new_3y",
    "union_members",
    "applicants",
    "org_founded_on",
)
_LOOSE_FROM = 11
DESTROYED = "9.1E+17"


@dataclass(frozen=True)
class Dirt:
    """Shares of organisations (of optional cells, of totals rows) that are affected; any share touches at least one."""

    wrong_check_digits: float = 0.003
    old_numbers: float = 0.003
    destroyed_codes: float = 0.003
    missing_codes: float = 0.02
    inexact_counts: float = 0.6  # of the counts of eleven and more in columns where people write loosely
    blank_cells: float = 0.06  # of optional cells
    repeated_rows: float = 0.005  # in the same sheet
    reported_twice: float = 0.005  # by the township and again by the county
    wrong_totals: float = 0.1  # of totals rows
    wrong_sums: float = 0.005  # formal and probationary members that do not add up to the total
    wrong_section_counts: float = 0.1  # of sheets with section rows (前进村（3家））


CLEAN = Dirt(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)


def some(rng: Random, among: Sequence[T], share: float) -> list[T]:
    """A draw of that share, at least one."""
    if share <= 0 or not among:
        return []
    return rng.sample(list(among), min(len(among), max(1, round(share * len(among)))))


def soil_codes(units: Sequence[SampleUnit], region: str, dirt: Dirt, rng: Random) -> None:
    """Gives some units a code with a slip, an old number, a number that Excel destroyed, or none."""
    for unit in some(rng, units, dirt.missing_codes):
        unit.facts["uscc"] = None
    for share, kind in (
        (dirt.wrong_check_digits, "wrong_check_digit"),
        (dirt.old_numbers, "old_number"),
        (dirt.destroyed_codes, "destroyed_code"),
    ):
        valid = [unit for unit in units if unit.get("uscc") and not unit.cases]
        for unit in some(rng, valid, share):
            unit.written_code = _written(kind, unit.facts.pop("uscc"), region, rng)
            unit.cases.append(kind)


def _written(kind: str, code: str, region: str, rng: Random) -> str:
    if kind == "wrong_check_digit":
        return uscc.spoil(code)
    return uscc.old_number(region, rng) if kind == "old_number" else DESTROYED


def break_sums(units: Sequence[SampleUnit], dirt: Dirt, rng: Random) -> None:
    """States one member too many: the parts no longer add up. Only where nothing is decided by the total."""
    standing = [
        unit for unit in units
        if unit.get("org_form") == "standalone" and unit.get("members_formal") and not unit.cases
        and unit.facts["employees"] > unit.facts["members_total"]
    ]  # fmt: skip
    for unit in some(rng, standing, dirt.wrong_sums * len(units) / max(1, len(standing))):
        unit.facts["members_total"] += 1
        unit.cases.append("wrong_sum")


def blank_cells(units: Sequence[SampleUnit], dirt: Dirt, rng: Random) -> None:
    """Leaves optional cells blank here and there."""
    for unit in units:
        for name in OPTIONAL:
            if unit.get(name) is not None and name not in unit.needs and rng.random() < dirt.blank_cells:
                unit.facts[name] = None


def loosen(units: Sequence[SampleUnit], dirt: Dirt, rng: Random) -> None:
    """Puts the employees of some units (eleven and more) the way people say them, each way in its turn."""
    ways = rng.randrange(10)
    for unit in units:
        count = unit.get("employees")
        if count is not None and count >= _LOOSE_FROM and not unit.cases and rng.random() < dirt.inexact_counts:
            unit.inexact["employees"] = put_loosely(count, ways)
            ways += 1


def put_loosely(count: int, way: int) -> Inexact:
    """About, over, between: an expression whose interval holds `count` (eleven and more); `way` chooses which."""
    tens, near = count // 10 * 10, (count + 5) // 10 * 10
    shapes = [
        Inexact(f"{tens}以上", tens, "at_least", tens, None),
        Inexact(f"{tens}-{tens + 10}", tens, "range", tens, tens + 10),
    ]
    low, high = around(near)
    if low <= count <= high:
        shapes.append(Inexact(f"约{near}人", near, "approx", low, high))
    if count % 10:
        shapes.append(Inexact(f"{tens}余人", tens, "at_least", tens + 1, tens + 9))
    if 80 <= count <= 99:
        shapes.append(Inexact("近百", 100, "approx", 80, 99))
    if 11 <= count <= 19:
        shapes.append(Inexact("十余人", 10, "at_least", 11, 19))
    return shapes[way % len(shapes)]


def around(count: int) -> tuple[int, int]:
    """约50 is read as 40 to 60: a fifth either way."""
    return count - count // 5, count + count // 5
