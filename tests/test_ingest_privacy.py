"""A number of a person planted in any cell of a sheet stands in nothing that the reader gives out."""

from typing import Any

import pytest

from reading_case import understand

TABLE: list[list[Any]] = [
    ["云溪镇企业台账", None, None, None, None, None, None, None, None, None],
    ["填报单位：云溪镇党委", None, None, None, None, None, None, None, "填报时间：2020年6月30日", None],
    [
        "序号",
        "企业名称",
        "统一社会信用代码",
        "所属乡镇",
        "从业人员",
        "党员总数",
        "是否建立党组织",
        "组建方式",
        "成立时间",
        "备注",
    ],
    [1, "晨曦电子厂", None, "云溪镇", 5, 1, "否", None, "2014.3", "季节性用工"],
    [2, "新月纺织厂", None, "云溪镇", 6, 0, "是", "联合", "2015年", None],
    ["合计", None, None, None, 11, 1, 1, None, None, None],
    ["注：一式两份", None, None, None, None, None, None, None, None, None],
]
PLANTED = {
    "mobile": "13900000001",
    "spaced mobile": "139 0000 0001",
    "ID": "110101190001011237",
    "old ID": "110101900101123",
    "bank card": "6222000000000000017",
}


@pytest.mark.parametrize("alone", [True, False], ids=["alone", "after a text"])
@pytest.mark.parametrize("kind", PLANTED)
def test_planted_in_any_cell(kind: str, alone: bool) -> None:
    planted = PLANTED[kind]
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            table = [list(each) for each in TABLE]
            table[row][column] = (
                planted if alone or cell is None else f"{cell}{'，' if kind != 'mobile' else ''}{planted}"
            )
            out = str(understand(table))
            assert planted not in out, (row, column)
            assert planted.replace(" ", "") not in out, (row, column)


def test_a_number_cell_is_no_way_around() -> None:
    for column in range(1, 10):
        for number in (13900000001, 110101190001011237, 1.10101190001011e17):
            table = [list(each) for each in TABLE]
            table[3][column] = number
            out = str(understand(table))
            assert "13900000001" not in out, column
            assert "11010119000101" not in out.replace(".", ""), column
