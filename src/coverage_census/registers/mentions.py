"""A register in; the organisations that its rows name out: a joint or area body (联合工会) names several, or none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coverage_census.model.register import BETWEEN, COVERS, MASS
from coverage_census.registers.side import Side

# What is left of the name of an area body without its ending: a place, or the word for several.
_AREA = re.compile(r"(?:[镇乡村县市区旗盟]|街道|社区|苏木|园区|开发区|工业园|商圈|商会|行业|楼宇|市场|联合|区域|片区)$")
_BODY = re.compile(
    r"(?:联合|基层|区域性?|行业性?){0,3}(?:工会(?:联合会|委员会|小组)?|团(?:支部|总支|工?委|组织)|妇(?:联|委会|女委员会|女组织|工委))(?:委员会)?$"
)


@dataclass(frozen=True)
class Mentions:
    """Every organisation that a register names, one after the other; `row` is the register's row that names it."""

    row: Sequence[int]
    name: Sequence[str]
    of_several: Sequence[bool]
    """Whether the row covers several: then its code and counts are of no single one of them."""
    nobody: Sequence[int]
    """Rows that name a body and no organisation."""
    unnamed: int = 0
    """等52家: organisations that are only counted."""


def of(side: Side, register: str) -> Mentions:
    """The mentions of a register; of any but a mass organisation's each row names one."""
    rows, names, several, nobody = list[int](), list[str](), list[bool](), list[int]()
    covered, unnamed = side.column(COVERS), 0
    for row, name in enumerate(side.column("name")):
        listed = str(covered[row]).split(BETWEEN) if covered[row] else []
        if register in MASS and not listed and is_of_an_area(str(name)):
            nobody.append(row)
            continue
        joint = len(listed) > 1 or _stated(side, row) > 1
        unnamed += max(0, _stated(side, row) - max(len(listed), 1))
        for each in listed or [str(name)]:
            rows.append(row)
            names.append(each)
            several.append(joint)
    return Mentions(rows, names, several, nobody, unnamed)


def is_of_an_area(name: str) -> bool:
    """温泉镇联合工会, 城东社区工会联合会: a body of its place, whose name holds no organisation."""
    body = _BODY.search(name)
    return body is not None and (not body.start() or bool(_AREA.search(name[: body.start()])))


def _stated(side: Side, row: int) -> int:
    value = side.column("joint_units")[row]
    return value if isinstance(value, int) else 0
