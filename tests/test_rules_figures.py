"""Figures that open to their rows, distributions, engines, and the stamp on every output."""

import csv
import io
import json
import shutil
from collections import Counter
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from coverage_census.policy.figures import distributions, indicators
from kit import Census, Workbook

YUEXI = Path(__file__).parents[1] / "data" / "samples" / "yuexi"
ENGINES = ["pyarrow", "pandas"]
spark = pytest.mark.skipif(find_spec("pyspark") is None or not shutil.which("java"), reason="no Java or no pyspark")


@pytest.fixture
def yuexi(census: Census, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Census:
    """The ledger of the sample county, read once for all tests."""
    kept = tmp_path_factory.getbasetemp() / "yuexi-ledger"
    if not kept.exists():
        assert census("ingest", YUEXI).code in (0, 3)
        shutil.copytree(tmp_path / "ledger", kept)
    else:
        shutil.copytree(kept, tmp_path / "ledger")
    return census


def test_every_figure_opens_to_exactly_its_rows(yuexi: Census) -> None:
    codes = list(indicators.definitions())
    figures = {each["code"]: each for each in json.loads(yuexi("indicators", "--json").out)}
    rows = json.loads(yuexi("indicators", *codes, "--list", "--json").out)
    for code in codes:
        mine = [each for each in rows if each["code"] == code]
        counted = {flag: sum(each[flag] for each in mine) for flag in ("numerator", "denominator", "unknown")}
        assert counted == {flag: figures[code][flag] for flag in counted}, code
        assert all(not each["numerator"] or each["denominator"] for each in mine)


def test_a_list_says_on_which_side_each_is(yuexi: Census) -> None:
    out = yuexi("indicators", "due_rate", "--list").out
    assert out.splitlines()[0].startswith("应建组建率 ")
    assert "只在分母" in out and "分子" in out and "default" in out.splitlines()[-1]
    rows = list(csv.DictReader(io.StringIO(yuexi("indicators", "due_rate", "--list", "--csv").out[1:])))
    assert rows and {row["policy"] for row in rows} == {"default"}


def test_a_list_needs_to_know_of_what(census: Census) -> None:
    ran = census("indicators", "--list")
    assert ran.code == 2 and "org_coverage" in ran.err
    assert "due_rate" in census("indicators", "due_rat", "--list").err
    assert "pipeline" in census("indicators", "pipelin", "--more").err


def test_distributions_add_up_to_their_whole(yuexi: Census) -> None:
    found = json.loads(yuexi("indicators", "--more", "--json").out)
    assert list(dict.fromkeys(each["table"] for each in found)) == list(distributions.CODES)
    for table in ("reasons", "pipeline"):
        mine = [each for each in found if each["table"] == table]
        assert sum(each["numerator"] for each in mine) == mine[0]["denominator"], table
    blocks = [each for each in found if each["table"] == "blocks"]
    for block in (each for each in blocks if each["part_of"] is None):
        parts = [each for each in blocks if each["part_of"] == block["code"]]
        assert block["numerator"] == sum(each["numerator"] for each in parts)
        assert block["denominator"] == sum(each["denominator"] for each in parts)
    out = yuexi("indicators", "--more").out
    assert "无组织抓组建" in out and "有组织抓规范" in out and "已规范抓创新" in out and "四清" in out


SURVEY = """
| 企业名称 | 从业人员 | 党员总数 | 正式党员 | 已建党组织 | 组建方式 | 未建立党组织原因 | 是否正常开展活动 | 经营状态 |
| 甲有限公司 | 10 | 4 | 4 | 是 | 单独 | | 是 | 正常 |
| 乙有限公司 | 20 | 4 | 4 | 是 | 单独 | | 否 | 正常 |
| 丙有限公司 | 30 | 4 | 4 | 是 | 单独 | | | 正常 |
| 丁有限公司 | 40 | 0 | 0 | 否 | | 没有党员 | | 正常 |
| 戊有限公司 | 约50 | 3 | 3 | 否 | | 出资人不支持 | | 正常 |
| 己有限公司 | 60 | | | 否 | | | | 正常 |
| 庚有限公司 | 60 | 1 | 1 | | | | | 正常 |
| 辛有限公司 | 60 | 1 | 1 | 否 | | 没有党员 | | 注销 |
"""


def test_three_states_reasons_and_members_among_staff(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("甲镇.xlsx", SURVEY))
    found = json.loads(census("indicators", "--more", "--json").out)
    counts = {(each["table"], each["code"]): each["numerator"] for each in found if each["table"] != "blocks"}
    states = {code: number for (table, code), number in counts.items() if table == "pipeline"}
    assert states == {"build": 3, "regularise": 1, "renew": 1, "unknown": 2}
    reasons = {code: number for (table, code), number in counts.items() if table == "reasons" and number}
    assert reasons == {"no_members": 1, "owner": 1, "blank": 1}
    (ratio,) = [each for each in found if each["table"] == "members_per_staff"]
    assert (ratio["numerator"], ratio["denominator"], ratio["counted"]) == (13, 160, "persons")
    (women,) = json.loads(census("indicators", "women_rate", "--json").out)
    assert (women["numerator"], women["unknown"], women["denominator"], women["gone"]) == (0, 7, 7, 1)
    assert "资料不足（已知0家，不详7家）" in census("indicators", "women_rate").out  # nobody is known: no rate


@pytest.mark.parametrize(
    "units", [("party_orgs", "organisations"), ("organisations", "party_orgs"), ("persons", "organisations")]
)
def test_what_is_counted_is_the_same_above_and_below(units: tuple[str, str]) -> None:
    above, below = units
    one: dict[str, Any] = {
        "numerator": {"fact": "has_org", "is": True},
        "numerator_unit": above,
        "denominator_unit": below,
    }
    with pytest.raises(ValidationError, match="same above and below"):
        indicators.Definition.model_validate(one)
    with pytest.raises(ValidationError, match="same above and below"):
        distributions.Ratio.model_validate({
            "above": "members",
            "below": "employees",
            **{k: one[k] for k in one if "unit" in k},
        })


def test_every_reason_class_and_field_has_its_words(census: Census) -> None:
    from coverage_census.model.organisation import about
    from coverage_census.words.catalogue import Words

    said = distributions.definitions()
    words = Words("zh")
    assert all(words.has(f"distribution.reasons.{each.code}") for each in said.reasons.parts)
    assert all(words.has(f"distribution.blocks.{code}") for code in said.blocks)
    assert distributions.fields() - {"excluded"} <= set(about())


@pytest.mark.parametrize("engine", [*ENGINES, pytest.param("spark", marks=spark)])
@pytest.mark.parametrize(
    "words",
    [
        ("gaps", "--list", "--json"),
        ("gaps", "--county", "--json"),
        ("gaps", "--industry", "--csv", "--policy", "official"),
        ("indicators", "--json"),
        ("indicators", "--more", "--json"),
        ("indicators", "work_coverage", "--list", "--json"),
        ("rules", "compare", "default", "official", "--json"),
    ],
)
def test_every_engine_gives_the_same_answers_row_by_row(yuexi: Census, words: tuple[str, ...], engine: str) -> None:
    expected, found = yuexi(*words), yuexi(*words, "--engine", engine)
    assert found.code == expected.code == 0
    if "--csv" in words or "--county" in words or "--more" in words:
        assert found.out == expected.out
        return
    rows = [Counter(json.dumps(each, sort_keys=True) for each in json.loads(ran.out)) for ran in (expected, found)]
    assert rows[0] == rows[1] and rows[0]


def test_an_engine_that_is_not_there_is_one_sentence(census: Census) -> None:
    ran = census("gaps", "--engine", "polars")
    assert ran.code == 2 and "duckdb" in ran.err
    if find_spec("pyspark") is None:
        census("template")
        ran = census("gaps", "--engine", "spark")
        assert ran.code == 1 and ran.err.count("\n") == 1


def test_every_output_carries_policy_version_and_day(yuexi: Census) -> None:
    stamp = {"name", "version", "as_of"}
    for words in (
        ("gaps", "--county"),
        ("gaps", "中关镇", "--list"),
        ("indicators",),
        ("indicators", "due_rate", "--list"),
        ("indicators", "--more"),
        ("explain", "岳西县中关镇澜槿塑业有限责任公司"),
    ):
        told = json.loads(yuexi(*words, "--json").out)
        for each in told:
            assert set(each["policy"]) == stamp and all(each["policy"].values()), words
        assert told[0]["policy"]["version"] in yuexi(*words).out, words
    header = yuexi("gaps", "--county", "--csv").out.splitlines()[0]
    assert "口径" in header


def test_as_of_takes_the_policy_and_the_round_of_that_day(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("甲镇.xlsx", SURVEY), "--as-of", "2017-06-30")
    census("ingest", workbook("乙镇.xlsx", SURVEY.replace("甲有限", "申有限")), "--as-of", "2026-06-30")
    for day, rows, since in (("2017-12-31", 8, "2012-05-25"), ("2026-12-31", None, "2018-10-28")):
        listed = json.loads(census("gaps", "--list", "--json", "--as-of", day).out)
        assert {each["policy"]["as_of"] for each in listed} == {day}
        assert rows is None or len({each["name"] for each in listed}) == rows
        card = json.loads(census("explain", "乙有限公司", "--json", "--as-of", day).out) if rows else None
        assert card is None or card[0]["parameters"][0]["since"] == since
        figures = json.loads(census("indicators", "overall_rate", "--json", "--as-of", day).out)
        assert figures[0]["policy"]["as_of"] == day and date.fromisoformat(figures[0]["as_of"]) <= date.fromisoformat(
            day
        )
    assert census("report", "--html", "--as-of", "2017-12-31").code == 0
    early = census("gaps", "--as-of", "2010-01-01")
    assert early.code == 1 and "2017-06-30" in early.err


def test_the_page_has_no_rate_where_nobody_is_known() -> None:
    from coverage_census.report.figures import Share

    assert (Share(0, 8, "资料不足").text, Share(0, 8).text) == ("资料不足", "0.0%")
