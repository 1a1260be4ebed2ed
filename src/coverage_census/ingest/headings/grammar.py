"""The path of a heading in; the fields that its slots fill, or the word by which no field is meant, out.

A group over headings hands its slots down: 名称 under 上级党组织 is the superior's name, 时间 under 拟建 is
planned. A group that only names a topic (党建情况, 人员情况) says it where the leaf does not; one of another body, a
plan or a part of somebody says it always. A row of `fields.toml` must account for every slot that is filled: what no
row accounts for is no field.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from coverage_census.ingest.headings import slots
from coverage_census.ingest.headings.slots import Word

FILE = Path(__file__).with_name("fields.toml")

BODIES = frozenset([
    "superior", "union", "league", "women", "parent", "contact", "authority", "instructor", "partyworker", "leader",
    "person", "joint", "committee",
])  # fmt: skip
"""Who has a name, a day and members of its own: whatever stands under it is not the organisation's."""
_OWN = frozenset(["org", "party", "staff", "member", "mass"])
"""Of whom a group may speak and only name the topic; of others (园区, 经费) it says what the leaf leaves out."""

_TOPIC = frozenset(["found", "have", "develop", "send", "cover", "hold"])
"""What a group may say to be done and still be a topic: 党组织组建情况."""
_CARRIED = ("state", "subset", "standing", "lump", "place", "time", "way")
_SILENT = frozenset([("filler", "yes"), ("time", "now")])
_SAID_OF_BUILT = frozenset([("state", "done"), ("state", "not"), ("state", "due")])
"""未建党组织 over the columns of those that have none: a topic as well."""


@dataclass(frozen=True)
class Row:
    """A row of `fields.toml`."""

    fields: tuple[str, ...]
    of: frozenset[str]
    allowed: Mapping[str, frozenset[str]]
    need: tuple[str, ...]
    lumped: bool

    def fits(self, said: Mapping[str, set[str]], chain: Sequence[str]) -> bool:
        if " ".join(chain) not in self.of:
            return False
        if any(not values <= self.allowed.get(slot, frozenset()) for slot, values in said.items()):
            return False
        if any("" not in allowed and slot not in said for slot, allowed in self.allowed.items()):
            return False
        return not self.need or any(_filled(each, said, chain) for each in self.need)


def _filled(need: str, said: Mapping[str, set[str]], chain: Sequence[str]) -> bool:
    slot, _, value = need.partition(".")
    if slot == "of":
        return value in chain
    return slot in said and (not value or value in said[slot])


@dataclass(frozen=True)
class Understood:
    """What a path was understood to ask for. No fields and no `unknown`: it asks for what the census does not keep."""

    fields: tuple[str, ...] = ()
    lumped: bool = False
    unknown: str = ""  # the first word that nothing explains
    other: str = ""  # the word by which it is not the organisation's own, or only a part of it
    foreign: bool = False  # a group over it speaks of somebody else, or of what is not yet or no longer
    mended: bool = False  # one character was put right
    asks: bool = False  # an attribute or a question stands in it

    @property
    def whole(self) -> bool:
        return not self.unknown


@cache
def rows() -> tuple[Row, ...]:
    raw: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    beside = ("field", "of", "need", "lumped")
    return tuple(
        Row(
            tuple(each["field"]),
            frozenset(each["of"]),
            {slot: frozenset(values) for slot, values in each.items() if slot not in beside},
            tuple(each.get("need", ())),
            each.get("lumped", False),
        )
        for each in raw["row"]
    )


@lru_cache(maxsize=20_000)
def understood(path: tuple[str, ...]) -> Understood:
    """What a path asks for; its parts as `vocabulary.key` gives them, the leaf last."""
    found = _understood(path)
    if found.fields or not found.unknown:
        return found
    tried = [
        (*path[:index], other, *path[index + 1 :]) for index, part in enumerate(path) for other in slots.mended(part)
    ]
    mended = {each.fields: each for each in map(_understood, tried) if each.whole}
    if len(mended) == 1 and (one := next(iter(mended.values()))).fields:
        return Understood(one.fields, one.lumped, foreign=one.foreign, mended=True, asks=one.asks)
    return found


def _understood(path: tuple[str, ...]) -> Understood:
    parts = [slots.cut(part) for part in dict.fromkeys(path)]
    unknown = next((word.text for word in parts[-1] if not word.slots), "")
    foreign = any(is_foreign(group, parts[-1]) for group in parts[:-1])
    asks = any(map(_asks, parts[-1]))
    groups = [part for part in parts[:-1] if is_foreign(part, parts[-1]) or all(word.slots for word in part)]
    unknown = unknown or next(
        (word.text for part in groups if is_foreign(part, parts[-1]) for word in part if not word.slots), ""
    )
    if unknown:
        return Understood(unknown=unknown, foreign=foreign, asks=asks)
    for kept in _without_topics(groups, parts[-1]):
        if row := _row([*kept, parts[-1]]):
            return Understood(row.fields, row.lumped, foreign=foreign, asks=asks)
    return Understood(other=_other([*groups, parts[-1]]), foreign=foreign, asks=asks)


def _asks(word: Word) -> bool:
    return any(slot == "asked" or (slot == "attribute" and value != "info") for slot, value in word.slots)


def is_heading(text: str) -> bool:
    """Whether every word of a text is one of headings, and it says what is asked of whom: no value does."""
    words = slots.cut(text)
    of_whom = any(slot in ("of", "act", "state", "subset") for word in words for slot, _ in word.slots)
    return of_whom and any(map(_asks, words)) and all(word.slots for word in words)


def is_foreign(group: Iterable[Word], leaf: Iterable[Word]) -> bool:
    """Whether a group says something that this leaf under it cannot leave out."""
    named = any(slot == "of" and value != "org" for word in leaf for slot, value in word.slots)
    for word in group:
        for slot, value in word.slots:
            if slot == "of" and (value in BODIES or (value not in _OWN and not named)):
                return True
            if slot == "act" and value not in _TOPIC:
                return True
            if slot in _CARRIED and (slot, value) not in _SILENT | _SAID_OF_BUILT:
                return True
    return False


def _without_topics(groups: Sequence[tuple[Word, ...]], leaf: tuple[Word, ...]) -> Iterator[list[tuple[Word, ...]]]:
    """All groups; then without the outer ones that only name a topic, one more each time."""
    yield list(groups)
    dropped = list(groups)
    for group in groups:
        if not is_foreign(group, leaf):
            dropped.remove(group)
            yield list(dropped)


def _row(parts: Sequence[tuple[Word, ...]]) -> Row | None:
    said: dict[str, set[str]] = defaultdict(set)
    chain = list[str]()
    for number, part in enumerate(parts):
        for word in part:
            for slot, value in word.slots:
                if slot == "of":
                    if value not in chain:
                        chain.append(value)
                elif (slot, value) not in _SILENT and not (number + 1 < len(parts) and _of_group_only(slot, value)):
                    said[slot].add(value)
    if "info" in said["attribute"] and len(said["attribute"]) > 1:
        said["attribute"].discard("info")
    if not said["attribute"]:
        del said["attribute"]
    own = [value for number, value in enumerate(chain) if value != "org" or number + 1 == len(chain)]
    own = [value for value in own if value != "mass" or len(own) == 1]
    return next((row for row in rows() if row.fits(said, own)), None)


def _of_group_only(slot: str, value: str) -> bool:
    """What a group says of itself: 情况, and that it speaks of numbers (职工人数 > 女)."""
    return slot == "attribute" and value in ("info", "count", "heads", "name")


def _other(parts: Sequence[tuple[Word, ...]]) -> str:
    """The word to name in the note: whose, or what part; else the last that asks."""
    words = [word for part in parts for word in part]
    for slot in ("state", "of", "subset", "standing", "place", "time", "way", "act", "attribute"):
        for word in words:
            for name, value in word.slots:
                if name == slot and (slot != "of" or value in BODIES) and (name, value) not in _SILENT:
                    return word.text
    return words[-1].text if words else ""
