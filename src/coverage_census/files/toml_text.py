"""A TOML file that an office wrote by hand in; what it says out, or the line with the slip and how to mend it.

Such files come out of Windows editors: in UTF-8 with or without a mark, in UTF-16, or in GBK (“ANSI”).
"""

import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from coverage_census.errors import CensusError
from coverage_census.files.toml_slips import slip
from coverage_census.model.record import Json

_LARGEST, _LONGEST, _DEEPEST = 1_000_000, 10_000, 32  # bytes of a file, signs of a line, tables in tables
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEADER = re.compile(r"^\s*(\[\[?)\s{0,20}(.{1,300}?)\s{0,20}\]\]?\s{0,20}(?:#.*)?$")
_KEY = re.compile(r"""^\s*((?:"[^"]*"|'[^']*'|[\w.-])+)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([^.\s"']+)""")


def read(path: Path, name: str | None = None) -> tuple[Json, str]:
    """What the file says, and its text; `name` is what refusals call it (else its path)."""
    return parsed(content(path, name or str(path)), name or str(path))


def parsed(content: bytes, name: str) -> tuple[Json, str]:
    """The same of the bytes of a file."""
    text = decoded(content, name)
    if long := next((number for number, line in enumerate(text.splitlines(), 1) if len(line) > _LONGEST), None):
        raise CensusError("toml_long_line", file=name, line=long)
    try:
        written = tomllib.loads(text)
    except RecursionError as error:
        raise CensusError("toml_too_deep", file=name) from error
    except tomllib.TOMLDecodeError as error:
        key, values = slip(text, str(error))
        raise CensusError(key, file=name, **values) from error
    if _is_deep(written):
        raise CensusError("toml_too_deep", file=name)
    return written, text


def _is_deep(written: Any) -> bool:
    """Whether tables and lists lie in one another deeper than anybody writes."""
    level: list[Any] = [written]
    for _ in range(_DEEPEST):
        inside: list[list[Any]] = [list(each.values()) if isinstance(each, dict) else each for each in level]
        level = [each for values in inside for each in values if isinstance(each, dict | list)]
        if not level:
            return False
    return True


def content(path: Path, name: str) -> bytes:
    """The bytes of a file that a person wrote; what no person writes is refused unread."""
    from coverage_census.files.disk import opened  # here, because `census --help` must start quickly

    with opened(path) as file:
        found = file.read(_LARGEST + 1)
        if len(found) > _LARGEST:
            size = f"{max(os.fstat(file.fileno()).st_size, _LARGEST + 1) / 1e6:.1f}"
            raise CensusError("toml_too_large", file=name, size=size)
        return found


def decoded(content: bytes, name: str) -> str:
    """The text of a file in one of the encodings that editors in a Chinese office save."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise CensusError("toml_encoding", file=name)


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    """The line (from 1) in which a key stands, as `("tasks", "due_soon")` or `("mass", 0, "form")`; where it does not
    stand, the line of what should hold it; None where nothing of it does."""
    best, found = 0, None
    wanted = tuple(map(str, path))
    for number, here in _places(text):
        same = next((at for at, (one, other) in enumerate(zip(here, wanted, strict=False)) if one != other), None)
        reach = min(len(here), len(wanted)) if same is None else same
        if reach > best and reach >= min(len(here), len(wanted)):
            best, found = reach, number
    return found


def placed(stop: CensusError, text: str) -> CensusError:
    """The same stop with the line of its `key` (dotted) in what it says."""
    key = str(stop.values.get("key", ""))
    parts = key.split(".")
    line = line_of(text, parts) or next((number for number, here in _places(text) if here[-1:] == (parts[-1],)), None)
    return type(stop)(stop.key, **{"line": line or 1, **stop.values})


def _places(text: str) -> list[tuple[int, tuple[str, ...]]]:
    """Every header and key of a text with its whole path; lines of an array of tables are counted from 0."""
    table: tuple[str, ...] = ()
    counted: dict[tuple[str, ...], int] = {}
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _inside(_parts(header[2]), counted)
            if header[1] == "[[":
                counted[table] = counted.get(table, -1) + 1
                table = (*table, str(counted[table]))
            found.append((number, table))
        elif key := _KEY.match(line):
            found.append((number, (*table, *_parts(key[1]))))
    return found


def _inside(parts: tuple[str, ...], counted: dict[tuple[str, ...], int]) -> tuple[str, ...]:
    """The path of a header; below an array of tables it belongs to the last of them."""
    path: tuple[str, ...] = ()
    for part in parts[:-1]:
        path = (*path, part)
        if path in counted:
            path = (*path, str(counted[path]))
    return (*path, *parts[-1:])


def _parts(written: str) -> tuple[str, ...]:
    return tuple(next(part for part in match.groups() if part is not None) for match in _PART.finditer(written))
