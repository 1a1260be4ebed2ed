"""The lines around a table, sheet name and file label in; who reports, for which place, kind and day out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from coverage_census.ingest.cells import places
from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.layout import sheet_day
from coverage_census.ingest.layout.sheet_day import Doubt, SaidDay
from coverage_census.ingest.privacy import redact
from coverage_census.model.choices import Kind
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import CountyFrom

_GAP = re.compile(r"\s{2,}|\t|\u3000+")
_MEASURE = re.compile(r"^[家户个名人次十百千万元亿、,，/和及%％平方米件项美港欧日金]+$")
_UNIT = re.compile(
    r"(?:填报|上报|报送|填表|汇总|报表|制表|编制|填写)?(?:单位|乡镇|街道|部门|乡镇街道|机关)(?:名称)?(?:\((?:盖章|公章|签章|章)\))?[:：](.*)"
)
_NEXT_KEY = re.compile(
    r"(?:填报人|填表人|制表人|审核人|负责人|联系人|联系电话|电话|日期|时间|填报时间|填报日期|单位|截止|截至|数据截止|统计时间|报出|表号|计量).*$"
)
_NOISE = re.compile(
    r"附件\d*[-—.]?\d*[:：]?|附表\d*|\d{4}年度?|\d{1,2}月份?|\d{1,2}日|第?[一二三四1-4]季度|[上下]半年|关于|^\d+[.、_-]*"
)


@dataclass(frozen=True)
class Context:
    """What a sheet says about itself; None where it is silent."""

    unit: str | None = None
    county: str | None = None
    township: str | None = None
    as_of: str | None = None
    kind: Kind | None = None
    measure: str = ""
    day: SaidDay | None = None  # where `as_of` comes from
    doubt: Doubt | None = None  # what is written as a day there and cannot be read as one
    county_from: CountyFrom | None = None  # where the sheet itself does not name the county
    around: tuple[str, ...] = ()  # titles, sheet name and file name, as they are written


def read(above: list[list[str]], below: Sequence[str], sheet: str, incoming: Incoming) -> Context:
    """Everything together, the nearest first: 填报单位 line, title, sheet name, file label, folder."""
    label = [*reversed(PurePath(incoming.label.replace("\\", "/")).with_suffix("").parts)]
    found = Context()
    for line in above:
        found = _line([part for cell in line for part in _GAP.split(cell.strip()) if part], found)
    titles = [cell for line in above for cell in line if not _UNIT.search(bare(cell))]
    around = (*titles, sheet, *label)
    for text in around:
        found = _title(bare(text), found)
    day, doubt = sheet_day.read(above, below, sheet, [*label, incoming.folder], incoming.today)
    found = replace(found, day=day, doubt=doubt, as_of=day.day if day else None, around=around)
    if found.county is None:
        found = replace(found, county=incoming.county, county_from=incoming.county_from)
    return replace(found, township=found.township or incoming.township)


def places_in(label: str) -> set[tuple[str | None, str]]:
    """County and township of every part of a file's name that begins with one: 报表/三季度大坪乡（修改）.xlsx."""
    plain = _NOISE.sub(" ", bare(PurePath(label).with_suffix("").as_posix()))
    found = (places.split_place(run) for run in re.findall(r"[\u4e00-\u9fff]{2,}", plain))
    return {(county, town) for county, town in found if town}


def _line(cells: list[str], found: Context) -> Context:
    for index, cell in enumerate(cells):
        text = bare(cell).replace("(盖章)", "").replace("(公章)", "")
        if match := _UNIT.search(text):
            said = _NEXT_KEY.sub("", match[1]) or (
                bare(cells[index + 1]) if index + 1 < len(cells) and not match[1] else ""
            )
            found = _measure_or_unit(said.strip("()、,。_-"), found)
    return found


def _measure_or_unit(said: str, found: Context) -> Context:
    if not said or ":" in said:
        return found
    if _MEASURE.match(said):
        return replace(found, measure=said)
    county, town = places.split_place(said)
    town = town or places.zone_in(said)
    hidden = redact.redact(said, place=True)
    said = hidden.text if hidden else said
    return replace(found, unit=said, county=found.county or county, township=found.township or town)


def _title(text: str, found: Context) -> Context:
    kind = found.kind or places.kind_of(text)
    for run in re.findall(r"[\u4e00-\u9fff]{2,}", _NOISE.sub("", text)):
        county, town = places.split_place(run)
        found = replace(found, county=found.county or county, township=found.township or town)
    return replace(found, kind=kind)
