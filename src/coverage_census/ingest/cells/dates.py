"""A cell of a date column in; an ISO date of the precision that is known out (`2013`, `2013-06`, `2013-06-01`)."""

import datetime
import re
from typing import Any

from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, UNREADABLE, Mark, bare
from coverage_census.model import days

_PLAN = re.compile(r"拟|计划|预计|筹|准备|待|正在|未建|未成立|争取|将于|尚未|明年|后年|年内|近期|尽快|适时|择机|待定")
_PLAN_WORDS = re.compile(r"拟于?|计划于?|预计于?|准备于?|争取于?|将于|组建|建立|成立|完成|前|左右|以前|之前")
_LEAD = re.compile(
    r"^(?:(?:约|大约|大概|自|从|始|始建|创建|创办|注册|登记|成立|建立|组建|设立|建|批准|批复|党组织|党支部|支部|公司|企业|单位|已|是|时间|日期|:){0,4}(?:于|在)?)(?=\d|[一二〇])"
)
_TAIL = re.compile(
    r"(?:由.{1,12}?)?(?:起|开始|左右|前后|上下|许|份|经|由|正式|批准|批复|登记|注册|开业|成立|建立|组建|设立|创办|换届|同意|党的?组织|党支部|支部|党总支|党委|了){0,6}(?:\(.{0,80}\))?$"
)
_UNTIL = re.compile(
    r"^(.{4,20}?)(?:至今|起?[至到](?:.{0,20})|(?:[-—–~―]{1,2})(?:\d{4}[.\-/年].{0,12}|长期|永久|无固定期限|今)?)$"
)
_NEVER = re.compile(
    r"1900[-/.](?:0?1|00)[-/.]0{1,2}(?:0?0:00(?::00)?)?|1899[-/.]12[-/.]3[01](?:0?0:00(?::00)?)?|[年月日号.\-/]{1,6}"
)
_EPOCH = datetime.date(1899, 12, 30)
OLDEST, FIRST_YEAR, LAST_YEAR = 1910, 1949, 2100


def parse(value: Any, planned: bool = False) -> str | Mark | None:
    """The date in a cell. A plan (拟年底, 筹建中) is no date, unless the column asks for plans."""
    if value is None or isinstance(value, bool):
        return None if value is None else UNREADABLE
    if isinstance(value, datetime.date):
        return _day(value.date() if isinstance(value, datetime.datetime) else value)
    if isinstance(value, (int, float)):
        return _number(value)
    if not isinstance(value, str):
        return UNREADABLE
    return _text(bare(value).strip("。;；【】'\"").replace("。", "."), planned)


def typed_as_day(value: Any) -> bool:
    """2014 or 201403 typed into a cell that is formatted as a date, which shows 1905-07-06 or 2451-05-25."""
    return isinstance(value, datetime.date) and not OLDEST <= value.year <= LAST_YEAR and _serial_of(value) > 1


def _serial_of(value: datetime.date) -> int:
    return ((value.date() if isinstance(value, datetime.datetime) else value) - _EPOCH).days


def _day(value: datetime.date) -> str | Mark | None:
    """A day; nothing where the cell held 0; what was meant as a year or a month, where no day can be meant."""
    serial = _serial_of(value)
    if serial in (0, 1):
        return None if serial == 0 else UNREADABLE
    if not typed_as_day(value):
        return value.isoformat()
    if FIRST_YEAR <= serial <= LAST_YEAR:
        return str(serial)
    return (len(str(serial)) == 6 and days.written(str(serial))) or UNREADABLE


def month_unsure(value: Any) -> bool:
    """2014.10 typed as a number is stored as 2014.1: January or October."""
    return isinstance(value, float) and bool(re.fullmatch(r"(\d{4}|\d{2})\.1", repr(value)))


def _text(text: str, planned: bool) -> str | Mark | None:
    if text.lower() in NOTHING or text in NONE_WORDS or text in ("否", "×", "未建", "未建立", "未成立", "0"):
        return None
    if _NEVER.fullmatch(text):
        return None
    if _PLAN.search(text):
        if not planned:
            return None
        text = _PLAN_WORDS.sub("", text)
    elif planned:
        text = _PLAN_WORDS.sub("", text)
    if len(text) > 60:
        return UNREADABLE
    if text[:1] == "(" and text[-1:] == ")":
        text = text[1:-1]
    until = _UNTIL.match(text)
    for each in (text, until[1] if until else text):
        if found := _written(each) or _written(_TAIL.sub("", _LEAD.sub("", each))):
            return found
    return None if planned and not re.search(r"\d{4}", text) else UNREADABLE


def _written(text: str) -> str | None:
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        return _serial(float(text))
    return days.written(text)


def _number(value: float) -> str | Mark | None:
    if value != value:
        return None
    if value == int(value):
        return _written(str(int(value))) or (None if value == 0 else UNREADABLE)
    text = repr(value)
    if month_unsure(value):  # only the year is certain
        return days.iso(text[:-2] if len(text) == 6 else days.century(text[:2])) or UNREADABLE
    return _written(text) or UNREADABLE


def _serial(value: float) -> str | None:
    """Excel's days since 1900; outside 1910-2100 a five-digit number is something else."""
    return (_EPOCH + datetime.timedelta(days=int(value))).isoformat() if 3_653 <= value <= 73_415 else None
