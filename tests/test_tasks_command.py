"""`census tasks` as it is typed: rounds tick off and reopen, people tick off, and nothing is half done."""

import json
from pathlib import Path

import pytest

from kit import Census, Workbook
from tasks_case import ONE, everything, sheet, tasks


@pytest.fixture
def county(census: Census, workbook: Workbook) -> Census:
    assert census("ingest", workbook("一.xlsx", sheet(ONE)), "--as-of", "2026-09-30", "--no-returns").code == 0
    return census


def again(census: Census, workbook: Workbook, name: str, rows: str) -> None:
    assert census("ingest", workbook(f"{name}.xlsx", sheet(rows)), "--as-of", "2026-10-31", "--no-returns").code == 0


def test_every_gap_is_a_task_with_its_reason_article_and_owner(county: Census) -> None:
    found = tasks(county)
    assert set(found) == {"formation 青石坡木业公司", "union 青石坡木业公司", "union 白鹭渡茶厂"}
    task = found["formation 青石坡木业公司"]
    assert (task["gap"], task["state"], task["owner"], task["owner_by"]) == (
        "unbuilt_standalone", "open", "文峰镇党委", "territorial",
    )  # fmt: skip
    assert task["why"] and task["citation"]["article"] and task["history"][0]["what"] == "opened"
    assert len({frozenset(each) for each in found.values()}) == 1  # every key is always there


def test_a_later_round_ticks_off_reopens_and_keeps_the_ids(county: Census, workbook: Workbook) -> None:
    first = tasks(county)
    again(county, workbook, "二", ONE.replace("20 | 4 | 4 | 否 | | 否", "20 | 4 | 4 | 是 | 单独组建 | 否"))
    second = everything(county)
    assert second["formation 青石坡木业公司"]["state"] == "done"
    assert second["formation 青石坡木业公司"]["done_round"] == 2
    again(county, workbook, "三", ONE.replace("| 8 |", "| 9 |"))
    third = everything(county)
    assert third["formation 青石坡木业公司"]["state"] == "open"
    assert third["formation 青石坡木业公司"]["times_reopened"] == 1
    assert [each["what"] for each in third["formation 青石坡木业公司"]["history"]] == ["opened", "closed", "reopened"]
    assert {key: each["id"] for key, each in first.items()} == {key: each["id"] for key, each in third.items()}


def test_what_a_person_marked_done_waits_for_the_next_sheet(county: Census, workbook: Workbook) -> None:
    ids = {name: each["id"] for name, each in tasks(county).items()}
    wood, tea = ids["union 青石坡木业公司"], ids["union 白鹭渡茶厂"]
    ran = county("tasks", "--done", f"{wood},{tea.upper()}", "--evidence", "总工会批复〔2026〕3号", "--who", "县非公办")
    assert ran.code == 0 and "第 2 号" in ran.out
    found = tasks(county)
    assert found["union 青石坡木业公司"]["state"] == "done"
    assert found["union 青石坡木业公司"]["evidence"] == "总工会批复〔2026〕3号"
    assert found["union 青石坡木业公司"]["history"][-1]["who"] == "县非公办"
    again(county, workbook, "二", ONE.replace("20 | 4 | 4 | 否 | | 否", "20 | 4 | 4 | 否 | | 是"))
    found = everything(county)
    assert (found["union 青石坡木业公司"]["state"], found["union 青石坡木业公司"]["confirmed"]) == ("done", True)
    assert (found["union 白鹭渡茶厂"]["state"], found["union 白鹭渡茶厂"]["confirmed"]) == ("to_verify", False)


def test_a_round_of_another_township_neither_confirms_nor_doubts(county: Census, workbook: Workbook) -> None:
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    county("tasks", "--done", task, "--evidence", "照片3张")
    again(county, workbook, "河口", "| 望江楼饭店 | | 样例县 | 河口乡 | 9 | 0 | 0 | 否 | | 否 |")
    assert everything(county)["union 白鹭渡茶厂"]["state"] == "done"


def test_an_id_outlives_a_new_code_and_a_new_name(census: Census, workbook: Workbook) -> None:
    other = "| 白鹭渡茶厂 | | 样例县 | 文峰镇 | 8 | 0 | 0 | 否 | | 否 |"
    census("ingest", workbook("一.xlsx", sheet(other)), "--as-of", "2026-09-30", "--no-returns")
    before = tasks(census)["union 白鹭渡茶厂"]["id"]
    code = "91340828YY3675XA6L"  # invented, with valid check digits
    again(census, workbook, "二", other.replace("茶厂 | |", f"茶厂 | {code} |"))
    assert tasks(census)["union 白鹭渡茶厂"]["id"] == before
    again(census, workbook, "三", other.replace("白鹭渡茶厂 | |", f"白鹭渡茶业公司 | {code} |"))
    found = tasks(census)
    assert set(found) == {"union 白鹭渡茶业公司"}
    assert found["union 白鹭渡茶业公司"]["id"] == before


def test_two_that_a_person_calls_one_keep_what_was_said_of_either(census: Census, workbook: Workbook) -> None:
    rows = """
    | 青石坡木业公司 | | 样例县 | 文峰镇 | 20 | 0 | 0 | 否 | | 否 |
    | 青石坡木器厂 | | 样例县 | 文峰镇 | 20 | 0 | 0 | 否 | | 否 |
    """
    census("ingest", workbook("一.xlsx", sheet(rows)), "--no-returns")
    found = tasks(census)
    kept, gone = found["union 青石坡木业公司"]["id"], found["union 青石坡木器厂"]["id"]
    census("tasks", "--assign", gone, "--owner", "县总工会")
    from datetime import UTC, datetime

    from coverage_census.ledger.write import next_round
    from coverage_census.model.reading import Subject
    from coverage_census.model.rounds import Entry, EntryKind

    one, two = (Subject(name=name, county="样例县", township="文峰镇") for name in ("青石坡木业公司", "青石坡木器厂"))
    said = Entry(kind=EntryKind.SAME, who="县非公办", when="2026-11-20T00:00:00+00:00", subject=one, other=two)
    next_round.record(Path("ledger"), [said], now=datetime(2026, 11, 20, tzinfo=UTC), tool="0")
    found = tasks(census)
    (union,) = found.values()
    assert (union["id"], union["owner"]) == (kept, "县总工会")


def test_owner_day_and_step_are_assigned_and_shown(county: Census) -> None:
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    ran = county("tasks", "--assign", task, "--owner", "县总工会", "--until", "2026-12-01", "--step", "办理中")
    assert ran.code == 0
    found = tasks(county, "--owner", "总工会")
    assert [each["id"] for each in found.values()] == [task]
    (one,) = found.values()
    assert (one["due"], one["days_left"], one["due_soon"], one["state"]) == ("2026-12-01", 10, True, "in_progress")
    assert [each["what"] for each in one["history"]] == ["opened", "owner", "due", "step"]
    assert county("tasks", "--due").out.splitlines()[2].startswith(task)
    table = county("tasks")
    assert "县总工会" in table.out and "合计" in table.out


def test_the_table_and_its_json_and_csv_agree(county: Census) -> None:
    lines = json.loads(county("tasks", "--json").out)
    assert [(each["owner"], each["open"]) for each in lines] == [("文峰镇党委", 3), (None, 3)]
    assert county("tasks", "--csv").out.splitlines()[-1].startswith('"合计","2","3",')
    assert county("tasks", "--list", "--csv").out.count("文峰镇党委") == 3
    assert json.loads(county("tasks", "--overdue", "--json").out) == []
    assert json.loads(county("tasks", "--class", "工会", "--unbuilt", "--json").out)[-1]["open"] == 2


WRONG = """
| 怎么写                                        | 码 | 说什么           |
| --done union-zzzzzzzz --evidence 有            | 2  | 没有任务         |
| --done TASK                                   | 2  | 要写佐证         |
| --done TASK --evidence 空                      | 2  | 后面是空的       |
| --done TASK,union-zzzzzzzz --evidence 有       | 2  | 没有任务         |
| --void TASK                                   | 2  | 要写理由         |
| --done TASK --void TASK --evidence 有 --reason 有 | 2 | 两种处理       |
| --assign TASK                                 | 2  | 至少一个         |
| --assign TASK --until 2020-01-01              | 2  | 已经过去         |
| --assign TASK --until 近期                     | 2  | 不是日期         |
| --assign TASK --step 飞                        | 2  | 没有“飞”         |
| --done TASK --evidence 有 --as-of 2026-09-30   | 1  | 只按最新的台账     |
| --owner 火星党委                               | 2  | 没有哪项任务     |
| --state 飞                                    | 2  | 没有“飞”         |
| --class 飞                                    | 2  | 没有“飞”         |
| 火星镇                                        | 2  | 没有“火星镇”     |
"""


@pytest.mark.parametrize("line", WRONG.strip().splitlines()[1:], ids=lambda line: line.split("|")[1].strip())
def test_what_is_wrong_is_said_and_nothing_is_recorded(county: Census, line: str) -> None:
    words, code, says = (each.strip() for each in line.strip("|").split("|"))
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    typed = [task if each == "TASK" else each.replace("TASK", task) for each in words.split()]
    ran = county("tasks", *(" " if each == "空" else each for each in typed))
    assert (ran.code, ran.out) == (int(code), "")
    assert says in ran.err and len(ran.err.splitlines()) == 1
    assert len(json.loads(county("rounds", "--json").out)) == 1


def test_an_unknown_id_is_answered_with_near_ones(county: Census) -> None:
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    slip = task[:-1] + ("2" if task[-1] != "2" else "3")
    ran = county("tasks", "--done", slip, "--evidence", "有")
    assert task in ran.err


def test_numbers_of_persons_do_not_reach_the_ledger(county: Census, tmp_path: Path) -> None:
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    ran = county("tasks", "--done", task, "--evidence", "找办公室，电话13812345678")
    assert ran.code == 0 and "13812345678" not in ran.out
    assert all(b"13812345678" not in file.read_bytes() for file in tmp_path.rglob("entries.jsonl"))


def test_undoing_a_round_takes_back_what_was_said_in_it(county: Census) -> None:
    task = tasks(county)["union 白鹭渡茶厂"]["id"]
    county("tasks", "--done", task, "--evidence", "照片")
    assert county("undo", "2", "--reason", "报错了").code == 0
    assert tasks(county)["union 白鹭渡茶厂"]["state"] == "open"


def test_a_ledger_without_a_round_says_so(census: Census) -> None:
    assert census("tasks").code == 1


def test_the_catch_all_committee_is_named_in_census_toml(census: Census, workbook: Workbook, tmp_path: Path) -> None:
    (tmp_path / "census.toml").write_text('[tasks]\ncatch_all = "县综合党委"\n', encoding="utf-8")
    head = "| 单位名称 | 职工总数 | 党员总数 | 正式党员 | 是否建立党组织 | 是否建立工会 |"
    table = head + "\n| 甲乙丙厂 | 9 | 0 | 0 | 否 | 否 |"
    assert census("ingest", workbook("散.xlsx", table), "--no-returns").code == 0
    (line, _) = json.loads(census("tasks", "--json").out)
    assert (line["owner"], line["owner_by"]) == ("县综合党委", "catch_all")


def test_yuexi_has_98_organisations_with_50_26_and_35_items(census: Census) -> None:
    """任务清单: of the 160 without a Party organisation 98 lack 111 mass organisations, due by the end of July 2020."""
    sample = Path(__file__).parents[1] / "data" / "samples" / "yuexi"
    census("ingest", sample, "--no-returns")
    asked = ("--policy", "yuexi", "--class", "群团未建", "--unbuilt")
    found = json.loads(census("tasks", *asked, "--list", "--json").out)
    rules = [each["rule"] for each in found]
    assert len({each["name"] for each in found}) == 98
    assert [rules.count(rule) for rule in ("union", "league", "women")] == [50, 26, 35]
    assert {each["due"] for each in found} == {"2020-07-31"} and all(each["overdue"] for each in found)
    assert "98家111项" in census("tasks", *asked).out


OWN_POLICY = """
extends = "default"
title = { zh = "本县口径", en = "Our own" }
about = { zh = "样例。", en = "A sample." }
[deadlines.unions]
since = 2020-01-01
rules = ["union"]
days = 60
citation = { document = "本县任务清单（样例）", article = "期限", text = "发现之日起60日内" }
[[owners]]
by = "designated"
when = { fact = "employees", at_least = 10 }
fields = ["superior_org", "township"]
citation = { document = "本县任务清单（样例）", article = "责任", text = "规模较大的由上级指定" }
"""


def test_a_policy_sets_days_and_owners(county: Census, tmp_path: Path) -> None:
    """So many days after the sheet that showed it; the first line that holds; the others to the catch-all committee."""
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "本县.toml").write_text(OWN_POLICY, encoding="utf-8")
    found = tasks(county, "--policy", "本县")
    assert found["union 白鹭渡茶厂"]["due"] == "2026-11-29"  # 60 days after 2026-09-30, the sheet's day
    assert (found["union 白鹭渡茶厂"]["owner_by"], found["union 白鹭渡茶厂"]["owner"]) == (
        "catch_all",
        "综合党委（托底）",
    )
    assert (found["union 青石坡木业公司"]["owner_by"], found["union 青石坡木业公司"]["owner"]) == (
        "designated", "文峰镇党委",
    )  # fmt: skip
    assert found["formation 青石坡木业公司"]["due"] is None


@pytest.mark.parametrize(("line", "says"), [("due_soon = 0.5", "due_soon"), ("catch = 1", "catch_all"), ("x = 1", "x")])
def test_a_slip_in_census_toml_is_named(county: Census, tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "census.toml").write_text(f"[tasks]\n{line}\n", encoding="utf-8")
    ran = county("tasks")
    assert ran.code == 1 and says in ran.err
