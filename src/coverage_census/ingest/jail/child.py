"""The child of the jail: requests come in on stdin, one file a line; each is read once and answered on stdout.

Started by `jail.COMMAND`. Foreign bytes are parsed here and nowhere else: the parsers may
abort the process (a 2 kB file can), eat memory or never end, and then it is only this process that dies.
"""

import contextlib
import errno
import gc
import hashlib
import json
import math
import os
import resource
import signal
import stat
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from coverage_census.ingest import fork, wire
from coverage_census.ingest.containers import guard, unlocked
from coverage_census.ingest.jail import worth
from coverage_census.ingest.jail.worth import Worth
from coverage_census.ingest.refusal import Refused
from coverage_census.model.annotation import Annotation, MarkOutcome
from coverage_census.model.filling import FillRequest, FormFilled
from coverage_census.model.forms import Form, FormsRead
from coverage_census.model.incoming import Incoming
from coverage_census.model.reading import FileReading, Level, Problem

if TYPE_CHECKING:
    import pyarrow as pa

Answer = tuple[FileReading, "pa.Table | None", tuple[Problem, ...]]
Reader = Callable[[bytes, Incoming, Mapping[str, str]], Answer]

MB = guard.MB
# Address space beyond what stands after the imports. As Python cells and columns a sheet takes about four times its
# unpacked XML, a text file or an .xls about twenty times its size. What no rows prove ends at the base, which
# with the imports (70 MB) stays below 400 MB; what they do prove is `worth.Worth`.
BASE_SPACE = 300 * MB
SPACE_PER_BYTE_AS_OBJECTS = 60  # a workbook that openpyxl holds to be marked
UNPROVED_AS_OBJECTS = 8 * MB  # a form of which only the frame is drawn
SPACE_PER_ORGANISATION = 64 * 1024  # sixty cells as objects of openpyxl, as XML, and read again
MOST_SPACE = 4096 * MB
CPU_SECONDS, CPU_SECONDS_AS_OBJECTS = 3, 60


class _WithoutPandas:
    """Denies the import of pandas: pyarrow would load it (0.3 s, 30 MB) only to ask whether a list is a Series."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name)


def main(read: Reader | None = None) -> None:
    """`read` is for tests; the parser of workbooks otherwise."""
    answers = _private_stdout()
    sys.meta_path.insert(0, _WithoutPandas)
    read = read or _reader()
    _confine()
    answers.write(wire.HELLO)
    answers.flush()
    columns = json.loads(sys.stdin.buffer.readline())
    # Millions of cells are made and none of them in a cycle: looking for cycles took half the time.
    gc.disable()
    gc.freeze()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        try:
            if "annotation" in request:
                wire.send_return(answers, *_return(**request))
            elif "forms" in request:
                wire.send_forms(answers, _forms(**request))
            elif "fill" in request:
                wire.send_filled(answers, *_filled(request["fill"]))
            else:
                incoming = Incoming(**request | {"path": Path(request["path"])})
                _answer(answers, incoming, columns, read)
        except MemoryError:
            os._exit(wire.OUT_OF_MEMORY)
        except BaseException:  # noqa: BLE001 (a Rust panic is no Exception; what it says may quote a cell)
            os._exit(wire.FAILED)
        gc.collect()
        gc.freeze()  # what the vocabulary remembers of this file is not looked through again after each of the next


def _reader() -> Reader:
    """Imported before the limits are set: they forbid Python to cache what it compiles, and count what is mapped."""
    import pyarrow  # noqa: F401

    from coverage_census.ingest.workbook import read_workbook

    return read_workbook


def _private_stdout() -> IO[bytes]:
    """The pipe to the parent under another number, so that nothing a library prints gets in between."""
    answers = os.fdopen(os.dup(1), "wb", buffering=MB)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _confine() -> None:
    for limit, most in ((resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_NOFILE, 64)):
        resource.setrlimit(limit, (most, most))


def _unlocked(data: bytes) -> bytes:
    """What Excel opens without asking for a password."""
    _grant(BASE_SPACE, CPU_SECONDS)
    return unlocked.plain(data)


def _allow(data: bytes) -> Worth:
    """Address space and CPU time for this file, on top of what was used before it; more once its rows are proved."""
    space = BASE_SPACE - len(data)  # which lie in memory already
    _grant(space, CPU_SECONDS)
    found = worth.of(data)
    left = signal.getitimer(signal.ITIMER_PROF)[0]
    _grant(space + found.space, left + found.seconds)
    return found


def _allow_objects(data: bytes, more: int = 0) -> None:
    """The same for openpyxl, which holds a workbook as objects."""
    _grant(BASE_SPACE, CPU_SECONDS_AS_OBJECTS)
    found = worth.of(data) if data else worth.NOTHING
    held = min(found.unpacked, found.proved + UNPROVED_AS_OBJECTS)
    _grant(BASE_SPACE + SPACE_PER_BYTE_AS_OBJECTS * held + more, CPU_SECONDS_AS_OBJECTS + found.seconds)


def _grant(space: int, seconds: float) -> None:
    if mapped := _address_space():
        _soften(resource.RLIMIT_AS, mapped + min(space, MOST_SPACE))
    use = resource.getrusage(resource.RUSAGE_SELF)
    _soften(resource.RLIMIT_CPU, math.ceil(use.ru_utime + use.ru_stime + seconds))
    signal.setitimer(signal.ITIMER_PROF, seconds)  # the limit counts whole seconds only


def _soften(limit: int, most: int) -> None:
    hard = resource.getrlimit(limit)[1]
    resource.setrlimit(limit, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _address_space() -> int | None:
    """What is mapped now; None where the system does not say (then only time limits the child)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return None
    return pages * resource.getpagesize()


def _answer(answers: IO[bytes], incoming: Incoming, columns: Mapping[str, str], read: Reader) -> None:
    """Reads one file and sends what it is, or why it was refused."""
    known = FileReading(file=incoming.label)
    try:
        data = _snapshot(incoming.path)
        known = known.model_copy(update={"size": len(data), "sha256": hashlib.sha256(data).hexdigest()})
        data = _allow(_unlocked(data)).data
        if not guard.may_be_read_meanwhile(data):
            reading, table, problems = read(data, incoming, columns)
            reading = reading.model_copy(update={"size": known.size, "sha256": known.sha256})
            return wire.send(answers, reading, table, problems)
        kept = list[object]()
        fork.run(
            lambda: guard.check(data),
            lambda verdict: wire.send(answers, *_beside_guard(data, incoming, columns, verdict, kept, known)),
        )
    except Refused as refused:
        wire.send(answers, *_refusal(known, refused))


def _beside_guard(
    data: bytes,
    incoming: Incoming,
    columns: Mapping[str, str],
    verdict: Callable[[], guard.Package],
    kept: list[object],
    known: FileReading,
) -> Answer:
    from coverage_census.ingest.workbook import read_workbook

    try:
        reading, table, problems = read_workbook(data, incoming, columns, verdict, kept)
        return reading.model_copy(update={"size": known.size, "sha256": known.sha256}), table, problems
    except Refused as refused:
        verdict()  # the guard's own refusal comes first
        return _refusal(known, refused)


def _refusal(known: FileReading, refused: Refused) -> Answer:
    problem = Problem(code=refused.code, level=Level.ERROR, file=known.file, values=dict(refused.values))
    return known.model_copy(update={"refused": refused.code}), None, (problem,)


def _return(path: str | None, annotation: str) -> tuple[MarkOutcome, bytes]:
    """The return workbook of a file that is still what was read; the list alone where it is not."""
    from coverage_census.ingest.mark.workbook import annotate

    wanted = Annotation.model_validate_json(annotation)
    data = None
    if path is not None:
        with contextlib.suppress(Refused):
            data = _snapshot(Path(path))
    if data is not None and hashlib.sha256(data).hexdigest() != wanted.sha256:
        data = None
    with contextlib.suppress(Refused):  # then the list goes back alone
        data = _unlocked(data) if data is not None else None
        _allow_objects(data or b"")
    return annotate(data, wanted)


def _forms(path: str, label: str, forms: list[dict[str, Any]]) -> FormsRead:
    """The lines of the forms in a file."""
    from coverage_census.ingest.sheets import form

    sha256 = None
    try:
        data = _snapshot(Path(path))
        sha256 = hashlib.sha256(data).hexdigest()
        data = _unlocked(data)
        _allow(data)
        return form.read(data, Path(path).suffix, label, [Form.model_validate(each) for each in forms], sha256)
    except Refused as refused:
        problem = Problem(code=refused.code, level=Level.ERROR, file=label, values=dict(refused.values))
        return FormsRead(file=label, sha256=sha256, forms=(), lines=(), problems=(problem,))


def _filled(asked: str) -> tuple[FormFilled, bytes]:
    """A form from above, filled."""
    from coverage_census.ingest.fill import form as filling

    request = FillRequest.model_validate_json(asked)
    try:
        data = _unlocked(_snapshot(Path(request.path)))
        _allow_objects(data, SPACE_PER_ORGANISATION * len(request.organisations))
        return filling.fill(data, request)
    except Refused as refused:
        return FormFilled(file=request.file, refused=refused.code, values=dict(refused.values)), b""


def _snapshot(path: Path) -> bytes:
    """The file's bytes, read once: whatever happens on the share afterwards, this is what was read."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
    except OSError as error:
        raise Refused(_why_not_opened(error)) from error
    try:
        return _stable_bytes(handle)
    except OSError as error:
        raise Refused("unreadable") from error
    finally:
        os.close(handle)


def _stable_bytes(handle: int) -> bytes:
    before = os.fstat(handle)
    if not stat.S_ISREG(before.st_mode):
        raise Refused("not_a_file")
    if before.st_size > guard.MAX_FILE:
        raise Refused("too_large", limit_mb=guard.MAX_FILE // MB)
    with os.fdopen(handle, "rb", buffering=0, closefd=False) as file:
        data = file.readall()
    after = os.fstat(handle)
    if len(data) != before.st_size or (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise Refused("changed_while_reading")
    return data


def _why_not_opened(error: OSError) -> str:
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR:
            return "no_such_file"
        case errno.ELOOP | errno.ENXIO | errno.ENODEV:
            return "not_a_file"
        case _:
            return "unreadable"
