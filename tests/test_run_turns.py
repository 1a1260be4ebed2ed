"""`run` beside slow files: who is quick is in the ledger before anybody slow is waited for, and nobody is forgotten.

The reader is the real one, but for files whose first bytes say how many seconds it is to sleep."""

import os
import sys
import time
from pathlib import Path

import pytest

from coverage_census.inbox import turns
from coverage_census.ingest.jail import parent
from kit import Census

STAND_IN = """
import time
from coverage_census.ingest.jail import child as jailed
from coverage_census.ingest.workbook import read_workbook

def read(data, incoming, columns):
    word, _, seconds = data[:20].decode("utf-8", "replace").partition(" ")
    if word == "sleep":
        time.sleep(float(seconds.split()[0]))
    return read_workbook(data, incoming, columns)

jailed.main(read)
"""
GOOD = "单位名称,所属乡镇,从业人数,党员总数,正式党员人数,是否组建党组织\n{name},响肠镇,12,3,3,否\n"


@pytest.fixture
def office(tmp_path: Path, census: Census, monkeypatch: pytest.MonkeyPatch) -> Path:
    script = tmp_path / "stand_in.py"
    script.write_text(STAND_IN, encoding="utf-8")
    monkeypatch.setattr(parent, "COMMAND", (sys.executable, "-I", "-X", "utf8", str(script)))
    monkeypatch.setattr(turns, "SHORT_SECONDS", 1.5)
    monkeypatch.setattr(parent, "WALL_SECONDS", 4.0)
    assert census("init", str(tmp_path / "ws")).code == 0
    return tmp_path / "ws"


def put(office: Path, name: str, text: str) -> None:
    path = office / "inbox" / name
    path.write_text(text, encoding="utf-8")
    os.utime(path, (time.time() - 3600,) * 2)


def slow(seconds: float) -> str:
    return f"sleep {seconds} \n"


def test_the_good_one_is_entered_before_the_slow_ones_are_waited_for(office: Path, census: Census) -> None:
    for number in range(3):
        put(office, f"{number}_slow.csv", slow(60))
    put(office, "9_good.csv", GOOD.format(name="好样例商贸有限公司"))
    ran = census("run", "--workspace", str(office))
    assert ran.code == 3
    assert "受理：9_good.csv" in ran.out and ran.out.count("读取超过") == 3
    assert "好样例商贸有限公司" in census("gaps", "--list", "--workspace", str(office)).out


def test_a_slow_but_honest_one_is_entered_in_the_same_run(office: Path, census: Census) -> None:
    put(office, "1_slow.csv", slow(2.5) + GOOD.format(name="慢样例商贸有限公司"))
    put(office, "2_good.csv", GOOD.format(name="好样例商贸有限公司"))
    ran = census("run", "--workspace", str(office))
    assert ran.code == 0, ran.out
    assert "受理 2 个" in ran.out and "单位：新增 2 家" in ran.out
    assert census("run", "--workspace", str(office)).out == ""  # nothing new


def test_whom_a_run_has_no_time_for_is_told_so_and_is_the_first_of_the_next(
    office: Path, census: Census, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(office, "1_slow.csv", slow(2.5) + GOOD.format(name="慢样例商贸有限公司"))
    for number in range(2, 5):
        put(office, f"{number}_good.csv", GOOD.format(name=f"好样例{number}号商贸有限公司"))
    with monkeypatch.context() as hurry:
        hurry.setattr(turns, "SHORT_TURNS", 0.0)
        hurry.setattr(turns, "ALL_TURNS", 0.0)
        hurried = census("run", "--workspace", str(office))
        assert hurried.code == 3
        assert hurried.out.count("还没有轮到它") == 3 and "等下次" in hurried.out
        assert "1_slow.csv" in hurried.out
        again = census("run", "--workspace", str(office))  # each run takes one step at least
        assert "受理：2_good.csv" in again.out and again.out.count("还没有轮到它") + again.out.count("另有") >= 1
    last = census("run", "--workspace", str(office))
    assert last.code == 0
    listed = census("gaps", "--list", "--workspace", str(office)).out
    assert all(f"好样例{number}号商贸有限公司" in listed for number in range(2, 5)) and "慢样例商贸有限公司" in listed
