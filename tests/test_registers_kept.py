"""Registers of other offices: read by their own headings, freed of persons, kept as they came. Invented names."""

import json
from pathlib import Path
from typing import Any

import pytest

from coverage_census.registers import vocabulary
from kit import Census, Workbook

SURVEY = """
| 单位名称 | 乡镇 | 从业人员 | 正式党员 | 是否建立党组织 | 是否建立工会 | 经营状态 |
| 云岭县富民食品有限公司 | 青石镇 | 30 | 4 | 是 | 否 | 正常 |
| 云岭县晨曦电子厂 | 青石镇 | 12 | 1 | 否 | 是 | 正常 |
| 星星幼儿园 | 白帽镇 | 18 | 0 | 否 | 是 | 正常 |
| 云岭县宏图商贸有限公司 | 白帽镇 | 5 | 0 | 否 | 否 | 正常 |
"""
UNION = """
| 云岭县总工会基层工会名册 |
| 截止日期：2026-09-30 |
| 序号 | 基层工会名称 | 覆盖单位 | 覆盖单位数 | 会员数 | 建会方式 | 工会主席 | 联系电话 | 法人资格证号 |
| 1 | 云岭县富民食品有限责任公司工会委员会 | | | 23 | 单独 | 周小满 | 13900001111 | 工法证字第1号 |
| 2 | 青石镇联合工会 | 晨曦电子厂、星星幼儿园等3家 | 3 | 41 | 联合 | 吴大有 | 13900002222 | |
| 3 | 城东社区工会联合会 | | | 120 | 联合 | | | |
"""
MARKET = """
| 云岭县市场主体登记名册（2026年9月30日） |
| 序号 | 企业名称 | 统一社会信用代码 | 登记状态 | 成立日期 | 住所 | 年报从业人数 | 法定代表人 | 登记机关 |
| 1 | 云岭县富民食品有限公司 | | 存续 | 2016-03-02 | 青石镇富民路1号 | 30 | 周小满 | 青石市场监管所 |
| 2 | 云岭县晨曦电子厂 | 9.1340828E+17 | 注销 | 2012-05-06 | 青石镇 | 12 | 吴大有 | 青石市场监管所 |
| 3 | 云岭县新来商贸有限公司 | | 存续 | 2020-01-01 | 白帽镇 | 3 | 郑东升 | 白帽市场监管所 |
"""
TAX = """
| 纳税人名册 |
| 纳税人识别号 | 纳税人名称 | 纳税人状态 | 个税人数 | 法定代表人姓名 |
| | 云岭县富民食品有限公司 | 正常 | 28 | 周小满 |
| | 云岭县宏图商贸有限公司 | 非正常 | 5 | 郑东升 |
| | 吴大有 | 正常 | 1 | 吴大有 |
"""
SOCIAL = """
| 单位编号 | 参保单位名称 | 统一社会信用代码 | 参保人数 |
| 30021234 | 云岭县富民食品有限公司 | | 26 |
"""
CIVIL = """
| 社会组织名称 | 登记证号 | 类型 | 业务主管单位 | 年检结论 | 登记状态 |
| 云岭县养蜂协会 | | 社会团体 | 农业农村局 | 合格 | 正常 |
| 星星幼儿园 | | 民办非企业单位 | 教育局 | 未年检 | 正常 |
"""
LEAGUE = """
| 团组织全称 | 所在单位 | 团员数 | 团组织类别 |
| 共青团富民食品有限公司支部委员会 | 云岭县富民食品有限公司 | 8 | 团支部 |
"""
WOMEN = """
| 妇女组织名称 | 类型 | 妇联主席 |
| 云岭县富民食品有限公司妇联 | 企业妇联 | 周小满 |
| 青石镇商圈妇联 | 商圈妇联 | |
"""
EVERY = {
    "union": UNION, "market": MARKET, "tax": TAX, "social_security": SOCIAL, "civil": CIVIL, "league": LEAGUE,
    "women": WOMEN,
}  # fmt: skip
ROWS = {"union": 3, "market": 3, "tax": 2, "social_security": 1, "civil": 2, "league": 1, "women": 2}
PERSONS = ("周小满", "吴大有", "郑东升", "13900001111")


@pytest.fixture
def county(census: Census, workbook: Workbook, tmp_path: Path) -> Census:
    (tmp_path / "census.toml").write_text('county = "云岭县"\n', encoding="utf-8")
    assert census("ingest", str(workbook("摸底.xlsx", SURVEY)), "--as-of", "2026-09-30").code in (0, 3)
    return census


def document(county: Census, *given: str) -> Any:
    ran = county("reconcile", *given, "--json")
    assert ran.code in (0, 3), ran.err
    return json.loads(ran.out)


def classes(found: dict[str, Any]) -> dict[str, list[int]]:
    return {name: [one["register"], one["ledger"]] for name, one in found["classes"].items() if any(one.values())}


@pytest.mark.parametrize("kind", EVERY)
def test_every_register_is_read_by_its_own_headings(county: Census, workbook: Workbook, kind: str) -> None:
    (found,) = document(county, str(workbook(f"{kind}.xlsx", EVERY[kind])), "--register", kind)
    assert found["register"] == kind and found["register_rows"] == ROWS[kind]


def test_a_joint_union_covers_whom_it_names_and_one_of_a_place_nobody(county: Census, workbook: Workbook) -> None:
    file = str(workbook("工会.xlsx", UNION))
    (found,) = document(county, file, "--register", "工会")
    assert found["as_of"] == "2026-09-30" and found["stated"] and found["without_organisation"] == 1
    assert found["only_counted"] == 1  # 等3家, two of them named
    assert classes(found) == {"counts_differ": [1, 1], "agrees": [1, 3], "doubtful": [1, 0]}
    (line,) = document(county, "--register", "union", "--list", "counts_differ")
    assert (line["in_register"]["name"], line["in_ledger"]["name"]) == (
        "云岭县富民食品有限责任公司工会委员会",
        "云岭县富民食品有限公司",
    )
    assert [(one["field"], one["register"], one["ledger"]) for one in line["differs"]] == [("has_union", True, False)]
    assert line["in_register"]["place"] == "工会.xlsx!Sheet1!B4" and line["step"] == "name_ending"


def test_nothing_of_a_person_is_kept(county: Census, workbook: Workbook, tmp_path: Path) -> None:
    for kind, table in EVERY.items():
        document(county, str(workbook(f"{kind}.xlsx", table)), "--register", kind)
    for path in (tmp_path / "ledger" / "registers").rglob("*"):
        if path.is_file():
            held = path.read_bytes()
            assert not any(name.encode() in held for name in PERSONS), path.name
    import pyarrow.parquet as pq

    for path in (tmp_path / "ledger" / "registers").rglob("rows.parquet"):
        said = [str(value) for row in pq.read_table(path).to_pylist() for value in row.values() if value is not None]
        assert not any(person in each for person in PERSONS for each in said), path
    (tax,) = (tmp_path / "ledger" / "registers" / "tax").rglob("rows.parquet")
    assert set(pq.read_table(tax).column_names) == {
        "name", "uscc", "code", "employees", "employees_min", "employees_max", "source_file", "source_sheet",
        "source_row",
    }  # fmt: skip


def test_the_same_register_twice_is_one_entry_and_changes_no_round(
    county: Census, workbook: Workbook, tmp_path: Path
) -> None:
    file = str(workbook("工会.xlsx", UNION))
    before = sorted(path.name for path in (tmp_path / "ledger" / "rounds").iterdir())
    first = document(county, file, "--register", "union")
    again = county("reconcile", file, "--register", "union")
    assert "留存过" in again.out and document(county, "--register", "union") == first
    assert len(list((tmp_path / "ledger" / "registers" / "union").iterdir())) == 1
    assert sorted(path.name for path in (tmp_path / "ledger" / "rounds").iterdir()) == before


def test_who_is_gone_there_and_who_is_missing_here(county: Census, workbook: Workbook) -> None:
    (found,) = document(county, str(workbook("市场.xlsx", MARKET)), "--register", "market")
    assert classes(found) == {
        "gone_but_listed": [1, 1], "agrees": [1, 1], "not_in_ledger": [1, 0], "not_in_register": [0, 2],
    }  # fmt: skip
    (line,) = document(county, "--list", "漏报")
    assert line["in_register"]["name"] == "云岭县新来商贸有限公司" and line["in_ledger"] is None
    rate = json.loads(county("indicators", "base_coverage", "--json").out)[0]
    assert (rate["numerator"], rate["denominator"], rate["as_of"]) == (1, 2, "2026-09-30")


def test_without_a_register_there_is_no_base_list(county: Census) -> None:
    ran = county("indicators", "base_coverage")
    assert ran.code == 1 and "census reconcile" in ran.err


def test_the_report_shows_how_the_base_list_comes_about(county: Census, workbook: Workbook, tmp_path: Path) -> None:
    document(county, str(workbook("市场.xlsx", MARKET)), "--register", "market")
    assert county("report", "--html").code == 0
    page = next((tmp_path / "reports").rglob("coverage.html")).read_text(encoding="utf-8")
    section = page[page.index('id="base_list"') :]
    assert "云岭县新来商贸有限公司" in section and "市场.xlsx!Sheet1!D4" in section and "50.0%" in section


def test_damage_to_a_register_is_damage_of_the_ledger(county: Census, workbook: Workbook, tmp_path: Path) -> None:
    document(county, str(workbook("工会.xlsx", UNION)), "--register", "union")
    assert county("verify").code == 0
    (rows,) = (tmp_path / "ledger" / "registers").rglob("rows.parquet")
    rows.write_bytes(rows.read_bytes() + b"x")
    assert county("verify").code == 6 and county("reconcile").code == 6


TOTALS = """
| 乡镇 | 工会数 | 会员数 |
| 青石镇 | 12 | 300 |
| 白帽镇 | 30 | 800 |
"""
ROSTER = """
| 会员姓名 | 性别 | 身份证号 | 联系电话 |
| 周小满 | 男 | 110101199001011237 | 13900001111 |
"""
TWO = """
| 企业名称 | 县（市、区） |
| 富民食品有限公司 | 云岭县 |
| 富民食品有限公司 | 天等县 |
| 好运来米业有限公司 | 天等县 |
"""


@pytest.mark.parametrize(
    ("table", "kind", "code", "said"),
    [
        (TOTALS, "union", 3, "没有留存"),
        (UNION, "market", 3, "--register union"),  # the wrong kind
        (UNION, "unoin", 2, "union"),
        (MARKET, None, 2, "--register"),
        (ROSTER, "union", 3, "没有留存"),
    ],
)  # fmt: skip
def test_what_is_no_such_register_is_a_sentence_and_not_kept(
    county: Census, workbook: Workbook, tmp_path: Path, table: str, kind: str | None, code: int, said: str
) -> None:
    asked = ["--register", kind] if kind else []
    ran = county("reconcile", str(workbook("名册.xlsx", table)), *asked)
    assert ran.code == code and said in ran.out + ran.err and "Traceback" not in ran.err
    assert not (tmp_path / "ledger" / "registers").exists()
    assert not any(person in ran.out + ran.err for person in PERSONS)


def test_a_register_of_two_counties_speaks_for_each_of_its_rows(county: Census, workbook: Workbook) -> None:
    (found,) = document(county, str(workbook("两县.xlsx", TWO)), "--register", "market", "--as-of", "2026-09-01")
    assert found["outside"]["register"] == 2 and found["older_than_round"]
    assert classes(found)["agrees"] == [1, 1]


def test_an_office_adds_a_register_of_its_own(county: Census, workbook: Workbook, tmp_path: Path) -> None:
    own = '[registers."商会"]\nlabel = "商会会员名册"\nlike = "market"\ncolumns = { "会员单位全称" = "单位名称" }\n'
    (tmp_path / "census.toml").write_text('county = "云岭县"\n' + own, encoding="utf-8")
    table = "| 会员单位全称 | 从业人数 |\n| 富民食品有限公司 | 31 |"
    ran = county("reconcile", str(workbook("商会.xlsx", table)), "--register", "商会")
    assert ran.code == 0 and "商会会员名册" in ran.out and "数不一致" in ran.out


def test_the_digest_of_run_says_how_registers_agree(county: Census, workbook: Workbook, tmp_path: Path) -> None:
    assert county("init", ".").code == 0
    document(county, str(workbook("市场.xlsx", MARKET)), "--register", "market")
    assert county("run").code in (0, 3)
    assert "市场监管登记名册" in (tmp_path / "reports" / "digest.txt").read_text(encoding="utf-8")
    told = json.loads((tmp_path / "reports" / "digest.json").read_text(encoding="utf-8"))
    assert [(one["open"], one["unlisted"]) for one in told["standing"]["registers"]] == [(2, 1)]


def test_every_pattern_of_the_vocabulary_gives_headings() -> None:
    assert list(vocabulary.variants("(基层|)工会(名称|)")) == ["基层工会名称", "基层工会", "工会名称", "工会"]
    assert all(len(vocabulary.headings(kind)) > 20 for kind in vocabulary.kinds())


def test_a_table_of_settings_needs_quotes_around_a_chinese_name(county: Census, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text('[registers.商会]\nlabel = "商会"\n', encoding="utf-8")
    ran = county("reconcile")
    assert ran.code == 1 and '[registers."商会"]' in ran.err


def test_a_register_that_comes_again_on_its_day_replaces_the_first(county: Census, workbook: Workbook) -> None:
    document(county, str(workbook("工会.xlsx", UNION)), "--register", "union")
    more = UNION + "| 4 | 宏图商贸有限公司工会 | | | 9 | 单独 | | | |\n"
    (found,) = document(county, str(workbook("工会.xlsx", more)), "--register", "union")
    assert found["register_rows"] == 4 and "repeated" not in classes(found)
    (found,) = document(county, str(workbook("青石镇工会.xlsx", UNION)), "--register", "union")
    assert found["register_rows"] == 7 and classes(found)["repeated"][0] > 0


def test_a_day_to_come_is_no_day_of_a_register(county: Census, workbook: Workbook, tmp_path: Path) -> None:
    ran = county("reconcile", str(workbook("工会.xlsx", UNION)), "--register", "union", "--as-of", "2027-01-01")
    assert ran.code == 2 and "2027-01-01" in ran.err and not (tmp_path / "ledger" / "registers").exists()


def test_a_list_of_covered_organisations_may_be_numbered_and_spaced(county: Census, workbook: Workbook) -> None:
    table = """
    | 工会名称 | 覆盖单位 | 会员数 |
    | 青石镇联合工会 | 1.晨曦电子厂 2.星星幼儿园 3、富民食品有限公司（负责人：周小满 13900001111） | 40 |
    | 白帽镇联合工会 | ①宏图商贸有限公司②远山茶叶有限公司 | 9 |
    """
    (found,) = document(county, str(workbook("工会.xlsx", table)), "--register", "union")
    assert sum(one for _, one in classes(found).values()) == 4
    (gone,) = document(county, "--register", "union", "--list", "not_in_ledger")
    assert gone["in_register"]["name"] == "远山茶叶有限公司"


def test_a_register_of_one_township_speaks_for_that_one(county: Census, workbook: Workbook) -> None:
    table = "| 青石镇基层工会名册 |\n| 工会名称 | 所在乡镇 | 会员数 |\n| 富民食品有限公司工会 | 青石镇 | 9 |"
    (found,) = document(county, str(workbook("工会.xlsx", table)), "--register", "union")
    assert found["outside"]["ledger"] == 2
    rate = json.loads(county("indicators", "union_rate", "--json").out)[0]
    assert (rate["numerator"], rate["unknown"]) == (1, 2)  # 青石镇 alone is contradicted: 富民 and 晨曦


def test_who_is_of_another_kind_than_the_register_lists_is_no_omission(county: Census, workbook: Workbook) -> None:
    more = SURVEY.replace("| 单位名称 |", "| 单位类别 | 单位名称 |").replace("| 云岭县", "| 企业 | 云岭县")
    county(
        "ingest", str(workbook("二季.xlsx", more.replace("| 星星", "| 民办非企业单位 | 星星"))), "--as-of", "2026-10-31"
    )
    table = "| 企业名称 | 登记状态 |\n| 星星幼儿园 | 存续 |\n| 富民食品有限公司 | 存续 |"
    (found,) = document(county, str(workbook("市场.xlsx", table)), "--register", "market")
    assert classes(found)["kind_differs"] == [1, 1] and "not_in_ledger" not in classes(found)


def test_who_stands_on_two_registers_is_counted_once(county: Census, workbook: Workbook, tmp_path: Path) -> None:
    own = '[registers."商会"]\nlabel = "商会会员名册"\nlike = "market"\n'
    (tmp_path / "census.toml").write_text('county = "云岭县"\n' + own, encoding="utf-8")
    document(county, str(workbook("市场.xlsx", MARKET)), "--register", "market")
    document(county, str(workbook("商会.xlsx", MARKET.replace("市场主体登记", "商会"))), "--register", "商会")
    rate = json.loads(county("indicators", "base_coverage", "--json").out)[0]
    assert (rate["numerator"], rate["denominator"]) == (1, 2)
