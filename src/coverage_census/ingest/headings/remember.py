"""Headings of which it is sure what they mean in; their lines in census.toml, the rest of it untouched, out."""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from coverage_census.errors import CensusError
from coverage_census.files import amend as settings_file
from coverage_census.files import toml_text
from coverage_census.model.organisation import about
from coverage_census.model.reading import Problem
from coverage_census.model.record import Json
from coverage_census.settings import FILE, Settings

_TABLE = re.compile(r"^[ \t]*\[[ \t]*columns[ \t]*\][ \t]*(?:#.*)?$", re.MULTILINE)
_NEXT_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)


def need_workspace(settings: Settings) -> None:
    """What is remembered needs a place to stand."""
    if not settings.made_by_init:
        raise CensusError("remember_needs_init", folder=str(settings.workspace))


def remember(settings: Settings, problems: Iterable[Problem]) -> dict[str, str]:
    """Heading → field where a heading means just that, written to census.toml; what the office decided itself stands.

    A guess is not remembered, and no field of text is: names of persons would come to lie in the ledger.
    """
    certain = {
        str(each.values["heading"]): str(each.values["near"])
        for each in problems
        if each.code == "unmapped_column_near"
        and each.values.get("sure")
        and about()[str(each.values["near"])].holds != "text"
        and str(each.values["heading"]) not in settings.columns
    }
    if not certain:
        return certain
    path, written = settings.workspace / FILE, dict[str, str]()

    def amended(content: bytes) -> bytes | None:
        text = toml_text.decoded(content, str(path))
        decided = (_parsed(text) or {}).get("columns", {})  # by somebody else meanwhile
        written.clear()
        written.update({heading: field for heading, field in certain.items() if heading not in decided})
        return _written(path, text, written).encode("utf-8") if written else None

    settings_file.amend(path, amended)
    return written


def _written(path: Path, text: str, guesses: Mapping[str, str]) -> str:
    """The text with the new lines; refused where it would not then say exactly that."""
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = "".join(f'{_quoted(heading)} = "{field}"{ending}' for heading, field in guesses.items())
    found = _TABLE.search(text)
    if found is None:
        done = f"{text.rstrip()}{ending * 2 if text.strip() else ''}[columns]{ending}{lines}"
    else:
        following = _NEXT_TABLE.search(text, found.end())
        head = text[: following.start() if following else len(text)].rstrip()
        rest = text[following.start() :] if following else ""
        done = f"{head}{ending}{lines}{ending if rest else ''}{rest}"
    if _parsed(done) != _merged(_parsed(text), guesses):
        raise CensusError("remember_not_written", file=str(path))
    return done


def _quoted(heading: str) -> str:
    return json.dumps(heading, ensure_ascii=False).replace("\x7f", "\\u007f")


def _parsed(text: str) -> Json | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _merged(held: Json | None, guesses: Mapping[str, str]) -> Json:
    before = held or {}
    return before | {"columns": {**before.get("columns", {}), **guesses}}
