"""Days as people say them from where they stand (明年底, 下月底, 本季度末, 年底前, 三天内) and today in; ISO days out.

What names no point of its own is put into words that `stated_day.stated` reads: 明年 is a year, 下个月 a month of one.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from coverage_census.model import days, periods, stated_day

_UNTIL = re.compile(r"(?:(?:之|以)?前|为止)$")
_UP_TO = re.compile(r"^(?:截[止至]|到|至|于)(?:日期)?:?")
_NEAR = {"大前天": -3, "前天": -2, "昨天": -1, "今天": 0, "明天": 1, "后天": 2, "大后天": 3} | {
    "前日": -2, "昨日": -1, "今日": 0, "当天": 0, "当日": 0, "明日": 1, "后日": 2,
}  # fmt: skip
_WEEKDAY = re.compile(r"^(这|本|上|下)?(?:个)?(?:周|星期|礼拜)(末|[一二三四五六日天])(底)?$")
_SPAN = re.compile(
    r"^(半|\d{1,3}|[一二两三四五六七八九十]{1,3})(天|日|个?周|个?星期|个?礼拜|个月|个?季度|年)(?:之|以)?(?:内|后)$"
)
_YEARS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "来年": 1,
          "下年": 1, "后年": 2}  # fmt: skip
_YEAR = re.compile(rf"^({'|'.join(_YEARS)})度?(?=.)")
_MONTH = re.compile(r"^(上上|下下|这|本|当|上|下|次)个?月(?:份)?")
_QUARTER = re.compile(r"^(这|本|当|上|下)个?季度?")
_HALF = re.compile(r"^(?:这|本)个?半年")
_STEP = {"上上": -2, "上": -1, "下": 1, "次": 1, "下下": 2}
_BARE = {"月": "本月", "季": "本季", "年": "今年"}
_WEEK = "一二三四五六日"
_SIZE = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_MONTHS = {"月": 1, "季度": 3, "年": 12}


def read(text: str, today: date, *, coming: bool = False) -> str | None:
    """The day as ISO text, None for what is no day; what a period is named for is its last day.

    `coming`: a day that names no year and has passed is that of the next year (3月底前, said in November).
    """
    plain = days.in_digits(_UNTIL.sub("", _UP_TO.sub("", days.folded(text))))
    exact = _near(plain, today) or _span(plain, today) or _weekday(plain, today, coming=coming)
    if exact is not None:
        return exact.isoformat()
    if not (plain := re.sub(r"[之以]?内$", "", plain)):
        return None
    said = _in_words(plain, today, coming=coming)
    own = stated_day.stated(said)
    if own is not None:
        return own
    found_ = stated_day.stated(said, today.year)
    return stated_day.stated(said, today.year + 1) if coming and found_ and found_ < today.isoformat() else found_


def period(text: str, today: date) -> str | None:
    """The key of the period that 本季度, 上个月 or 去年 is today; None for every other text: it may be a name."""
    plain = days.in_digits(days.folded(text))
    said = _in_words(plain, today)
    found = periods.read(said) if said != plain else None
    return found.key if found else None


def _near(text: str, today: date) -> date | None:
    return today + timedelta(days=_NEAR[text]) if text in _NEAR else None


def _weekday(text: str, today: date, *, coming: bool) -> date | None:
    """本周五 is of this week, 周五 too unless it has passed; 本周末 is its Sunday."""
    match = _WEEKDAY.match(text)
    if match is None:
        return None
    number = _WEEK.index({"末": "日", "天": "日"}.get(match[2], match[2]))
    passed = coming and not match[1] and number < today.weekday()
    return today + timedelta(days=number - today.weekday() + 7 * (passed or _STEP.get(match[1] or "", 0)))


def _span(text: str, today: date) -> date | None:
    """三天内, 两周内, 半年内: so long from today."""
    match = _SPAN.match(text)
    if match is None or (match[1] == "半" and match[2] != "年"):
        return None
    unit = match[2].removeprefix("个")
    if match[1] == "半":
        return _later(today, 6)
    number = int(match[1]) if match[1].isdecimal() else days.numeral(match[1])
    if number is None:
        return None
    return today + timedelta(days=number * _SIZE[unit]) if unit in _SIZE else _later(today, number * _MONTHS[unit])


def _later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = date.fromisoformat(days.last_of(f"{year}-{month + 1:02}"))
    return min(last, date(year, month + 1, min(day.day, last.day)))


def _in_words(text: str, today: date, *, coming: bool = False) -> str:
    """明年底 is 2027年底, 下月底 2026年12月, 本季度末 2026年4季度; what is none of these stays."""
    if re.fullmatch(r"[月季年]度?(?:底|末|终)|年", text):
        text = _BARE[text[0]] + text[1:]
    steps: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_YEAR, lambda found: f"{today.year + _YEARS[found[1]]}年"),
        (_MONTH, lambda found: _month(today, _STEP.get(found[1], 0))),
        (_QUARTER, lambda found: _quarter(today, _STEP.get(found[1], 0))),
        (_HALF, lambda found: f"{today.year}年{'上' if today.month <= 6 else '下'}半年"),
    )
    for pattern, put in steps:
        text = pattern.sub(put, text)
    if text in _YEARS:
        text = f"{today.year + _YEARS[text]}年"
    if match := re.fullmatch(r"(\d{1,2})[日号]", text):
        return f"{_month(today, int(coming and int(match[1]) < today.day))}{text}"
    return text


def _month(today: date, by: int) -> str:
    year, month = divmod(today.year * 12 + today.month - 1 + by, 12)
    return f"{year}年{month + 1}月"


def _quarter(today: date, by: int) -> str:
    year, quarter = divmod(today.year * 4 + (today.month - 1) // 3 + by, 4)
    return f"{year}年{quarter + 1}季度"
