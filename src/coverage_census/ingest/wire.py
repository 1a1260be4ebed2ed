"""What the jailed child answers, through a pipe: for a file a JSON head, then its rows as an Arrow stream; for a
return workbook that was asked of it, its bytes."""

import struct
from typing import IO, TYPE_CHECKING, TypeVar

from coverage_census.model.annotation import MarkOutcome
from coverage_census.model.filling import FormFilled
from coverage_census.model.forms import FormsRead
from coverage_census.model.reading import FileReading, Problem
from coverage_census.model.record import Record
from coverage_census.model.register import COVERS

if TYPE_CHECKING:
    import pyarrow as pa

HELLO = b"census jail 1\n"  # the child's first bytes: its imports worked and its limits are set
OUT_OF_MEMORY, FAILED = 86, 87  # its exit codes, where it can still choose one
LENGTH = struct.Struct("<Q")
MAX_HEAD = 512 << 20  # a province in which every row has a problem or two
MAX_TABLE = 4 << 30
MAX_RETURN = 256 << 20  # a return workbook


class WireBroken(Exception):
    """The child did not answer, or not in this form."""


class Head(Record):
    """Everything about a file but its rows."""

    reading: FileReading
    problems: tuple[Problem, ...]
    has_table: bool


def send(pipe: IO[bytes], reading: FileReading, table: "pa.Table | None", problems: tuple[Problem, ...]) -> None:
    """One file's reading, its problems and its rows (None: no table) into the pipe; flushed, and the pipe left open."""
    head = Head(reading=reading, problems=problems, has_table=table is not None).model_dump_json().encode()
    pipe.write(LENGTH.pack(len(head)))
    pipe.write(head)
    if table is not None:
        import pyarrow as pa

        told = filled(table)
        # The sink is not closed: that would close the pipe, and other files follow.
        with pa.ipc.new_stream(pa.PythonFile(pipe, mode="w"), told.schema) as stream:
            stream.write_table(told)
    pipe.flush()


def filled(table: "pa.Table") -> "pa.Table":
    """The columns that hold anything: a usual sheet fills twenty of eighty; whoever has all files makes the others."""
    named = zip(table.column_names, table.columns, strict=True)
    return table.select([name for name, column in named if column.null_count < table.num_rows])


def whole(table: "pa.Table") -> "pa.Table":
    """All columns of `schema()` again, and after them what only a register has."""
    from coverage_census.model import tables

    if table.num_columns == len(tables.column_types()) and COVERS not in table.column_names:
        return table
    return tables.whole(table.num_rows, dict(zip(table.column_names, table.columns, strict=True)))


def prepare() -> None:
    """What `receive` needs, imported while the child imports its own: two cores do it at the same time."""
    import pyarrow as pa  # noqa: F401
    import pydantic  # noqa: F401


def receive(pipe: IO[bytes]) -> tuple[Head, "pa.Table | None"]:
    """Nothing that comes out of the jail is trusted: lengths are capped, records validated, the columns are ours, those
    that hold anything."""
    from pydantic import ValidationError

    (length,) = LENGTH.unpack(_exactly(pipe, LENGTH.size))
    if length > MAX_HEAD:
        raise WireBroken("head too long")
    try:
        head = Head.model_validate_json(_exactly(pipe, length))
    except ValidationError:
        raise WireBroken("head") from None  # its text quotes what came, which may be a cell
    return head, _table(pipe) if head.has_table else None


def send_return(pipe: IO[bytes], outcome: MarkOutcome, workbook: bytes) -> None:
    """A return workbook: what became of it, then its bytes."""
    _send_with_workbook(pipe, outcome, workbook)


def receive_return(pipe: IO[bytes]) -> tuple[MarkOutcome, bytes]:
    return _receive_with_workbook(pipe, MarkOutcome)


def send_filled(pipe: IO[bytes], told: FormFilled, workbook: bytes) -> None:
    """A form that was filled: what became of it, then its bytes; none where it was refused."""
    _send_with_workbook(pipe, told, workbook)


def receive_filled(pipe: IO[bytes]) -> tuple[FormFilled, bytes]:
    return _receive_with_workbook(pipe, FormFilled)


def _send_with_workbook(pipe: IO[bytes], told: Record, workbook: bytes) -> None:
    for part in (told.model_dump_json().encode(), workbook):
        pipe.write(LENGTH.pack(len(part)))
        pipe.write(part)
    pipe.flush()


Told = TypeVar("Told", bound=Record)


def _receive_with_workbook(pipe: IO[bytes], kind: type[Told]) -> tuple[Told, bytes]:
    from pydantic import ValidationError

    parts = []
    for most in (MAX_HEAD, MAX_RETURN):
        (length,) = LENGTH.unpack(_exactly(pipe, LENGTH.size))
        if length > most:
            raise WireBroken("too long")
        parts.append(_exactly(pipe, length))
    try:
        return kind.model_validate_json(parts[0]), parts[1]
    except ValidationError:
        raise WireBroken("outcome") from None


def send_forms(pipe: IO[bytes], found: FormsRead) -> None:
    content = found.model_dump_json().encode()
    pipe.write(LENGTH.pack(len(content)))
    pipe.write(content)
    pipe.flush()


def receive_forms(pipe: IO[bytes]) -> FormsRead:
    """The forms that the child read; raises WireBroken for what is too long or is none."""
    from pydantic import ValidationError

    (length,) = LENGTH.unpack(_exactly(pipe, LENGTH.size))
    if length > MAX_HEAD:
        raise WireBroken("too long")
    try:
        return FormsRead.model_validate_json(_exactly(pipe, length))
    except ValidationError:
        raise WireBroken("forms") from None  # its text quotes what came


def _table(pipe: IO[bytes]) -> "pa.Table":
    import pyarrow as pa

    from coverage_census.model.tables import column_types, covers

    try:
        with pa.ipc.open_stream(pa.PythonFile(_Capped(pipe, MAX_TABLE), mode="r")) as stream:
            told = frozenset(stream.schema.names)
            types = {**column_types(), COVERS: covers().type}
            known = [(name, kind) for name, kind in types.items() if name in told]
            if not stream.schema.equals(pa.schema(known)):
                raise WireBroken("schema")
            table = stream.read_all()
        table.validate(full=True)
    except (pa.ArrowException, OSError, EOFError):
        raise WireBroken("table") from None
    return table


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    found = pipe.read(length)
    if len(found) != length:
        raise WireBroken("ended early")
    return found


class _Capped:
    """A pipe that gives out at most so many bytes; Arrow needs `read` and `closed`, and may not close the pipe."""

    closed = False

    def __init__(self, pipe: IO[bytes], limit: int) -> None:
        self._pipe, self._left = pipe, limit

    def read(self, size: int = -1) -> bytes:
        found = self._pipe.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(found)
        return found

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        self.closed = True
