"""What is written around a table, on its tab and its file in; the day that the sheet speaks for (截止日期) out.

截止 or 截至 is the day itself; else the day of 填报 or 报送; else a period or a day in the title, then on the tab, then
of the file or its folder, each in every form that `model/days.py` and `model/periods.py` read. A year alone comes last.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from coverage_census.ingest.cells import dates
from coverage_census.ingest.cells.clean import as_text
from coverage_census.model import days, periods, stated_day

_KEY_CUT_OFF = (
    r"(?:以上)?(?:统计)?(?:数据)?(?<!报送)(?<!上报)(?<!提交)(?<!反馈)(?<!有效期)(?<!有效期至)截[止至](?!报送|上报|目前|当前)(?:日期|时间|时点|日)?"
    r"|(?:统计|数据)(?:截止)?(?:日期|时间|时点|期间)|(?:报告|所属|统计|报表)(?:时?期|期间|期别)|报告期"
)
_KEY_REPORTED = (
    r"(?:填报|填表|填写|上报|报送|报出|制表|编制|报表|报告)(?:日期|时间|日)|(?<![\u4e00-\u9fff])(?:日期|时间)(?=[:：])"
)
_AFTER_KEY = r"(?:到|至|为|是)?[:：]?\(?"
_CUT_OFF = re.compile(f"(?:{_KEY_CUT_OFF}){_AFTER_KEY}")
_REPORTED = re.compile(f"(?:{_KEY_REPORTED}){_AFTER_KEY}")

_Y4 = r"(?<!\d)(?:19|20)\d\d"
_Y = rf"(?:{_Y4}年?度?|(?<!\d)\d\d年)"
_TO = r"(?:-|—+|–|~|至|到)"
_WRITTEN = {
    "day": (
        rf"{_Y4}(?:年\d{{1,2}}月\d{{1,2}}(?!\d)[日号]?|(?P<mark>[.\-/·])\d{{1,2}}(?P=mark)\d{{1,2}}(?!\d))",
        r"(?<![\d.])\d\d(?:年\d{1,2}月\d{1,2}[日号]?|(?P<mark_>[.\-/])\d{1,2}(?P=mark_)\d{1,2})(?![\d.])",
        rf"{_Y4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?=\d{{6}}(?!\d)|(?!\d))",
        r"(?<!\d)\d{1,2}月\d{1,2}[日号]",
    ),
    "months": (rf"(?P<months_of>{_Y}[.\-/]?)?(?<!\d)\d{{1,2}}月?{_TO}(?P<last>\d{{1,2}})月(?!\d)(?:份|底|末)?",),
    "quarter": (
        rf"{_Y}?(?:(?:第?1季?度?{_TO}第?|前)[1-4]个?)季度?(?:末|底)?",
        rf"{_Y}?第?[1-4]季(?:度|(?=末|底|报|$))(?:末|底)?",
        rf"{_Y}第?[1-4]季(?=表|两新|台账|统计|情况|数据|\W)",
        rf"{_Y}前\d{{1,2}}个月",
        rf"{_Y4}年?[-_./]?[Qq][1-4](?!\d)",
        r"(?<![A-Za-z])[Qq][1-4](?!\d)",
    ),
    "half": (
        rf"{_Y}?[上下]半年度?(?:末|底)?",
        rf"{_Y}半年度?(?:末|底)?",
        rf"{_Y4}年年中",
        rf"{_Y4}年?[-_./]?[Hh][12](?!\d)",
    ),
    "month": (
        rf"{_Y4}年\d{{1,2}}月(?:[上中下]旬|(?:份|底|末)*)",
        rf"{_Y4}[.\-/]\d{{1,2}}月?(?![\d.])",
        r"(?<!\d)\d\d年\d{1,2}月(?:[上中下]旬|(?:份|底|末)*)",
        rf"{_Y4}(?:0[1-9]|1[0-2])(?!\d)",
        r"(?<![\d.])\d{1,2}月(?:份|底|末)*",
    ),
    "end": (rf"{_Y4}年?(?:年底|年末|年终|底|末|全年)", r"年(?:底|末|终)"),
    "year": (rf"{_Y4}年度?(?!\d)", r"^(?:19|20)\d\d(?![\d家户个名人号.\-])"),
}
_WHEN = re.compile("|".join(f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in _WRITTEN.items()))
_MARKS = r"[0-9OoIlXx×*?_〇零○一二三四五六七八九十廿卅壹贰叁肆伍陆柒捌玖拾]"
# What goes on where a day or a period seems to end: more is written than was understood (2026年|13月, 2026年6月|X日).
_IN_MONTH = rf"初(?![步级中审选])|日(?=\W|$)|(?:的|份)?第?{_MARKS}{{1,4}}(?:[日号旬]|周(?!年))"
_GOES_ON = {
    "day": re.compile(rf"(?<![日号]){_MARKS}{{1,2}}[日号]"),
    "month": re.compile(_IN_MONTH),
    "year": re.compile(
        rf"年?度?(?:初(?![步级中审选])|[春夏秋冬]季|[腊正冬闰]月|月(?:日|$)|第?{_MARKS}{{1,3}}个?(?:月|季(?:度|末|底|报|$)|旬))"
    ),
}
_TRIED = re.compile(
    r"\(?((?:\d|[一二三四五六七八九十〇零○](?=\S{0,5}[年月日季])|[上本下去今明]个?[年月季周]|昨|[年春夏秋冬腊正](?!月?日?$))"
    r"(?!\d{8})[\d一二三四五六七八九十〇零○第年月日号季度周旬个半上中下前后末底初至到.\-/~—]{0,14})"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=[^\d家户个名人]|$|\d{2}(?!\d)|\d{4}(?!\d))|(?<!\d)(\d\d)(?=年)")
# What makes a date that nobody called 截止 or 填报 one of something else: a deadline, a document, the form itself.
_BEFORE = re.compile(
    r"(?:成立|创[办建]|注册|登记|设立|组建|出生|批准|换届|入党)(?:时间|日期|年月)?[:：]?$|(?:自|从|于|经|有效期[至到]?|有效期截[止至]|报送截[止至](?:日期|时间)?|上报截[止至](?:日期|时间)?)[:：]?$"
)
_AFTER = re.compile(
    r"(?:以来|以前|之前|前|以后|之后|后|起|止有效|印发|发布|施行|修订|修改|制定|版|表样|样表|式样|成立(?!.{0,80}(?:情况|台账|统计))|创[建办]|始建|注册)"
)
_DEADLINE = re.compile(r"(?:之?前)?(?:上报|报送|报至|报县|提交|反馈|交)")
_AFTER_YEAR = re.compile(
    r"(?:新|成立|创|建|发展|换届|注册|登记|经费|计划|任务|目标|预算|要点|出生|届|制|格式|产值|营收|营业)"
)
_DOCUMENT = re.compile(
    r"[〔\[【(（]\s*+(?:19|20)\d\d\s*+[〕\]】)）]\s*+(?:第\s*+)?\d++\s*+号|(?:19|20)\d\d\s*+(?:年\s*+)?第\s*+\d++\s*+号"
)
_CLOCK = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})[ T]\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?")
_RANGE = re.compile(rf"(?<!—){_TO}$")
_PERIODS = ("months", "quarter", "half", "month", "end")
_KEPT = "\0"  # a blank between two numbers
_TITLE = 60  # letters: a longer text above a table is a sentence
_LATE = 31  # days after the end of a period in which it is reported


@dataclass(frozen=True)
class Doubt:
    """What is written as a day and is none, or is understood in part (6月31日, 第五季度); the text of its cell."""

    written: str
    text: str


@dataclass(frozen=True)
class SaidDay:
    """A day (ISO), how the text names it, and the text of the cell; `period` is the one that was named, if one was.

    `doubt`: only the month of what is written there is certain; `day` is its last.
    """

    day: str
    kind: str
    text: str
    period: periods.Period | None = None
    doubt: Doubt | None = None


def read(
    above: Sequence[Sequence[str]],
    below: Sequence[str],
    sheet: str,
    label: Sequence[str],
    today: str | None = None,
) -> tuple[SaidDay | None, Doubt | None]:
    """The day, and what stands nearer and cannot be read as one. `above`: the lines over the table; `label`: file and
    folders, the nearest first. (None, None) where nothing is said.

    A 填报 day soon after the end of the period in the title is when that period was reported: the period counts.
    """
    doubts: list[Doubt] = []
    found = _read(above, below, [sheet, *label], today, doubts)
    return found, next(iter(doubts), found.doubt if found else None)


def _read(
    above: Sequence[Sequence[str]], below: Sequence[str], named: Sequence[str], today: str | None, doubts: list[Doubt]
) -> SaidDay | None:
    lines = [[folded(cell) for cell in line] for line in above]
    titles = [cell for line in lines for cell in line if len(cell) <= _TITLE]
    names = [*map(folded, named)]
    year = next(filter(None, map(_year, (*titles, *names))), None)
    around = [*lines, [folded(cell) for cell in below]]
    if found := _keyed(_CUT_OFF, around, year, doubts):
        return found
    period = _first_of(titles, year, _PERIODS, doubts)
    reported = (
        _keyed(_REPORTED, around, year, doubts)
        or _alone(around[-1], doubts)
        or _first_of(titles, year, ("day",), doubts)
    )
    if reported is not None and not (period and _reports(reported, period)):
        return reported
    # a file is often called by the day on which it came: what it was made for says more
    by_name = (_first_of([name], year, kinds, doubts) for name in names for kinds in (_PERIODS, ("day",)))
    found = period or next(filter(None, by_name), None)
    # the year of a day that could not be read says less than was meant
    return found or (None if doubts else _whole_year([*titles, *names], today))


def ahead(said: SaidDay, today: str) -> bool:
    """Whether the day lies in the future; a period that has begun may be reported before its end."""
    return (said.period.first if said.period else said.day) > today


def stated_cells(rows: Iterable[Sequence[object]]) -> list[str]:
    """The cells 填表日期：… and 截止时间 of a card or a table of figures, each with what stands right of it."""
    found: list[str] = []
    for row in rows:
        texts = [as_text(cell) for cell in row if cell is not None]
        for index, text in enumerate(texts):
            plain = folded(text)
            match = _CUT_OFF.match(plain) or _REPORTED.match(plain)
            if match and (match.end() == len(plain) or _first(plain[match.end() :])):
                found += texts[index : index + 4]
    return found


def _keyed(
    key: re.Pattern[str], lines: Iterable[Sequence[str]], year: int | None, doubts: list[Doubt]
) -> SaidDay | None:
    """The day after the first 截止日期： of the lines, or in the cells right of it (2026年 | 3月 | 31日)."""
    for line in lines:
        for index, text in enumerate(line):
            for match in key.finditer(text):
                found = _beside(text[match.end() :], line[index + 1 : index + 7], year, text)
                if isinstance(found, SaidDay):
                    return found
                doubts += [found] if found is not None else []
    return None


def _beside(own: str, cells: Sequence[str], year: int | None, text: str) -> "SaidDay | Doubt | None":
    """The day after a key: within its cell, else with the cells right of it."""
    if (day := _serial(own or next(iter(cells), ""))) is not None:
        return SaidDay(day, "day", text)
    found, joined = _after(own, year, text), "".join((own, *cells))
    goes_on = (
        isinstance(found, SaidDay) and found.kind == "month" and cells and re.fullmatch(r"\d{1,2}[日号]?", cells[0])
    )
    if not isinstance(found, SaidDay) or found.kind == "year" or goes_on:
        wider = _after(joined, year, text)
        found = wider if isinstance(wider, SaidDay) else found or wider
    if found is not None or _due(joined):
        return found
    tried = _TRIED.match(own or joined)
    return Doubt(tried[1], text) if tried else None


def _serial(text: str) -> str | None:
    """45382 beside 截止日期: a day as Excel counts it, in a cell that is not formatted as one (2000 to 2049)."""
    match = re.fullmatch(r"\(?(3[6-9]\d{3}|4\d{4}|5[0-4]\d{3})(?:\.0)?\)?", text)
    read = dates.parse(match[1]) if match else None
    return read if isinstance(read, str) else None


def _due(text: str) -> bool:
    """Whether a day until which a sheet must be handed in opens the text."""
    match = _first(text)
    return match is not None and bool(_DEADLINE.match(text[match.end() :]))


def _after(text: str, year: int | None, cell: str) -> "SaidDay | Doubt | None":
    match = _first(text)
    if match is None or _DEADLINE.match(text[match.end() :]):
        return None
    return _last_of_range(text, match, year, cell)


def _first(text: str) -> re.Match[str] | None:
    """A day at the beginning of the text; an opening word may stand before it."""
    match = _WHEN.search(text)
    return match if match is not None and not text[: match.start()].strip("()的 为:：数据今") else None


def _last_of_range(text: str, match: re.Match[str], year: int | None, cell: str) -> "SaidDay | Doubt | None":
    found = _said(match, year, cell)
    rest = text[match.end() :]
    if (to := re.match(_TO, rest)) and (until := _WHEN.match(rest, to.end())) is not None:
        return _said(until, int(found.day[:4]) if isinstance(found, SaidDay) else year, cell) or found
    return found


def _alone(cells: Iterable[str], doubts: list[Doubt]) -> SaidDay | None:
    """A day that stands below the table by itself, as a signature has it."""
    for cell in cells:
        match = _WHEN.match(cell)
        said = _said(match, None, cell) if match is not None else None
        if match is None or said is None:
            continue
        doubt = said if isinstance(said, Doubt) else said.doubt
        whole = doubt.written if doubt else match[0]
        if whole == cell and isinstance(said, SaidDay) and said.kind != "year":
            return said
        doubts += [said] if whole == cell and isinstance(said, Doubt) else []
    return None


def _first_of(texts: Iterable[str], year: int | None, kinds: Sequence[str], doubts: list[Doubt]) -> SaidDay | None:
    for text in texts:
        for said in _all(text, _year(text) or year):
            if isinstance(said, SaidDay) and said.kind in kinds:
                return said
            doubts += [said] if isinstance(said, Doubt) else []
    return None


def _all(text: str, year: int | None) -> "list[SaidDay | Doubt]":
    """Every day of a text that nothing says is a day of something else; of a range the end."""
    found: list[SaidDay | Doubt] = []
    begun = None
    for match in _WHEN.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        said = _said(match, begun or year, text)
        if said is None or _BEFORE.search(before) or _AFTER.match(after):
            continue
        if isinstance(said, SaidDay):
            if said.kind == "year" and _AFTER_YEAR.match(after):
                continue
            if found and begun and _RANGE.search(before):
                found.pop()
            begun = int(said.day[:4])
        found.append(said)
    return found


def _whole_year(texts: Iterable[str], today: str | None) -> SaidDay | None:
    """2025年…台账, said by nothing else: the year's last day, unless that is still to come."""
    found = [said for text in texts for said in _all(text, None) if isinstance(said, SaidDay) and said.kind == "year"]
    return next((said for said in found if today is None or said.day <= today), None)


def _said(match: re.Match[str], year: int | None, cell: str) -> "SaidDay | Doubt | None":
    text, kind = match[0], _kind(match)
    if kind == "months":
        named = re.match(r"\d{2,4}", match["months_of"] or "")
        text = f"{named[0] if named else year or ''}年{match['last']}月" if named or year else ""
    doubt = _doubt(match, text, kind, year, cell)
    day = None if doubt else stated_day.stated(text, year) if text else None
    if doubt:
        return _month_of(text, year, cell, doubt) or doubt
    if day is None:
        return None
    return SaidDay(day, kind, cell, None if kind == "day" else periods.read(text, year))


def _doubt(match: re.Match[str], text: str, kind: str, year: int | None, cell: str) -> Doubt | None:
    """What is written where the match is no day, or where more of it follows than was understood."""
    more = _GOES_ON.get({"end": "year", "months": "month"}.get(kind, kind))
    tail = more.match(match.string, match.end()) if more else None
    own_year = re.match(_Y, match[0]) is not None
    telling = own_year and ("年" in text or kind == "day")  # a file called 2026-45 is no slip in a day
    if tail and (own_year or kind == "day"):
        return Doubt(match[0] + tail[0], cell)
    impossible = (telling or (kind == "day" and year is not None)) and stated_day.stated(text, year) is None
    return Doubt(match[0], cell) if impossible else None


def _month_of(text: str, year: int | None, cell: str, doubt: Doubt) -> SaidDay | None:
    """Of 6月31日 and 6月X日 the month is certain."""
    match = re.match(rf"({_Y}[.\-/·]?)?(\d{{1,2}})(?:[月.\-/·]|$)", text)
    if match is None or ("年" in text and "月" not in text):
        return None
    named = re.match(r"\d+", match[1] or "")
    of = f"{named[0] if named else year}年{match[2]}月"
    period = periods.read(of) if named or year else None
    return SaidDay(period.last, "month", cell, period, doubt) if period else None


def _kind(match: re.Match[str]) -> str:
    return next(name for name in _WRITTEN if match[name])


def _reports(reported: SaidDay, title: SaidDay) -> bool:
    if title.period is None or reported.period is not None:
        return False
    late = (date.fromisoformat(reported.day) - date.fromisoformat(title.period.last)).days
    return 0 < late <= _LATE


def _year(text: str) -> int | None:
    """The year that a title, a tab or a file names."""
    for match in _YEAR.finditer(text):
        after = text[match.end() :].removeprefix("年").removeprefix("度")
        if not _AFTER.match(after) and not _AFTER_YEAR.match(after):
            return int(match[1] or days.century(match[2]))
    return None


def folded(text: object) -> str:
    """Half-width, numerals as digits, no blanks but between two numbers, no document numbers, no time of the day."""
    plain = _DOCUMENT.sub("", _CLOCK.sub(r"\1", unicodedata.normalize("NFKC", as_text(text))))
    return days.in_digits(re.sub(r"\s+", "", re.sub(r"(?<=\d)\s+(?=\d)", _KEPT, plain)).replace(_KEPT, " "))
