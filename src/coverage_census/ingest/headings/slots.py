"""The words of a heading in; the slots that they fill (of whom, state, attribute …), and what is not explained, out.

A heading is cut into words of `slots.toml` so that as few characters as possible stay unexplained, and then into as few
words as possible: a dynamic programme over its characters, linear in its length.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from coverage_census.ingest.cells import amounts
from coverage_census.ingest.privacy import persons

FILE = Path(__file__).with_name("slots.toml")
LONGEST = 60  # a longer text is no heading

Slots = tuple[tuple[str, str], ...]
"""What one word fills: (("of", "staff"), ("subset", "female"))."""

_AGE = re.compile(r"\d{2}(?:-\d{2})?周?岁?及?(?:以[下上])|\d{2}-\d{2}周?岁")
_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?|-|/)?")
_IN_SPANS = "-/年度周岁及以上下"  # and numbers
# 组织关系在人才市场的党员数: whatever stands there is a place, and not this one unless it says so (本单位).
_RELATION_IN = re.compile(
    r"组织关系(?:仍旧?|还|暂时?|现|目前|一直|均|都|挂靠|保留|存放|留)?(?P<place>在(?![本该我此何哪那册岗职编线籍])[\u4e00-\u9fff、/]{1,16}?)"
    r"的?(?:流动|在册|职工|正式)?(?:党员|人员|职工|人)?(?:总?人数|总?数量?|情况)?$"
)
_ELSEWHERE = (("place", "elsewhere"),)
_SPANNED = {"subset": "part", "time": "year", "place": "out"}
# 建没建, 派没派, 建立与否, 支部建否: whether, asked as people ask it.
_TWICE = re.compile(r"([\u4e00-\u9fff]{1,2})[没不未]\1")
_OR_NOT = re.compile(r"(?<=[建立成组设派有])(?:与否|了?没有?|否)$")
_OWN_PLACE = re.compile(r"在(?:单位|企业|公司|组织|支部|党支部|党组织|机构|协会|厂|店|社(?!区|保|会))")
_NO_PLACE = re.compile(r"时间|日期|名称|原因|地址|几年|期间")
_ASIDE = (
    "含",
    "不含",
    "包括",
    "不包括",
    "包含",
    "其中",
    "如",
    "例",
    "除",
    "指",
    "限",
    "注",
    "填",
    "按",
    "须",
    "需",
    "以",
    "请",
)
_COUNTED = frozenset("人名家个户位")
_CHANGING = frozenset(["state", "subset", "standing", "lump", "place", "time"])
"""What in brackets makes of a heading another one: 党员数（退休）, 党组织名称（拟建）."""


@dataclass(frozen=True)
class SlotWord:
    """One word of a heading; no slots: nothing explains it."""

    text: str
    slots: Slots = ()
    inside: bool = False  # stands in brackets

    def fills(self, slot: str) -> bool:
        return any(name == slot for name, _ in self.slots)


@dataclass(frozen=True)
class Lexicon:
    """`slots.toml` multiplied out: each word with the slots that it fills."""

    words: Mapping[str, Slots]
    bracketed: tuple[str, ...]  # words that have brackets within
    brackets: frozenset[str]
    alike: Mapping[str, frozenset[str]]
    longest: int
    signs: frozenset[str]  # of which its words and spans consist


@cache
def load() -> Lexicon:
    """Every word that headings are made of, with the slots it fills; read once from the data file."""
    raw: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    groups, both, products = raw.pop("alike")["groups"], raw.pop("both"), raw.pop("place_products")
    makings = raw.pop("products")
    units = frozenset(word for words in raw.pop("unit").values() for word in words)
    words: dict[str, Slots] = {word: (("of", "person"),) for word in persons.single_words() if len(word) > 1}
    for value, parts in makings.items():
        words |= dict.fromkeys(map("".join, product(*parts.values())), (("of", value),))  # 行业监管部门
    for slot, values in raw.items():
        for value, listed in values.items():
            words |= dict.fromkeys(listed, ((slot, value),))
    for value, made in products.items():
        made_up = {before + what: (("place", value),) for before in made["before"] for what in made["what"]}
        words = made_up | words
    words |= {word: tuple(slots.items()) for word, slots in both.items()}
    alike: dict[str, set[str]] = {}
    for group in groups:
        for each in group:
            alike.setdefault(each, set()).update(set(group) - {each})
    bracketed = tuple(word for word in words if "(" in word.lstrip("("))
    similar = {each: frozenset(others) for each, others in alike.items()}
    return Lexicon(words, bracketed, units, similar, max(map(len, words)), frozenset("".join(words) + _IN_SPANS))


def twice() -> list[str]:
    """Words that stand in two slots, of which only one could count."""
    raw: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    slots = [each for name, each in raw.items() if name not in ("alike", "both", "place_products", "products", "unit")]
    every = [word for slot in slots for words in slot.values() for word in words] + list(raw["both"])
    return sorted({word for word in every if every.count(word) > 1})


def is_strange(text: str) -> bool:
    """Whether some character stands in no word, so that no cut explains the text: nearly every name. A bracket, and the
    place of a relation, may hold anything."""
    strange = set(text) - load().signs
    return not all(map(str.isdecimal, strange)) and "(" not in text and "组织关系" not in text


@lru_cache(maxsize=20_000)
def cut(text: str) -> tuple[SlotWord, ...]:
    """The words of a heading as `vocabulary.key` gives it; what stands in brackets says less (see `_inside`)."""
    if len(text) > LONGEST:
        return (SlotWord(text),)
    text = _asked_plainly(text)
    outer, inner = list[SlotWord](), list[SlotWord]()
    for part, bracketed in _parts(text):
        if not bracketed:
            outer += _segments(part)
        elif f"({part})" in load().words:
            outer.append(SlotWord(f"({part})", load().words[f"({part})"], inside=True))
        else:
            inner += _inside(part)
    said = {slot for word in outer for slot, _ in word.slots}
    return (*outer, *(word for word in inner if not word.slots or word.slots[0][0] not in said or _changes(word)))


def _asked_plainly(text: str) -> str:
    """建没建党支部 and 党支部建否 as 是否建党支部, 党支部是否建."""
    if match := _TWICE.search(text):
        return text[: match.start()] + "是否" + match[1] + text[match.end() :]
    match = _OR_NOT.search(text)
    return "是否" + text[: match.start()] if match and not text.startswith(("是否", "有无")) else text


def changed(text: str) -> bool:
    """Whether the brackets of a heading make another one of it: 党员数（退休）."""
    return any(word.inside and (not word.slots or _changes(word)) for word in cut(text))


def _changes(word: SlotWord) -> bool:
    return any(slot in _CHANGING for slot, _ in word.slots)


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """What stands outside brackets and inside, in order; a word with brackets of its own stays whole: 县(市、区)."""
    start = 0
    whole = [(text.find(word), len(word)) for word in load().bracketed if word in text]
    for match in re.finditer(r"\(([^()]*)\)", text):
        if any(begin <= match.start() and match.end() <= begin + length for begin, length in whole):
            continue
        if match.start() > start:
            yield text[start : match.start()], False
        yield match[1], True
        start = match.end()
    if start < len(text):
        yield text[start:], False


def _inside(text: str) -> list[SlotWord]:
    """Of a bracket: units, hints, 含业主 and options (单独/联合) say nothing; else what changes the meaning."""
    known = load()
    if text in known.brackets or not text:
        return [SlotWord(text, (("attribute", "count"),), True)] if text in _COUNTED else []
    pieces = re.split(r"[/、,或;]", text)
    if text.startswith(_ASIDE) or text.isdecimal() or all(piece in known.brackets for piece in pieces):
        return []
    if _both_standings(text) or _HOW_TO_FILL.search(text) or _TRANSLATED.fullmatch(text) or amounts.is_unit(text):
        return []
    words = [SlotWord(word.text, word.slots, True) for word in _segments(text)]
    if len(pieces) > 1 or any(not word.slots for word in words):
        unknown = [SlotWord(text, (), True)]
        return [] if len(pieces) > 1 else unknown
    return words


# A sign to be put in, or what the answer must agree with (与执照一致).
_HOW_TO_FILL = re.compile(r"[√✓✔☑×○]|[打划填]勾|(?:一致|相符|为准|相同)$")
# The same in another language. (A unit of money says as little here: the column's parser understands or refuses it.)
_TRANSLATED = re.compile(r"[A-Za-z][A-Za-z0-9,.'_%-]{2,80}")


def _both_standings(text: str) -> bool:
    """正式+预备: formal and probationary members are all members."""
    parts = [_segments(part) for part in re.split(r"[+加和与及、/,]", text) if part]
    said = [{value for word in part for slot, value in word.slots if slot == "standing"} for part in parts]
    plain = all(word.slots for part in parts for word in part)
    return plain and all(said) and set().union(*said) >= {"formal", "probationary"}


@lru_cache(maxsize=20_000)
def _segments(text: str) -> tuple[SlotWord, ...]:
    """The cut with the fewest unexplained characters, then the fewest words."""
    known = load()
    best: list[tuple[int, int, int]] = [(0, 0, 0)]  # unexplained, words, where the last one begins; by end
    spans = {match.start(): (match.end(), "subset") for match in _AGE.finditer(text)}
    spans |= {match.start(): (match.end(), "time") for match in _YEAR.finditer(text) if match.start() not in spans}
    place = relation_place(text)
    if place:
        spans[text.index(place)] = (text.index(place) + len(place), "place")
    best += [(len(text) + 1, 0, 0)] * len(text)
    for begin in range(len(text)):
        lost, words, _ = best[begin]
        best[begin + 1] = min(best[begin + 1], (lost + 1, words + 1, begin))
        for end in range(begin + 1, min(len(text), begin + known.longest) + 1):
            if text[begin:end] in known.words:
                best[end] = min(best[end], (lost, words + 1, begin))
        if begin in spans:
            end = spans[begin][0]
            best[end] = min(best[end], (lost, words + 1, begin))
    return tuple(_joined(_back(text, best, spans)))


def relation_place(text: str) -> str:
    """在人才市场 of 组织关系在人才市场的党员数; empty where a heading says no such place."""
    match = _RELATION_IN.search(text)
    place = match["place"] if match else ""
    return "" if _NO_PLACE.search(place) or _OWN_PLACE.match(place) else place


def _back(text: str, best: list[tuple[int, int, int]], spans: Mapping[int, tuple[int, str]]) -> list[SlotWord]:
    found, end = list[SlotWord](), len(text)
    while end:
        begin = best[end][2]
        piece = text[begin:end]
        slots = load().words.get(piece, ())
        if (not slots or slots == _ELSEWHERE) and begin in spans and spans[begin][0] == end:
            slots = ((spans[begin][1], _SPANNED[spans[begin][1]]),)
        found.append(SlotWord(piece, slots))
        end = begin
    return found[::-1]


def _joined(words: Iterable[SlotWord]) -> Iterator[SlotWord]:
    """Unexplained characters side by side as one."""
    held = ""
    for word in words:
        if not word.slots:
            held += word.text
            continue
        if held:
            yield SlotWord(held)
            held = ""
        yield word
    if held:
        yield SlotWord(held)


@lru_cache(maxsize=5_000)
def mended(text: str) -> tuple[str, ...]:
    """The same heading with one character of one word put right (党圆总数), if that explains all of it."""
    known = load()
    if len(text) > LONGEST or not any(not word.slots for word in cut(text)):
        return ()
    found = list[str]()
    for index, said in enumerate(text):
        for meant in sorted(known.alike.get(said, ())):
            other = text[:index] + meant + text[index + 1 :]
            if all(word.slots for word in cut(other)):
                found.append(other)
    return tuple(found)
