"""Files that somebody sent to what was read of them, in that order, each parsed in a confined child process.

One child reads all files, because starting it costs as much as reading a hundred small workbooks; two read them in
turn where there are very many. When one dies, the file it died of is refused and a new child reads the rest.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Self

from coverage_census.errors import CensusError
from coverage_census.ingest import wire
from coverage_census.model.annotation import Annotation, MarkOutcome
from coverage_census.model.filling import FillRequest, FormFilled
from coverage_census.model.forms import Form, FormsRead
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading, Level, Problem

if TYPE_CHECKING:
    import pyarrow as pa

Read = tuple[FileReading, "pa.Table | None", tuple[Problem, ...]]


def child(module: str, *words: str) -> tuple[str, ...]:
    """How `main` of a module is started as a child; looking for cycles while it imports would take a quarter longer."""
    start = f"import gc; gc.disable(); from {module} import main; main()"
    return (sys.executable, "-I", "-X", "utf8", "-c", start, *words)


COMMAND = child("coverage_census.ingest.jail.child")
# One thread each: threads gain nothing on one file after the other, and each one claims address space.
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "MALLOC_ARENA_MAX": "1",
}
WALL_SECONDS, WALL_SECONDS_PER_MB = 60, 2
ORGANISATIONS_PER_SECOND = 100  # that go into a form, on a slow machine
START_SECONDS = 60
DYING_SECONDS = 2  # between a closed pipe and the end of the process
PIPE_BYTES = 1 << 20
AHEAD = 2  # files asked for at a time: the child goes on while its last answer is looked at
MANY, LANES = 200, 2  # from so many files on there are so many children


class _Died(Exception):
    """The child ended, or answered nonsense, while reading a file; `code` is the refusal."""

    def __init__(self, code: str, **values: int) -> None:
        super().__init__(code)
        self.code, self.values = code, values


def run(
    incoming: Sequence[Incoming],
    columns: Mapping[str, str],
    command: Sequence[str] | None = None,
    wall_seconds: float = WALL_SECONDS,
) -> Iterator[Read]:
    """What was read of each file, in the order given; a file that harms its reader harms no other."""
    lanes = LANES if len(incoming) >= MANY and (os.cpu_count() or 1) > 1 else 1
    with contextlib.ExitStack() as open_:
        dealt = [
            open_.enter_context(contextlib.closing(_one_by_one(incoming[lane::lanes], columns, command, wall_seconds)))
            for lane in range(lanes)
        ]
        for number in range(len(incoming)):
            yield next(dealt[number % lanes])


def _one_by_one(
    incoming: Sequence[Incoming], columns: Mapping[str, str], command: Sequence[str] | None, wall_seconds: float
) -> Generator[Read, None, None]:
    rest = list(incoming)
    while rest:
        done, last = 0, None
        with _Child(command, columns, wall_seconds) as child:
            try:
                for outcome in child.read(rest):
                    yield outcome
                    done += 1
            except _Died as death:
                last = death
        # What earlier files left in memory may have cost the child its life: then this file gets a child of its own.
        if last and (done == 0 or last.code == "too_slow"):
            yield _refused(rest[done], last)
            done += 1
        rest = rest[done:]


def annotate(
    jobs: Sequence[tuple[Path | None, Annotation]],
    command: Sequence[str] | None = None,
    wall_seconds: float = WALL_SECONDS,
) -> Iterator[tuple[MarkOutcome, bytes] | None]:
    """The return workbook of each file; of one that killed the child the list alone, None where that fails too."""
    rest = list(jobs)
    while rest:
        with _Child(command, {}, wall_seconds) as child:
            try:
                while rest:
                    yield child.annotate(*rest[0])
                    del rest[0]
            except _Died:
                if rest[0][0] is not None:
                    rest[0] = (None, rest[0][1])
                else:
                    del rest[0]
                    yield None


def forms(
    path: Path,
    label: str,
    wanted: Sequence[Form],
    command: Sequence[str] | None = None,
    wall_seconds: float = WALL_SECONDS,
) -> FormsRead:
    """The lines of the forms in one file."""
    with _Child(command, {}, wall_seconds) as child:
        try:
            return child.forms(path, label, wanted)
        except _Died as death:
            problem = Problem(code=death.code, level=Level.ERROR, file=label, values=dict(death.values))
            return FormsRead(file=label, sha256=None, forms=(), lines=(), problems=(problem,))


def fill(
    request: FillRequest, command: Sequence[str] | None = None, wall_seconds: float = WALL_SECONDS
) -> tuple[FormFilled, bytes]:
    """A form from above, filled; a form that killed the child is refused."""
    with _Child(command, {}, wall_seconds + len(request.organisations) / ORGANISATIONS_PER_SECOND) as child:
        try:
            return child.fill(request)
        except _Died as death:
            return FormFilled(file=request.file, refused=death.code, values=dict(death.values)), b""


def _refused(incoming: Incoming, death: _Died) -> Read:
    reading = FileReading(file=incoming.label, size=_size(incoming), refused=death.code)
    problem = Problem(code=death.code, level=Level.ERROR, file=incoming.label, values=dict(death.values))
    return reading, None, (problem,)


def _size(incoming: Incoming) -> int:
    try:
        return os.lstat(incoming.path).st_size
    except OSError:
        return 0


class _Child:
    """One child process, asked ahead; it answers in order. Leaving the `with` ends it."""

    def __init__(self, command: Sequence[str] | None, columns: Mapping[str, str], wall_seconds: float) -> None:
        self._wall_seconds = wall_seconds
        # Its standard error goes nowhere: a parser's last words may quote a cell.
        self._process = subprocess.Popen(
            command or COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=ENVIRONMENT,
            start_new_session=True,
            pipesize=PIPE_BYTES,
        )
        assert self._process.stdin and self._process.stdout
        self._requests, self._answers = self._process.stdin, self._process.stdout
        self._send(dict(columns))

    def __enter__(self) -> Self:
        wire.prepare()
        with self._limit(START_SECONDS):
            greeting = self._answers.read(len(wire.HELLO))
        if greeting != wire.HELLO:
            self._end()
            raise CensusError("reader_cannot_start")
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, files: Sequence[Incoming]) -> Iterator[Read]:
        asked = 0
        for number, each in enumerate(files):
            for ahead in files[asked : number + AHEAD]:
                self._send(asdict(ahead) | {"path": os.fspath(ahead.path)})
                asked += 1
            yield self._answer(each)

    def _answer(self, incoming: Incoming) -> Read:
        seconds = self._wall_seconds + WALL_SECONDS_PER_MB * (_size(incoming) >> 20)
        with self._limit(seconds) as late:
            try:
                head, table = wire.receive(self._answers)
            except wire.WireBroken:
                raise self._death(late.is_set(), int(seconds)) from None
        if head.reading.file != incoming.label:
            raise _Died("reader_crashed")
        return head.reading, table, head.problems

    def annotate(self, path: Path | None, annotation: Annotation) -> tuple[MarkOutcome, bytes]:
        self._send({"path": os.fspath(path) if path else None, "annotation": annotation.model_dump_json()})
        with self._limit(self._wall_seconds) as late:
            try:
                return wire.receive_return(self._answers)
            except wire.WireBroken:
                raise self._death(late.is_set(), int(self._wall_seconds)) from None

    def forms(self, path: Path, label: str, wanted: Sequence[Form]) -> FormsRead:
        self._send({"path": os.fspath(path), "label": label, "forms": [each.model_dump() for each in wanted]})
        with self._limit(self._wall_seconds) as late:
            try:
                found = wire.receive_forms(self._answers)
            except wire.WireBroken:
                raise self._death(late.is_set(), int(self._wall_seconds)) from None
        if found.file != label:
            raise _Died("reader_crashed")
        return found

    def fill(self, request: FillRequest) -> tuple[FormFilled, bytes]:
        self._send({"fill": request.model_dump_json(exclude_defaults=True)})
        with self._limit(self._wall_seconds) as late:
            try:
                told, content = wire.receive_filled(self._answers)
            except wire.WireBroken:
                raise self._death(late.is_set(), int(self._wall_seconds)) from None
        if told.file != request.file:
            raise _Died("reader_crashed")
        return told, content

    def _death(self, late: bool, seconds: int) -> _Died:
        """A closed pipe means that the child is dying; one that is alive sent nonsense."""
        try:
            code = self._process.wait(timeout=DYING_SECONDS)
        except subprocess.TimeoutExpired:
            return _Died("reader_crashed")
        if late or code in (-signal.SIGXCPU, -signal.SIGPROF):
            return _Died("too_slow", seconds=seconds)
        if code in (wire.OUT_OF_MEMORY, -signal.SIGKILL):
            return _Died("too_much_memory")
        return _Died("reader_crashed")

    def _send(self, request: Mapping[str, object]) -> None:
        with contextlib.suppress(BrokenPipeError):  # its death shows when the answer is read
            self._requests.write(json.dumps(request).encode() + b"\n")
            self._requests.flush()

    @contextlib.contextmanager
    def _limit(self, seconds: float) -> Iterator[threading.Event]:
        """Kills the child when time is up, which ends whatever is being read from it."""
        late = threading.Event()

        def end() -> None:
            late.set()
            self._kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            yield late
        finally:
            timer.cancel()

    def _kill(self) -> None:
        """The whole session, so that nothing it may have started stays."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def _end(self) -> None:
        self._kill()
        for pipe in (self._requests, self._answers):
            with contextlib.suppress(OSError):
                pipe.close()
        self._process.wait()
