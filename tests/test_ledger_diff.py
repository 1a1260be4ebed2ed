"""`census diff`: every event between two rounds is found, and causes add up to the last organisation."""

import csv
import io
import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coverage_census.commands.diff import diff
from coverage_census.commands.session import Session
from coverage_census.ledger import rounds
from coverage_census.ledger.write import next_round
from coverage_census.model import tables
from coverage_census.model.days import last_day
from coverage_census.model.movement import Cause
from coverage_census.model.organisation import Organisation, Source
from coverage_census.model.reading import FileReading, SheetReading
from coverage_census.policy.figures import marks
from coverage_census.results import Diff
from coverage_census.settings import Settings
from coverage_census.words.catalogue import Words
from kit import Census, Workbook, often
from test_ledger_undo import NOON

HEAD = (
    "| 乡镇 | 单位名称 | 统一社会信用代码 | 经营状态 | 正式党员 | 是否建立党组织 | 组建方式 | 党组织成立时间 |"
    " 是否建立工会 |"
)


def table(*rows: str) -> str:
    return "\n".join([HEAD, *(f"| {row} |" for row in rows)])


BEFORE = table(
    "首阳镇 | 富民食品有限公司 | | 正常 | 2 | 否 | | | 否",
    "首阳镇 | 兴旺建材有限公司 | | 正常 | 5 | 否 | | | 否",
    "首阳镇 | 和顺商贸有限公司 | | 正常 | 1 | 是 | 联合 | 2019-05 | 否",
    "首阳镇 | 天河机械有限公司 | | 正常 | 0 | 否 | | | 否",
    "首阳镇 | 青山木业有限公司 | | 正常 | 4 | 否 | | | 否",
    "首阳镇 | 长留织造有限公司 | | 正常 | 0 | 否 | | | 否",
)
AFTER = table(
    "首阳镇 | 富民食品有限公司 | | 正常 | 3 | 否 | | | 是",  # now due a branch of its own; union built
    "首阳镇 | 兴旺建材有限公司 | | 正常 | 5 | 是 | 单独 | 2026-05 | 否",  # built
    "首阳镇 | 和顺商贸有限公司 | | 注销 | 1 | 是 | 联合 | 2019-05 | 否",  # closed
    "首阳镇 | 天等县天河机械有限责任公司 | | 正常 | 0 | 否 | | | 否",  # written otherwise
    "首阳镇 | 青山木业有限公司 | | 正常 | 4 | 是 | 单独 | 2015-03 | 否",  # had it all along
    "首阳镇 | 新起点科技有限公司 | | 正常 | 0 | 否 | | | 否",  # new
)


@pytest.fixture
def two(census: Census, workbook: Workbook) -> Census:
    census("ingest", workbook("a.xlsx", BEFORE), "--as-of", "2026-03-31", "--round", "2026Q1")
    census("ingest", workbook("b.xlsx", AFTER), "--as-of", "2026-06-30", "--round", "2026Q2")
    return census


def names(found: list[dict[str, Any]]) -> set[str]:
    return {each["name"] for each in found}


def test_every_event_is_found(two: Census) -> None:
    ran = two("diff", "--json")
    assert (ran.code, ran.err) == (0, "")
    found = json.loads(ran.out)
    assert (found["before"], found["after"]) == (1, 2)
    assert names(found["added"]) == {"新起点科技有限公司"}
    assert names(found["silent"]) == {"长留织造有限公司"}
    assert names(found["closed"]) == {"和顺商贸有限公司"}
    assert [(each["old"], each["new"]) for each in found["renamed"]] == [
        ("天河机械有限公司", "天等县天河机械有限责任公司")
    ]
    assert found["gone"] == found["moved"] == []
    formal = [each for each in found["fields"] if each["field"] == "members_formal"]
    assert [(each["name"], each["old"], each["new"]) for each in formal] == [("富民食品有限公司", 2, 3)]
    judged = {each["name"]: each for each in found["judged"]}
    assert judged["富民食品有限公司"]["old"]["advice"] == "joint_or_affiliated"
    assert judged["富民食品有限公司"]["new"]["advice"] == "standalone"
    assert judged["兴旺建材有限公司"]["new"]["verdict"] == "met"
    assert "长留织造有限公司" not in judged
    movement = {each["code"]: each for each in found["movements"]}["org_coverage"]
    steps = {each["cause"]: (each["numerator"], each["denominator"]) for each in movement["steps"]}
    assert steps == {
        "policy": (0, 0),
        "newly_built": (1, 0),
        "newly_registered": (0, 1),
        "reopened": (0, 0),
        "org_dissolved": (0, 0),
        "closed_out": (-1, -1),
        "excluded": (0, 0),
        "corrected_data": (1, 0),
    }
    assert (movement["numerator_before"], movement["denominator_before"]) == (1, 6)
    assert (movement["numerator_after"], movement["denominator_after"]) == (2, 6)
    assert found["period"]["party_orgs_built"] == 1 and found["period"]["unions_built"] == 1


def test_the_page_says_it_in_both_languages_and_csv_has_every_change(two: Census) -> None:
    page = two("diff").out
    for said in ("新起点科技", "正式党员 2名 → 3名", "联合组建或挂靠", "新组建", "注销移出", "新建工会：1"):
        assert said in page
    english = two("diff", "1", "2", "--lang", "en").out
    assert "Newly built" in english and "Not reported again: 1" in english
    rows = list(csv.reader(io.StringIO(two("diff", "2026Q1", "2026Q2", "--csv").out[1:])))
    assert ["数据变化", "富民食品有限公司", "", "", "首阳镇", "正式党员", "2名", "3名"] in rows
    assert all(len(row) == 8 for row in rows)


def test_the_rounds_that_are_compared(two: Census, workbook: Workbook) -> None:
    two(
        "ingest",
        workbook("c.xlsx", table("宁远镇 | 三和运输有限公司 | | 正常 | 0 | 否 | | | 否")),
        "--as-of",
        "2026-09-30",
    )

    def compared(*words: str) -> tuple[int, int]:
        found = json.loads(two("diff", *words, "--json").out)
        return found["before"], found["after"]

    assert compared() == (2, 3)
    assert compared("2026Q1") == (1, 3)
    assert compared("2", "1") == (1, 2)
    assert compared("--since", "2026-05-26") == (1, 3)
    assert compared("--since", "2020-01-01") == (1, 3)
    assert two("diff", "9").code == 1
    assert two("diff", "1", "2", "3").code == 2
    assert two("diff", "--since", "May").code == 2


def test_one_round_has_nothing_to_compare_but_figures_of_a_period(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("a.xlsx", AFTER))
    ran = census("diff")
    assert (ran.code, ran.out) == (1, "") and "--since" in ran.err
    assert json.loads(census("diff", "--since", "2026-04-01", "--json").out)["period"]["party_orgs_built"] == 1


def test_what_was_undone_is_gone_and_what_comes_again_is_the_same(two: Census, tmp_path: Path) -> None:
    two("undo", "2")
    assert two("diff").code == 1  # only the first quarter is left
    found = json.loads(two("diff", "2", "3", "--json").out)
    assert names(found["gone"]) == {"新起点科技有限公司"} and found["added"] == []
    assert found["movements"][0]["steps"][-1]["cause"] == "corrected_data"
    two("ingest", tmp_path / "b.xlsx", "--as-of", "2026-06-30")
    again = json.loads(two("diff", "2", "4", "--json").out)
    assert again["added"] == again["gone"] == again["fields"] == []
    assert [(each["period"], each["round"]) for each in again["trend"]] == [("2026Q1", 3), ("2026Q2", 4)]


def test_another_policy_is_a_cause_of_its_own(two: Census) -> None:
    """The same numbers under a policy of which a number changed between the two days."""
    from coverage_census.policy.files import rulebook

    one = rulebook.load("default", last_day("2026-03-31"), None)
    assert marks.alike(one, rulebook.load("default", last_day("2026-06-30"), None))
    assert not marks.alike(one, rulebook.load("official", last_day("2026-06-30"), None))


_FORMS = [None, "standalone", "joint", "affiliated"]
_STATES = [None, "operating", "closed", "shell", "moved"]
_LIVING = "operating_status IS NULL OR operating_status NOT IN ('closed', 'moved')"


@st.composite
def _state(draw: st.DrawFn) -> list[Organisation]:
    numbers = draw(st.lists(st.integers(1, 9), unique=True, min_size=1))
    return [
        Organisation.model_validate({
            "name": f"{'甲乙丙丁戊己庚辛壬'[number - 1]}河食品有限公司",
            "township": draw(st.sampled_from(["首阳镇", "宁远镇"])),
            "kind": "enterprise",
            "members_formal": draw(st.none() | st.integers(0, 5)),
            "has_org": draw(st.none() | st.booleans()),
            "org_form": draw(st.sampled_from(_FORMS)),
            "operating_status": draw(st.sampled_from(_STATES)),
            "org_founded_on": draw(st.sampled_from([None, "2015", "2026", "2026-02", "2026-05-01"])),
        })
        for number in numbers
    ]


def put(ledger: Path, file: str, rows: list[Organisation], as_of: str) -> None:
    placed = [
        each.model_copy(update={"source": Source(file=file, sheet="S", row=row)}) for row, each in enumerate(rows, 2)
    ]
    reading = FileReading(file=file, sha256=file.ljust(64, "0"), sheets=(SheetReading(sheet="S", kind="ledger"),))
    next_round.write(ledger, tables.table(placed), [reading], [], name=None, as_of=as_of, now=NOON, tool="0")


def compare(folder: Path, first: str | None = None) -> Diff:
    return diff.diff(Session(Settings(folder), Words("zh"), NOON), first, None, None)


@settings(max_examples=often(3), deadline=None)
@given(_state(), _state(), st.none() | _state())
def test_causes_add_up_to_the_movement(
    tmp_path_factory: pytest.TempPathFactory,
    one: list[Organisation],
    two: list[Organisation],
    three: list[Organisation] | None,
) -> None:
    folder = tmp_path_factory.mktemp("office")
    put(folder / "ledger", "1.xlsx", one, "2026-03-31")
    put(folder / "ledger", "2.xlsx", two, "2026-06-30")
    if three:
        put(folder / "ledger", "3.xlsx", three, "2026-09-30")
    for found in (compare(folder), compare(folder, "1")):
        living = rounds.relation(folder / "ledger", found.after).filter(_LIVING)
        held = living.aggregate("count(*), count(*) FILTER (has_org)").fetchall()
        for movement in found.movements:
            above = movement.numerator_before + sum(step.numerator for step in movement.steps)
            below = movement.denominator_before + sum(step.denominator for step in movement.steps)
            assert (above, below) == (movement.numerator_after, movement.denominator_after)
            assert [step.cause for step in movement.steps] == list(Cause)
            if movement.code == "overall_rate":
                assert (below, above) == held[0]
            if None not in (rates := [step.rate for step in movement.steps]):
                moved = Fraction(above, below) - Fraction(movement.numerator_before, movement.denominator_before)
                assert sum(rate or 0 for rate in rates) == pytest.approx(float(moved))
    newest = compare(folder)
    assert len(newest.silent) == newest.after.not_reported_again
    assert len(newest.added) == newest.after.new


def test_hundreds_of_known_events(tmp_path: Path) -> None:
    """Two rounds made from a list of events: each is found, none is invented."""
    chance = random.Random(5)
    plain = [
        Organisation(
            name=f"{chr(0x4E10 + 7 * number)}溪{chr(0x5E00 + number)}食品有限公司",
            township="首阳镇",
            members_formal=2,
            has_org=False,
        )
        for number in range(400)
    ]
    happened = {number: chance.choice(["built", "due", "closed", "corrected", "same", "same"]) for number in range(400)}
    change: dict[str, dict[str, Any]] = {
        "built": {"has_org": True, "org_form": "standalone", "org_founded_on": "2026-05"},
        "due": {"members_formal": 3},
        "closed": {"operating_status": "closed"},
        "corrected": {"has_org": True, "org_form": "standalone", "org_founded_on": "2012"},
        "same": {},
    }
    later = [
        Organisation.model_validate({**each.model_dump(), **change[happened[row]]}) for row, each in enumerate(plain)
    ]
    later += [each.model_copy(update={"name": f"新来{row}食品有限公司"}) for row, each in enumerate(plain[:30])]
    put(tmp_path / "ledger", "1.xlsx", plain, "2026-03-31")
    put(tmp_path / "ledger", "2.xlsx", later, "2026-06-30")
    found = compare(tmp_path)
    of = {sort: {plain[row].name for row, what in happened.items() if what == sort} for sort in change}
    assert len(found.added) == 30
    assert {each.who.name for each in found.closed} == of["closed"]
    assert {each.who.name for each in found.fields} == of["built"] | of["due"] | of["closed"] | of["corrected"]
    standalone = {each.name for each in found.judged if each.old.advice != "standalone" == each.new.advice}
    assert standalone == of["due"]
    steps = {step.cause: (step.organisations, step.numerator, step.denominator) for step in found.movements[0].steps}
    built, corrected, closed = len(of["built"]), len(of["corrected"]), len(of["closed"])
    assert steps[Cause.BUILT] == (built, built, 0)
    assert steps[Cause.CORRECTED] == (corrected, corrected, 0)
    assert steps[Cause.CLOSED] == (closed, 0, -closed)
    assert steps[Cause.REGISTERED] == (30, 0, 30)


JOINT = "| 单位名称 | 从业人员 | 正式党员 | 是否建立党组织 | 组建形式 | 党组织名称 |\n"


def test_a_joint_branch_is_put_in_order_by_one_of_its_members(census: Census, workbook: Workbook) -> None:
    """The other member is on no new sheet, and is counted all the same."""
    branch = "是 | 联合组建 | 天等县青竹联合党支部 |"
    census("ingest", workbook("a.xlsx", f"{JOINT}| 青竹食品有限公司 | 20 | 1 | {branch}"), "--as-of", "2026-03-31")
    census("ingest", workbook("b.xlsx", f"{JOINT}| 翠柳物流有限公司 | 30 | 1 | {branch}"), "--as-of", "2026-03-31")
    census("ingest", workbook("c.xlsx", f"{JOINT}| 翠柳物流有限公司 | 30 | 2 | {branch}"), "--as-of", "2026-06-30")
    found = json.loads(census("diff", "--json").out)
    assert [(each["name"], each["field"]) for each in found["fields"]] == [("翠柳物流有限公司", "members_formal")]
    assert found["period"]["joint_adjusted"] == 2
