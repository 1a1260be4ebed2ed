"""Headings as people write them in; the form in which they are compared, and the synonym table `headings.toml`, out."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from coverage_census.ingest.cells.clean import simplified, without_glosses
from coverage_census.ingest.headings import grammar

FILE = Path(__file__).with_name("headings.toml")
_NOISE = re.compile(
    r"[\s\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ue5e5\ufffc“”\"'‘’「」『』《》<>*※:;。`☆★·]+"
)
_DASH = re.compile(r"(?<=[\d岁])[—–~]+(?=\d)")  # 36—50岁
_NUMBERING = re.compile(
    r"^(?:\(?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\)?[.、)．]|\((?:\d{1,2}|[一二三四五六七八九十]{1,3})\)|[①-⑳])"
)
_TAIL_BRACKET = re.compile(r"\(([^()]*)\)$")
_BRACKET = re.compile(r"\(([^()]*)\)")
_PREFIX = re.compile(
    r"^(?:其中|中共|目前|现有|现|本企业|本单位|该企业|该单位|非公企业|两新组织|社会组织|企业|单位|组织|公司|全部|年末|期末|截至目前|\d{4}年度?|今年|上年度?|上一年度?|去年)"
)


class Known(dict[str, str]):
    """Headings of the table with their fields; asked for one, it finds those too that the grammar reads for certain.

    Gone through, it is the table alone: what else there could be has no end.
    """

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self.get(word) is not None

    def __missing__(self, word: str) -> str:
        if (name := _by_grammar(word)) is None:
            raise KeyError(word)
        return name

    def get(self, word: str, default: Any = None) -> Any:
        try:
            return self[word]
        except KeyError:
            return default


def _by_grammar(word: str) -> str | None:
    if not grammar.is_heading(word):  # most texts are none, and cost less than a heading
        return None
    read = grammar.understood((word,))
    sure = len(read.fields) == 1 and not read.mended and not read.lumped
    return read.fields[0] if sure else None


@dataclass(frozen=True)
class Vocabulary:
    """`headings.toml`, its words in the form that `key` gives headings."""

    words: Mapping[str, str]
    lumped: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    contexts: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...]
    ignored: frozenset[str]
    roster_names: frozenset[str]
    roster_mark: re.Pattern[str]
    roster_title: re.Pattern[str]
    crosstab: frozenset[str]
    station: re.Pattern[str]
    generic: frozenset[str] = field(default=frozenset())


@cache
def load() -> Vocabulary:
    """The words of headings, read once from the data file; words are keys as `key` folds them."""
    raw: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    contexts = tuple((re.compile(each["under"]), _context(each)) for each in raw["context"])
    return Vocabulary(
        words=Known({key(word): name for name, words in raw["words"].items() for word in words}),
        lumped={key(word): name for name, words in raw["lumped"].items() for word in words},
        ambiguous={key(word): tuple(names) for word, names in raw["ambiguous"].items()},
        contexts=contexts,
        ignored=frozenset(key(word) for word in raw["ignored"]["words"]),
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
    text = _NUMBERING.sub("", _DASH.sub("-", text))
    return _balanced(text).replace("／", "/").lower()


def tidy(text: object) -> str:
    """A heading as written, blanks and line breaks removed."""
    return re.sub(r"[\s\u200b-\u200d\ufeff]+", "", str(text))


def forms(word: str) -> Iterator[str]:
    """The key itself, then without trailing brackets, without any, and without 企业/其中/现有 before it."""
    seen = set()
    for each in (word, _TAIL_BRACKET.sub("", word), _BRACKET.sub("", word)):
        for form in (each, _PREFIX.sub("", each), _PREFIX.sub("", _PREFIX.sub("", each))):
            if form and form not in seen:
                seen.add(form)
                yield form


def _balanced(text: str) -> str:
    """`)近三年…` and `(其中…` as forms print them: a bracket without its partner goes."""
    while text and (text[0] == ")" or text.count("(") > text.count(")")):
        text = text[1:] if text[0] == ")" else text.replace("(", "", 1)
    return (
        text[::-1].replace(")", "", text.count(")") - text.count("("))[::-1]
        if text.count(")") > text.count("(")
        else text
    )
