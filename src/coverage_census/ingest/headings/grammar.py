"""The path of a heading in; the fields that its slots fill, or the word by which no field is meant, out.

A group over headings hands its slots down: 名称 under 上级党组织 is the superior's name, 时间 under 拟建 is
planned. A group that only names a topic (党建情况, 人员情况) says it where the leaf does not; one of another body, a
plan or a part of somebody says it always. A row of `fields.toml` must account for every slot that is filled: what no
row accounts for is no field.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import islice, product
from pathlib import Path
from typing import Any

from coverage_census.ingest.headings import slots
from coverage_census.ingest.headings.slots import SlotWord

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
_BARE = frozenset([
    ("act", "found"), ("act", "have"), ("belong", "yes"), ("attribute", "info"), ("attribute", "name"),
    ("attribute", "date"), ("attribute", "form"), ("attribute", "kind"), ("attribute", "level"), ("attribute", "count"),
    ("attribute", "heads"), ("attribute", "reason"),
])  # fmt: skip
MENDED = 200  # ways to put characters right that are tried
_SILENT = frozenset([("filler", "yes"), ("time", "now")])
_SAID_OF_BUILT = frozenset([("state", "done"), ("state", "not"), ("state", "due")])
"""未建党组织 over the columns of those that have none: a topic as well."""


@dataclass(frozen=True)
class FieldRow:
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
class HeadingUnderstood:
    """What a path was understood to ask for. No fields and no `unknown`: it asks for what the census does not keep."""

    fields: tuple[str, ...] = ()
    lumped: bool = False
    unknown: str = ""  # the first word that nothing explains
    other: str = ""  # the word by which it is not the organisation's own, or only a part of it
    foreign: bool = False  # a group over it speaks of somebody else, or of what is not yet or no longer
    mended: bool = False  # one character was put right
    asks: bool = False  # an attribute or a question stands in it


@cache
def rows() -> tuple[FieldRow, ...]:
    """The rows of the grammar in the order of its file, read once: which words together ask for which field."""
    raw: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    beside = ("field", "of", "need", "lumped")
    return tuple(
        FieldRow(
            tuple(each["field"]),
            frozenset(each["of"]),
            {slot: frozenset(values) for slot, values in each.items() if slot not in beside},
            tuple(each.get("need", ())),
            each.get("lumped", False),
        )
        for each in raw["row"]
    )


@lru_cache(maxsize=20_000)
def understood(path: tuple[str, ...]) -> HeadingUnderstood:
    """What a path asks for; its parts as `vocabulary.key` gives them, the leaf last."""
    path = (*(group for group in path[:-1] if not group.isascii()), path[-1])  # Organisation > 成立时间
    found = _understood(path)
    ways = list(islice(product(*(slots.mended(part) or (part,) for part in path)), MENDED))
    words = [sum(len(slots.cut(part)) for part in way) for way in ways]
    # 从业人圆 is 从业人员, one word of the lists, rather than 从业人 and 原
    tried = (_understood(way) for way, count in zip(ways, words, strict=True) if count == min(words))
    mended = {(each.fields, each.foreign): each for each in tried}
    one = next(iter(mended.values()))
    return replace(one, mended=True) if len(mended) == 1 and one != found else found


def _understood(path: tuple[str, ...]) -> HeadingUnderstood:
    parts = [slots.cut(part) for part in _with_relation(tuple(dict.fromkeys(path)))]
    leaf, groups = parts[-1], parts[:-1]
    asks = any(map(_asks, leaf))
    binding = [group for group in groups if is_foreign(group, leaf)]
    telling = groups if _bare(leaf) else binding
    doubt = next((word for group in telling if (word := _unknown(each for each in group if not each.inside))), "")
    if unknown := _unknown(leaf) or doubt:
        return HeadingUnderstood(unknown=unknown, foreign=bool(binding or doubt), asks=asks)
    groups = [group for group in groups if not _unknown(group)]
    for kept in _without_topics(groups, leaf):
        if row := _row([*kept, leaf]):
            return HeadingUnderstood(row.fields, row.lumped, foreign=bool(binding), asks=asks)
    return HeadingUnderstood(other=_other([*groups, leaf]), foreign=bool(binding), asks=asks)


def _with_relation(path: tuple[str, ...]) -> tuple[str, ...]:
    """组织关系 > 在人才市场 as 组织关系在人才市场: only of a relation is any place a place."""
    leaf = path[-1]
    if leaf.startswith("在") and any(word.fills("relation") for part in path[:-1] for word in slots.cut(part)):
        return (*path[:-1], "组织关系" + leaf) if slots.relation_place("组织关系" + leaf) else path
    return path


def _unknown(words: Iterable[SlotWord]) -> str:
    return next((word.text for word in words if not word.slots), "")


def _bare(leaf: Iterable[SlotWord]) -> bool:
    """Whether only a group can say of whom a heading speaks: 成立时间, 人数 under 母企业."""
    said = [slot for word in leaf for slot in word.slots]
    return all(slot in _SILENT or slot in _BARE or slot[0] == "asked" for slot in said)


def _asks(word: SlotWord) -> bool:
    return any(slot == "asked" or (slot == "attribute" and value != "info") for slot, value in word.slots)


def is_heading(text: str) -> bool:
    """Whether every word of a text is one of headings, and it says what is asked of whom: no value does."""
    if slots.is_strange(text):
        return False
    words = slots.cut(text)
    of_whom = any(slot in ("of", "act", "state", "subset") for word in words for slot, _ in word.slots)
    return of_whom and any(map(_asks, words)) and all(word.slots for word in words)


def is_foreign(group: Iterable[SlotWord], leaf: Iterable[SlotWord]) -> bool:
    """Whether a group says something that this leaf under it cannot leave out."""
    said = [each for word in leaf for each in word.slots]
    named = any(slot == "of" and value != "org" for slot, value in said) or ("attribute", "note") in said  # 运行 > 备注
    for word in group:
        for slot, value in word.slots:
            if slot == "of" and (value in BODIES or (value not in _OWN and not named)):
                return True
            if slot == "act" and value not in _TOPIC:
                return True
            if slot in _CARRIED and (slot, value) not in _SILENT | _SAID_OF_BUILT:
                return True
    return False


def _without_topics(
    groups: Sequence[tuple[SlotWord, ...]], leaf: tuple[SlotWord, ...]
) -> Iterator[list[tuple[SlotWord, ...]]]:
    """All groups; then without the outer ones that only name a topic, one more each time."""
    yield list(groups)
    dropped = list(groups)
    for group in groups:
        if not is_foreign(group, leaf):
            dropped.remove(group)
            yield list(dropped)


def _row(parts: Sequence[tuple[SlotWord, ...]]) -> FieldRow | None:
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


def _other(parts: Sequence[tuple[SlotWord, ...]]) -> str:
    """The word to name in the note: whose, or what part; else the last that asks."""
    words = [word for part in parts for word in part]
    for slot in ("state", "of", "subset", "standing", "place", "time", "way", "act", "attribute"):
        for word in words:
            for name, value in word.slots:
                if name == slot and (slot != "of" or value in BODIES) and (name, value) not in _SILENT:
                    return word.text
    return words[-1].text if words else ""
