"""Cell values as townships write them (domain.md, section 3.2), kind by kind."""

# ruff: noqa: E501    (the tables are as wide as the sheets they stand for)

import datetime
from typing import Any

import pytest

from coverage_census.ingest.cells import choices, codes, counts, dates, parsers
from coverage_census.ingest.cells.clean import UNREADABLE
from coverage_census.ingest.cells.counts import Count
from coverage_census.ingest.privacy import redact
from coverage_census.model.choices import Qualifier

APPROX, AT_LEAST, BELOW, RANGE = Qualifier.APPROX, Qualifier.AT_LEAST, Qualifier.BELOW, Qualifier.RANGE


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (3, Count(3)), (3.0, Count(3)), ("3", Count(3)), ("3名", Count(3)), ("3 人", Count(3)), ("有3名", Count(3)), ("三名", Count(3)),
        ("３", Count(3)), ("1,234", Count(1234)), ("1.2万", Count(12000)), ("三十五", Count(35)), ("十", Count(10)), ("两人", Count(2)),
        ("一百零五人", Count(105)), ("3名党员", Count(3)), ("【3】", Count(3)), ("3家", Count(3)), ("共3人", Count(3)),
        ("3(含预备1)", Count(3, formal=2, probationary=1, rest="members_formal")), ("3（其中预备党员1名）", Count(3, formal=2, probationary=1, rest="members_formal")),
        ("2正1预", Count(3, formal=2, probationary=1)), ("2+1", Count(3, formal=2, probationary=1)),
        ("5人(正式4人、预备1人)", Count(5, formal=4, probationary=1)), ("正式2名，预备1名", Count(3, formal=2, probationary=1)),
        ("约50人", Count(50, APPROX, 40, 60)), ("50左右", Count(50, APPROX, 40, 60)), ("约3名", Count(3, APPROX, 2, 4)),
        ("大约100", Count(100, APPROX, 80, 120)), ("近百", Count(100, APPROX, 80, 99)), ("近50人", Count(50, APPROX, 40, 49)),
        ("50余人", Count(50, AT_LEAST, 51, 59)), ("120余名", Count(120, AT_LEAST, 121, 129)), ("1200余", Count(1200, AT_LEAST, 1201, 1299)),
        ("160多", Count(160, AT_LEAST, 161, 169)), ("200多项", Count(200, AT_LEAST, 201, 299)), ("十余人", Count(10, AT_LEAST, 11, 19)),
        ("1400多万", Count(14_000_000, AT_LEAST, 14_000_001, 14_999_999)), ("百余人", Count(100, AT_LEAST, 101, 199)),
        ("50以上", Count(50, AT_LEAST, 50, None)), ("50人及以上", Count(50, AT_LEAST, 50, None)), ("超过50", Count(50, AT_LEAST, 51, None)),
        ("至少3名", Count(3, AT_LEAST, 3, None)), ("不足3名", Count(3, BELOW, 0, 2)), ("不到10人", Count(10, BELOW, 0, 9)),
        ("3人以下", Count(3, BELOW, 0, 3)), ("30-50", Count(30, RANGE, 30, 50)), ("30～50人", Count(30, RANGE, 30, 50)),
        ("30至50", Count(30, RANGE, 30, 50)), ("无", Count(0)), ("没有", Count(0)), ("0", Count(0)), ("否", Count(0)), ("×", Count(0)),
        ("是", Count(1, AT_LEAST, 1, None)), ("√", Count(1, AT_LEAST, 1, None)), (True, Count(1, AT_LEAST, 1, None)),
        (None, None), ("", None), ("—", None), ("-", None), ("/", None), ("不详", None), ("待定", None), ("暂无", None), ("……", None),
        ("二三十人", Count(20, RANGE, 20, 30)), ("三四百", Count(300, RANGE, 300, 400)), ("三五人", Count(3, RANGE, 3, 5)), ("一二名", Count(1, RANGE, 1, 2)), ("党员3名", Count(3)), ("三三人", UNREADABLE),
        ("几十人", UNREADABLE), ("12O", UNREADABLE), ("见附件", UNREADABLE), ("若干", UNREADABLE), (3.5, UNREADABLE), (-1, UNREADABLE), ("50-30", UNREADABLE), ("1.5人", UNREADABLE),
        (datetime.datetime(2014, 3, 1), UNREADABLE), ("3(含预备5)", UNREADABLE), ("2014-03-01", UNREADABLE),
    ],
)  # fmt: skip
def test_counts(cell: Any, expected: Any) -> None:
    assert counts.parse("是" if cell is True else cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2014.3", "2014-03"), ("2014.03", "2014-03"), ("2014-03-01", "2014-03-01"), ("2014/3/1", "2014-03-01"), ("2014年3月", "2014-03"),
        ("2014年3月5日", "2014-03-05"), ("201403", "2014-03"), (20140301, "2014-03-01"), ("14.3", "2014-03"), ("98.12", "1998-12"),
        (2014, "2014"), ("2014年", "2014"), (41091, "2012-07-01"), ("41091", "2012-07-01"), ("二〇一四年三月", "2014-03"),
        ("二○一四年十二月一日", "2014-12-01"), ("2013年底", "2013"), ("2014.10", "2014-10"), (2014.3, "2014-03"), (2014.12, "2014-12"),
        (2014.1, "2014"), (datetime.datetime(2014, 3, 1), "2014-03-01"), (datetime.date(2014, 3, 1), "2014-03-01"),
        ("2014年3月成立", "2014-03"), ("2014-03-01 00:00:00", "2014-03-01"), ("2014.3.", "2014-03"),
        ("拟年底", None), ("筹建中", None), ("拟2015年6月", None), ("无", None), ("—", None), (None, None), ("未建", None),
        ("2014-13", UNREADABLE), ("2014.2.30", UNREADABLE), ("很早", UNREADABLE), (7, UNREADABLE), (True, UNREADABLE),
    ],
)  # fmt: skip
def test_dates(cell: Any, expected: Any) -> None:
    assert dates.parse(cell) == expected


def test_only_a_column_of_plans_takes_plans() -> None:
    assert dates.parse("拟2015年6月前", planned=True) == "2015-06"
    assert dates.parse("2015年底", planned=True) == "2015"
    assert dates.parse("条件成熟时", planned=True) is None


@pytest.mark.parametrize(
    "cell",
    [
        "是",
        "有",
        "√",
        "✓",
        "☑",
        "已建",
        "已建立",
        "已成立",
        "已组建",
        "建",
        "1",
        1,
        1.0,
        "Y",
        "符合",
        "【是】",
        True,
        "已建2个",
    ],
)
def test_yes(cell: Any) -> None:
    assert choices.flag(cell) is True


@pytest.mark.parametrize(
    "cell",
    [
        "否",
        "无",
        "×",
        "✗",
        "未建",
        "未建立",
        "未成立",
        "没有",
        "0",
        0,
        0.0,
        "N",
        "筹建中",
        "拟建",
        "無",
        "尚未建立",
        False,
    ],
)
def test_no(cell: Any) -> None:
    assert choices.flag(cell) is False


@pytest.mark.parametrize("cell", [None, "", "—", "不详", "待定", "/"])
def test_unknown(cell: Any) -> None:
    assert choices.flag(cell) is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("单独 单独建 单独组建 单独建立 独立 独立组建 单建", "standalone"),
        ("联合 联建 联合组建 联合建立 企业合建 村企联建 社企联建 按行业 按单位 按区域", "joint"),
        ("挂靠 挂靠组建", "affiliated"), ("依托 依托建 外围建立", "hosted"),
        ("属地建 区域建 区域联建 园区建 楼宇 网格建立", "area"), ("行业统建 行业建 带动建", "industry"), ("临时", "temporary"),
        ("派驻 派驻建 指导员", choices.Dispatched.INSTRUCTOR),
    ],
)  # fmt: skip
def test_formation_modes(cells: str, expected: str) -> None:
    assert {choices.org_form(cell) for cell in cells.split()} == {expected}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("党委 综合党委 基层委员会", "committee"), ("党总支 总支", "general_branch"),
        ("党支部 支部 联合党支部 联合支部 临时党支部 流动党员党支部 黨支部 党支部委员会", "branch"),
        ("党小组 党员小组", choices.NotAnOrg.GROUP),
    ],
)  # fmt: skip
def test_levels(cells: str, expected: str) -> None:
    assert {choices.org_level(cell) for cell in cells.split()} == {expected}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("企业 公司 厂 店 私营 港澳台商 外商 非公企业 民营企业", "enterprise"), ("合作社 专业合作社 农民专业合作社", "cooperative"),
        ("社会组织 社团 社会团体 民非 民办非企业单位 社会服务机构 基金会 协会 商会 学会 律师事务所", "social_org"),
        ("个体 个体户 个体工商户", "sole_trader"), ("其他 事业单位", "other"),
    ],
)  # fmt: skip
def test_kinds(cells: str, expected: str) -> None:
    assert {choices.kind(cell) for cell in cells.split()} == {expected}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("正常 存续 在业 营业 正常经营", "operating"), ("停业 停产 歇业", "suspended"), ("注销 吊销", "closed"), ("搬迁", "moved"),
        ("僵尸 空壳 空挂 无实际经营", "shell"), ("无法联系 查无此户", "unreachable"), ("不正常 经营异常", UNREADABLE),
    ],
)  # fmt: skip
def test_operating_status(cells: str, expected: Any) -> None:
    assert {choices.operating_status(cell) for cell in cells.split()} == {expected}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("五星", 5), ("3星级", 3), (4, 4), ("★★★", 3), ("未评", None), ("一星级党支部", 1), ("优秀", UNREADABLE)],
)
def test_stars(cell: Any, expected: Any) -> None:
    assert choices.star(cell) == expected


@pytest.mark.parametrize(
    ("field", "hint", "cell", "expected"),
    [
        ("funds_yuan", "", 5000, 5000), ("funds_yuan", "万元", 0.5, 5000), ("funds_yuan", "", "2万元", 20000), ("funds_yuan", "元", "1,200元", 1200),
        ("revenue_10k", "万元", 350, 350), ("revenue_10k", "元", 3_500_000, 350), ("revenue_10k", "亿元", 1.2, 12000),
        ("revenue_10k", "", "1.2亿", 12000), ("revenue_10k", "", "300万", 300), ("funds_yuan", "", "无", 0),
    ],
)  # fmt: skip
def test_money_in_the_unit_of_its_field(field: str, hint: str, cell: Any, expected: float) -> None:
    assert parsers.parser(field, hint)(cell).value == expected


def test_a_valid_code_stays_and_every_other_says_what_is_wrong() -> None:
    good = "91330100MA27XWYH46"
    if not codes.valid(good):
        good = next(
            good[:16] + a + b
            for a in "0123456789X"
            for b in "0123456789ABCDEFGHJKLMNPQRTUWXY"
            if codes.valid(good[:16] + a + b)
        )
    assert codes.parse(good) == codes.Code(uscc=good)
    assert codes.parse(f" {good.lower()} ") == codes.Code(uscc=good)
    assert codes.parse("Ｏ" + good) == codes.Code(code="O" + good, slip="length")
    wrong = good[:17] + ("0" if good[17] != "0" else "1")
    assert codes.parse(wrong) == codes.Code(code=wrong, slip="check")
    assert codes.parse("330100400001234") == codes.Code(code="330100400001234", slip="old")
    assert codes.parse("13830295-X") == codes.Code(code="13830295-X", slip="org_code")
    assert codes.parse("9.11E+17").slip == "float"  # type: ignore[union-attr]
    assert codes.parse(9.1133010e17).slip == "float"  # type: ignore[union-attr]
    assert codes.parse("无") is None
    assert codes.parse(None) is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("联系 13900000000", ("phone",)), ("139-0000-0000", ("phone",)), ("身份证110101190001011237", ("id",)), ("证号 11010119000101123x。", ("id",)),
        ("1.10101190001011E+17", ("id",)), ("110101900101123", ("id",)), ("卡号6222 0000 0000 0000 000", ("card",)), ("负责人：某某某", ("name",)),
    ],
)  # fmt: skip
def test_what_points_to_a_person_is_hidden(text: str, kinds: tuple[str, ...]) -> None:
    assert redact.suspects([text])
    found = redact.redact(text)
    assert found is not None
    assert found.kinds == kinds
    assert redact.redact(found.text) is None


@pytest.mark.parametrize(
    "text",
    ["文峰路12号", "2020年6月1日成立", "等4家企业", "91330100MA27XWYH46", "注册资本1000000000元"],
)
def test_and_nothing_else_is(text: str) -> None:
    assert redact.redact(text) is None


@pytest.mark.parametrize(
    "cell", ["是、否", "是 否", "已建 未建", "1是 2否", "A.是 B.否", "有、没有", "未建立/已建立", "是|否"]
)
def test_options_of_which_none_is_marked_are_unclear(cell: str) -> None:
    """Nobody said no: the form's own words stand there as they were printed."""
    assert choices.flag(cell) is UNREADABLE


@pytest.mark.parametrize(
    ("cell", "says"),
    [("已建 已撤销", False), ("已建、无书记", True), ("否 否", False), ("是，已建", True), ("☑是 □否", True)],
)
def test_two_words_that_are_no_opposites_are_no_options(cell: str, says: bool) -> None:
    assert choices.flag(cell) is says
