"""The words of a heading in; whether it asks for a person, for many, or for a fact of the organisation, out.

A grammar over head nouns (persons.toml): the last noun of a heading says what it asks for. 书记, 包联干部电话 and
党员名单 ask for persons; 书记人数, 书记是否由出资人担任 and 党员活动室 do not, though the same words stand in them.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from coverage_census.privacy import role_words

FILE = Path(__file__).with_name("persons.toml")
LONGEST = 60  # a longer text is no heading

_INNER = re.compile(r"\(([^()]*)\)")
_BETWEEN = re.compile(r"[、,/;|&+及和与或]|以及")
_ASIDE = ("含", "不含", "包括", "不包括", "其中", "如", "例", "除", "指", "限", "注")
# variants of characters that the simplified script keeps apart
_VARIANTS = (("係", "系"), ("連", "连"), ("絡", "络"), ("连络", "联络"), ("连系", "联系"), ("帐", "账"))


class HeadingAsks(Enum):
    """What a heading asks for."""

    PERSON = "person"  # an attribute of one (书记姓名, 联系电话)
    ROLE = "role"  # one person (书记): the name as a rule; a yes or a number shows that it was meant otherwise
    MANY = "many"  # persons, by their number as a rule (指导员, 党员): names show that it was meant otherwise
    FACT = "fact"  # a number or an answer about a role (书记人数, 书记是否由上级选派)
    NOTHING = "nothing"


_WORKS_SOMEWHERE = frozenset("人员部记导志者")  # 帮扶人单位, 指导员工作单位, 包联干部单位
_NUMERALS = frozenset("一二两三四五六七八九十百千万余多几数上下")


@dataclass(frozen=True)
class WordSet:
    """One set of words, and how long its longest is: the longest that ends a text is looked up, nothing is scanned."""

    every: frozenset[str]
    longest: int
    lasts: frozenset[str]  # the characters in which its words end: most texts have none of them

    def end(self, text: str) -> str:
        """The longest word at the end of `text`, empty if there is none."""
        if text[-1:] not in self.lasts:
            return ""
        for length in range(min(self.longest, len(text)), 0, -1):
            if text[-length:] in self.every:
                return text[-length:]
        return ""

    def within(self, text: str) -> bool:
        return any(sign in self.lasts and self.end(text[:stop]) for stop, sign in enumerate(text, 1))


def _words(words: Iterable[str]) -> WordSet:
    every = frozenset(words)
    return WordSet(every, max(map(len, every)), frozenset(word[-1] for word in every))


@dataclass(frozen=True)
class Grammar:
    """`persons.toml`, its productions multiplied out."""

    reach: WordSet
    anywhere: WordSet
    describe: WordSet
    bare: WordSet
    after_person: WordSet
    levels: WordSet
    single: WordSet
    alone: frozenset[str]
    many: WordSet
    sent: WordSet
    other: WordSet
    no_endings: WordSet
    having: frozenset[str]
    endings: frozenset[str]
    plural_endings: frozenset[str]
    lists: WordSet
    asking: WordSet
    answering: WordSet
    counting: WordSet
    units: frozenset[str]
    options: frozenset[str]
    tails: WordSet
    near: tuple[str, ...]
    roles: tuple[str, ...]


@cache
def load() -> Grammar:
    """The words by which a heading asks for persons, read once from the data file."""
    raw: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    asked, who, facts = raw["attributes"], raw["subjects"], raw["facts"]
    doing = (verb + doer for verb in role_words.VERBS for doer in role_words.DOERS)
    heads = (head + "长" for head in role_words.HEADED)
    return Grammar(
        **{name: _words(asked[name]) for name in ("reach", "anywhere", "describe", "bare", "after_person", "levels")},
        single=_words({*role_words.CALLED, *doing, *heads} - set(who["many"])),
        alone=frozenset(who["alone"]),
        **{name: _words(who[name]) for name in ("many", "sent", "other", "no_endings", "lists")},
        having=frozenset(who["having"]),
        endings=frozenset(who["endings"]),
        plural_endings=frozenset(who["plural_endings"]),
        **{name: _words(facts[name]) for name in ("asking", "answering", "counting", "tails")},
        units=frozenset(facts["units"]),
        options=frozenset(facts["options"]),
        near=tuple(raw["misprints"]["near"]),
        roles=tuple(raw["misprints"]["roles"]),
    )


def single_words() -> frozenset[str]:
    """What one person is called by his office or part."""
    return load().single.every


def about(path: tuple[str, ...]) -> HeadingAsks:
    """What the path of a heading asks for; its parts as `vocabulary.key` gives them, the leaf last."""
    leaf = of(path[-1])
    groups = [_group(part) for part in path[:-1]]
    if HeadingAsks.ROLE in groups and leaf is HeadingAsks.NOTHING and _tells(path[-1]):
        return HeadingAsks.FACT
    if leaf not in (HeadingAsks.NOTHING, HeadingAsks.MANY):
        return leaf
    if HeadingAsks.ROLE in groups or any(load().reach.end(_stem(part)) for part in path[:-1]):
        return HeadingAsks.PERSON
    if HeadingAsks.MANY in groups and load().after_person.end(path[-1]) == path[-1]:
        return HeadingAsks.PERSON
    return leaf


def opens(groups: tuple[str, ...]) -> bool:
    """Whether one of the groups over a heading is about one person, or one who was sent: 法定代表人 > 姓名."""
    return any(_group(part) is not HeadingAsks.NOTHING for part in groups)


def under_one(groups: tuple[str, ...]) -> bool:
    """Whether one of the groups over a heading is about one person by his office: 党组织书记情况."""
    return any(_group(part) is HeadingAsks.ROLE for part in groups)


def _group(text: str) -> HeadingAsks:
    """A group over other headings: ROLE 党组织书记情况, MANY 党建指导员."""
    found = of(text)
    if found is HeadingAsks.ROLE:
        return found
    return HeadingAsks.MANY if load().sent.end(_stem(text)) else HeadingAsks.NOTHING


@lru_cache(maxsize=20_000)
def labels(text: str) -> bool:
    """Whether a cell is a heading about a person and can be nothing else: by the lists, not by how it ends (周期长)."""
    found = of(text)
    return found in (HeadingAsks.PERSON, HeadingAsks.FACT) or (
        found is HeadingAsks.ROLE and load().single.within(_folded(text))
    )


@lru_cache(maxsize=20_000)
def of(text: str) -> HeadingAsks:
    """What one heading asks for by itself."""
    text = _folded(text)
    if not text or len(text) > LONGEST:
        return HeadingAsks.NOTHING
    grammar = load()
    outer, inner = _INNER.sub("", text) or text.strip("()"), _INNER.findall(text)
    if grammar.asking.within(text) or any(each in grammar.options for each in inner):
        return _fact(text)
    if any(each in grammar.units or grammar.counting.end(each) for each in inner) and not _attribute(outer):
        return _fact(text)
    parts = [part for part in _BETWEEN.split(outer) if part] or [outer]
    found = {_part(part) for part in parts}
    if any(_attribute(part) for each in inner if not each.startswith(_ASIDE) for part in _BETWEEN.split(each)):
        found.add(HeadingAsks.PERSON)
    return next((each for each in HeadingAsks if each in found), HeadingAsks.NOTHING)


def _folded(text: str) -> str:
    for variant, plain in _VARIANTS:
        text = text.replace(variant, plain)
    return text


def _part(text: str) -> HeadingAsks:
    """One member of a heading: its head, else what is left without the words that say nothing."""
    grammar = load()
    if _tells(text):
        return _fact(text)
    if text in grammar.alone:
        return HeadingAsks.ROLE
    for stem in _stems(text):
        if grammar.other.end(stem):
            return HeadingAsks.NOTHING
        if _attribute(stem) or _list(stem):
            return HeadingAsks.PERSON
        if found := _person(stem):
            return found
    return HeadingAsks.NOTHING


def _fact(text: str) -> HeadingAsks:
    """A number or an answer: of a role if one is named."""
    number = load().counting.end(text)  # 申请人数 names nobody
    return HeadingAsks.FACT if load().single.within(text.removesuffix(number)) else HeadingAsks.NOTHING


def _tells(text: str) -> bool:
    """Whether a heading asks for a number or an answer; 岁数 is no number of things."""
    grammar = load()
    return text not in grammar.describe.every and bool(
        grammar.asking.within(text) or grammar.counting.end(text) or grammar.answering.end(text)
    )


def _stems(text: str) -> Iterator[str]:
    """The text, then without the last word that says nothing, and so on: 书记基本情况, 书记."""
    while text:
        yield text
        tail = load().tails.end(text)
        text = text[: -len(tail)] if tail else ""


def _stem(text: str) -> str:
    last = ""  # of a heading without a word
    for last in _stems(_INNER.sub("", _folded(text)) or text):  # noqa: B007
        pass
    return last


def _attribute(text: str) -> bool:
    """Whether a text ends in what is asked of one person."""
    grammar = load()
    if grammar.reach.end(text) or grammar.anywhere.within(text):
        return not grammar.other.end(text)
    if word := grammar.describe.end(text):
        return not grammar.other.end(text) and not grammar.levels.end(text[: -len(word)])
    if word := grammar.bare.end(text):
        return word == text or _person(text[: -len(word)]) is not None
    if word := grammar.after_person.end(text):
        before = text[: -len(word)]
        if word.endswith("单位") and before[-1:] not in _WORKS_SOMEWHERE:
            return False  # 业主单位, 法律顾问单位: an organisation
        return _person(before) is HeadingAsks.ROLE or bool(grammar.sent.end(before))
    return False


def _list(text: str) -> bool:
    """党员名单; the list of no matter whom."""
    word = load().lists.end(text)
    return bool(word) and (word == text or _person(text[: -len(word)]) is not None)


def _person(text: str) -> HeadingAsks | None:
    """One person, or many, by the last noun."""
    grammar = load()
    if grammar.other.end(text):
        return None
    if len(many := grammar.many.end(text)) > len(single := grammar.single.end(text)):
        return HeadingAsks.MANY
    if not single:
        return HeadingAsks.MANY if many else _by_ending(text)
    before = text[: -len(single)]
    having = before in grammar.having or any(before.startswith(each) for each in grammar.having if len(each) > 1)
    return HeadingAsks.MANY if having else HeadingAsks.ROLE


def mentioned(text: str) -> bool:
    """Whether a person stands anywhere in a heading: 法定代表人变更."""
    return load().single.within(_folded(text))


def _by_ending(text: str) -> HeadingAsks | None:
    """Somebody whom no list names: 数据员, 产权人; 30人 and 增长 are nobody."""
    grammar = load()
    if len(text) < 2 or text[-2].isdigit() or text[-2] in _NUMERALS or grammar.no_endings.end(text):
        return None
    if text[-1] in grammar.endings and (len(text) > 2 or text[-1] not in "人员"):
        return HeadingAsks.ROLE
    return HeadingAsks.MANY if text[-1] in grammar.endings | grammar.plural_endings else None


def misprinted(text: str) -> bool:
    """身份正号, 联糸电活, 负责人姓各: one character away, as a whole or after a person."""
    from rapidfuzz.distance import Levenshtein

    text = _folded(text)
    if (asked := load().after_person.end(_stem(text)) or load().describe.end(_stem(text))) and _nearly_person(
        _stem(text).removesuffix(asked)
    ):
        return True
    for word in load().near:
        if len(word) > 3 and not _tells(text) and Levenshtein.distance(text, word, score_cutoff=1) <= 1:
            return True
        if len(word) == 3 and _one_off(word, text) and _alike(word, text):
            return True
        before = text[: -len(word)]
        if before and _person(before) is HeadingAsks.ROLE and _one_off(word, text[len(before) :]):
            return True
    return re.match(r"^姓.?$", text) is not None


def _nearly_person(text: str) -> bool:
    """支部书计 before 任职."""
    return any(_one_off(word, said := text[-len(word) :]) and _alike(word, said) for word in load().roles)


def _alike(word: str, said: str) -> bool:
    """Of a short word the last character makes another (联系点, 秘书处), unless it only looks or sounds like it."""
    return len(word) > 3 or (said[-1] in {word[-1], *"入八计纪己"} and (len(word) > 2 or said[0] == word[0]))


def _one_off(word: str, said: str) -> bool:
    return len(word) == len(said) and sum(a != b for a, b in zip(word, said, strict=True)) == 1
