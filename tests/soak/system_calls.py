"""Every system call of a real `census ingest` and `census undo` that touches the workspace fails once, or is the last.

`strace` first counts the calls, then each one gets each error, or SIGKILL at its door. After each run the ledger must
be as before or as after, what was told must be true, nothing may look like a bug, and the same command again must
bring the work to its end. Run without arguments it does all of it (`make soak`).
"""

# ruff: noqa: T201   (it is a command)

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import coverage_census
from coverage_census.ledger import rounds, verify
from soak.writing import folder_in_memory, sound

SOURCE = Path(coverage_census.__file__).parents[1]  # what runs is what checks, also in a copy with a planted bug
NOTHING_WRITTEN = ("没有写入任何内容", "台账未改动", "台账没有改动")
CENSUS = Path(sys.executable).with_name("census")
WRITING = ("openat", "write", "fsync", "rename", "renameat", "renameat2", "mkdir", "mkdirat")
BESIDE = ("close", "unlink", "unlinkat", "rmdir", "flock", "getdents64", "read")
ERRORS = ("ENOSPC", "EIO", "EDQUOT", "EACCES", "ESTALE", "EINTR", "EROFS")
KILL = "SIGKILL"
BUG = ("程序出错", "Traceback", "TypeError", "AttributeError")
FILES = {
    "甲镇.csv": "乡镇,单位名称,正式党员\n首阳镇,合成样例富民食品有限公司,3\n首阳镇,合成样例兴旺建材有限公司,1\n",
    "乙镇.csv": "乡镇,单位名称,正式党员\n中关镇,合成样例和顺商贸有限公司,5\n",
}


@dataclass(frozen=True)
class Work:
    """A command, the rounds before it and after it."""

    name: str
    words: Sequence[str]
    before: int

    @property
    def after(self) -> int:
        return self.before + 1


WORKS = (
    Work("first round", ("ingest", "inbox/甲镇.csv"), 0),
    Work("second round", ("ingest", "inbox/乙镇.csv"), 1),
    Work("undo", ("undo", "2", "--reason", "报错了表"), 2),
)


@dataclass(frozen=True)
class Call:
    """One system call of the command: the n-th of its name in the main thread."""

    name: str
    nth: int
    about: str


@dataclass(frozen=True)
class Outcome:
    """What one run with one fault left. `wrong` is empty where everything held."""

    work: Work
    call: Call
    fault: str
    code: int
    hit: bool
    wrong: str


def template(folder: Path, work: Work) -> Path:
    """A workspace in which `work` is about to happen."""
    place = folder / f"template-{work.before}"
    run(["init", str(place)], folder)
    for name, text in FILES.items():
        (place / "inbox" / name).write_text(text, encoding="utf-8")
    for name in list(FILES)[: work.before]:
        done = run(["ingest", f"inbox/{name}"], place)
        assert done.returncode == 0, done.stdout + done.stderr
    assert len(sound(place / "ledger")) == work.before
    return place


def run(words: Sequence[str], folder: Path, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    """`census …` as a process of its own; `before`: what stands before it on the command line."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    fixed = {"LC_ALL": "C.UTF-8", "CENSUS_NOW": "2026-11-21T09:00:00+08:00", "PYTHONHASHSEED": "0"}
    environment = {**kept, **fixed, "PYTHONPATH": str(SOURCE)}
    if before:  # byte code that is written on the way would shift the count of every call after it
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    command = [*before, str(CENSUS), *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def calls(work: Work, source: Path, folder: Path, names: Sequence[str]) -> list[Call]:
    """The calls that touch the workspace, in order, as one run makes them."""
    assert run(work.words, fresh(source, folder)).returncode == 0
    place, log = fresh(source, folder), folder / "count.log"
    done = run(work.words, place, strace(log, [f"-etrace={','.join('?' + name for name in names)}"]))
    assert done.returncode == 0, done.stdout + done.stderr
    return [call for call in parsed(log.read_text(encoding="utf-8", errors="replace"), place) if call.name in names]


def parsed(text: str, place: Path) -> Iterator[Call]:
    counts = Counter[str]()
    for line in text.splitlines():
        name, bracket, rest = line.partition("(")
        if not bracket or not name.isidentifier():
            continue
        counts[name] += 1
        # A jail's pipe, the Python library and the terminal are somebody else's; a relative name is the inbox.
        if f"{place}" in rest.replace(f"AT_FDCWD<{place}>", "") or '"inbox/' in rest:
            yield Call(name, counts[name], re.sub(r"[0-9a-f]{16}", "NONCE", rest.replace(str(place), ""))[:70])


def strace(log: Path, more: Sequence[str]) -> list[str]:
    """Only the main thread: it alone writes, and what reads foreign files has a jail and tests of its own."""
    return ["strace", "-qq", "-y", "-s", "0", "-o", str(log), *more]


def fresh(source: Path, folder: Path) -> Path:
    """A copy of the template under a name that is always the same, so that the same calls follow."""
    place = folder / "work"
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(source, place)
    return place


def fail(work: Work, call: Call, fault: str, source: Path, folder: Path) -> Outcome:
    """One run in which one call meets one fault, and everything that must hold after it."""
    place, log = fresh(source, folder), folder / "run.log"
    how = "signal=SIGKILL" if fault == KILL else f"error={fault}"
    more = [f"-etrace={call.name}", f"-einject={call.name}:{how}:when={call.nth}"]
    done = run(work.words, place, strace(log, more))
    text = log.read_text(encoding="utf-8", errors="replace")
    hit = "+++ killed by SIGKILL" in text if fault == KILL else any(
        str(place) in line or '"inbox/' in line for line in text.splitlines() if line.endswith("(INJECTED)")
    )  # fmt: skip
    return Outcome(work, call, fault, done.returncode, hit, wrong(work, place, done))


def wrong(work: Work, place: Path, done: subprocess.CompletedProcess[str]) -> str:
    """The first thing that does not hold after a run, in words."""
    said = done.stdout + done.stderr
    if found := [word for word in BUG if word in said]:
        return f"looks like a bug ({found[0]}): {said[-300:]}"
    if done.returncode not in (0, 1, 5, 137, -9):
        return f"exit code {done.returncode}: {said[-300:]}"
    if done.returncode in (1, 5) and len(done.stderr.strip().splitlines()) != 1:
        return f"not one line on stderr: {done.stderr!r}"
    try:
        found_rounds = len(sound(place / "ledger"))
    except Exception as stop:  # noqa: BLE001  whatever it is, it is the finding
        return f"ledger cannot be read: {stop!r}"
    if found_rounds not in (work.before, work.after):
        return f"{found_rounds} rounds"
    if done.returncode == 0 and found_rounds != work.after:
        return "acknowledged, but not there"
    if found_rounds == work.after and done.returncode in (1, 5) and any(each in said for each in NOTHING_WRITTEN):
        return f"it says that nothing was written, but the round is there: {said}"
    return again(work, place, found_rounds)


def again(work: Work, place: Path, found: int) -> str:
    """The same command once more brings the work to its end; an undoing that stands already says so."""
    second = run(work.words, place)
    told = second.returncode == 0 or (work.name == "undo" and found == work.after and second.returncode == 1)
    if not told:
        return f"the second run: exit {second.returncode}: {second.stdout[-200:]}{second.stderr[-200:]}"
    checked = verify.verify(place / "ledger")
    if checked.rounds != work.after or checked.damage:
        return f"after the second run: {checked.rounds} rounds, {checked.damage}"
    if work.name == "undo" and rounds.all_rounds(place / "ledger")[-1].supersedes != 2:
        return "the undoing is not there"
    return ""


def faults(call: Call, index: int, every: bool) -> Sequence[str]:
    """All of them, or SIGKILL and two errors that go round."""
    if every:
        return (*ERRORS, KILL)
    return (KILL, "EIO" if call.name in BESIDE else ERRORS[index % len(ERRORS)], ERRORS[(index + 3) % len(ERRORS)])


def matrix(
    folder: Path, works: Sequence[Work], names: Sequence[str], *, every: bool, step: int = 1, lanes: int = 2
) -> list[Outcome]:
    """All outcomes; `step`: only one call in so many, for a sample."""
    plans = []
    for number, work in enumerate(works):
        source = template(folder, work)
        found = calls(work, source, folder, names)
        assert len(found) > 20, found
        chosen = list(enumerate(found))[number % step :: step]
        plans += [(work, call, fault, source) for index, call in chosen for fault in faults(call, index, every)]

    def lane(which: int) -> list[Outcome]:
        own = folder / f"lane-{which}"
        own.mkdir()
        outcomes = []
        for plan in plans[which::lanes]:
            outcomes.append(fail(*plan, own))
            if outcomes[-1].wrong or len(outcomes) % 50 == 0:
                print(f"{len(outcomes)} of {len(plans[which::lanes])} {outcomes[-1].wrong}", file=sys.stderr)
        return outcomes

    with ThreadPoolExecutor(lanes) as pool:
        return [each for some in pool.map(lane, range(lanes)) for each in some]


def told(outcomes: Sequence[Outcome]) -> str:
    """The figures, and every finding."""
    bad = [each for each in outcomes if each.wrong]
    missed = [each for each in outcomes if not each.hit]
    calls_hit = {(each.work.name, each.call) for each in outcomes}
    codes = Counter(each.code for each in outcomes)
    figures = f"{len(outcomes)} runs, {len(calls_hit)} system calls, {len(missed)} not hit"
    lines = [f"{figures}, exit codes {dict(sorted(codes.items()))}: {len(bad)} wrong"]
    lines += [f"  {each.work.name}: {each.call.name} #{each.call.nth} {each.fault} {each.call.about}: {each.wrong}"
              for each in bad]  # fmt: skip
    lines += [f"  not hit: {each.work.name}: {each.call.name} #{each.call.nth} {each.fault}" for each in missed]
    return "\n".join(lines)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--every", action="store_true", help="every error at every call: an hour")
    options.add_argument("--step", type=int, default=1)
    options.add_argument("--beside", action="store_true", help="reads, closes, listings and locks too")
    options.add_argument("--work", choices=[work.name for work in WORKS], action="append")
    said = options.parse_args()
    works = [work for work in WORKS if not said.work or work.name in said.work]
    names = (*WRITING, *BESIDE) if said.beside else WRITING
    began = time.monotonic()
    with folder_in_memory() as folder:
        outcomes = matrix(folder, works, names, every=said.every, step=said.step)
    print(told(outcomes), f"{time.monotonic() - began:.0f} s")
    sys.exit(int(any(each.wrong or not each.hit for each in outcomes)))


if __name__ == "__main__":
    main()
