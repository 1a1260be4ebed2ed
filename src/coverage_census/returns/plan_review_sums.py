"""The sheet 各组核对 of a review workbook: what each group adds up to as it is written now, and whether that fits."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coverage_census.model.joint_plan import Group, JointPlan
from coverage_census.words.catalogue import Words

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_CELL = {"font_name": "宋体", "font_size": 11, "border": 1, "border_color": "#A6A6A6", "align": "center"}
_HEAD = _CELL | {"bold": True, "bg_color": "#D6E0EC", "font_color": "#1F3A5F", "text_wrap": True}
_COLUMNS = ("group", "units", "formal", "members", "fits")


def fill(
    book: "Workbook",
    sheet: "Worksheet",
    plan: JointPlan,
    labels: Sequence[int | str],
    rows: tuple[int, int],
    words: Words,
) -> None:
    """`rows` are the first and last row of the groups' sheet, as a spreadsheet numbers them."""
    head, plain = book.add_format(_HEAD), book.add_format(_CELL)
    for place, column in enumerate(_COLUMNS):
        sheet.set_column(place, place, 18)
        sheet.write_string(0, place, words(f"review.sums.{column}"), head)
    where = {name: f"'{words('review.sheet.groups')}'!${name}${rows[0]}:${name}${max(rows)}" for name in "AIJ"}
    known: dict[int | str, Group] = {group.number: group for group in plan.groups}
    for row, label in enumerate(labels, start=1):
        group = known.get(label)
        if isinstance(label, int):
            sheet.write_number(row, 0, label, plain)
        else:
            sheet.write_string(row, 0, label, plain)
        at = f"$A{row + 1}"
        beyond = _beyond(group)
        formulas = (f"=COUNTIF({where['A']},{at})", f"=SUMIF({where['A']},{at},{where['I']})",
                    f"=SUMIF({where['A']},{at},{where['J']})")  # fmt: skip
        for place, (formula, more, value) in enumerate(zip(formulas, beyond, _values(group), strict=True), start=1):
            sheet.write_formula(
                row, place, f"{formula}+IF({formula[1:]}>0,{more},0)" if more else formula, plain, value
            )
        fits = _fits(plan, row + 1, words)
        sheet.write_formula(row, 4, fits, plain, _first(group, plan, words))
    bad = {"type": "cell", "criteria": "==", "value": f'"{words("review.text.bad")}"'}
    red = book.add_format({"bg_color": "#F8CBAD", "font_color": "#9C0006", "bold": True})
    sheet.conditional_format(1, 4, len(labels), 4, bad | {"format": red})
    sheet.freeze_panes(1, 0)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _beyond(group: Group | None) -> tuple[int, int, int]:
    """What an existing branch has beyond the organisations that the ledger has rows of."""
    if group is None:
        return 0, 0, 0
    formal, members = (sum(getattr(unit, name) for unit in group.units) for name in ("formal_low", "members"))
    return group.absent, group.formal - formal, group.members - members


def _values(group: Group | None) -> tuple[int, int, int]:
    return (0, 0, 0) if group is None else (group.size, group.formal, group.members)


def _fits(plan: JointPlan, row: int, words: Words) -> str:
    """A formula; where members are not yet certain too few of them are to be confirmed, not wrong."""
    keep = plan.limits
    wrong = (
        f"OR(B{row}<{keep.units_min.value},B{row}>{keep.units_max.value},D{row}>{keep.members_max.value})"
    )  # fmt: skip
    ok, bad, open_ = (words(f"review.text.{each}") for each in ("ok", "bad", "confirm"))
    few = f"C{row}<{keep.formal_min.value}"
    less = bad if not any(group.to_confirm for group in plan.groups) else open_
    return f'=IF(B{row}=0,"",IF({wrong},"{bad}",IF({few},"{less}","{ok}")))'


def _first(group: Group | None, plan: JointPlan, words: Words) -> str:
    if group is None:
        return ""
    return words("review.text.ok" if group.formal >= plan.limits.formal_min.value else "review.text.confirm")
