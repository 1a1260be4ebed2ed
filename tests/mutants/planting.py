"""Planted faults: a guard is taken out of a copy of the code, and the tests that are named beside it must notice.

Prints what each fault was caught by. A fault that nobody notices, and a guard that is no longer there as it is written
down, is a failure. What is common to the lists `soak/planted.py` and `mutants/guards.py`.
"""

# ruff: noqa: T201   (it is a command)

import argparse
import os
import shlex
import shutil
import site
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[2]
PACKAGE = Path("src/coverage_census")
SECONDS = 600  # a fault that makes a test go on for ever is caught by the clock
NO_TESTS = 5  # what pytest ends with where nothing fits its words


@dataclass(frozen=True)
class Bug:
    """In `file` the text `guard` becomes `planted`; `caught_by`: what pytest is to be run with.

    `also`: a second text and what it becomes, where two guards each do the work of the other.
    """

    name: str
    file: str
    guard: str
    planted: str
    caught_by: str
    also: tuple[str, str] | None = None


def without_guard(bug: Bug, package: Path = ROOT / PACKAGE) -> str:
    """The text of the file with the bug in it; LookupError where the guard does not stand there exactly once."""
    text = (package / bug.file).read_text(encoding="utf-8")
    for guard, planted in ((bug.guard, bug.planted), *([bug.also] if bug.also else [])):
        if text.count(guard) != 1:
            raise LookupError(f"{bug.name}: the guard stands {text.count(guard)} times in {bug.file}")
        text = text.replace(guard, planted)
    return text


class Copy:
    """The repository as far as a test needs it, with an interpreter of its own.

    That interpreter is why even the confined children of the reader, which heed no PYTHONPATH, run what is planted.
    """

    def __init__(self, folder: Path) -> None:
        self.place = folder
        ignore = shutil.ignore_patterns("__pycache__", ".hypothesis")
        for name in ("src", "tests", "reports", "data"):
            shutil.copytree(ROOT / name, folder / name, ignore=ignore)
        shutil.copy(ROOT / "pyproject.toml", folder)
        venv.create(folder / ".venv", symlinks=True)
        own = Path(next((folder / ".venv").glob("lib/python*/site-packages")))
        ours = "".join(f"import site; site.addsitedir({each!r})\n" for each in site.getsitepackages())
        (own / "a_copy.pth").write_text(f"{folder / 'src'}\n{ours}", encoding="utf-8")

    def caught(self, bug: Bug) -> str | None:
        """The first test that fails, by name; None: nobody noticed."""
        if not bug.guard:
            return self._first_failure(bug.caught_by)
        path = self.place / PACKAGE / bug.file
        whole, stands = path.read_text(encoding="utf-8"), path.stat()
        path.write_text(without_guard(bug, self.place / PACKAGE), encoding="utf-8")
        try:
            return self._first_failure(bug.caught_by)
        finally:
            path.write_text(whole, encoding="utf-8")
            os.utime(path, ns=(stands.st_atime_ns, stands.st_mtime_ns))  # what was compiled of it counts again

    def _first_failure(self, tests: str) -> str | None:
        command = [str(self.place / ".venv/bin/python"), "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        try:
            done = subprocess.run(
                [*command, "--no-header", *words(tests)], cwd=self.place, env=environment, capture_output=True,
                text=True, check=False, timeout=SECONDS,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return "it never ends"
        if done.returncode == 0:
            return None
        if done.returncode == NO_TESTS:
            raise LookupError(f"there is no such test: {tests}")
        failed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
        return failed[0].split("::", 1)[-1].split(" - ")[0] if failed else done.stdout[-300:]


def words(tests: str) -> list[str]:
    """`test_returns.py -k 'loop or rows'` as arguments of pytest."""
    return [f"tests/{word}" if word.startswith("test_") and ".py" in word else word for word in shlex.split(tests)]


def main(bugs: Sequence[Bug], about: str | None) -> None:
    """The command: plants what is asked for and exits with 1 if anything survived."""
    options = argparse.ArgumentParser(description=about)
    options.add_argument("--only", help="faults with this in their name")
    options.add_argument("--control", action="store_true", help="first the same tests without any fault: all must pass")
    options.add_argument("--third", help="0, 1 or 2: every third of the list; `next`: by the number of commits")
    options.add_argument("--workers", type=int, default=2, help="how many copies work beside each other")
    said, began = options.parse_args(), time.monotonic()
    chosen = [bug for bug in third(bugs, said.third) if not said.only or said.only in bug.name]
    controls = [Bug("none", "", "", "", tests) for tests in sorted({bug.caught_by for bug in chosen})]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(said.workers) as pool:
        copies = SimpleQueue[Copy]()
        for number in range(said.workers):
            copies.put(Copy(Path(folder) / f"copy{number}"))
        run = partial(_caught, copies)
        for control, found in zip(controls, pool.map(run, controls), strict=True) if said.control else ():
            if found:
                sys.exit(f"{control.caught_by} fails without any fault: {found}")
        survivors = []
        for bug, found in zip(chosen, pool.map(run, chosen), strict=True):
            survivors += [bug] if found is None else []
            print(f"{bug.name} -> {found or 'NOBODY'}", flush=True)
    print(f"planted faults: {len(chosen)}, {len(survivors)} survived, {time.monotonic() - began:.0f} s")
    for bug in survivors:
        print(f"survivor: {bug.name} ({bug.file}; asked: {bug.caught_by})")
    sys.exit(int(bool(survivors)))


def _caught(copies: "SimpleQueue[Copy]", bug: Bug) -> str | None:
    copy = copies.get()
    try:
        return copy.caught(bug)
    finally:
        copies.put(copy)


def third(bugs: Sequence[Bug], which: str | None) -> Sequence[Bug]:
    """Every third of the list, so that each stage has its part in each; all of it where nothing is asked."""
    if not which:
        return bugs
    number = _commits() if which == "next" else int(which)
    return bugs[number % 3 :: 3]


def _commits() -> int:
    counted = subprocess.run(
        ["git", "rev-list", "--count", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )  # fmt: skip
    return int(counted.stdout or 0)
