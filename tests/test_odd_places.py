"""Odd places and odd words: full outputs, pipes and devices, drives that give up, settings nobody wrote by hand."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from coverage_census.errors import CensusError
from coverage_census.report.page import svg_process
from kit import Census, Workbook

TABLE = """
| 乡镇 | 单位名称 | 正式党员 |
| 首阳镇 | 合成样例富民食品有限公司 | 3 |
"""
CENSUS = Path(sys.executable).with_name("census")


def typed(folder: Path, words: list[str], printed: IO[bytes]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CENSUS, *words], cwd=folder, text=True, encoding="utf-8", stdout=printed, stderr=subprocess.PIPE, timeout=60,
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_what_was_entered_but_not_printed_is_said_so(workbook: Workbook, tmp_path: Path) -> None:
    workbook("首阳镇.xlsx", TABLE)
    with Path("/dev/full").open("wb") as full:
        ran = typed(tmp_path, ["ingest", "首阳镇.xlsx"], full)
        again = typed(tmp_path, ["ingest", "首阳镇.xlsx"], full)
    assert ran.returncode == again.returncode == 4
    assert "已入账（第 1 号记录）" in ran.stderr and "没能打印" in ran.stderr
    assert "没有新的记录" in again.stderr
    assert len(list((tmp_path / "ledger" / "rounds").iterdir())) == 1


@pytest.mark.parametrize("place", ["FORMAT", "anchors/000001", "rounds/round=000001/organisations.parquet", "history"])
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_a_pipe_or_a_device_in_the_ledger_holds_nobody_up(
    census: Census, workbook: Workbook, tmp_path: Path, place: str, kind: str
) -> None:
    workbook("首阳镇.xlsx", TABLE)
    assert census("ingest", "首阳镇.xlsx").code == 0
    path = tmp_path / "ledger" / place
    path.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    code = 0 if place == "history" else 6
    for words in (["gaps"], ["verify"], ["ingest", "首阳镇.xlsx"]):
        ran = census(*words)
        assert ran.code == code or (words == ["verify"] and place == "history"), (words, ran)
        assert "程序出错" not in ran.err


def test_settings_that_are_a_pipe_or_a_device_hold_nobody_up(census: Census, tmp_path: Path) -> None:
    assert census("init").code == 0
    (tmp_path / "census.toml").unlink()
    (tmp_path / "census.toml").symlink_to("/dev/zero")
    assert census("rounds").code == 1
    (tmp_path / "census.toml").unlink()
    (tmp_path / "policies").mkdir()
    os.mkfifo(tmp_path / "policies" / "a.toml")
    ran = census("rules", "list")
    assert "程序出错" not in ran.err


DEEP = {
    "deep lists": "a = " + "[" * 100_000,
    "deep and closed": "columns = " + "{a=" * 5000 + "1" + "}" * 5000,
    "deep headers": "[" + "a." * 50_000 + "b]",
    "ten megabytes": "# " + "x" * 10_000_000,
    "a huge value": 'county = "' + "县" * 200_000 + '"',
    "a huge key": '"' + "x" * 300_000 + '" = 1',
    "many keys": "".join(f"k{number} = 1\n" for number in range(60_000)),
    "a value that steers": 'county = "云岭\\u001b[31m县"',
    "a value that turns": 'county = "云岭\\u202e县"',
}


@pytest.mark.parametrize("case", DEEP)
@pytest.mark.parametrize("where", ["settings", "policy"])
def test_settings_and_policies_nobody_wrote_end_in_a_sentence(
    census: Census, tmp_path: Path, case: str, where: str
) -> None:
    assert census("init").code == 0
    if where == "settings":
        (tmp_path / "census.toml").write_text(DEEP[case], encoding="utf-8")
        ran = census("missing")
    else:
        (tmp_path / "policies").mkdir()
        (tmp_path / "policies" / "own.toml").write_text(DEEP[case], encoding="utf-8")
        ran = census("rules", "check", "own")
    said = ran.out + ran.err
    assert ran.code in (1, 2, 3), ran
    assert "程序出错" not in said and "Traceback" not in said
    assert len(said) < 4000
    assert "\x1b" not in said and "\u202e" not in said


LONG = "长" * 100_000
OPTIONS = (
    ["gaps", LONG], ["gaps", "--as-of", LONG], ["gaps", "--round", LONG], ["gaps", "--policy", LONG], ["explain", LONG],
    ["indicators", LONG], ["undo", LONG], ["report", LONG, "--html"], ["tasks", "--done", LONG], ["diff", LONG],
    ["ingest", LONG], ["verify", "--anchor", LONG], ["gaps", "--what-if", LONG], ["indicators", "--claims", LONG],
    ["ingest", "首阳镇.xlsx", "--round", LONG], ["gaps", "\x1b[31m\u202e红"], ["explain", "\x1b]0;x\x07\u202e"],
    ["undo", "\x9b31m\u2066"], ["gaps", "--policy", "\x1b[2J"],
)  # fmt: skip


@pytest.mark.parametrize("at", range(len(OPTIONS)))
def test_options_nobody_types_end_in_a_sentence(census: Census, workbook: Workbook, tmp_path: Path, at: int) -> None:
    workbook("首阳镇.xlsx", TABLE)
    assert census("ingest", "首阳镇.xlsx").code == 0
    for lang in ("zh", "en"):
        ran = census(*OPTIONS[at], "--lang", lang)
        said = ran.out + ran.err
        assert "程序出错" not in said and "Traceback" not in said and "internal" not in said, ran.err[:300]
        assert len(ran.err) < 4000
        assert not any(mark in said for mark in "\x1b\x9b\x07\u202e\u2066")


def test_figures_from_a_device_or_far_too_many(census: Census, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "large.txt").write_bytes(b"1+1=2\n" * 3_000_000)
    for name in ("/dev/zero", "pipe.txt", "large.txt"):
        ran = census("indicators", "--claims", name)
        assert ran.code == 1 and "程序出错" not in ran.err, ran


def test_json_is_the_same_value_and_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    from coverage_census.console import out

    value = {"name": "甲\u202e乙\x9b\x7f\u2066丙\ufeff", "more": ["\x1b[31m"]}
    out.as_json(value)
    said = capsys.readouterr().out
    assert json.loads(said) == value
    assert said.isprintable() or all(mark.isprintable() or mark in "\n " for mark in said)


def test_a_drawing_program_that_died_is_replaced_and_one_that_always_dies_costs_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    spec = {"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}}
    worker = svg_process._at_work(os.getpid())
    worker._process.kill()
    worker._process.wait()
    assert svg_process.draw(spec).startswith("<svg")
    dies = tmp_path / "dies.py"
    dies.write_text("import os, sys\nsys.stdin.readline()\nos.abort()\n", encoding="ascii")
    monkeypatch.setattr(svg_process, "__file__", str(dies))
    svg_process._at_work.cache_clear()
    with pytest.raises(CensusError) as stop:
        svg_process.draw(spec)
    assert stop.value.key == "not_drawn"


def test_words_that_steer_never_reach_the_program_that_draws() -> None:
    plain = svg_process._plain({"a\x1b": ["甲\x00\u202e\ud800", 1, None, {"b": "x\ny"}]})
    assert plain == {"a": ["甲", 1, None, {"b": "x\ny"}]}
