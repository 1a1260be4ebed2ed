"""A cell of a date column in; an ISO date of the precision that is known out (`2013`, `2013-06`, `2013-06-01`)."""

import datetime
import re
from typing import Any

from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, UNREADABLE, Mark, bare
from coverage_census.model import days

_PLAN = re.compile(r"拟|计划|预计|筹|准备|待|正在|未建|未成立|争取|将于|尚未")
_PLAN_WORDS = re.compile(r"拟于?|计划于?|预计于?|准备于?|争取于?|将于|组建|建立|成立|完成|前|左右|以前|之前")
_TAIL = re.compile(r"(?:批准|登记|注册|开业)?(?:成立|建立|组建|设立|创办)?(?:\(.{0,80}\))?$")
_EPOCH = datetime.date(1899, 12, 30)


def parse(value: Any, planned: bool = False) -> str | Mark | None:
    """The date in a cell. A plan (拟年底, 筹建中) is no date, unless the column asks for plans."""
    if value is None or isinstance(value, bool):
        return None if value is None else UNREADABLE
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return _number(value)
    if not isinstance(value, str):
        return UNREADABLE
    return _text(bare(value).strip("。;；【】"), planned)


def month_unsure(value: Any) -> bool:
    """2014.10 typed as a number is stored as 2014.1: January or October."""
    return isinstance(value, float) and bool(re.fullmatch(r"(\d{4}|\d{2})\.1", repr(value)))


def _text(text: str, planned: bool) -> str | Mark | None:
    if text.lower() in NOTHING or text in NONE_WORDS or text in ("否", "×", "未建", "未建立", "未成立"):
        return None
    if _PLAN.search(text):
        if not planned:
            return None
        text = _PLAN_WORDS.sub("", text)
    elif planned:
        text = _PLAN_WORDS.sub("", text)
    found = _written(text) or _written(_TAIL.sub("", text))
    return found or (None if planned and not re.search(r"\d{4}", text) else UNREADABLE)


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
