"""A number in; one flat sheet of twenty columns with so many organisations, over the counties of a province, out."""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any

from coverage_census.files import disk
from coverage_census.places import divisions
from coverage_census.sample.books import Built
from coverage_census.sample.units import uscc
from coverage_census.sample.units.dirt import Dirt
from coverage_census.sample.units.names import words

PROVINCE = "安徽省"
LAST_DAY = "2020-06-30"
FILE = "两新组织台账.xlsx"
TITLE = f"{PROVINCE}两新组织党建工作台账（合成样例）"
NOTE = "整省一张表，只记合计，不逐家列出。"
HEADINGS = (
    "单位名称", "统一社会信用代码", "所属县（市、区）", "所属乡镇", "单位类别", "所属行业", "是否规模以上企业",
    "成立时间",
    "从业人员", "女职工数", "团员人数", "党员总数", "正式党员", "预备党员", "是否建立党组织", "组建方式", "党组织名称",
    "党组织成立时间", "是否组建工会", "党建联络员（人）",
)  # fmt: skip
_FIELDS = {"has_org": 14, "has_union": 18, "above_scale": 6}
_SUMS = {"employees": 8, "members_total": 11}
_KINDS = (
    ("企业", "91", "有限公司"),
    ("专业合作社", "93", "专业合作社"),
    ("社会组织", "52", "服务中心"),
    ("个体工商户", "92", "商店"),
)
_COUNTY, _FORMAL, _BUILT = 2, 12, 14

_YEAR = int(LAST_DAY[:4])

Row = tuple[str | int | None, ...]
Branch = tuple[str, str | None, str | None, str | None]


def flat(count: int) -> Callable[[Path, int, Dirt], tuple[Built, dict[str, int], dict[str, object]]]:
    """The maker of a sheet of `count` organisations. It is tidy: `dirt` has no part in it."""

    def make(out: Path, seed: int, dirt: Dirt) -> tuple[Built, dict[str, int], dict[str, Any]]:
        tally: Counter[str] = Counter()
        counties: Counter[str] = Counter()
        rows = _counted(_rows(count, Random(f"flat {count} {seed}")), tally, counties)
        path = _write(out / FILE, rows)
        figures = {"organisations": count} | {name: tally[name] for name in (*_FIELDS, *_SUMS, "due", "due_built")}
        return Built([path]), figures, {"as_of": LAST_DAY, "note": NOTE, "counties": dict(counties)}

    return make


def _counted(rows: Iterator[Row], tally: Counter[str], counties: Counter[str]) -> Iterator[Row]:
    """Passes the rows on and counts them on the way."""
    for row in rows:
        for name, at in _FIELDS.items():
            tally[name] += row[at] == "是"
        for name, at in _SUMS.items():
            tally[name] += int(row[at] or 0)
        due = int(row[_FORMAL] or 0) >= 3
        tally["due"] += due
        tally["due_built"] += due and row[_BUILT] == "是"
        counties[str(row[_COUNTY])] += 1
        yield row


def _write(path: Path, rows: Iterator[Row]) -> Path:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    sink = io.BytesIO()
    with xlsxwriter.Workbook(sink, options) as book:
        sheet = book.add_worksheet("台账")
        sheet.write_string(0, 0, TITLE)
        for at, heading in enumerate(HEADINGS):
            sheet.write_string(1, at, heading)
        string, number = sheet.write_string, sheet.write_number
        for line, row in enumerate(rows, start=2):
            for at, value in enumerate(row):
                if value.__class__ is str:
                    string(line, at, value)
                elif value is not None:
                    number(line, at, value)
    disk.replace(path, sink.getvalue())
    return path


def _rows(count: int, rng: Random) -> Iterator[Row]:
    """Township after township, large ones and small ones."""
    towns = [
        (county.name, county.code, town.name)
        for county in divisions.counties(PROVINCE)
        for town in divisions.townships(county.code)
    ]
    shares = [1 + rng.random() for _ in towns]
    whole, done, made = sum(shares), 0.0, 0
    brands = _brands(rng)
    for (county, code, town), share in zip(towns, shares, strict=True):
        done += share
        upto = round(count * done / whole)
        township = _Township(county, code, town, brands, rng)
        yield from (township.row(number) for number in range(made, upto))
        made = upto


@dataclass
class _Township:
    """Joint branches hold consecutive organisations of one township, two to five; the last may be cut short."""

    county: str
    code: str
    town: str
    brands: Iterator[str]
    rng: Random
    joint: str = ""
    left: int = 0

    def row(self, number: int) -> Row:
        """The organisation of this number, invented: the same for the same seed."""
        draw, trades = self.rng.random, words()["trades"]
        kind, office, tail = _KINDS[min(3, int(draw() * draw() * 6))]
        trade = trades[int(draw() * draw() * len(trades))]
        brand = next(self.brands)
        name = f"{self.county}{brand}{trade['words'][int(draw() * len(trade['words']))]}{tail}"
        formal = int(draw() ** 6 * 14)
        new = 1 if formal and draw() < 0.15 else 0
        employees = formal + new + 1 + int(draw() ** 4 * 90)
        founded_first = _YEAR - 2 - int(draw() * 20)
        built, form, org_name, founded = self._branch(formal, name, brand, founded_first)
        return (
            name, uscc.make(office, self.code, number), self.county, self.town, kind, trade["industry"],
            "是" if employees > 60 and office == "91" else "否", f"{founded_first}-{1 + int(draw() * 12):02}",
            employees, int(employees * draw() * 0.6), min(employees, int(draw() * 4)), formal + new, formal, new,
            built, form, org_name, founded, "是" if employees >= 25 and draw() < 0.6 else "否", int(draw() < 0.7),
        )  # fmt: skip

    def _branch(
        self, formal: int, name: str, brand: str, registered: int
    ) -> tuple[str, str | None, str | None, str | None]:
        """是/否, mode, name and date: mostly built from three members on, now and then below."""
        draw = self.rng.random
        if draw() >= (0.85 if formal >= 3 else 0.5 if formal else 0.05):
            return "否", None, None, None
        founded = f"{registered + 1 + int(draw() * (_YEAR - 1 - registered))}-{1 + int(draw() * 5):02}"
        if formal >= 3:
            return "是", "单独组建", f"中共{name}支部委员会", founded
        if not self.left:
            self.joint, self.left = f"{self.town}{brand}联合党支部", 2 + int(draw() * 4)
        self.left -= 1
        return "是", "联合组建", self.joint, founded


def _brands(rng: Random) -> Iterator[str]:
    """Three syllables, none of the combinations twice before all have been given."""
    syllables = words()["syllables"]
    brands = [a + b + c for a in syllables for b in syllables for c in syllables if a != b != c]
    rng.shuffle(brands)
    return cycle(brands)
