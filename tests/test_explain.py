"""The card of one organisation: conclusion, article, facts with cells, numbers, if-then, other policies."""

import json
import shutil
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coverage_census.model.decision import Verdict
from coverage_census.policy.decide import columns, explain, frames
from coverage_census.policy.figures import what_if
from coverage_census.policy.files import rulebook
from coverage_census.words.catalogue import Words
from coverage_census.words.width import width
from kit import Census, Workbook

DAY = date(2026, 6, 30)
ZH = Words("zh")
SURVEY = """
| 文峰镇两新组织党建情况统计表（合成样例） | | | | | | | | | |
| 填报单位：文峰镇 | | | | 截止日期：2026年6月30日 | | | | | |
| 序号 | 企业名称 | 从业人员 | 党员总数 | 正式党员 | 预备党员 | 已建党组织 | 组建方式 | 党组织名称 | 指导员人数 |
| 1 | 文峰镇甲乙食品有限公司 | 60 | 3 | 2 | 1 | 否 | | | 0 |
| 2 | 文峰镇丙丁建材有限公司 | 12 | 5 | | | 否 | | | |
| 3 | 文峰镇戊己商贸有限公司 | 101 | 0 | 0 | 0 | 否 | | | 0 |
| 4 | 文峰镇庚辛机械有限公司 | 30 | 2 | 2 | 0 | 是 | 联合 | 文峰联合支部 | |
| 5 | 文峰镇壬癸物流有限公司 | 30 | 1 | 1 | 0 | 是 | 联合 | 文峰联合支部 | |
| 6 | 文峰镇子丑茶叶有限公司 | 8 | 4 | 4 | 0 | 是 | 单独 | 子丑支部 | |
"""


@pytest.fixture
def office(census: Census, workbook: Workbook, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Census:
    """A ledger with one township, read once for all tests."""
    kept = tmp_path_factory.getbasetemp() / "explained"
    if not kept.exists():
        census("ingest", workbook("survey.xlsx", SURVEY))
        shutil.copytree(tmp_path / "ledger", kept)
    else:
        shutil.copytree(kept, tmp_path / "ledger")
    return census


def test_the_card_has_its_parts_in_order(office: Census) -> None:
    out = office("explain", "甲乙食品").out
    parts = ["结论", "条文", "事实", "参数", "口径", "若则", "读法", "别的口径"]
    places = [out.index(f"\n{part}") for part in parts]
    assert places == sorted(places)
    assert "survey.xlsx!Sheet1!E4" in out  # the formal count
    assert "正式党员3名以上，自2018-10-28起（formal_threshold）" in out


def test_two_formal_of_three_members_are_a_hole_and_how_it_is_read(office: Census) -> None:
    out = office("explain", "甲乙食品").out
    assert "应联合组建或挂靠，有党员未覆盖" in out
    assert "若正式党员多1名（3名）：应单独组建，应建未建。" in out
    assert "若1名预备党员转正（正式党员3名）：应单独组建，应建未建。" in out
    assert out.index("读法") < out.index("别的口径")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["甲乙食品", "丙丁建材", "戊己商贸", "庚辛机械", "子丑茶叶"])
def test_the_card_fits_80_columns(office: Census, monkeypatch: pytest.MonkeyPatch, name: str, lang: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    ran = office("explain", name, "--lang", lang)
    assert ran.code == 0 and not ran.err
    assert max(width(line) for line in ran.out.splitlines()) <= 80, ran.out


def test_a_missing_fact_says_what_each_value_would_change(office: Census) -> None:
    out = office("explain", "丙丁建材", "--policy", "official").out
    assert (
        "若正式党员为3至" in out.replace("若正式党员为3名及以上", "若正式党员为3至") and "应单独组建，应建未建" in out
    )
    assert "若正式党员为0至2名：应联合组建或挂靠，有党员未覆盖。" in out


def test_other_policies_stand_where_they_differ(office: Census) -> None:
    out = office("explain", "丙丁建材").out
    other = out[out.index("别的口径") :]
    assert "official：建议待定，数据待核" in other
    assert "结论相同" in other


def test_gaps_have_cards_and_the_rest_a_line(office: Census) -> None:
    out = office("explain", "戊己商贸").out
    assert "规模较大单位建立党组织：规模较大未建" in out and "survey.xlsx!Sheet1!C6" in out
    assert "若从业人员少1名（100名）：不适用。" in out
    assert "\n不适用：" in out


def test_json_keeps_the_list_of_decisions_and_adds_what_stands_behind(office: Census) -> None:
    found = json.loads(office("explain", "甲乙食品", "--json").out)
    assert isinstance(found, list) and found[0]["rule"] == "formation"
    listed = json.loads(office("gaps", "--list", "--json").out)
    mine = {each["rule"]: each for each in listed if "甲乙食品" in each["name"]}
    for each in found:
        assert mine[each["rule"]].items() <= each.items()
    assert found[0]["places"]["members_formal"] == "survey.xlsx!Sheet1!E4"
    assert found[0]["parameters"][0]["since"] == "2018-10-28"
    assert {each["kind"] for each in found[0]["what_if"]} == {"more", "fewer", "promoted"}
    assert {each["name"] for each in found[0]["others"]} == set(rulebook.names()) - {"default"}


def test_a_joint_branch_is_explained_with_its_other_rows(office: Census) -> None:
    found = json.loads(office("explain", "庚辛机械", "--json").out)
    (joint,) = [each for each in found if each["rule"] == "joint_regular"]
    listed = json.loads(office("gaps", "--list", "--json").out)
    same = next(each for each in listed if each["rule"] == "joint_regular" and "庚辛机械" in each["name"])
    assert same.items() <= joint.items()
    assert joint["facts"]["joint_size"] == 2


def test_every_organisation_of_the_sample_county_is_explained_as_the_list_decides(census: Census) -> None:
    sample = Path(__file__).parents[1] / "data" / "samples" / "yuexi"
    assert census("ingest", sample).code in (0, 3)
    listed = json.loads(census("gaps", "--list", "--json").out)
    joint = [each["uscc"] for each in listed if each["rule"] == "joint_regular" and each["verdict"] == "gap"][:3]
    plain = [each["uscc"] for each in listed if each["rule"] == "formation" and each["verdict"] == "unknown"][:3]
    for uscc in filter(None, [*joint, *plain]):
        found = {each["rule"]: each for each in json.loads(census("explain", uscc, "--json").out)}
        assert found
        for each in listed:
            if each["uscc"] == uscc:
                assert each.items() <= found[each["rule"]].items()


@pytest.mark.parametrize("asked", ["%", "（", "没有这一家", "91340000000000000X", "';--", "a" * 300])
def test_a_name_that_is_not_there_is_one_sentence(office: Census, asked: str) -> None:
    ran = office("explain", asked)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)


def test_a_name_in_two_townships_is_offered_and_can_be_asked_for_as_offered(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("a.xlsx", SURVEY))
    other = (
        SURVEY
        .replace("填报单位：文峰镇", "填报单位：青山镇")
        .replace("文峰镇两新", "青山镇两新")
        .replace("60 | 3", "70 | 3")
    )
    census("ingest", workbook("b.xlsx", other))
    several = census("explain", "文峰镇甲乙食品有限公司")
    assert several.code == 1 and "（青山镇）" in several.err and "（文峰镇）" in several.err
    one = census("explain", "文峰镇甲乙食品有限公司（青山镇）")
    assert one.code == 0 and "70" not in one.err and "青山镇" in one.out


def _row(**facts: Any) -> dict[str, Any]:
    return {"name": "甲厂", "has_org": False, **facts}


@pytest.mark.parametrize("policy", rulebook.names())
@pytest.mark.parametrize(
    "facts",
    [
        {"members_formal": 2, "members_probationary": 1, "members_total": 3},
        {"members_formal": 3},
        {"members_formal": 0, "members_total": 0},
        {"members_total": 5},
        {},
        {"members_total_min": 2, "members_total_max": 5},
        {"members_formal": 2, "has_org": None},
    ],
)
def test_what_if_says_what_a_changed_row_is_decided_as(policy: str, facts: dict[str, Any]) -> None:
    under = rulebook.load(policy, DAY)
    row = _row(**facts)
    for each in what_if.neighbours(row, under, "formation"):
        if each.kind == "known":
            changed = row | {each.field: each.values[0], f"{each.field}_min": None, f"{each.field}_max": None}
        else:
            step = -1 if each.kind == "fewer" else 1
            also = {"members_total": row["members_total"] + step} if row.get("members_total") is not None else {}
            if each.kind == "promoted":
                also = {"members_probationary": row["members_probationary"] - 1}
            changed = row | also | {each.field: each.values[0]}
        (then,) = [one for one in explain.decisions(changed, under, ZH) if one.rule == "formation"]
        assert (each.answer.advice, each.answer.verdict, each.answer.gap) == (then.advice, then.verdict, then.gap)


def test_what_if_in_a_joint_branch_moves_the_sum_of_the_branch() -> None:
    import pyarrow as pa

    policy = rulebook.load("default", DAY)
    both = {"has_org": True, "org_form": "joint", "org_name": "东联合支部", "county": "甲县"}
    table = pa.Table.from_pylist([
        {"name": "甲厂", **both, "members_formal": 1},
        {"name": "乙厂", **both, "members_formal": 1},
    ])
    row = next(each for each in frames.rows(columns.facts(table, policy)) if each["name"] == "甲厂")
    (now,) = [each for each in explain.decisions(row, policy, ZH) if each.rule == "joint_regular"]
    assert now.verdict is Verdict.GAP
    after = what_if.answer(
        what_if._with(explain.complete(row, policy), {"members_formal": 2}, policy), policy, "joint_regular"
    )
    assert after.verdict is Verdict.MET


_WRONG = ("formal_treshold=2", "formal_threshold", "formal_threshold=", "=2")
_NO_NUMBER = ("x", "-1", "²", "1e9", "2.5")


@pytest.mark.parametrize("said", [*_WRONG, *(f"formal_threshold={value}" for value in _NO_NUMBER)])
def test_a_number_that_cannot_be_tried_is_refused(office: Census, said: str) -> None:
    ran = office("gaps", "--what-if", said)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "formal_threshold" in ran.err


def test_a_number_that_is_tried_recounts_and_marks_the_version(office: Census) -> None:
    before = office("gaps", "--list", "--json").out
    tried = json.loads(office("gaps", "--list", "--json", "--what-if", "formal_threshold=2").out)
    advice = {each["name"]: each["advice"] for each in tried}
    assert advice["文峰镇甲乙食品有限公司"] == "standalone"
    assert all(each["policy"]["version"].endswith("+what-if") for each in tried)
    assert office("gaps", "--list", "--json").out == before
    assert "+what-if" in office("gaps", "--what-if", "formal_threshold=2").out
    assert "+what-if" in office("indicators", "--what-if", "formal_threshold=2").out


def test_a_card_is_quick(office: Census) -> None:
    start = time.process_time()
    office("explain", "甲乙食品")
    assert time.process_time() - start < 1.5
