"""The path of a heading in (党员情况 > 正式); what it means by the synonym table `headings.toml` out."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from coverage_census.ingest import choices
from coverage_census.ingest.cleaning import simplified, without_glosses
from coverage_census.model import about

FILE = Path(__file__).with_name("headings.toml")
OPTION_FIELDS = frozenset([
    "kind",
    "subtype",
    "org_form",
    "org_level",
    "not_built_reason",
    "operating_status",
    "coverage",
    "responsibility",
    "mass_orgs",
])
"""Fields whose options may be columns of their own, ticked with √ (企业类型{私营企业, 外商投资企业})."""

_NOISE = re.compile(r"[\s\u200b-\u200d\ufeff“”\"'‘’「」『』《》<>*※:;。`☆★·]+")
_NUMBERING = re.compile(
    r"^(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)?[.、)．]|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|[①-⑳])"
)
_TAIL_BRACKET = re.compile(r"\(([^()]*)\)$")
_BRACKET = re.compile(r"\(([^()]*)\)")
_PREFIX = re.compile(
    r"^(?:其中|中共|目前|现有|现|本企业|本单位|该企业|该单位|非公企业|两新组织|社会组织|企业|单位|组织|公司|全部|年末|期末|截至目前|\d{4}年度?|今年|上年度?|上一年度?|去年)"
)
_FLAG_OPTIONS = frozenset(["是", "否", "有", "无", "已建", "未建", "已建立", "未建立"])


@dataclass(frozen=True)
class Meaning:
    """What a heading can mean: candidate fields (the values choose where there are several), or why it is not read."""

    fields: tuple[str, ...] = ()
    option: str | None = None  # a column of one option; its label
    personal: bool = False
    instructor: bool = False  # the name of an instructor: dropped, but it proves that there is one
    ignored: bool = False  # recognised, and the census has no field for it
    lumped: bool = False
    hint: str = ""  # what stood in brackets: 万元, 是/否

    @property
    def known(self) -> bool:
        return bool(self.fields) or self.personal or self.ignored


@dataclass(frozen=True)
class Vocabulary:
    """`headings.toml`, its words in the form that `key` gives headings."""

    words: Mapping[str, str]
    lumped: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    contexts: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]
    ignored: frozenset[str]
    personal: re.Pattern[str]
    personal_group: re.Pattern[str]
    personal_near: tuple[str, ...]
    roster_names: frozenset[str]
    roster_mark: re.Pattern[str]
    roster_title: re.Pattern[str]
    crosstab: frozenset[str]
    station: re.Pattern[str]
    generic: frozenset[str] = field(default=frozenset())


@cache
def vocabulary() -> Vocabulary:
    raw: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    contexts = tuple((re.compile(each["under"]), _context(each)) for each in raw["context"])
    return Vocabulary(
        words={key(word): name for name, words in raw["words"].items() for word in words},
        lumped={key(word): name for name, words in raw["lumped"].items() for word in words},
        ambiguous={key(word): tuple(names) for word, names in raw["ambiguous"].items()},
        contexts=contexts,
        ignored=frozenset(key(word) for word in raw["ignored"]["words"]),
        personal=re.compile(raw["personal"]["contains"]),
        personal_group=re.compile(raw["personal"]["group"]),
        personal_near=tuple(raw["personal"]["near"]),
        roster_names=frozenset(raw["roster"]["name"]),
        roster_mark=re.compile(raw["roster"]["mark"]),
        roster_title=re.compile(raw["roster"]["title"]),
        crosstab=frozenset(key(word) for word in raw["crosstab"]["labels"]),
        station=re.compile(raw["crosstab"]["station"]),
        generic=frozenset(word for _, words in contexts for word in words),
    )


def _context(raw: Mapping[str, Any]) -> dict[str, str]:
    found = {key(word): name for name, words in raw.items() if isinstance(words, list) for word in words}
    if "total_of" in raw:
        found |= dict.fromkeys(("总数", "人数", "合计", "小计", "数", "数量"), raw["total_of"])
    return found


@cache
def key(text: str) -> str:
    """A heading for comparison: half-width, simplified, without blanks, quotes, numbering and stray brackets."""
    text = unicodedata.normalize("NFKC", without_glosses(str(text)))
    text = simplified(_NOISE.sub("", text))
    text = _NUMBERING.sub("", text)
    return _balanced(text).replace("／", "/").lower()


def tidy(text: object) -> str:
    """A heading as written, blanks and line breaks removed."""
    return re.sub(r"[\s\u200b-\u200d\ufeff]+", "", str(text))


def meaning(path: tuple[str, ...], office: Mapping[str, str] | None = None) -> Meaning:
    """What the path says, the leaf first; `office` is the office's own map and wins."""
    keys = tuple(key(part) for part in path)
    hint = ",".join(_BRACKET.findall("".join(keys)))
    if own := _own(path, keys, office or {}):
        return Meaning((own,), hint=hint, lumped=False) if own in about() else Meaning(ignored=True, hint=hint)
    leaf, parents = keys[-1], keys[:-1]
    if found := _option(leaf, parents, hint):
        return found
    if found := _personal(leaf, parents):
        return found
    return _field(leaf, parents, hint) or _misspelt(leaf) or Meaning(hint=hint)


def strength(text: str) -> int:
    """How much a cell looks like a heading: 2 a known one, 1 a group or an option, 0 anything else."""
    if len(text) > 45:
        return 0
    word = key(text)
    known = vocabulary()
    if not word or word in ("是", "否", "有", "无"):
        return 0
    if any(
        each in known.words
        or each in known.lumped
        or each in known.ignored
        or each in known.ambiguous
        or each in known.roster_names
        for each in forms(word)
    ):
        return 2
    if word.endswith(("公司", "厂", "店", "镇", "乡", "街道")):
        return 0
    if len(word) <= 20 and known.personal.search(word):
        return 2
    return 1 if word in known.generic or word in known.crosstab or re.search(r"(情况|状况|信息|概况)$", word) else 0


def forms(word: str) -> Iterator[str]:
    """The key itself, then without trailing brackets, without any, and without 企业/其中/现有 before it."""
    seen = set()
    for each in (word, _TAIL_BRACKET.sub("", word), _BRACKET.sub("", word)):
        for form in (each, _PREFIX.sub("", each), _PREFIX.sub("", _PREFIX.sub("", each))):
            if form and form not in seen:
                seen.add(form)
                yield form


def nearest(path: tuple[str, ...]) -> str | None:
    """The field whose heading is written most like this one, None if nothing comes near."""
    from rapidfuzz import fuzz, process

    words, asked = vocabulary().words, key(path[-1])
    found = process.extractOne(asked, list(words), scorer=fuzz.ratio, score_cutoff=50 if len(asked) < 4 else 60)
    name = words[found[0]] if found else None
    return name if name in about() else None


def _own(path: tuple[str, ...], keys: tuple[str, ...], office: Mapping[str, str]) -> str | None:
    if not office:
        return None
    wanted = {">".join(key(part) for part in heading.split(">")): name for heading, name in office.items()}
    return wanted.get(">".join(keys)) or wanted.get(key(path[-1]))


def _option(leaf: str, parents: tuple[str, ...], hint: str) -> Meaning | None:
    """A column of one option under its group: 未建原因 > 没有党员."""
    if not parents:
        return None
    above = _field(parents[-1], parents[:-1], hint)
    if above is None or leaf == parents[-1]:
        return None
    label = _TAIL_BRACKET.sub("", leaf)
    for name in above.fields:
        if name in ("not_built_reason", "subtype") or (name in OPTION_FIELDS and _is_option(name, label)):
            own = _field(leaf, (), "") if name == "subtype" else None
            return Meaning((name,), option=label, hint=hint) if own is None else None
        if label in _FLAG_OPTIONS and about().get(name) and (about()[name].holds == "flag" or name == "instructors"):
            return Meaning((name,), option=label, hint=hint)
    return None


def _is_option(name: str, label: str) -> bool:
    if label in ("其他", "其它"):
        return True
    parsers = {
        "kind": choices.kind,
        "org_form": choices.org_form,
        "org_level": choices.org_level,
        "coverage": choices.coverage,
        "operating_status": choices.operating_status,
        "responsibility": choices.responsibility,
    }
    read = parsers.get(name)
    return read is not None and isinstance(read(label), str) and not re.search(r"名称|时间|日期|数$|人数", label)


def _personal(leaf: str, parents: tuple[str, ...]) -> Meaning | None:
    known = vocabulary()
    exact = leaf in known.words or leaf in known.ignored or leaf in known.lumped
    instructor = bool(re.search("指导员|联络员|联系员", leaf + "".join(parents)))
    if not exact and known.personal.search(leaf):
        return Meaning(personal=True, instructor=instructor and "姓名" in leaf)
    if any(known.personal_group.search(parent) for parent in parents) and leaf not in known.ignored:
        return Meaning(personal=True)
    return None


def _misspelt(leaf: str) -> Meaning | None:
    """身份正号, 联糸电活: one character away from a personal heading."""
    from rapidfuzz.distance import Levenshtein

    near = [word for word in vocabulary().personal_near if abs(len(word) - len(leaf)) <= 1]
    hit = any(
        Levenshtein.distance(leaf, word, score_cutoff=1) <= 1 for word in near if len(word) >= 3 and len(leaf) >= 3
    )
    return Meaning(personal=True) if hit or re.match(r"^姓.?$", leaf) else None


def _field(leaf: str, parents: tuple[str, ...], hint: str) -> Meaning | None:
    known = vocabulary()
    leaves = tuple(forms(leaf))
    if name := next((known.lumped[each] for each in leaves if each in known.lumped), None):
        return Meaning((name,), lumped=True, hint=hint)
    for parent in reversed(parents):
        for under, words in known.contexts:
            if under.search(parent) and (name := next((words[each] for each in leaves if each in words), None)):
                if name == "ignored":
                    return Meaning(ignored=True, hint=hint)
                lumped = name == "members_total" and "预备" in parent
                return Meaning((name,), lumped=lumped, hint=hint)
    for each in leaves:
        if each in known.ambiguous:
            return Meaning(known.ambiguous[each], hint=hint)
        if each in known.words:
            return Meaning((known.words[each],), hint=hint)
        if each in known.ignored:
            return Meaning(ignored=True, hint=hint)
    joined = (parents[-1] if parents else "") + leaf
    if parents and joined in known.words:
        return Meaning((known.words[joined],), hint=hint)
    return None


def _balanced(text: str) -> str:
    """`)近三年…` and `(其中…` as forms print them: a bracket without its partner goes."""
    while text and (text[0] == ")" or text.count("(") > text.count(")")):
        text = text[1:] if text[0] == ")" else text.replace("(", "", 1)
    return (
        text[::-1].replace(")", "", text.count(")") - text.count("("))[::-1]
        if text.count(")") > text.count("(")
        else text
    )
