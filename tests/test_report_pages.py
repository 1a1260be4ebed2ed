"""The coverage page as plain values: what it counts, ranks, groups and says, before any template."""

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coverage_census.report import figures, render
from coverage_census.report.figures import Share
from coverage_census.report.page import page, sections
from report_case import DECISIONS, EN, STAMP, TOWNSHIPS, ZH, area, areas, county, decisions, empty, facts, round_of


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(224, 384, "58.3%"), (316, 3222, "9.8%"), (10, 10, "100.0%"), (1, 16, "6.3%"), (23, 384, "6.0%"), (0, 0, "—")],
)
def test_percentages_are_half_up_with_one_decimal(part: int, whole: int, text: str) -> None:
    assert Share(part, whole).text == text


@given(some.integers(0, 10**7), some.integers(1, 10**7))
def test_a_percentage_is_the_exact_one_rounded_once(part: int, whole: int) -> None:
    exact = Decimal(part) * 100 / Decimal(whole)
    assert Share(part, whole).percent == exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert 0 <= Decimal(Share(part, whole).width.rstrip("%")) <= 100


@pytest.mark.parametrize(
    ("iso", "zh", "en"),
    [
        ("2026-09-30", "2026年9月30日", "30 September 2026"),
        ("2026-09", "2026年9月", "September 2026"),
        ("2026", "2026年", "2026"),
    ],
)
def test_dates_of_every_precision(iso: str, zh: str, en: str) -> None:
    assert (figures.day(iso, ZH), figures.day(iso, EN)) == (zh, en)


def test_the_conclusion_is_one_sentence_with_its_numbers() -> None:
    assert county().conclusion == (
        "截至2026年9月30日，云岭县共有两新组织14家，已建立党组织（含联合、挂靠等方式）9家，总体组建率64.3%，"
        "未建立4家，建立情况不详1家；对照政策存在缺口的4家，另有1家数据待核。"
    )
    assert county(EN).conclusion.startswith(
        "As of 30 September 2026, 云岭县 has 14 organisations: 9 (overall rate 64.3%) with"
    )


def test_what_is_zero_is_left_out_of_the_conclusion_except_where_it_is_the_news() -> None:
    total = areas("| 合计 | 单位 | 已建 | 不详 | 甲 | 乙 | 丙 | 待核 |\n| | 10 | 10 | 0 | 0 | 0 | 0 | 0 |")[0]
    sentence = county(total=total, gaps=()).conclusion
    assert sentence.endswith("总体组建率100.0%，未建立0家；对照政策没有发现缺口。")


@pytest.mark.parametrize(("then", "says"), [(12, "增加2家"), (15, "减少1家"), (14, "持平")])
def test_the_change_since_the_round_before(then: int, says: str) -> None:
    earlier = [area("丙乡", then, 0, 0, {}, 0)]
    change = county(before=round_of(1, None, organisations=99, as_of="2026-06"), earlier=earlier).change
    assert says in change and "2026年第二季度" in change and "2026年6月" in change


def test_a_page_about_a_part_does_not_tell_what_is_true_of_the_whole() -> None:
    part = county(total=areas("| | 单位 | 已建 | 不详 | 甲 | 乙 | 丙 | 待核 |\n| | 4 | 2 | 0 | 0 | 0 | 0 | 0 |")[0])
    assert (part.intake, part.change) == ("", "")
    assert "最近一次上报14家" in county().intake and county().change


def test_a_policy_of_another_day_is_said() -> None:
    assert county().heading.in_force == ""
    assert county(round=round_of(2, None, as_of="2026-09")).heading.in_force == ""
    assert county(stamp=STAMP.model_copy(update={"as_of": "2020-01-01"})).heading.in_force == "2020年1月1日"


def test_townships_are_ranked_by_rate_and_equal_rates_share_a_place() -> None:
    lines = county().townships.lines
    assert [(line.label, line.rank, line.share.text) for line in lines] == [
        ("河口乡", 1, "66.7%"),
        ("清水街道", 1, "66.7%"),
        ("文峰镇", 3, "50.0%"),
        ("空山乡", None, "—"),
        ("未注明", None, "100.0%"),
    ]


def test_the_places_that_a_township_rose_or_fell_since_the_round_before() -> None:
    """清水街道 was first, 文峰镇 second, 河口乡 third; now the first two share the first place."""
    moved = {line.label: line.moved for line in county().townships.lines}
    assert moved == {"河口乡": 2, "清水街道": 0, "文峰镇": -1, "空山乡": None, "未注明": None}
    assert not county(earlier=()).townships.moves


def test_gap_columns_stand_in_order_of_severity_and_empty_ones_are_named_instead() -> None:
    table = county().townships
    assert [column.code for column in table.columns] == ["unbuilt_standalone", "no_liaison", "mass_org_missing"]
    assert "活动不正常" in table.absent and "数据待核" not in table.absent
    assert table.total.gaps == (2, 2, 1)


def test_kinds_keep_their_order_and_bear_their_names() -> None:
    assert [line.label for line in county().kinds.lines] == ["非公有制企业", "社会组织"]


def test_gap_lists_hold_one_row_an_organisation_in_the_order_of_the_townships() -> None:
    lists = {each.code: each for each in county().gaps}
    assert [row.name for row in lists["unbuilt_standalone"].rows] == ["松涛岭厂", "青石坡木业公司"]
    [mass] = lists["mass_org_missing"].rows
    assert [basis.title for basis in mass.basis] == ["应建工会", "应建妇女组织"]
    assert lists["no_liaison"].share.text == "14.3%"
    assert lists["inactive"].rows == ()


def test_facts_become_columns_and_what_all_share_is_said_once() -> None:
    [unbuilt, *_] = county().gaps
    assert [column.label for column in unbuilt.columns] == ["党员总数（名）", "正式党员（名）"]
    assert unbuilt.same == ("是否建立党组织“否”",)
    mass = next(each for each in county().gaps if each.code == "mass_org_missing")
    assert mass.same == ("是否建立工会“否”",) and not mass.advised and unbuilt.advised


def test_what_is_the_same_only_where_it_was_asked_says_so() -> None:
    two = """
    | 单位名称 | 乡镇 | 规则 | 判定 | 缺口 | 建议 | 依据 | 事实 |
    | 甲厂 | 文峰镇 | union | gap | mass_org_missing | liaison | | employees=38 has_union=no |
    | 乙厂 | 文峰镇 | women | gap | mass_org_missing | liaison | | female_employees=12 org_form=? |
    """
    mass = next(each for each in county(gaps=decisions(two)).gaps if each.code == "mass_org_missing")
    assert mass.same == ("是否建立工会“否”（涉及此项的）",)
    assert [column.label for column in mass.columns] == ["从业人员（名）", "女职工（名）"]


def test_an_unknown_fact_is_unknown_and_a_fact_nobody_asked_for_is_blank() -> None:
    [unbuilt, *_] = county().gaps
    assert [row.facts for row in unbuilt.rows] == [("5", "不详"), ("", "4")]


def test_a_decision_by_the_total_says_so() -> None:
    [unbuilt, *_] = county().gaps
    assert [row.note for row in unbuilt.rows] == ["按党员总数判定", ""]


def test_unknown_verdicts_are_listed_apart_with_what_they_may_turn_out_to_be() -> None:
    page = county()
    [row] = page.to_confirm
    assert (row.name, row.reasons, row.suspected) == ("竹影轩商会", ("没有填写是否建立党组织",), ("应建未建",))
    assert all(each.name != "竹影轩商会" for gaps in page.gaps for each in gaps.rows)


def test_two_organisations_of_one_name_stay_two() -> None:
    twice = decisions(DECISIONS)[:1] * 2
    liaison = next(each for each in county(gaps=twice).gaps if each.code == "no_liaison")
    assert len(liaison.rows) == 2


def test_a_rule_that_only_a_decision_cites_is_quoted_too() -> None:
    page = county(rules=())
    assert [basis.title for basis in page.basis] == ["liaison", "standalone", "union", "women"]
    assert page.basis[1].where == "《支部工作条例（样例）》第五条"


def test_problems_are_counted_by_file_and_by_kind_errors_first() -> None:
    page = county()
    assert [(line.file, line.errors, line.warnings, line.total) for line in page.quality] == [
        ("河口乡.et", 1, 1, 2),
        ("文峰镇.xlsx", 0, 1, 1),
    ]
    assert [(kind.level, kind.count, kind.files) for kind in page.problems] == [("必改", 1, 1), ("提醒", 2, 2)]


def test_source_files_say_their_round_their_rows_and_their_hash() -> None:
    [first, refused, old] = county().sources
    assert (first.file, first.round, first.sheets, first.organisations, first.short) == (
        "文峰镇.xlsx",
        2,
        2,
        4,
        "0123456789ab",
    )
    assert refused.refused == "refused_for_a_test"
    assert old.round == 1


def test_an_empty_round_has_a_page_too() -> None:
    page = empty()
    assert page.conclusion == "本地本期台账没有单位，无法计算覆盖率。"
    assert page.total.share.text == "—" and page.change == ""


def test_the_order_in_which_areas_come_changes_nothing() -> None:
    assert county(townships=areas(TOWNSHIPS)[::-1]).townships.lines[2:] == county().townships.lines[2:]


def test_a_section_is_a_module_a_part_and_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What a new section takes: its values, its part of the template, and its place in the list."""
    kinds = next(at for at, each in enumerate(sections.COVERAGE) if each.name == "kinds")
    own = sections.Section("counties", make=lambda given, _: given.total.organisations)
    listed = (*sections.COVERAGE[:kinds], own, *sections.COVERAGE[kinds:])
    monkeypatch.setattr(sections, "PAGES", {"coverage.html.j2": listed})
    (tmp_path / "sections").mkdir()
    part = '<section id="counties"><h2>{{ title("counties") }}</h2>{{ page.more.counties }}</section>'
    (tmp_path / "sections" / "counties.html.j2").write_text(part, encoding="utf-8")
    found = render.coverage(page.coverage(facts(), ZH, listed), ZH, tmp_path)
    assert "<h2>三、分县（市、区）覆盖情况</h2>14</section>" in found and "四、分单位类别覆盖情况" in found
    assert found.index('href="#townships"') < found.index('href="#counties"') < found.index('href="#kinds"')
