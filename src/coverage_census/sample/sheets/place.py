"""Made-up organisations and the sheets of a sample in; which organisation stands on which sheet, out."""

from collections.abc import Sequence
from random import Random

from coverage_census.sample.sheets.layouts import layout
from coverage_census.sample.sheets.plan import SheetPlan
from coverage_census.sample.units.unit import SampleUnit

_TRIES = 200


def place(units: Sequence[SampleUnit], plans: Sequence[SheetPlan], rng: Random) -> dict[SheetPlan, list[SampleUnit]]:
    """Every sheet gets its share, every organisation a sheet that can carry it; a joint branch stays together."""
    for _ in range(_TRIES):
        placed = _try(_blocks(units, rng), plans, rng)
        if placed is not None:
            return placed
    raise AssertionError("the sheets of the sample cannot carry its organisations")


def _blocks(units: Sequence[SampleUnit], rng: Random) -> list[list[SampleUnit]]:
    """Groups and single organisations, those that are hardest to place first."""
    groups: dict[object, list[SampleUnit]] = {}
    for at, unit in enumerate(units):
        groups.setdefault(("group", unit.group) if unit.group is not None else at, []).append(unit)
    blocks = list(groups.values())
    rng.shuffle(blocks)
    return sorted(blocks, key=lambda block: (-len(block), -len(set().union(*(unit.needs for unit in block)))))


def _try(
    blocks: list[list[SampleUnit]], plans: Sequence[SheetPlan], rng: Random
) -> dict[SheetPlan, list[SampleUnit]] | None:
    placed: dict[SheetPlan, list[SampleUnit]] = {plan: [] for plan in plans if plan.layout}
    for block in blocks:
        able = [
            plan
            for plan, there in placed.items()
            if plan.share - len(there) >= len(block) and all(carries(plan, unit) for unit in block)
        ]
        if not able:
            return None
        weights = [plan.share - len(placed[plan]) for plan in able]
        placed[rng.choices(able, weights)[0]] += block
    return placed


def carries(plan: SheetPlan, unit: SampleUnit) -> bool:
    """Whether the sheet is for such organisations, asks for what `unit` needs, and can express its answers."""
    kind = unit.facts["kind"]
    if (kind not in plan.kinds) if plan.kinds else kind == "social_org":
        return False
    form = layout(plan.layout)
    for need in unit.needs:
        if need.startswith("!") == (need.removeprefix("!") in form.fields):
            return False
    options = form.options("org_form")
    return options is None or unit.get("org_form") is None or unit.get("org_form") in options
