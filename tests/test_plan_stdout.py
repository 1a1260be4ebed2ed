"""stdout is the document: a solver that prints, in whatever way, changes nothing of what `census plan` prints."""

import ctypes
import json
import os
from pathlib import Path
from typing import Any

import pytest

from coverage_census.plan.joint.solver import master, workers
from coverage_census.plan.joint.solver.cluster import Cluster, Solution
from coverage_census.plan.joint.solver.solve import solved
from coverage_census.plan.quiet import quiet
from kit import Census, Workbook
from plan_case import LIMITS, POINTS, item

SHEET = """
| 县（市、区） | 乡镇（街道） | 单位名称 | 是否建立党组织 | 党员总数 | 正式党员 |
| 某县 | 甲镇 | 甲一茶业有限公司 | 否 | 1 | 1 |
| 某县 | 甲镇 | 甲二茶业有限公司 | 否 | 2 | 2 |
| 某县 | 乙镇 | 乙一砖厂 | 否 | 2 | 2 |
| 某县 | 乙镇 | 乙二砖厂 | 否 | 1 | 1 |
"""
BANNER = b"Running HiGHS: Copyright under MIT licence terms\n"


def shout() -> None:
    """As libraries print: through Python, straight to the descriptor, and into the buffer of C."""
    print("banner of Python")  # noqa: T201
    os.write(1, BANNER)
    ctypes.CDLL(None).printf(b"banner of C ")


def shouting(cluster: Cluster) -> Solution:
    """A search whose solver prints, as another process finds it by name."""
    shout()
    return solved(cluster)


@pytest.fixture
def loud(monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that prints when it is made."""
    silent = master.solver

    def solver(*given: Any, **options: Any) -> Any:
        shout()
        return silent(*given, **options)

    monkeypatch.setattr(master, "solver", solver)


@pytest.mark.usefixtures("loud")
def test_the_document_and_nothing_else(census: Census, workbook: Workbook, capfd: pytest.CaptureFixture[str]) -> None:
    census("ingest", workbook("台账.xlsx", SHEET))
    capfd.readouterr()
    made = census("plan", "joint", "--json")
    assert len(json.loads(made.out)["groups"]) == 2
    assert census("plan", "joint", "--csv").out.startswith('\ufeff"township",')
    assert census("plan", "joint", "--keep", "--name", "甲案").code == 0
    assert json.loads(census("plan", "compare", "甲案", "now", "--json").out)["equal"] == 2
    ctypes.CDLL(None).fflush(None)
    assert "banner" not in (said := capfd.readouterr().out) and BANNER.decode() not in said


def test_worker_processes_are_silent_too(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(workers, "ENOUGH", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    monkeypatch.setattr(workers, "solved", shouting)
    cluster = Cluster((item(2), item(1), item(1)), LIMITS, POINTS)
    assert [found.uncovered for found in workers.every([cluster, cluster])] == [0, 0]
    ctypes.CDLL(None).fflush(None)
    assert capfd.readouterr().out == ""


def test_what_was_printed_before_and_after_stays(capfd: pytest.CaptureFixture[str]) -> None:
    print("before")  # noqa: T201
    with quiet():
        shout()
        with quiet():
            shout()
        shout()
    print("after")  # noqa: T201
    ctypes.CDLL(None).fflush(None)
    assert capfd.readouterr().out == "before\nafter\n"


def test_an_error_inside_gives_stdout_back(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), quiet():
        os.write(1, bytes(1 // 0))
    os.write(1, b"here\n")
    assert capfd.readouterr().out == "here\n"


@pytest.mark.parametrize(
    "words",
    [("plan", "--lang", "en", "--help"), ("--lang", "en", "plan", "--help"), ("plan", "--lang=en")],
)
def test_the_help_of_plan_in_english(census: Census, words: tuple[str, ...]) -> None:
    shown = census(*words)
    assert shown.code == 0 and shown.out.startswith("Usage: census plan") and "joint" in shown.out


@pytest.mark.parametrize("command", ["joint", "liaison", "mass", "list", "show", "compare"])
def test_every_command_below_plan_takes_lang_before_and_after(census: Census, command: str) -> None:
    for words in (["plan", "--lang", "en", command, "--help"], ["plan", command, "--lang", "en", "--help"]):
        shown = census(*words)
        assert shown.code == 0 and shown.out.startswith(f"Usage: census plan {command}")


def test_a_language_before_the_command_is_the_language_of_its_answer(
    census: Census, workbook: Workbook, tmp_path: Path
) -> None:
    census("ingest", workbook("台账.xlsx", SHEET))
    assert census("plan", "--lang", "en", "joint").out.startswith("Joint branches")
    assert census("plan", "--workspace", str(tmp_path), "--lang", "en", "joint").out.startswith("Joint branches")
    assert census("plan", "--lang", "fr", "joint").code == 2


def test_what_is_kept_is_not_called_unwritten_as_well(census: Census, workbook: Workbook) -> None:
    census("ingest", workbook("台账.xlsx", SHEET))
    assert "未写入台账" in census("plan", "joint").out
    for name in ("甲案", "甲案", "乙案"):  # the second is there already
        kept = census("plan", "joint", "--keep", "--name", name)
        assert "留存" in kept.out and "未写入台账" not in kept.out


@pytest.mark.parametrize("kind", ["joint", "mass"])
def test_who_stops_reading_has_kept_the_plan(
    kind: str, census: Census, workbook: Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`census plan joint --keep | head -1`: the reader leaves while the plan is being printed."""
    assert census("ingest", workbook("台账.xlsx", SHEET), "--no-returns").code == 0
    with monkeypatch.context() as away:

        def left(*_: object, **__: object) -> None:
            raise BrokenPipeError

        away.setattr("coverage_census.cli.line.process.print_nowhere", lambda: None)
        away.setattr(f"coverage_census.console.plan.{kind}.{'joint' if kind == 'joint' else 'show'}", left)
        assert census("plan", kind, "--keep", "--name", "冬季").code == 0
    assert [each["name"] for each in json.loads(census("plan", "list", "--json").out)] == ["冬季"]
