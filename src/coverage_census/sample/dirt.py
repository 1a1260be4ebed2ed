"""How untidy the sheets are to be in, a tidy population and a draw in; codes and counts as they really arrive out."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from coverage_census.sample import uscc
from coverage_census.sample.unit import Inexact, Unit

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
DESTROYED = "9.1E+17"


@dataclass(frozen=True)
class Dirt:
    """Shares of organisations (of optional cells, of totals rows) that are affected; any share touches at least one."""

    wrong_check_digits: float = 0.003
    old_numbers: float = 0.003
    destroyed_codes: float = 0.003
    missing_codes: float = 0.02
    inexact_counts: float = 0.5  # of the counts of 20 and more in columns where people write loosely
    blank_cells: float = 0.06  # of optional cells
    repeated_rows: float = 0.005  # in the same sheet
    reported_twice: float = 0.005  # by the township and again by the county
    wrong_totals: float = 0.1  # of totals rows


CLEAN = Dirt(0, 0, 0, 0, 0, 0, 0, 0, 0)


def some(rng: Random, among: Sequence[T], share: float) -> list[T]:
    """A draw of that share, at least one."""
    if share <= 0 or not among:
        return []
    return rng.sample(list(among), min(len(among), max(1, round(share * len(among)))))


def soil_codes(units: Sequence[Unit], region: str, dirt: Dirt, rng: Random) -> None:
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


def blank_cells(units: Sequence[Unit], dirt: Dirt, rng: Random) -> None:
    """Leaves optional cells blank here and there."""
    for unit in units:
        for name in OPTIONAL:
            if unit.get(name) is not None and name not in unit.needs and rng.random() < dirt.blank_cells:
                unit.facts[name] = None


def loosen(unit: Unit, rng: Random) -> None:
    """Puts the unit's employees (20 and more) the way people say them."""
    count = unit.get("employees")
    if count is None or count < 20:
        return
    unit.inexact["employees"] = put_loosely(count, rng)


def put_loosely(count: int, rng: Random) -> Inexact:
    """About, nearly, over or between: an expression whose interval holds `count` (20 and more)."""
    tens = count // 10 * 10
    shapes = [Inexact(f"{tens}以上", tens, "at_least", tens, None)]
    shapes.append(Inexact(f"约{tens}人", tens, "approx", *around(tens)))
    if count % 10:
        shapes.append(Inexact(f"{tens}余人", tens, "at_least", tens + 1, tens + 9))
        shapes.append(Inexact(f"{tens}-{tens + 20}", tens, "range", tens, tens + 20))
    if 80 <= count <= 99:
        shapes.append(Inexact("近百", 100, "approx", 80, 99))
    return rng.choice(shapes)


def around(count: int) -> tuple[int, int]:
    """约50 is read as 40 to 60: a fifth either way."""
    return count - count // 5, count + count // 5
