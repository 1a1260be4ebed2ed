"""Blank forms of three layouts as offices send them, and organisations to be put in. All names are invented."""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

LINE = Side("thin")
BOX = Border(LINE, LINE, LINE, LINE)
CENTRE = Alignment("center", "center", wrap_text=True)

# What townships reported; the forms are filled from the ledger that this becomes.
REPORTED = """
| 单位名称 | 统一社会信用代码 | 单位类别 | 企业类型 | 所属乡镇 | 年营业收入（万元） | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 入党积极分子 | 是否建立党组织 | 组建方式 | 党组织类别 | 党组织名称 | 党组织成立时间 | 未建立党组织原因 | 党建工作指导员 | 是否建立工会 | 是否建立团组织 | 是否建立妇女组织 | 有无活动场所 | 党组织活动经费（元） |
| 晨曦电子厂 |  | 企业 | 私营企业 | 青石镇 | 1234.5 | 120余人 | 5 | 4 | 1 | 2 | 是 | 单独组建 | 党支部 | 中共晨曦电子厂支部委员会 | 2014-03-01 |  | 1 | 是 | 是 | 否 | 有 | 3000 |
| 云杉木业有限公司 |  | 企业 | 外商投资企业 | 青石镇 | 80 | 约50人 | 2 | 2 | 0 |  | 是 | 联合组建 | 党支部 | 云杉片区联合党支部 | 2016.05 |  |  | 是 |  | 否 | 无 |  |
| +cmd科技有限公司 |  | 企业 | 私营企业 | 白鹭乡 |  | 30-50 | 0 | 0 | 0 | 0 | 否 |  |  |  |  | 没有党员 | 2 | 否 | 否 | 否 |  |  |
| 南山茶叶店 |  | 个体工商户 |  | 白鹭乡 |  | 不足3名 |  |  |  |  | 否 |  |  |  |  | 正在筹备，等批复 |  | 否 | 否 |  | 无 | 0 |
| 白鹭乡养蜂协会 |  | 社会组织 |  | 白鹭乡 |  | 12 | 3 | 3 | 0 | 1 | 是 | 挂靠组建 | 党支部 | 白鹭乡养蜂协会党支部 | 2019 |  | 1 |  |  |  | 有 | 500 |
| 一个名字特别长而且在窄列里一行怎么也放不下的农业科技发展有限责任公司 |  | 企业 | 私营企业 | 青石镇 | 20000 | 350 | 61 | 60 | 1 | 9 | 是 | 单独组建 | 党总支 | 农业科技公司党总支 | 2011-11-11 |  | 3 | 是 | 是 | 是 | 有 | 52000 |
"""


def flat(path: Path, ruled: int = 3) -> Path:
    """A ledger of three heading levels: options to be ticked, 万元 and 元, personal and unknown columns."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    columns: list[tuple[str, str, str]] = [
        ("序号", "", ""),
        ("单位情况", "企业名称", ""), ("单位情况", "统一社会信用代码", ""), ("单位情况", "所属乡镇", ""),
        ("单位情况", "企业类型", "私营企业"), ("单位情况", "企业类型", "港澳台商投资企业"), ("单位情况", "企业类型", "外商投资企业"),
        ("单位情况", "单位类别", ""), ("单位情况", "法定代表人姓名", ""), ("单位情况", "年营业收入(元)", ""),
        ("党员情况", "从业人员数量(名)", ""), ("党员情况", "党员总数", ""), ("党员情况", "正式", ""), ("党员情况", "预备", ""),
        ("党组织设置情况", "是否建立党组织(是、否)", ""),
        ("党组织设置情况", "党组织组建形式", "单独建立"), ("党组织设置情况", "党组织组建形式", "联合建立"),
        ("党组织设置情况", "党组织组建形式", "挂靠"),
        ("党组织设置情况", "党组织类别", "党支部"), ("党组织设置情况", "党组织类别", "党总支"), ("党组织设置情况", "党组织类别", "党委"),
        ("党组织设置情况", "党组织成立时间", ""),
        ("党组织设置情况", "未建立党组织原因", "没有党员"), ("党组织设置情况", "未建立党组织原因", "其他"),
        ("党组织设置情况", "是否选派党建工作指导员", ""),
        ("其他", "是否建立工会", ""), ("其他", "党组织活动经费(万元)", ""), ("其他", "营商环境满意度", ""),
    ]  # fmt: skip
    sheet.title = "台账"
    sheet["A1"] = "两新组织党建工作台账"
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(columns))
    sheet["A1"].font, sheet["A1"].alignment = Font("黑体", 18), CENTRE
    sheet["A2"] = "填报单位（盖章）：            截止日期：    年  月  日"
    headings(sheet, 3, columns)
    for row in range(6, 6 + ruled):
        rule(sheet, row, len(columns), 24)
    for column in range(1, len(columns) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 14 if 2 <= column <= 4 else 8.5
    sheet.freeze_panes, sheet.print_title_rows = "C6", "3:5"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    check = DataValidation("list", formula1='"是,否"', sqref=f"O6:O{5 + ruled} Y6:Y{5 + ruled}")
    sheet.add_data_validation(check)
    book.save(path)
    return path


def official(path: Path, ruled: int = 4) -> Path:
    """Title, unit line, two heading rows, a row of numbers, a sample, a sum by formula, notes and signatures."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    columns = [
        ("序号", ""), ("单位名称", ""), ("所在乡镇", ""), ("单位类别", ""), ("职工人数", ""), ("党员情况", "总数"), ("党员情况", "正式党员"),
        ("党员情况", "预备党员"), ("党员情况", "入党积极分子"), ("组建方式", ""), ("党组织成立时间", ""), ("有无活动场所", ""), ("经费", ""),
        ("备注", ""),
    ]  # fmt: skip
    sheet["A1"] = "附件2"
    sheet["A2"] = "两新组织党组织组建情况统计表"
    sheet.merge_cells("A2:N2")
    sheet["A3"], sheet["K3"] = "填报单位：", "单位：名、万元"
    headings(sheet, 4, columns)
    marks: list[Any] = ["甲", "乙", "丙", "丁", *range(1, 11)]
    for column, mark in enumerate(marks, start=1):
        sheet.cell(6, column, mark).border = BOX
    example: list[Any] = [
        "样例",
        "某某公司",
        "某某镇",
        "企业",
        20,
        3,
        3,
        0,
        1,
        "单独组建",
        "2015-06-01",
        "有",
        0.5,
        None,
    ]
    for column, value in enumerate(example, start=1):
        sheet.cell(7, column, value).border = BOX
    for row in range(8, 8 + ruled):
        rule(sheet, row, 14, 22)
        sheet.cell(row, 1, row - 7)
        sheet.cell(row, 11).number_format = "yyyy/m/d"
    total = 8 + ruled
    rule(sheet, total, 14, 26)
    sheet.cell(total, 1, "合计")
    sheet.merge_cells(start_row=total, end_row=total, start_column=1, end_column=4)
    for column in (5, 6):
        letter = get_column_letter(column)
        sheet.cell(total, column, f"=SUM({letter}8:{letter}{total - 1})")
    sheet.cell(total + 1, 1, "注：1.党员指组织关系在本单位的党员。2.没有的填“无”。")
    sheet.merge_cells(start_row=total + 1, end_row=total + 1, start_column=1, end_column=14)
    sheet.cell(total + 2, 1, "填表人：            审核人：            填报时间：    年  月  日")
    sheet.row_dimensions[total + 2].height = 40
    sheet.add_data_validation(DataValidation("list", formula1='"独立组建,联合组建,挂靠"', sqref=f"J8:J{total - 1}"))
    sheet.print_area = f"A1:N{total + 2}"
    sheet.column_dimensions["B"].width = 22
    book.save(path)
    return path


def card(path: Path) -> Path:
    """A card for one organisation: label and value side by side, some values over several cells, boxes to be ticked."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "登记表"
    sheet["A1"] = "两新组织党建情况登记表"
    sheet.merge_cells("A1:F1")
    rows: Sequence[Sequence[Any]] = [
        ("单位名称", "", "", "统一社会信用代码", "", ""), ("单位类别", "", "", "所属乡镇", "", ""),
        ("从业人员人数", "", "", "党员总数", "", ""), ("正式党员数", "", "", "预备党员数", "", ""),
        ("负责人姓名", "", "", "联系电话", "", ""), ("是否建立党组织", "□是 □否", "", "组建方式", "", ""),
        ("党组织名称", "", "", "党组织成立时间", "    年  月", ""), ("是否建立工会", "", "", "是否建立团组织", "", ""),
        ("未建立党组织原因", "", "", "", "", ""),
    ]  # fmt: skip
    for row, line in enumerate(rows, start=2):
        rule(sheet, row, 6, 28)
        for column, text in enumerate(line, start=1):
            if text:
                sheet.cell(row, column, text).alignment = CENTRE
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=3 if line[3] else 6)
        if line[3]:
            sheet.merge_cells(start_row=row, end_row=row, start_column=5, end_column=6)
    for letter, width in zip("ABCDEF", (16, 12, 12, 16, 12, 12), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.paperSize = 9
    book.save(path)
    return path


def headings(sheet: Any, top: int, columns: Sequence[Sequence[str]]) -> None:
    """Headings on as many rows as they have levels; equal ones beside each other and blanks below are merged."""
    levels = len(columns[0])
    for column, path in enumerate(columns, start=1):
        for level in range(levels):
            cell = sheet.cell(top + level, column)
            cell.border, cell.alignment, cell.font = BOX, CENTRE, Font("宋体", 10, bold=True)
            new = column == 1 or columns[column - 2][: level + 1] != path[: level + 1]
            if path[level] and (new or not any(path[level + 1 :])):
                cell.value = path[level]
    for level in range(levels):
        column = 1
        while column <= len(columns):
            path, end = columns[column - 1], column
            deep = not any(path[level + 1 :])
            while not deep and end < len(columns) and columns[end][: level + 1] == path[: level + 1]:
                end += 1
            bottom = top + (levels - 1 if deep else level)
            if path[level] and (end > column or bottom > top + level):
                sheet.merge_cells(start_row=top + level, end_row=bottom, start_column=column, end_column=end)
            column = end + 1


def rule(sheet: Any, row: int, columns: int, height: float) -> None:
    """A blank row with lines."""
    sheet.row_dimensions[row].height = height
    for column in range(1, columns + 1):
        cell = sheet.cell(row, column)
        cell.border, cell.alignment, cell.font = BOX, CENTRE, Font("宋体", 10)
