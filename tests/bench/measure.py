"""A command in; its CPU and wall seconds and the peak of its largest process out, the best of several runs."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

# A process of its own, because the peak of children (RUSAGE_CHILDREN) never falls again.
_PROBE = """
import contextlib, ctypes, json, os, resource, subprocess, sys, time
with contextlib.suppress(OSError, AttributeError):
    ctypes.CDLL(None).prctl(36, 1)  # PR_SET_CHILD_SUBREAPER: what a killed child leaves behind is counted too
start = time.perf_counter()
code = subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
wall = time.perf_counter() - start
with contextlib.suppress(ChildProcessError):
    while True:
        os.wait()
use = resource.getrusage(resource.RUSAGE_CHILDREN)
open(sys.argv[1], "w").write(json.dumps([code, use.ru_utime + use.ru_stime, wall, use.ru_maxrss / 1024]))
"""


@dataclass(frozen=True)
class Cost:
    """CPU and wall in seconds, memory in MB (the largest single process)."""

    cpu: float
    wall: float
    memory: float


def cost(command: Sequence[str | Path], folder: Path, runs: int = 5, allowed: Sequence[int] = (0,)) -> Cost:
    """The least of each figure over `runs`: noise only ever adds."""
    found = [_once([str(part) for part in command], folder, allowed) for _ in range(runs)]
    return Cost(min(c.cpu for c in found), min(c.wall for c in found), min(c.memory for c in found))


def _once(command: list[str], folder: Path, allowed: Sequence[int]) -> Cost:
    with tempfile.NamedTemporaryFile() as answer:
        subprocess.run(
            [sys.executable, "-I", "-c", _PROBE, answer.name, *command], cwd=folder, check=True, env=dict(os.environ)
        )
        code, cpu, wall, memory = json.loads(Path(answer.name).read_text(encoding="utf-8"))
    if code not in allowed:
        sys.exit(f"{' '.join(command)}: exit {code}")
    return Cost(cpu, wall, memory)


def census() -> Path:
    """The command of the environment that runs this script."""
    return Path(sys.executable).with_name("census")


def python(script: str) -> list[str]:
    """The command that runs a script in this environment."""
    return [sys.executable, "-c", script]


def line(what: str, ratio: float, limit: float, figures: str) -> None:
    """One line of the table: measured ratio, its limit, and the figures behind it."""
    verdict = "ok" if ratio <= limit else "OVER"
    print(f"{what:44} {ratio:6.2f}  limit {limit:5.2f}  {verdict:4}  {figures}")  # noqa: T201
