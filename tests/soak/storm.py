"""`kill -9` storms: several writers and a reader as processes on one ledger, writers killed at any moment.

Every writer has its own files and begins again, after a kill, with the first one that was not acknowledged.
Afterwards: every file in exactly one round, nothing acknowledged lost, no reader ever saw anything broken.
With A and B in the environment (two clients of one share, `netfs run`) the writers take turns, the reader sits on B.
"""

# ruff: noqa: T201   (it is a command)

import argparse
import errno
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from coverage_census.errors import Busy, CensusError
from coverage_census.files.disk import Drive
from coverage_census.ledger import verify
from coverage_census.ledger.write import commit
from soak.writing import acknowledge, acknowledged, put, sound, took_in

SOON = 70.0  # seconds for which a client of a share may remember what was there before


@dataclass(frozen=True)
class Plan:
    """What is to be stormed. `folders`: the same ledger, as each client sees it; `log`: on a drive of this machine."""

    folders: Sequence[Path]
    log: Path
    rounds: int = 60
    writers: int = 4
    kills: int = 25
    lock: bool = True
    limit: float = 280.0
    seed: int = 0


@dataclass
class Found:
    """What a storm left."""

    rounds: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # reads that failed or that contradicted an earlier one
    failed: list[str] = field(default_factory=list)  # writers that stopped by themselves
    damage: list[str] = field(default_factory=list)
    reads: int = 0
    kills: int = 0
    tries: int = 0  # looks at the head by writers, acknowledged or killed
    seconds: float = 0.0

    def clean(self, plan: Plan) -> bool:
        return self.rounds == plan.rounds and not (self.lost or self.twice or self.broken or self.failed or self.damage)

    def told(self, plan: Plan) -> str:
        words = (
            f"{self.rounds}/{plan.rounds} rounds, {plan.writers} writers, {'with' if plan.lock else 'without'} lock, "
            f"{self.kills} killed, {self.tries / max(1, self.rounds):.2f} tries a round, {self.reads} reads, "
            f"{self.seconds:.0f} s: lost {len(self.lost)}, twice {len(self.twice)}, broken reads {len(self.broken)}, "
            f"stopped {len(self.failed)}, damage {len(self.damage)}"
        )
        bad = [*self.lost, *self.twice, *self.broken, *self.failed, *self.damage]
        return "\n  ".join([words, *bad[:12]])


class Counting(Drive):
    """Writes down every try, and has no locks where none are wanted."""

    def __init__(self, log: Path, lock: bool) -> None:
        self._log, self._lock = log, lock

    def mkdir(self, path: Path) -> None:
        if path.parent.name == "tmp":  # a round is about to be written
            acknowledge(self._log, "try")
        super().mkdir(path)

    def lock(self, path: Path) -> int | None:
        if not self._lock:
            raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))
        return super().lock(path)


def names(plan: Plan, who: int) -> list[str]:
    """The files of one writer; together they are the rounds that must come about."""
    return [f"{who}-{number}" for number in range(who, plan.rounds, plan.writers)]


def write(plan: Plan, who: int) -> None:
    """One writer's life: what it has not been acknowledged for yet, in order."""
    folder, drive = plan.folders[who % len(plan.folders)], Counting(plan.log.with_suffix(".tries"), plan.lock)
    done = set(acknowledged(plan.log))
    for name in names(plan, who):
        if name in done:
            continue
        try:
            while True:
                try:
                    put(folder, name, drive)
                    break
                except Busy as stop:  # "try again later" is an answer; how often it comes is counted
                    acknowledge(plan.log.with_suffix(".busy"), f"{name}: {stop}")
                    time.sleep(0.2)
            acknowledge(plan.log, name)
        except (CensusError, OSError) as stop:
            acknowledge(plan.log.with_suffix(".failed"), f"{name}: {type(stop).__name__} {stop}")
            os._exit(1)
    os._exit(0)


def read(plan: Plan) -> None:
    """One reader's life: everything checked again and again; a round that it has seen never goes away."""
    folder, seen = plan.folders[-1], 0
    while True:
        try:
            found = len(sound(folder))
            if found < seen:
                acknowledge(plan.log.with_suffix(".broken"), f"{found} rounds after {seen}")
            seen = found
            acknowledge(plan.log.with_suffix(".reads"), str(found))
        except (CensusError, OSError) as stop:
            acknowledge(plan.log.with_suffix(".broken"), f"after {seen} rounds: {type(stop).__name__} {stop}")
        time.sleep(0.02)


def storm(plan: Plan) -> Found:
    """Kill writers at random moments until all files are in, then look at what is left."""
    chance, fork = random.Random(plan.seed), multiprocessing.get_context("fork")
    began, found = time.monotonic(), Found()
    reader = fork.Process(target=read, args=(plan,))
    reader.start()

    def start(who: int) -> ForkProcess:
        process = fork.Process(target=write, args=(plan, who))
        process.start()
        return process

    running = {who: start(who) for who in range(plan.writers)}
    while running and time.monotonic() - began < plan.limit:
        done = len(acknowledged(plan.log))
        pace = (time.monotonic() - began) / (done + 1) * plan.rounds / max(1, plan.kills)
        time.sleep(min(5.0, chance.uniform(0, 1.2 * pace)) if found.kills < plan.kills else 0.05)
        if found.kills < plan.kills:
            victim = running[chance.choice(list(running))]
            if victim.is_alive() and victim.pid:
                os.kill(victim.pid, signal.SIGKILL)
                found.kills += 1
        for who, process in list(running.items()):
            if process.is_alive():
                continue
            process.join()
            del running[who]
            if process.exitcode == -signal.SIGKILL:
                running[who] = start(who)
    for process in [*running.values(), reader]:
        process.kill()
        process.join()
    found.failed += [f"writer {who} did not end in {plan.limit:.0f} s" for who in running]
    found.seconds = time.monotonic() - began
    look(plan, found)
    return found


def look(plan: Plan, found: Found) -> None:
    """What is left, as each client sees it, against what was acknowledged."""
    wanted = set(acknowledged(plan.log))
    for folder in plan.folders:
        end = time.monotonic() + SOON
        while True:
            try:
                every = sound(folder)
                if wanted <= set(took_in(every)) or time.monotonic() > end:
                    break
            except (CensusError, OSError):
                if time.monotonic() > end:
                    raise
            time.sleep(0.5)
        taken = took_in(every)
        found.rounds = len(every)
        found.lost += sorted(wanted - set(taken))
        found.twice += [f"{name} in {numbers}" for name, numbers in taken.items() if len(numbers) > 1]
        found.damage += [str(each) for each in verify.verify(folder).damage]
        found.damage += [f"organisations {every[-1].organisations}"] * (every[-1].organisations != len(taken))
    found.broken += acknowledged(plan.log.with_suffix(".broken"))
    found.failed += acknowledged(plan.log.with_suffix(".failed"))
    found.reads = len(acknowledged(plan.log.with_suffix(".reads")))
    found.tries = len(acknowledged(plan.log.with_suffix(".tries")))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path)
    options.add_argument("--rounds", type=int, default=60)
    options.add_argument("--writers", type=int, default=4)
    options.add_argument("--kills", type=int, default=25)
    options.add_argument("--repeat", type=int, default=1)
    options.add_argument("--limit", type=float, default=280.0)
    options.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    options.add_argument("--lock", choices=("yes", "no", "both"), default="yes")
    said = options.parse_args()
    places = [said.folder] if said.folder else [Path(os.environ[name]) for name in ("A", "B")]
    bad = 0
    for number in range(said.repeat):
        for lock in (True, False) if said.lock == "both" else (said.lock == "yes",):
            with tempfile.TemporaryDirectory() as own:
                folder = f"ledger-{number}-{lock}"
                plan = Plan(
                    [place / folder for place in places], Path(own) / "acked", said.rounds, said.writers, said.kills,
                    lock, said.limit, said.seed + number,
                )  # fmt: skip
                print(f"seed {plan.seed}", flush=True)
                found = storm(plan)
                print(found.told(plan), f"busy {len(acknowledged(plan.log.with_suffix('.busy')))}", flush=True)
                bad += not found.clean(plan)
    sys.exit(int(bad > 0))


if __name__ == "__main__":
    assert commit  # imported before the fork, so that no writer's first second is Python's
    main()
