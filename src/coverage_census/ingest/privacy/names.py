"""The values of a column in; whether they are persons: names with a surname (百家姓), phones, numbers, out.

Only for columns whose heading does not say it; what a heading says is decided in persons.py. A name is two or three
characters with a surname in front that are no common word (单独, 高新区, 石桥镇): the lists are in persons.toml.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from coverage_census.ingest.cells.clean import NONE_WORDS, NOTHING, bare, simplified
from coverage_census.ingest.privacy import persons, redact
from coverage_census.privacy import alone, surnames

SAMPLE = 200
_BETWEEN = re.compile(r"[、,，;；/\s]+|和|及")
_BRACKET = re.compile(r"[(（][^()（）]*[)）]")
_FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,5}[·•][\u4e00-\u9fff]{1,8}")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")


@dataclass(frozen=True)
class NameWords:
    """What `persons.toml` says of names."""

    surnames: frozenset[str]
    double: frozenset[str]
    frequent: frozenset[str]
    given: frozenset[str]
    titles: tuple[str, ...]
    words: frozenset[str]
    no_second: frozenset[str]
    no_end: frozenset[str]


@cache
def load() -> NameWords:
    """Surnames, given names and the words that are none; read once."""
    raw: dict[str, Any] = tomllib.loads(persons.FILE.read_text(encoding="utf-8"))["names"]
    return NameWords(
        surnames.SURNAMES | surnames.ALSO_WORDS,
        surnames.DOUBLE,
        surnames.FREQUENT,
        surnames.GIVEN,
        tuple(raw["titles"]),
        frozenset(raw["words"]),
        frozenset(raw["no_second"]),
        frozenset(raw["no_end"]),
    )


def look_personal(values: Iterable[Any]) -> bool:
    """Whether a column consists of persons: nearly all that is said in it, each text once, and many surely so."""
    said = {text for value in values if value is not None and (text := bare(value)).lower() not in NOTHING}
    told = list(said - NONE_WORDS)[:SAMPLE]
    hits = [text for text in told if is_person(text)]
    sure = sum(1 for text in hits if _is_sure(text))
    return bool(hits) and len(hits) * 5 >= len(told) * 4 and sure * 5 >= len(told) * 2


def look_alone(values: Iterable[Any]) -> bool:
    """Whether a column that should name places or offices names persons: one in twenty villages has the shape of a
    name, so that four in five of three or more have it proves it."""
    told = [bare(value) for value in values if isinstance(value, str)][:SAMPLE]
    told = list(dict.fromkeys(text for text in told if text.lower() not in NOTHING and text not in NONE_WORDS))
    hits = sum(1 for text in told if alone.is_name(text))
    return len(told) > 2 and hits * 5 >= len(told) * 4


def is_person(text: str) -> bool:
    """张某某; 张某某、李某某; 张某某 and a phone; 张书记."""
    if _hidden_whole(text):
        return True
    parts = _parts(text)
    return 0 < len(parts) <= 12 and all(is_name(part) or named(part) for part in parts)


def _hidden_whole(text: str) -> bool:
    """A name beside a phone, both of which are hidden in free text."""
    return bool(re.match(r"[\u4e00-\u9fff]", text)) and not _parts(text)


def _parts(text: str) -> list[str]:
    found = redact.redact(text)
    plain = found.text.replace(redact.HIDDEN, "") if found else text
    return [part for part in _BETWEEN.split(_BRACKET.sub("", simplified(plain))) if part.strip(":：-")]


def _is_sure(text: str) -> bool:
    """Whether one of the parts can hardly be a word or a place, which names of two characters often are."""
    known = load()
    return _hidden_whole(text) or any(
        len(part) > 2 or (part[0] in known.frequent and part[1] in known.given) or named(part) for part in _parts(text)
    )


def is_name(text: str) -> bool:
    """A name by itself: a surname with one or two characters, 欧阳 with one or two, 阿依古丽·买买提."""
    if _FOREIGN.fullmatch(text):
        return True
    known = load()
    if not _HAN.fullmatch(text) or persons.of(text) is not persons.HeadingAsks.NOTHING:
        return False
    if text[:2] in known.double:
        return len(text) > 2
    if len(text) > 3 or text[0] not in known.surnames or text[:2] in known.words or text[-1] in known.no_end:
        return False
    return len(text) == 3 or text[1] not in known.no_second


def named(text: str) -> bool:
    """张书记, 李某某主任: a name with a title, which is no heading."""
    for title in load().titles:
        before = text.removesuffix(title)
        if before != text and ((len(before) == 1 and before in load().surnames - {"党"}) or is_name(before)):
            return True
    return False
