"""A plan without organisations in; a roster of placeholders or a page of instructions out."""

from coverage_census.sample.sheets.grid import SampleGrid
from coverage_census.sample.sheets.plan import SheetPlan

_ROSTER = ("序号", "姓名", "性别", "身份证号", "入党时间", "所在党支部", "联系电话")


def page(plan: SheetPlan) -> SampleGrid:
    """The sheet of a plan that has no layout."""
    return _roster(plan) if plan.roster else _text(plan)


def _roster(plan: SheetPlan) -> SampleGrid:
    """People of whom nothing is real: 某某, numbers of zeros."""
    grid = SampleGrid(plan.name, width=len(_ROSTER), titles=len(plan.title))
    for title in plan.title:
        grid.across(plan.words(title))
    grid.head([(heading,) for heading in _ROSTER])
    for number in range(1, plan.roster + 1):
        grid.add([number, "某某", "男" if number % 3 else "女", "0" * 18, "0000.00", "样例党支部", "0" * 11])
    return grid


def _text(plan: SheetPlan) -> SampleGrid:
    grid = SampleGrid(plan.name, titles=1)
    for sentence in plan.text:
        grid.add([plan.words(sentence)])
    return grid
