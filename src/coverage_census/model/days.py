"""Days as people write them: 2026-7-1, 2026年7月1日, 二〇二六年七月一日, 26.7.1, 20260701, 2026年7月, 2026年第三季度 …

`written` reads a day of whatever precision is known; `stated` says which day a text speaks for, a period's last day
where it names a period. Both give None for what is no day. Texts may be in full-width digits or have blanks in them.
"""

import re
import unicodedata
from datetime import date

_DAY = re.compile(
    r"^(\d{4})[.\-/年、·](\d{1,2})[.\-/月、·](\d{1,2})[日号]?(?:T?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?)?$"
)
_MONTH = re.compile(r"^(\d{4})[.\-/年、·](\d{1,2})(?:月|月份|[.\-/])?(?:初|底|末|中旬|上旬|下旬)?$")
_YEAR = re.compile(r"^(\d{4})(?:年|年度)?(?:底|末|初|年底|年末|年初|上半年|下半年|春|夏|秋|冬|第?[一二三四1-4]季度)?$")
_SHORT_DAY = re.compile(r"^['’]?(\d{2})[.\-/年](\d{1,2})[.\-/月](\d{1,2})[日号]?$")
_SHORT_MONTH = re.compile(r"^['’]?(\d{2})[.\-/年](\d{1,2})月?(?:底|末)?$")
_DIGITS = {mark: str(value) for value, mark in enumerate("〇一二三四五六七八九")} | dict.fromkeys("零○OoＯ0", "0")
# 大写数字, as on receipts; they are read as numerals only beside 年, 月, 日: 陆家镇 and 伍家岗区 are places.
_CAPITAL = dict(zip("壹贰貳叁參肆伍陆陸柒捌玖拾", "一二二三三四五六六七八九十", strict=True))
_YEAR_MARKS = "〇零一二三四五六七八九○OoＯ0" + "".join(_CAPITAL)
_CHINESE_YEAR = re.compile(
    rf"[{_YEAR_MARKS}]{{4}}(?=年)|(?<![{_YEAR_MARKS}\d])[{_YEAR_MARKS}]{{2}}(?=年\S{{1,3}}[月季])"
)
_CHINESE_NUMERAL = re.compile(
    rf"(?:(?<=年)|(?<=月)|(?<=第)|(?<=前)|(?<=[至到\-—~])|^)[{''.join(_CAPITAL)}]{{1,4}}(?=[月日号季])"
    r"|[一二三四五六七八九十廿卅]{1,3}(?=[月日号季]|个月|个季)|(?<=前)两(?=个?季|个月)"
)
_FIRST_MONTH = re.compile(r"(?:(?<=年)|^)元(?=月)")
# What names no day within its month or year; a bare 0 is none either.
_BEFORE = re.compile(r"(?<=[日号月底末旬])(?:以|之)?前$")  # 2026年9月底前
_BLANKS = re.compile(r"\s+")


def folded(text: str) -> str:
    """The text in half-width signs and without blanks: ２０２６ 年 is 2026年."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def written(text: str) -> str | None:
    """A day as ISO text of the precision that is written: `2013`, `2013-06` or `2013-06-01`."""
    text = folded(text)
    if text.isdecimal():
        return _digits(text)
    text = without_before(text)
    for pattern in (_DAY, _MONTH, _YEAR):
        if match := pattern.match(text):
            return iso(*match.groups())
    for pattern in (_SHORT_DAY, _SHORT_MONTH):
        if match := pattern.match(text):
            return iso(century(match[1]), *match.groups()[1:])
    plain = in_digits(text)
    return written(plain) if plain != text else None


def last_of(partial: str) -> str:
    """The last day that a day of perhaps unknown precision may mean: 2026-02 is 2026-02-28."""
    if len(partial) == 10:
        return partial
    year, month = int(partial[:4]), int(partial[5:7] or 12)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1).isoformat()


def iso(year: str, month: str | None = None, day: str | None = None) -> str | None:
    """The parts as ISO text, None if there is no such day between 1900 and 2100."""
    y, m, d = int(year), int(month or 0), int(day or 0)
    if not 1900 <= y <= 2100 or m > 12 or (month is not None and m == 0 and d):
        return None
    if m == 0:
        return f"{y}"
    if d == 0:
        return f"{y}-{m:02}"
    try:
        return date(y, m, d).isoformat()
    except ValueError:
        return None


def century(year: str) -> str:
    """26 is 2026, 87 is 1987."""
    return ("20" if int(year) <= 40 else "19") + year


def in_digits(text: str) -> str:
    """二〇二六年第三季度 → 2026年第3季度, 二十一 → 21, 陆月 → 6月: numerals of years, months and days as digits."""
    text = _CHINESE_YEAR.sub(lambda found: "".join(_DIGITS[mark] for mark in _small_marks(found[0])), text)
    text = _FIRST_MONTH.sub("1", text)
    return _CHINESE_NUMERAL.sub(lambda found: str(_small(found[0]) or found[0]), text)


def without_before(text: str) -> str:
    """2026年9月底前 is 2026年9月底: a day until which something is told is the day itself."""
    return _BEFORE.sub("", text)


def numeral(text: str) -> int | None:
    """三, 十五, 两 as a number; None for what is no numeral up to thirty-nine."""
    return _small(text)


def _digits(text: str) -> str | None:
    if len(text) == 8:
        return iso(text[:4], text[4:6], text[6:])
    if len(text) == 6:
        return iso(text[:4], text[4:])
    return iso(text) if len(text) == 4 else None


def _small_marks(text: str) -> str:
    """Capital numerals as small ones: 陆 is 六."""
    return "".join(_CAPITAL.get(mark, mark) for mark in text)


def _small(text: str) -> int | None:
    """A numeral from 一 to 三十九 (廿 is 20, 卅 30, 两 2); None for what is none."""
    text = _small_marks(text).replace("廿", "二十").replace("卅", "三十").replace("两", "二")
    match = re.match(r"^(?:([一二三])?(十))?([一二三四五六七八九])?$", text)
    if match is None or not text:
        return None
    tens = int(_DIGITS[match[1]]) if match[1] else int(bool(match[2]))
    return tens * 10 + int(_DIGITS[match[3]] if match[3] else 0)


def last_day(partial: str) -> date:
    """The last day that a partial date may mean: what was in force by then."""
    return date.fromisoformat(last_of(partial))
