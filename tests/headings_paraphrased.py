"""`cases/paraphrases.toml` in; headings in every dress with the field that they mean, and sheets of them, out.

A paraphrase is a pattern filled with words of the lexicon, in simplified or traditional script, full width, with
blanks or a unit, in one row or split over two with a merged group, and now and then with a misprint. Half of the
combinations of words, by checksum, are set aside: they were never looked at together.
"""

import random
import re
import tomllib
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from opencc import OpenCC
from openpyxl.utils import get_column_letter

from coverage_census.ingest.headings import meanings, slots
from coverage_census.model.organisation import about
from reading_case import understand

FILE = Path(__file__).with_name("cases") / "paraphrases.toml"
OFFERED = 2  # of several candidates the values choose; a heading that leaves more open says too little


@dataclass(frozen=True)
class Paraphrase:
    """A path as it is written, what it means (None: no field), and which slots and dresses it shows."""

    path: tuple[str, ...]
    field: str | None
    shows: tuple[str, ...]
    aside: bool


@dataclass
class Score:
    """What was meant, found, told and rightly told, for all and by slot."""

    meant: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def recall(self, slot: str = "all") -> float:
        return self.found[slot] / self.meant[slot] if self.meant[slot] else 1.0

    def precision(self, slot: str = "all") -> float:
        return self.right[slot] / self.told[slot] if self.told[slot] else 1.0

    def line(self, slot: str = "all") -> str:
        return (
            f"{slot:16} recall {self.recall(slot):8.2%} of {self.meant[slot]:5}   "
            f"precision {self.precision(slot):8.2%} of {self.told[slot]:5}"
        )


@cache
def _raw() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@cache
def _words(name: str) -> tuple[str, ...]:
    if name in _raw()["lists"]:
        return tuple(_raw()["lists"][name])
    lexicon = tomllib.loads(slots.FILE.read_text(encoding="utf-8"))
    slot, _, value = name.partition(".")
    return tuple(lexicon[slot][value])


def _filled(pattern: str, rng: random.Random) -> tuple[str, list[str]]:
    """The pattern with a word for each name; the slots that it shows."""
    shown = list[str]()

    def word(match: re.Match[str]) -> str:
        said = rng.choice(_words(match[1]))
        shown.extend([match[1].partition(".")[0]] if said else [])
        return said

    return re.sub(r"\{([\w.]+)\}", word, pattern), shown


def paraphrases(count: int, seed: int, misprints: bool = False) -> Iterator[Paraphrase]:
    """So many of each field and of each sort of none, by turns."""
    rng = random.Random(seed)
    patterns = [(name, each) for name, listed in _raw()["fields"].items() for each in listed]
    patterns += [("", each) for listed in _raw()["none"].values() for each in listed]
    for number in range(count):
        name, pattern = patterns[number % len(patterns)]
        text, shown = _filled(pattern, rng)
        aside = zlib.crc32(text.encode()) % 2 == 0
        shown.append("two rows" if " > " in text else "one row")
        shown.append("own" if name else "none")
        if misprints and (other := _misprinted(text, rng)):
            text = other
            shown.append("misprint")
        path, dress = _dressed(tuple(text.split(" > ")), name, rng)
        yield Paraphrase(path, name or None, tuple(dict.fromkeys([*shown, dress])), aside)


def _misprinted(text: str, rng: random.Random) -> str:
    """One character taken for another that it looks or sounds like, so that the word is none of the lexicon."""
    known = slots.load()
    places = [number for number, char in enumerate(text) if char in known.alike]
    if not places:
        return ""
    place = rng.choice(places)
    other = rng.choice(sorted(known.alike[text[place]]))
    return text[:place] + other + text[place + 1 :]


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2t")


def _dressed(path: tuple[str, ...], name: str, rng: random.Random) -> tuple[tuple[str, ...], str]:
    """The same heading as another hand writes it."""
    dress = rng.choice(("plain", "plain", "traditional", "full width", "blanks", "unit", "numbered"))
    leaf = path[-1]
    if dress == "traditional":
        return tuple(_traditional().convert(part) for part in path), dress
    if dress == "full width":
        return tuple(part.replace("3", "３").replace("(", "（").replace(")", "）") + "：" for part in path), dress
    if dress == "blanks":
        return (*path[:-1], leaf[0] + " " + leaf[1:2] + "\n" + leaf[2:]), dress
    if dress == "unit" and leaf.endswith("数"):
        return (*path[:-1], leaf + rng.choice(("（人）", "(名)", "（单位：人）"))), dress
    if dress == "numbered":
        return (*path[:-1], "1." + leaf), dress
    return path, "plain"


def score(every: Iterable[Paraphrase], by: Score | None = None) -> Score:
    total = by or Score()
    for each in every:
        told = meanings.meaning(each.path)
        got = () if told.personal or told.ignored or told.fields == ("org_ended",) else told.fields  # feeds no field
        hit = each.field in got[: OFFERED * 2]
        for slot in ("all", *each.shows):
            total.meant[slot] += each.field is not None
            total.found[slot] += each.field is not None and hit
            total.told[slot] += bool(got)
            total.right[slot] += bool(got) and hit
        if got and not hit:
            total.wrong.append(f"{' > '.join(each.path)}: {each.field}, got {got}")
        elif each.field and not hit:
            total.missed.append(f"{' > '.join(each.path)}: {each.field}, got {'personal' if told.personal else 'none'}")
    return total


def sheets(every: Iterable[Paraphrase], width: int = 9) -> Iterator[list[Paraphrase]]:
    """As many of them as stand side by side on a sheet, no field twice and none that names the organisation."""
    taken = list[Paraphrase]()
    for each in every:
        if any("：" in part for part in each.path):
            continue  # whether such a row is a header or a line of particulars is the finder's to say
        if each.field != "name" and each.field not in {other.field for other in taken if other.field}:
            taken.append(each)
        if len(taken) == width:
            yield taken
            taken = []


def table(row: Sequence[Paraphrase]) -> tuple[list[list[str | int | None]], list[str]]:
    """A sheet of two organisations under these headings, split over two rows where the paths are, and its merges."""
    groups: list[str | int | None] = ["单位名称", *(each.path[0] for each in row)]
    leaves: list[str | int | None] = [None, *(each.path[1] if len(each.path) > 1 else None for each in row)]
    merges = [f"{get_column_letter(at)}1:{get_column_letter(at)}2" for at, leaf in enumerate(leaves, 1) if leaf is None]
    values = [_value(each.field) for each in row]
    return [groups, leaves, ["晨曦电子厂", *values], ["新月纺织厂", *values]], merges


def _value(name: str | None) -> str | int:
    """What such a column would hold."""
    if name is None:
        return 4
    holds = about()[name].holds
    told: dict[str, str | int] = {"count": 3, "number": 12, "flag": "是", "date": "2015-06", "star": 3}
    return _VALUES.get(name) or told.get(holds, "甲乙丙丁")


_VALUES: dict[str, str | int] = {
    "org_form": "单独组建", "org_level": "党支部", "operating_status": "正常", "org_name": "晨曦电子厂党支部",
    "superior_org": "云溪镇党委", "uscc": "91341234MA2ABCDE00", "address": "老街8号院内",
}  # fmt: skip


def read_as(row: Sequence[Paraphrase]) -> list[tuple[Paraphrase, str | None]]:
    """The sheet read by the tool: each heading with the field that it fed."""
    rows, merges = table(row)
    read = understand(rows, merges)
    fields = {each.column: each.field for each in read.sheet.columns}
    return [(each, fields.get(get_column_letter(at))) for at, each in enumerate(row, 2)]
