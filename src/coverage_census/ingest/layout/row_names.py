"""The text in front of a row, or above a card, in; whether it names an organisation, a class of them or a document."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from coverage_census.ingest.cells import places
from coverage_census.ingest.cells.clean import bare
from coverage_census.ingest.headings import meanings
from coverage_census.ingest.layout import row_words
from coverage_census.ingest.privacy import names
from coverage_census.model.joint_plan import Certainty
from coverage_census.places import industry

FILE = Path(__file__).with_name("row_names.toml")
LONGEST = 40
_FAR = 3 * LONGEST  # what is longer with all its blanks need not be looked at
_SENTENCE = re.compile(r"[。；;！!？?:：，,]")
_BRACKET = re.compile(r"\([^()]*\)$")
_COUNTED = re.compile(r"(?:总?数|个数|家数|户数|数量)$")


@dataclass(frozen=True)
class RowNameWords:
    """`row_names.toml`, as patterns."""

    head: re.Pattern[str]
    no_head: re.Pattern[str]
    of_class: re.Pattern[str]
    class_end: re.Pattern[str]
    document: re.Pattern[str]
    subject: re.Pattern[str]


@cache
def load() -> RowNameWords:
    """The words by which names of organisations are told from other rows, as patterns; read once from the data file."""
    raw: dict[str, list[str]] = tomllib.loads(FILE.read_text(encoding="utf-8"))

    def either(name: str) -> str:
        return "|".join(map(re.escape, sorted(raw[name], key=len, reverse=True)))

    return RowNameWords(
        head=re.compile(rf"(?:{either('heads')})$"),
        no_head=re.compile(rf"(?:{either('no_heads')})$"),
        of_class=re.compile(rf"(?>{either('classes')})++"),
        class_end=re.compile(rf"(?:{either('class_ends')})$"),
        document=re.compile(rf"(?:{either('documents')})$"),
        subject=re.compile(rf"(?:\d{{4}}年?)|{either('subjects')}"),
    )


@lru_cache(maxsize=20_000)
def is_organisation(text: str) -> bool:
    """Whether a text that stands alone can only be the name of an organisation: by its last word."""
    if len(text) > _FAR:
        return False
    plain = _plain(text)
    if not 3 <= len(plain) <= LONGEST or _SENTENCE.search(plain) or load().no_head.search(plain):
        return False
    return bool(load().head.search(plain)) and not is_class(plain) and meanings.strength(plain) == 0


def _plain(text: str) -> str:
    return _BRACKET.sub("", row_words.unnumbered(bare(text)))


@lru_cache(maxsize=20_000)
def is_class(text: str) -> bool:
    """Whether a text stands for many organisations: a place, a kind, a size, an industry (规模以上企业, 制造业)."""
    if len(text) > _FAR:
        return False
    plain = _COUNTED.sub("", _BRACKET.sub("", row_words.unnumbered(bare(text))))
    plain = re.sub("^其中[:：、]?", "", plain)
    if not plain or len(plain) > LONGEST:
        return False
    if places.is_township(plain) or places.is_village(plain):
        return True
    known = load()
    if known.class_end.search(plain) and known.of_class.fullmatch(plain):
        return True
    found = industry.classified(plain) if plain.endswith("业") else None
    return found is not None and found.certainty is Certainty.NAME


def in_title(text: str) -> str | None:
    """The organisation that a title begins with: 白石渡造船厂党建情况登记表."""
    plain = bare(text[:_FAR])
    for match in load().subject.finditer(plain):
        name = plain[: match.start()]
        if is_organisation(name) and not names.is_name(name):
            return name
    return None


def is_document(text: str) -> bool:
    """登记表, 台账, 基本情况: what a sheet or a part of it is called."""
    return bool(load().document.search(_plain(text)))
