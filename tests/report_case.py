"""A small county for the report tests, written as tables; every name is invented."""

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from coverage_census.model import periods
from coverage_census.model.decision import (
    Advice,
    AreaCoverage,
    Citation,
    Decision,
    Gap,
    Indicator,
    PolicyStamp,
    Verdict,
)
from coverage_census.model.reading import FileReading, Level, Problem, SheetReading
from coverage_census.model.rounds import Round
from coverage_census.report.page import page
from coverage_census.report.page.facts import PageFacts
from coverage_census.report.page.gap_lists import QuotedRule
from coverage_census.words.catalogue import Words
from kit import cells

ZH, EN = Words("zh"), Words("en")
GENERATED = datetime(2026, 10, 9, 8, 30, tzinfo=timezone(timedelta(hours=8)))
STAMP = PolicyStamp(name="default", version="2026-01-01 3f9a6c", as_of="2026-09-30")

STATUTE = Citation(document="支部工作条例（样例）", article="第五条", text="有正式党员3人以上的，都应当成立党支部。")
LIAISON = Citation(document="县口径（样例）", article="第三条", text="没有党员的，选派党建工作联络员。")
MASS = Citation(document="群团办法（样例）", article="第二条", text="职工3人以上的建工会，女职工3人以上的建妇女组织。")
RULES = (
    QuotedRule("standalone", "三名以上单独组建", STATUTE),
    QuotedRule("liaison", "没有党员派联络员", LIAISON),
    QuotedRule("union", "应建工会", MASS),
    QuotedRule("women", "应建妇女组织", MASS),
)
CITATIONS = {rule.code: rule.citation for rule in RULES}

TOWNSHIPS = """
| 乡镇     | 单位 | 已建 | 不详 | 应建未建 | 空白点 | 群团未建 | 待核 |
| 文峰镇   | 4    | 2    | 0    | 1        | 1      | 1        | 0    |
| 河口乡   | 3    | 2    | 0    | 1        | 0      | 0        | 0    |
| 清水街道 | 6    | 4    | 1    | 0        | 1      | 0        | 1    |
| 空山乡   | 0    | 0    | 0    | 0        | 0      | 0        | 0    |
|          | 1    | 1    | 0    | 0        | 0      | 0        | 0    |
"""
EARLIER = """
| 乡镇     | 单位 | 已建 | 不详 | 应建未建 | 空白点 | 群团未建 | 待核 |
| 文峰镇   | 4    | 3    | 0    | 0        | 1      | 0        | 0    |
| 河口乡   | 3    | 1    | 0    | 1        | 0      | 0        | 0    |
| 清水街道 | 5    | 4    | 0    | 0        | 1      | 0        | 0    |
"""
KINDS = """
| 类别       | 单位 | 已建 | 不详 | 应建未建 | 空白点 | 群团未建 | 待核 |
| enterprise | 9    | 6    | 0    | 2        | 2      | 1        | 0    |
| social_org | 5    | 3    | 1    | 0        | 0      | 0        | 1    |
"""
TOTAL = """
| 合计 | 单位 | 已建 | 不详 | 应建未建 | 空白点 | 群团未建 | 待核 |
|      | 14   | 9    | 1    | 2        | 2      | 1        | 1    |
"""
DECISIONS = """
| 单位名称 | 乡镇 | 规则 | 判定 | 缺口 | 建议 | 依据 | 事实 |
| 白鹭渡茶厂 | 清水街道 | liaison | gap | no_liaison | liaison | | members_total=0 |
| 青石坡木业公司 | 文峰镇 | standalone | gap | unbuilt_standalone | standalone | | members_formal=4 has_org=no |
| 松涛岭厂 | 河口乡 | standalone | gap | unbuilt_standalone | standalone | total | members_formal=? members_total=5 has_org=no |
| 望江亭食品公司 | 文峰镇 | liaison | gap | no_liaison | liaison | | members_total=0 |
| 望江亭食品公司 | 文峰镇 | union | gap | mass_org_missing | liaison | | employees=38 has_union=no |
| 望江亭食品公司 | 文峰镇 | women | gap | mass_org_missing | liaison | | female_employees=12 |
| 竹影轩商会 | 清水街道 | standalone | unknown | unbuilt_standalone | confirm | | has_org=? |
"""  # noqa: E501
REASON = "没有填写是否建立党组织"
FACTS = {"?": None, "yes": True, "no": False}


def facts(**changes: Any) -> PageFacts:
    """What the page of the small county is made of; `changes` replace single facts."""
    given: dict[str, Any] = {
        "county": "云岭县",
        "round": round_of(2, "2026Q3"),
        "before": round_of(1, None, organisations=12, as_of="2026-06"),
        "stamp": STAMP,
        "total": areas(TOTAL)[0],
        "townships": areas(TOWNSHIPS),
        "kinds": areas(KINDS),
        "indicators": INDICATORS,
        "gaps": decisions(DECISIONS),
        "problems": PROBLEMS,
        "sources": SOURCES,
        "rules": RULES,
        "generated_at": GENERATED,
        "policy": "通行口径",
        "earlier": areas(EARLIER),
    }
    return PageFacts(**(given | changes))


def county(words: Words = ZH, **changes: Any) -> page.CoveragePage:
    """The page of the small county."""
    return page.coverage(facts(**changes), words)


def empty(words: Words = ZH) -> page.CoveragePage:
    """The page of a round that holds nothing at all."""
    nothing = area(None, 0, 0, 0, {}, 0)
    none: dict[str, Any] = dict.fromkeys(
        ("townships", "kinds", "indicators", "gaps", "problems", "sources", "rules"), ()
    )
    return county(words, county=None, total=nothing, before=None, round=round_of(1, None, organisations=0), **none)


def round_of(number: int, name: str | None, organisations: int = 14, as_of: str = "2026-09-30") -> Round:
    return Round(
        number=number,
        name=name,
        period=periods.of(as_of, periods.PeriodLength.QUARTER).key,
        parent=None,
        nonce="n",
        created_at="2026-10-08T01:00:00Z",
        as_of=as_of,
        tool="0",
        files=(),
        scopes=(),
        organisations=organisations,
        confirmed=organisations,
        new=2,
        carried=0,
        not_reported_again=0,
    )


def areas(table: str) -> list[AreaCoverage]:
    """Coverage lines from a table: group, organisations, covered, unknown, three gap classes, to confirm."""
    found = []
    for group, every, covered, unknown, unbuilt, liaison, mass, confirm in _rows(table):
        gaps = {Gap.UNBUILT_STANDALONE: unbuilt, Gap.NO_LIAISON: liaison, Gap.MASS_ORG_MISSING: mass}
        found.append(area(group, every, covered, unknown, gaps, confirm))
    return found


def area(
    group: str | None, every: int, covered: int, unknown: int, gaps: dict[Gap, int], to_confirm: int
) -> AreaCoverage:
    return AreaCoverage(
        group=group,
        organisations=every,
        covered=covered,
        not_covered=every - covered - unknown,
        unknown=unknown,
        rate=covered / every if every else None,
        gaps=gaps,
        to_confirm=to_confirm,
    )


def decisions(table: str) -> list[Decision]:
    """Decisions from a table; facts are written `field=value`, with `?` for unknown."""
    return [decision(*row) for row in _rows(table)]


def decision(
    name: str,
    township: str | None,
    rule: str,
    verdict: str,
    gap: str,
    advice: str,
    basis: Any,
    facts: str,
    reason: str = REASON,
) -> Decision:
    return Decision(
        name=name,
        uscc=None,
        county="云岭县",
        township=township,
        advice=Advice(advice),
        basis=basis,
        verdict=Verdict(verdict),
        gap=Gap(gap),
        rule=rule,
        reason=reason,
        citation=CITATIONS[rule],
        policy=STAMP,
        facts={key: _fact(value) for key, _, value in (each.partition("=") for each in facts.split())},
    )


def _fact(text: str) -> Any:
    return FACTS[text] if text in FACTS else int(text) if text.isdigit() else text


def _rows(table: str) -> Sequence[list[Any]]:
    return cells(table)[1:]


def indicator(code: str, label: str, numerator: int, denominator: int, **more: Any) -> Indicator:
    given: dict[str, Any] = {
        "code": code,
        "label": label,
        "numerator": numerator,
        "denominator": denominator,
        "denominator_label": "全部单位",
        "rate": numerator / denominator if denominator else None,
        "counted": "organisations",
        "as_of": "2026-09-30",
        "definition": "已建立党组织的单位 ÷ 全部单位",
        "source": "各乡镇上报表",
        "by_total_basis": 0,
        "unknown": 0,
        "known": denominator - more.get("unknown", 0),
    }
    return Indicator(**(given | more))


INDICATORS = (
    indicator("overall_rate", "总体组建率", 9, 14, unknown=1),
    indicator("due_rate", "应建组建率", 0, 2, denominator_label="应建单位", by_total_basis=1),
    indicator("zone_rate", "园区覆盖率", 0, 0, denominator_label="园区内单位"),
    indicator("venue_rate", "活动场所率", 5, 8, denominator_label="党组织", counted="party_orgs"),
)
PROBLEMS = (
    Problem(code="not_in_the_catalogue", level=Level.WARNING, file="文峰镇.xlsx", sheet="企业", cell="B7"),
    Problem(code="not_in_the_catalogue", level=Level.WARNING, file="河口乡.et", sheet="企业", cell="B9"),
    Problem(code="another", level=Level.ERROR, file="河口乡.et", sheet="企业", cell="E9"),
)
SOURCES = (
    (
        FileReading(
            file="文峰镇.xlsx",
            format="xlsx",
            size=9000,
            sha256="0123456789abcdef" * 4,
            sheets=(SheetReading(sheet="企业", kind="ledger", data_rows=4), SheetReading(sheet="说明", kind="other")),
        ),
        round_of(2, "2026Q3"),
    ),
    (FileReading(file="清水街道.xls", format="xls", sha256="fedcba9876543210" * 4), round_of(1, None)),
    (
        FileReading(file="花名册.xlsx", format="xlsx", sha256="ab" * 32, refused="refused_for_a_test"),
        round_of(2, "2026Q3"),
    ),
)
