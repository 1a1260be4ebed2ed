"""What people type, and what is said when it cannot be taken: exit 2, the right form named, nothing made."""

import json
import re
from pathlib import Path

import pytest

from coverage_census.ingest.returned import values
from kit import Census, Workbook
from run_case import book

ROWS = """
| 单位名称     | 党员总数 | 正式党员 | 是否建立党组织 |
| 甲玻璃有限公司 | 4        | 4        | 否             |
| 乙玻璃有限公司 | 0        | 0        | 否             |
"""


@pytest.fixture
def county(census: Census, workbook: Workbook) -> Census:
    census("ingest", workbook("柳河镇.xlsx", ROWS), "--as-of", "2025-03-31")
    return census


DAYS = {
    "2025-7-1": "2025-07-01", "2025/7/1": "2025-07-01", "2025.7.1": "2025-07-01", "2025年7月1日": "2025-07-01",
    "２０２５-０７-０１": "2025-07-01", "２０２５／７／１": "2025-07-01", "二〇二五年七月一日": "2025-07-01",
    "20250701": "2025-07-01", "25年7月1日": "2025-07-01", "2025 年 7 月 1 日": "2025-07-01",
    "2025年7月1号": "2025-07-01", "2025年第三季度": "2025-09-30", "2025年三季度末": "2025-09-30",
    "2025Q3": "2025-09-30", "2025年上半年": "2025-06-30",
    "2025年7月": "2025-07-31", "2025.7": "2025-07-31", "2025年": "2025-12-31", "7月1日": "2026-07-01",
}  # fmt: skip


def test_a_day_is_taken_as_clerks_write_it(county: Census) -> None:
    for typed, day in DAYS.items():
        ran = county("gaps", "--list", "--json", "--as-of", typed)
        assert {each["policy"]["as_of"] for each in json.loads(ran.out)} == {day}, typed


@pytest.mark.parametrize("typed", ["近日", "2025-13-1", "2025年2月30日", "尽快", "第五季度", "31/12/2025"])
@pytest.mark.parametrize("command", [("gaps", "--as-of"), ("diff", "--since"), ("ingest", "柳河镇.xlsx", "--as-of"),
                                     ("rounds", "--as-of"), ("fill", "表.xlsx", "--as-of")])  # fmt: skip
def test_what_is_no_day_is_refused_with_the_right_forms(census: Census, command: tuple[str, ...], typed: str) -> None:
    ran = census(*command, typed)
    assert (ran.code, ran.out) == (2, "")
    assert "不是日期" in ran.err and "2026年6月30日" in ran.err


def test_the_cut_off_day_of_an_ingest_too(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("柳河镇.xlsx", ROWS), "--as-of", "2025年第一季度")
    assert json.loads(census("rounds", "--json").out)[0]["as_of"] == "2025-03-31"


def test_days_in_answers_of_return_workbooks() -> None:
    for typed, day in DAYS.items():
        if typed[0] in "2２二" and "季度" not in typed and "半年" not in typed and "Q" not in typed:
            assert day.startswith(str(values.read("registered_on", typed))), typed
    for typed, day in (
        ("2025年第三季度", "2025-09-30"),
        ("2025年三季度末", "2025-09-30"),
        ("2025年上半年", "2025-06-30"),
    ):
        assert values.read("planned_on", typed) == day
    assert values.read("registered_on", "2025年第三季度") == "2025"  # no more is known
    assert values.read("registered_on", "尽快") is None


# --- hashes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["abc", "0123456", "没有", "xyz01234", "0x12345678", "g" * 64, "a" * 65])
def test_an_anchor_that_is_no_hash_is_wrong_usage(census: Census, said: str) -> None:
    ran = census("verify", "--anchor", said)
    assert (ran.code, ran.out) == (2, "") and "校验值" in ran.err


def test_a_hash_is_taken_whole_or_as_it_begins(county: Census) -> None:
    head = json.loads(county("verify", "--json").out)["head"]
    for said in (head, head[:16], head[:8], head[:12].upper(), f" {head[:16]} ", head[:16] + "…"):
        assert county("verify", "--anchor", said).code == 0, said
    for said in ("0123456789abcdef" * 4, "0123456789abcdef", head[:15] + ("0" if head[15] != "0" else "1")):
        assert county("verify", "--anchor", said).code == 6, said


def test_what_the_digest_prints_is_taken(census: Census, tmp_path: Path) -> None:
    census("init", ".")
    book(tmp_path / "inbox" / "柳河镇.xlsx", ROWS)
    shown = re.search(r"校验值：([0-9a-f]+)", census("run").out)
    assert shown is not None
    assert census("verify", "--anchor", shown[1]).code == 0


# --- sizes, endings of a command line ---------------------------------------------------------------------------------


@pytest.mark.parametrize("size", ["0", "-5", "-1"])
def test_sizes_of_nothing_are_refused(census: Census, tmp_path: Path, size: str) -> None:
    ran = census("sample", "--organisations", size, "--out", "样例")
    assert (ran.code, ran.out) == (2, "") and size in ran.err
    assert not (tmp_path / "样例").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sample --organisations 许多", "整数"),
        ("explain 甲 乙", "多写了“乙”"),
        ("gaps --list=是", "--list"),
        ("gaps --engine", "要写取值"),
        ("plan liaison --step 甲 乙", "3 个取值"),
        ("gaps --jsn", "--json"),
        ("undo", "缺少"),
        ("gasp", "没有命令"),
        ("rules show --policy x", "--policy"),
    ],
)
def test_what_typer_says_is_said_in_chinese(census: Census, line: str, said: str) -> None:
    ran = census(*line.split())
    assert (ran.code, ran.out) == (2, "") and said in ran.err
    english = set(re.findall(r"[A-Za-z]{4,}", ran.err)) - {*line.replace("=", " ").replace("--", "").split(), "census"}
    assert english <= {"help", "json", "html", "list", "show", "check", "compare", "gaps", "tasks"}, ran.err
    english_too = census(*line.split(), "--lang", "en") if line != "gaps --engine" else ran
    assert english_too.code == 2


@pytest.mark.parametrize("command", ["explain", "undo", "ingest", "fill", "check"])
def test_help_says_required_in_its_language(census: Census, command: str) -> None:
    chinese, english = census(command, "--help", "--lang", "zh").out, census(command, "--help", "--lang", "en").out
    assert "（必填）" in chinese and "required" not in chinese
    assert "(required)" in english and "[required]" not in english


# --- where nothing was ------------------------------------------------------------------------------------------------


def everything(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("县台帐", "县台账"),
        ("./县台帐/", "县台账"),
        ("县台账/二0二五", "二〇二五"),
        ("哪里也没有", "census init"),
        ("柳河镇.xlsx", "不是文件夹"),
    ],
)
@pytest.mark.parametrize(
    "command", [("ingest", "柳河镇.xlsx"), ("gaps",), ("verify",), ("tasks", "--xlsx"), ("template",)]
)
def test_a_workspace_that_is_not_there_is_a_slip(
    census: Census, workbook: Workbook, tmp_path: Path, command: tuple[str, ...], typed: str, said: str
) -> None:
    workbook("柳河镇.xlsx", ROWS)
    (tmp_path / "县台账" / "二〇二五").mkdir(parents=True)
    before = everything(tmp_path)
    ran = census(*command, "--workspace", typed)
    assert (ran.code, ran.out) == (2, "") and said in ran.err
    assert everything(tmp_path) == before


def test_a_workspace_that_is_there_is_taken(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    census("init", "新/县台账")
    assert census("ingest", workbook("柳河镇.xlsx", ROWS), "--workspace", "新/县台账").code == 0
    assert (tmp_path / "新" / "县台账" / "ledger" / "rounds").is_dir()
    assert census("run", "--workspace", "没挂上的盘").code == 5  # a share may come back
    assert not (tmp_path / "没挂上的盘").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("说明.txt", "这里没有表。\n".encode()),
        ("空.xlsx", b""),
        ("坏.xlsx", b"PK\x03\x04 nothing"),
        ("通知.csv", "关于报送的通知\n".encode("gbk")),
    ],
)
def test_an_ingest_that_fails_leaves_nothing_behind(census: Census, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    ran = census("ingest", name)
    assert ran.code in {1, 3}
    assert everything(tmp_path) == {name}


def test_in_a_workspace_it_leaves_its_return_workbook(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    census("init", ".")
    workbook("通知.xlsx", "| 关于报送的通知 |\n| 请各乡镇报送 |")
    before = everything(tmp_path / "ledger")
    census("ingest", "通知.xlsx")
    assert everything(tmp_path / "ledger") == before


# --- names for codes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        (["总体组建率"], ["overall_rate"]),
        (["overall_rate"], ["overall_rate"]),
        (["Overall-Rate"], ["overall_rate"]),
        (["ｏｖｅｒａｌｌ＿ｒａｔｅ"], ["overall_rate"]),
        (["组织覆盖率、总体组建率"], ["org_coverage", "overall_rate"]),
        (["组织覆盖率，应建组建率；总体组建率"], ["org_coverage", "due_rate", "overall_rate"]),
        (["due_rate,overall_rate", "组织覆盖率"], ["org_coverage", "due_rate", "overall_rate"]),
        (["组织覆盖率", "org_coverage"], ["org_coverage"]),
        (["组织覆盖率 总体组建率"], ["org_coverage", "overall_rate"]),
    ],
)
def test_indicators_are_asked_for_by_name_or_code(county: Census, typed: list[str], codes: list[str]) -> None:
    assert [each["code"] for each in json.loads(county("indicators", *typed, "--json").out)] == codes
    assert {each["code"] for each in json.loads(county("indicators", *typed, "--list", "--json").out)} <= set(codes)


def test_every_indicator_is_taken_by_its_name_in_either_language(county: Census) -> None:
    named = {lang: json.loads(county("indicators", "--names", "--json", "--lang", lang).out) for lang in ("zh", "en")}
    assert all(set(each) == {"label", "code", "more"} for each in named["zh"])
    for lang, names in named.items():
        quoted = [each["label"] for each in names if not each["more"]]
        found = json.loads(county("indicators", *quoted, "--json").out)
        codes = [each["code"] for each in names if each["label"] in quoted and each["code"] != "base_coverage"]
        assert [each["code"] for each in found] == codes, lang  # that one has figures once a register is kept
    tables = [each["label"] for each in named["zh"] if each["more"]]
    assert county("indicators", "--more", "、".join(tables), "--csv").code == 0
    said = county("indicators", "--names").out
    assert "总体组建率" in said and "overall_rate" in said


@pytest.mark.parametrize(
    ("line", "near"),
    [
        ("indicators 总体组织率", "总体组建率（overall_rate）"),
        ("indicators overal_rate", "总体组建率（overall_rate）"),
        ("indicators --list", "总体组建率（overall_rate）"),
        ("indicators --more 未建的原因", "原因"),
        ("tasks --class 应建没建", "应建未建（unbuilt_standalone）"),
        ("tasks --state 已销", "已销号（done）"),
        ("gaps 柳和镇", "柳河镇"),
        ("missing 柳河乡", "柳河镇"),
        ("gaps --policy defualt", "default"),
        ("gaps --what-if formal_treshold=2", "formal_threshold"),
    ],
)
def test_what_is_not_known_gets_the_nearest(county: Census, line: str, near: str) -> None:
    ran = county(*line.split())
    assert (ran.code, ran.out) == (2, "") and near in ran.err


def test_areas_states_and_classes_are_separated_as_people_do(census: Census, workbook: Workbook) -> None:
    for serial, name in enumerate(("柳河镇", "石桥乡", "文峰镇")):
        census("ingest", workbook(f"{name}.xlsx", ROWS.replace("玻璃", f"玻璃{serial}")), "--as-of", "2025-03-31")
    words = ["柳河镇、石桥乡", "柳河镇，石桥乡", "柳河镇,石桥乡", "柳河镇；石桥乡", "柳河镇 石桥乡", "柳河镇　石桥乡"]
    for typed in ([each] for each in words):
        found = json.loads(census("gaps", *typed, "--list", "--json").out)
        assert {each["township"] for each in found} == {"柳河镇", "石桥乡"}, typed
    assert census("report", "柳河镇、石桥乡", "--html", "--out", "页").code == 0
    every = json.loads(census("tasks", "--json", "--list").out)
    for typed in (["未办、待核实"], ["open，to_verify"], ["未办", "待核实"], ["ＯＰＥＮ"]):
        states = (part for each in typed for part in ("--state", each))
        assert json.loads(census("tasks", "--json", "--list", *states).out) == every, typed
    some = json.loads(
        census("tasks", "--json", "--list", "--class", "应建未建、空白点", "--class", "Large, not built").out
    )
    assert {each["gap"] for each in some} <= {"unbuilt_standalone", "no_liaison", "large_unbuilt"} and some


def test_numbers_that_are_tried_out_may_be_full_width(county: Census) -> None:
    right = county("gaps", "--what-if", "formal_threshold=2", "--csv").out
    for typed in (
        "formal_threshold＝２",
        "formal_threshold = 2",
        "ｆｏｒｍａｌ_ｔｈｒｅｓｈｏｌｄ＝2",
        "formal_threshold=3、formal_threshold=2",
    ):
        assert county("gaps", "--what-if", typed, "--csv").out == right, typed
    assert right


def test_task_ids_are_separated_as_people_do(county: Census, workbook: Workbook) -> None:
    county("ingest", workbook("石桥乡.xlsx", ROWS.replace("玻璃", "陶瓷")), "--as-of", "2025-03-31")
    ids = [each["id"] for each in json.loads(county("tasks", "--json", "--list").out)][:2]
    for said in ("、".join(ids), "，".join(ids), f"{ids[0]}；{ids[1].upper()}"):
        assert county("tasks", "--assign", said, "--owner", f"柳河镇党委{len(said)}").code == 0


def test_a_code_is_taken_however_it_was_typed(census: Census, workbook: Workbook) -> None:
    rows = "| 单位名称 | 统一社会信用代码 | 党员总数 |\n| 甲车业有限公司 | 91340828YY3675XA6L | 2 |"
    census("ingest", workbook("柳河镇.xlsx", rows))
    for typed in ("91340828yy3675xa6l", "９１３４０８２８ＹＹ３６７５ＸＡ６Ｌ", "9134 0828 YY36 75XA 6L"):
        assert "甲车业有限公司" in census("explain", typed).out, typed
