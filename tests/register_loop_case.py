"""A small county and registers of other offices, all invented; the workbook 核对表 filled in as a person would."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl

from coverage_census.sample.units import uscc
from kit import Census, Ran, Workbook

COUNTY = "天等县"
SHEET = "单位名称 | 单位类别 | 县 | 乡镇 | 统一社会信用代码 | 从业人员 | 是否建立工会 | 经营状态"
MARKET = "企业名称 | 统一社会信用代码 | 登记状态 | 年报从业人数 | 县 | 乡镇"
UNION = "基层工会名称 | 会员数 | 县 | 乡镇"
CODE = [uscc.make("91", "451425", number) for number in range(20)]


def sheet(*rows: str) -> str:
    """`name | township | code | employees | union | status`."""
    return "\n".join([SHEET, *(" | ".join(_row(row)) for row in rows)])


def _row(row: str) -> list[str]:
    name, township, *rest = (each.strip() for each in row.split("|"))
    return [name, "企业", COUNTY, township, *rest]


def market(*rows: str) -> str:
    """`name | code | status | employees | township`."""
    made = []
    for row in rows:
        *own, township = (each.strip() for each in row.split("|"))
        made.append(" | ".join([*own, COUNTY, township]))
    return "\n".join([MARKET, *made])


def done(ran: Ran) -> Ran:
    """A command that did what it was asked."""
    assert ran.code == 0, ran.err + ran.out
    return ran


def keep(census: Census, workbook: Workbook, register: str, name: str, table: str, day: str = "2026-09-30") -> None:
    ran = census("reconcile", str(workbook(name, table)), "--register", register, "--as-of", day)
    assert "已留存名册" in ran.out or "留存过" in ran.out, ran.out + ran.err


def ask(census: Census, path: Path, *more: str) -> Path:
    """The workbook of what is open."""
    assert not asks_nothing(census, path, *more)
    return path


def asks_nothing(census: Census, path: Path, *more: str) -> bool:
    """Whether nothing is open, and no workbook is written."""
    ran = done(census("reconcile", "--xlsx", "--out", str(path), *more))
    assert path.exists() is not ("没有需要答复的" in ran.out)
    return not path.exists()


def lines(path: Path) -> dict[tuple[str, str, str], tuple[str, int]]:
    """(class, name on the register, name in the ledger) → what differs, and in which row of its sheet it is asked."""
    found = {}
    for page in openpyxl.load_workbook(path).worksheets:
        for number, row in enumerate(page.iter_rows(min_row=5, values_only=True), start=5):
            if len(row) > 10 and page.title != "_census" and row[0] is not None:
                sides = (str(row[place] or "").split("\n")[0] for place in (2, 5))
                found[(page.title, *sides)] = (str(row[8]), number)
    return found  # type: ignore[return-value]


def answer(path: Path, said: Mapping[tuple[str, str, str], str], reason: str = "电话核实") -> Path:
    """What a person types beside these lines."""
    places = lines(path)
    book = openpyxl.load_workbook(path)
    for line, does in said.items():
        page, row = book[line[0]], places[line][1]
        page.cell(row, 10).value, page.cell(row, 11).value = does, reason
    book.save(path)
    return path
