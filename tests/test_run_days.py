"""Three days of cron in an office: what is printed, what the digests say, and that nothing is lost or said twice."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit import Census, Golden, Ran
from run_case import three_days

_HASH = re.compile(r"\b[0-9a-f]{16}\b")


@pytest.fixture
def china(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The zone of the office, without a zone database."""
    monkeypatch.setenv("TZ", "CST-8")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def page(when: str, ran: Ran, workspace: Path) -> str:
    """What one run left: its code, what it printed, and its digest."""
    assert not ran.err
    text = (workspace / "reports" / "digest.txt").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 30
    if ran.out:
        assert ran.out == text
    printed = "printed" if ran.out else "silent"
    return f"=== {when} · {printed} · exit {ran.code}\n{_HASH.sub('0123456789abcdef', text)}"


@pytest.mark.slow
def test_the_cron_script_over_three_days(tmp_path: Path, census: Census, golden: Golden) -> None:
    workspace = tmp_path / "共享盘" / "两新 台账"
    made = census("init", workspace, "--cron")
    script = tmp_path / "census-cron.sh"
    script.write_text(made.out[made.out.index("#!/bin/bash") :], encoding="utf-8")
    log = tmp_path / "cron.log"
    pages = []
    for when, run in three_days(workspace / "inbox").items():
        run.before(workspace)
        environment = {"CENSUS_NOW": run.at, "CENSUS_LOG": str(log), "TZ": "CST-8"}
        ran = subprocess.run(["bash", script], env=environment, cwd="/", capture_output=True, timeout=120, check=False)
        assert not ran.stderr
        pages.append(page(when, Ran(ran.returncode, ran.stdout.decode(), ""), workspace))
    golden("run_days_zh.txt", "\n".join(pages))
    assert len(log.read_text(encoding="utf-8").splitlines()) == len(pages)
    assert [path.name for path in workspace.rglob("*.tmp")] == ["~WRL0003.tmp"]


@pytest.mark.usefixtures("china")
def test_three_days_in_english(tmp_path: Path, census: Census, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    census("init", tmp_path, "--lang", "en")
    pages, documents = [], []
    for when, run in three_days(tmp_path / "inbox").items():
        run.before(tmp_path)
        monkeypatch.setenv("CENSUS_NOW", run.at)
        pages.append(page(when, census("run", "--lang", "en"), tmp_path))
        documents.append(json.loads((tmp_path / "reports" / "digest.json").read_text(encoding="utf-8")))
    golden("run_days_en.txt", "\n".join(pages))
    keys = {frozenset(each) for each in documents}
    assert len(keys) == 1
    assert [each["round_made"] for each in documents] == [True, False, True, False, False, True, True]


def test_the_script_is_sound_and_names_everything_absolutely(tmp_path: Path, census: Census) -> None:
    made = census("init", tmp_path / "100% 'ours'", "--cron")
    assert made.code == 0
    path = tmp_path / "all.txt"
    path.write_text(made.out, encoding="utf-8")
    assert subprocess.run(["bash", "-n", path], check=False).returncode == 0
    line = next(line for line in made.out.splitlines() if line.startswith("*/30 "))
    assert line.split(None, 5)[5].startswith("/bin/bash /")
    assert "flock -n" in made.out
    assert "timeout -k 30" in made.out
    assert str(Path(sys.executable).parent) in made.out
    assert os.fspath(tmp_path) in made.out
