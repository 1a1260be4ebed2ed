"""Coverage tables and indicators: the published figures come out, and what cannot be told is counted apart."""

from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from coverage_census.errors import WrongUsage
from coverage_census.model import tables
from coverage_census.model.decision import AreaCoverage, Gap, Indicator
from coverage_census.policy.decide import columns, frames
from coverage_census.policy.figures import coverage, indicators
from coverage_census.policy.files import rulebook
from coverage_census.words.catalogue import Words
from coverage_census.words.numbers import percent

DEFAULT = rulebook.load("default", date(2026, 1, 1))
OFFICIAL = rulebook.load("official", date(2026, 1, 1))
Rows = list[dict[str, Any]]


def _arrow(some: Rows) -> pa.Table:
    blank = dict.fromkeys(tables.schema().names)
    full = [blank | row | {"name": row.get("name", f"单位{number}")} for number, row in enumerate(some)]
    return pa.Table.from_pylist(full, schema=tables.schema())


def _rates(some: Rows, *codes: str, policy: Any = DEFAULT) -> dict[str, Indicator]:
    frame = columns.ends(duckdb.connect().from_arrow(_arrow(some)), policy, rules=(), carry=indicators.fields(codes))
    found = indicators.compute(frame, policy, Words("zh"), "2026-06-30", codes)
    return {each.code: each for each in found}


def _figure(each: Indicator) -> tuple[int, int, str]:
    return each.numerator, each.denominator, percent(each.numerator, each.denominator)


def _by(some: Rows, group: coverage.Group | None, table: Any = None) -> list[AreaCoverage]:
    frame = columns.ends(duckdb.connect().from_arrow(_arrow(some)) if table is None else table, DEFAULT)
    return coverage.by(frame, group, DEFAULT)


def test_the_city_of_s2a() -> None:
    standalone = [{"has_org": True, "org_form": "standalone"}] * 131
    social = [
        {"has_org": True, "org_form": form} for form in ["standalone", "joint", "affiliated"] * 61 + ["joint"] * 2
    ]
    built = standalone + social
    surveyed = [row | {"active": number < 11} for number, row in enumerate(built[:50])]
    found = _rates([*surveyed, *built[50:], *([{"has_org": False}] * 2906)])
    assert _figure(found["overall_rate"]) == (316, 3222, "9.8%")
    assert _figure(found["active_rate"]) == (11, 50, "22.0%")
    assert found["active_rate"].unknown == 266
    assert found["org_coverage"].numerator == 316 - 61  # 挂靠 does not count there
    assert found["standalone_rate"].numerator == 131 + 61


def test_the_county_of_s4() -> None:
    rows = [
        {"has_org": n < 224, "has_union": n < 114, "has_league": n < 23, "has_women_org": n < 43} for n in range(384)
    ]
    found = _rates(rows)
    assert _figure(found["overall_rate"]) == (224, 384, "58.3%")
    assert _figure(found["union_rate"]) == (114, 384, "29.7%")
    assert _figure(found["league_rate"]) == (23, 384, "6.0%")
    assert _figure(found["women_rate"]) == (43, 384, "11.2%")


def test_the_county_of_s0() -> None:
    built = [{"has_org": True, "members_formal": 3, "org_form": "standalone"}] * 10
    found = _rates([*built, *([{"has_org": False, "members_total": 0}] * 30)], "due_rate", "overall_rate")
    assert _figure(found["due_rate"]) == (10, 10, "100.0%")
    assert _figure(found["overall_rate"]) == (10, 40, "25.0%")


def test_a_rate_of_nothing_is_no_rate() -> None:
    (found,) = _rates([{"has_org": False}], "active_rate").values()
    assert (found.denominator, found.rate) == (0, None)
    assert all(each.rate is None for each in _rates([]).values())


def test_decisions_on_totals_are_counted_where_a_figure_is_built_on_them() -> None:
    rows: Rows = [{"members_total": 5, "has_org": False}, {"members_formal": 3, "has_org": True}, {"members_total": 0}]
    by_default = _rates(rows)
    assert by_default["due_rate"].by_total_basis == 1 and by_default["liaison_rate"].by_total_basis == 1
    assert by_default["overall_rate"].by_total_basis == 0
    official = _rates(rows, policy=OFFICIAL)["due_rate"]
    assert (official.numerator, official.denominator, official.unknown, official.by_total_basis) == (1, 1, 1, 0)


def test_stated_as_due_is_due() -> None:
    found = _rates([{"has_org": False, "not_built_reason": "应建未建"}], "due_rate")["due_rate"]
    assert (found.numerator, found.denominator) == (0, 1)


def test_unknown_is_neither_yes_nor_no() -> None:
    found = _rates([{"has_org": True}, {"has_org": True, "org_form": "joint"}, {}, {"above_scale": True}])
    assert (found["org_coverage"].numerator, found["org_coverage"].unknown) == (1, 3)
    assert (found["above_scale_rate"].denominator, found["above_scale_rate"].unknown) == (1, 4)
    assert (found["work_coverage"].denominator, found["work_coverage"].unknown) == (0, 2)


def test_shells_are_registered_but_do_not_operate_and_whoever_is_gone_is_neither() -> None:
    built: dict[str, Any] = {"has_org": True, "org_form": "standalone", "has_union": True, "instructors": 1}
    gone = [built | {"operating_status": status} for status in ("closed", "moved")]
    found = _rates([built, {"has_org": False, "operating_status": "shell"}, *gone])
    assert _figure(found["org_coverage"]) == (1, 1, "100.0%")
    assert _figure(found["overall_rate"]) == _figure(found["union_rate"]) == (1, 2, "50.0%")
    assert {each.gone for each in found.values()} == {2}


def test_whoever_is_gone_is_in_no_rate_and_in_nothing_that_cannot_be_told() -> None:
    every: dict[str, Any] = {
        "has_org": True, "org_form": "joint", "members_formal": 4, "above_scale": True, "zone": "科技园",
        "active": True, "venue": True, "funds_yuan": 5.0, "instructors": 2, "has_union": True, "has_league": True,
        "has_women_org": True,
    }  # fmt: skip
    for status in ("closed", "moved"):
        for row in (every, every | {"has_org": False}, {}):
            found = _rates([row | {"operating_status": status}])
            assert len(found) == 15
            for each in found.values():
                assert (each.numerator, each.denominator, each.unknown, each.known, each.by_total_basis) == (0,) * 5


def test_work_coverage_is_of_those_without_an_organisation() -> None:
    rows: Rows = [
        {"has_org": False, "instructors": 1},
        {"has_org": False, "has_league": True},
        {"has_org": False, "instructors": 0, "has_union": False, "has_league": False, "has_women_org": False},
        {"has_org": True, "instructors": 1},
    ]
    assert _figure(_rates(rows)["work_coverage"]) == (2, 3, "66.7%")


def test_funds_of_nothing_are_no_funds() -> None:
    rows: Rows = [{"has_org": True, "funds_yuan": amount} for amount in (0.0, 0.5, 3000.0, None)]
    found = _rates(rows)["funds_rate"]
    assert (found.numerator, found.denominator, found.unknown) == (2, 3, 1)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_indicator_says_what_it_is(lang: str) -> None:
    frame = columns.ends(_arrow([{}]), DEFAULT)
    found = indicators.compute(frame, DEFAULT, Words("zh") if lang == "zh" else Words("en"), date(2026, 6, 30))
    assert [each.code for each in found] == list(indicators.definitions())
    for each in found:
        assert each.label and each.denominator_label and each.definition and each.source and each.as_of == "2026-06-30"


def test_a_figure_opens_to_its_rows() -> None:
    rows: Rows = [{"name": "甲厂", "has_org": True}, {"name": "乙厂", "has_org": False}, {"name": "丙厂"}]
    frame = columns.columns(duckdb.connect().from_arrow(_arrow(rows)), DEFAULT)
    flags = indicators.conditions("overall_rate")
    assert [row["name"] for row in frames.rows(frame.filter(flags.numerator).select("name"))] == ["甲厂"]
    assert [row["name"] for row in frames.rows(frame.filter(flags.unknown).select("name"))] == ["丙厂"]
    with pytest.raises(WrongUsage) as refused:
        indicators.conditions("overal_rate")
    assert refused.value.values["near"] == "overall_rate"


def test_townships_of_two_counties_are_kept_apart() -> None:
    rows: Rows = [
        {"county": "甲县", "township": "城关镇", "has_org": True},
        {"county": "乙县", "township": "城关镇", "has_org": False},
        {"county": "乙县", "township": "文峰镇"},
        {"county": "乙县"},
        {},
    ]
    lines = {line.group: line for line in _by(rows, "township")}
    assert list(lines) == ["甲县城关镇", "文峰镇", "乙县城关镇", None]
    assert (lines["甲县城关镇"].covered, lines["乙县城关镇"].covered) == (1, 0)
    assert lines[None].organisations == 2


def test_groups_come_in_a_sensible_order() -> None:
    rows: Rows = [{"kind": "other"}, {"kind": "social_org"}, {"kind": "enterprise"}, {}]
    assert [line.group for line in _by(rows, "kind")] == ["enterprise", "social_org", "other", None]
    scale: Rows = [{"above_scale": False}, {}, {"above_scale": True}]
    assert [line.group for line in _by(scale, "above_scale")] == ["true", "false", None]
    counties = [{"county": "长丰县"}, {"county": ""}, {"county": "安吉县"}, {"county": "宝应县"}]
    assert [line.group for line in _by(counties, "county")] == ["安吉县", "宝应县", "长丰县", None]


def test_an_organisation_counts_once_in_each_class_of_gap() -> None:
    rows: Rows = [
        {"members_formal": 3, "has_org": False, "employees": 150, "has_union": False, "league_members": 5}
        | {"has_league": False},
        {"members_formal": 3, "has_org": False, "operating_status": "closed"},
        {"members_total_min": 2, "has_org": None},
    ]  # fmt: skip
    (line,) = _by(rows, None)
    assert (line.organisations, line.covered, line.not_covered, line.unknown, line.gone) == (2, 0, 1, 1, 1)
    assert {gap: count for gap, count in line.gaps.items() if count} == {
        Gap.UNBUILT_STANDALONE: 1, Gap.LARGE_UNBUILT: 1, Gap.MASS_ORG_MISSING: 1,
    }  # fmt: skip
    assert line.to_confirm == 1


@pytest.mark.parametrize("group", ["county", "township", "kind", "industry", "zone", "above_scale", None])
def test_every_engine_counts_alike_and_lines_add_up(group: coverage.Group | None) -> None:
    rows: Rows = [
        {"county": county, "township": "城关镇", "kind": "enterprise", "industry": industry, "above_scale": scale,
         "members_total": total, "has_org": built}
        for county in ("甲县", None) for industry in ("制造业", None) for scale in (True, None)
        for total in (0, 3, None) for built in (True, False, None)
    ]  # fmt: skip
    table = _arrow(rows)
    lines = _by(rows, group)
    assert lines == _by(rows, group, table) == _by(rows, group, table.to_pandas())
    (everyone,) = _by(rows, None)
    assert coverage.total(lines) == everyone


def test_nothing_at_all_is_a_table_of_nothing() -> None:
    assert _by([], "county") == []
    (line,) = _by([], None)
    assert (line.organisations, line.rate) == (0, None)


def test_every_engine_gives_the_same_indicators() -> None:
    rows: Rows = [
        {"has_org": built, "org_form": form, "members_total": total}
        | {"active": active, "zone": zone, "funds_yuan": funds}
        for built in (True, False, None) for form in ("joint", None) for total in (0, 3, None)
        for active, zone, funds in ((True, "园区", 0.0), (None, None, 10.5))
    ]  # fmt: skip
    table = _arrow(rows)
    found = [
        indicators.compute(columns.ends(native, DEFAULT, rules=()), DEFAULT, Words("zh"), "2026-06-30")
        for native in (duckdb.connect().from_arrow(table), table, table.to_pandas())
    ]
    assert found[0] == found[1] == found[2]
