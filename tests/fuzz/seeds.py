"""Small good files in every container: suffix and bytes."""

import functools

from containers_case import CONTAINERS, SUFFIXES, by_hand_dbf
from coverage_census.ingest.grid import Cell

# A ledger with titles, a heading over two columns, a total and a note. All organisations are invented.
LEDGER: list[list[Cell]] = [
    ["云溪镇两新组织台账", None, None, None, None, None, None],
    ["序号", "单位名称", "从业人员", "党员情况", None, "是否建立党组织", "备注"],
    [None, None, None, "总数", "其中正式", None, None],
    [1, "合成样例甲有限公司", 120, 3, 3, "是", "联系人：某某某"],
    [2, "合成样例㙍𠮷合作社", 8, None, 0, "否", "〃"],
    ["合计", None, 128, 3, 3, 1, None],
    ["注：一式两份", None, None, None, None, None, None],
]


@functools.cache
def seeds() -> tuple[tuple[str, bytes], ...]:
    plain = [(format_, write(LEDGER)) for format_, write in CONTAINERS.values()]
    rows = [("", "合成样例甲有限公司", "12", "20140301", "T"), ("*", "合成样例乙合作社", "8", "", "F")]
    table = by_hand_dbf([("企业名称", "C", 30), ("从业人数", "N", 6), ("成立时间", "D", 8), ("党组织", "L", 1)], rows)
    plain += 3 * [each for each in plain if each[0] != "csv"] + 3 * [("dbf", table)]
    return tuple((SUFFIXES.get(format_, ".dbf"), data) for format_, data in plain)
