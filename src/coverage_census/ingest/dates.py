"""A cell of a date column in; an ISO date of the precision that is known out (`2013`, `2013-06`, `2013-06-01`)."""

import datetime
import re
from typing import Any

from coverage_census.ingest.cleaning import NONE_WORDS, NOTHING, UNREADABLE, Mark, bare

_PLAN = re.compile(r"拟|计划|预计|筹|准备|待|正在|未建|未成立|争取|将于|尚未")
_PLAN_WORDS = re.compile(r"拟于?|计划于?|预计于?|准备于?|争取于?|将于|组建|建立|成立|完成|前|左右|以前|之前")
_TAIL = re.compile(r"(?:批准|登记|注册|开业)?(?:成立|建立|组建|设立|创办)?(?:\(.*\))?$")
_DAY = re.compile(r"^(\d{4})[.\-/年、](\d{1,2})[.\-/月、](\d{1,2})[日号]?(?:T?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?$")
_MONTH = re.compile(r"^(\d{4})[.\-/年、](\d{1,2})(?:月|月份|[.\-/])?(?:初|底|末|中旬|上旬|下旬)?$")
_YEAR = re.compile(r"^(\d{4})(?:年|年度)?(?:底|末|初|年底|年末|年初|上半年|下半年|春|夏|秋|冬|[一二三四1-4]季度)?$")
_SHORT_DAY = re.compile(r"^['’]?(\d{2})[.\-/年](\d{1,2})[.\-/月](\d{1,2})日?$")
_SHORT = re.compile(r"^['’]?(\d{2})[.\-/年](\d{1,2})月?$")
_CHINESE_DATE = re.compile(
    r"^([〇零一二三四五六七八九○O0]{4})年(?:([一二三四五六七八九十]{1,2})月(?:份)?)?(?:([一二三四五六七八九十]{1,3})日)?"
)
_CHINESE_DIGIT = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0", "O": "0", "0": "0"}
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
    if text.isdecimal():
        return _digits(text)
    if re.fullmatch(r"\d{5}\.\d+", text):
        return _serial(float(text))
    for pattern in (_DAY, _MONTH, _YEAR):
        if match := pattern.match(text):
            return _iso(*match.groups())
    for pattern in (_SHORT_DAY, _SHORT):
        if match := pattern.match(text):
            return _iso(_century(match[1]), *match.groups()[1:])
    return _chinese(text)


def _digits(text: str) -> str | None:
    if len(text) == 8:
        return _iso(text[:4], text[4:6], text[6:])
    if len(text) == 6:
        return _iso(text[:4], text[4:])
    if len(text) == 5:
        return _serial(int(text))
    return _iso(text) if len(text) == 4 else None


def _number(value: float) -> str | Mark | None:
    if value != value:
        return None
    if value == int(value):
        return _digits(str(int(value))) or (None if value == 0 else UNREADABLE)
    text = repr(value)
    if month_unsure(value):  # only the year is certain
        return _iso(text[:-2] if len(text) == 6 else _century(text[:2])) or UNREADABLE
    return _written(text) or UNREADABLE


def _serial(value: float) -> str | None:
    """Excel's days since 1900; outside 1910-2100 a five-digit number is something else."""
    return (_EPOCH + datetime.timedelta(days=int(value))).isoformat() if 3_653 <= value <= 73_415 else None


def _century(year: str) -> str:
    return ("20" if int(year) <= 40 else "19") + year


def _chinese(text: str) -> str | None:
    from coverage_census.ingest.counts import chinese_number

    match = _CHINESE_DATE.match(text)
    if match is None:
        return None
    parts = [chinese_number(part) for part in match.groups()[1:] if part]
    return _iso("".join(_CHINESE_DIGIT[c] for c in match[1]), *(str(part) for part in parts))


def _iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """The parts as ISO text, None if there is no such day."""
    y, m, d = int(year), int(month or 0), int(day or 0)
    if not 1900 <= y <= 2100 or m > 12 or (month is not None and m == 0 and d):
        return None
    if m == 0:
        return f"{y}"
    if d == 0:
        return f"{y}-{m:02}"
    try:
        return datetime.date(y, m, d).isoformat()
    except ValueError:
        return None
