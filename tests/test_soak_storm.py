"""A short storm: four writers that are killed at any moment, and a reader, all real processes on one folder."""

import re
import subprocess
import sys
from pathlib import Path

from soak.writing import folder_in_memory

STORM = Path(__file__).parent / "soak" / "storm.py"


def storm(*words: str) -> str:
    with folder_in_memory() as folder:
        command = [sys.executable, str(STORM), str(folder), *words, "--limit", "100"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_nothing_is_lost_when_writers_are_killed() -> None:
    told = storm("--rounds", "16", "--kills", "8", "--seed", "20261121")
    assert "16/16 rounds" in told
    assert "8 killed" in told
    assert "lost 0, twice 0, broken reads 0, stopped 0, damage 0" in told


def test_writers_who_wait_for_one_another_try_once_or_twice() -> None:
    told = storm("--rounds", "20", "--kills", "0")
    found = re.search(r"([0-9.]+) tries a round", told)
    assert found
    assert float(found[1]) <= 2
