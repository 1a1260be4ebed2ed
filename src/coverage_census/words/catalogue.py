"""A key such as `problem.duplicate.message` in; the sentence in the asked language out."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from coverage_census.model.record import JsonView

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")

FOLDER = Path(__file__).with_name("zh_en")


@cache
def entries(file: str) -> Mapping[str, Mapping[str, str]]:
    """Every entry of one catalogue file, `problem` for `problem.toml`: dotted key below the file → {zh, en}."""
    found: dict[str, Mapping[str, str]] = {}
    _collect(tomllib.loads((FOLDER / f"{file}.toml").read_text(encoding="utf-8")), "", found)
    return found


@cache
def files() -> tuple[str, ...]:
    """Names of the catalogue files, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@dataclass(frozen=True)
class Words:
    """The catalogue in one language. `words("problem.duplicate.message", name="…")` gives the sentence, filled."""

    lang: Lang

    def __call__(self, key: str, /, **values: object) -> str:
        file, _, rest = key.partition(".")
        sentence = entries(file)[rest][self.lang]
        return sentence.format(**values) if values else sentence

    def has(self, key: str) -> bool:
        """Whether the catalogue knows `key`."""
        file, _, rest = key.partition(".")
        return file in files() and rest in entries(file)


def _collect(table: JsonView, path: str, found: dict[str, Mapping[str, str]]) -> None:
    if "zh" in table and isinstance(table["zh"], str):
        found[path] = {lang: table[lang] for lang in LANGS}
        return
    for key, value in table.items():
        _collect(value, f"{path}.{key}" if path else key, found)
