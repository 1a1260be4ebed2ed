"""The one door: everything that a cell holds or a person types passes here before it is kept or shown."""

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from coverage_census.privacy.role_words import DOERS, DUTIES, NOUNS, SAID, TRADITIONAL

if TYPE_CHECKING:
    from coverage_census.privacy.numbers import Found

HIDDEN = "〔已隐去〕"
_FILLER = "ꙮ" * len(HIDDEN)  # a letter of no word: what was hidden once stays as it is
KINDS = ("id", "card", "phone", "contact", "name")

_DIGITS = re.compile(
    r"[0-9〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖](?:[\W_]{0,5}[0-9OoIl〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖]){4,}|@|(?i:qq|微信|weixin|wechat|wx|vx)"
)
_UNSEEN = re.compile(r"[^\S\n]+|[\u00ad\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]+")
_AROUND = re.compile(r"[\W_]{0,2}(?:电话|手机|联系电话|号码)?[\W_]{0,2}$")


# Any of these in a text, and it is worth looking for names.
_HINT = re.compile(
    rf"[人员长者主师手部导](?:\([^()\n]{{0,8}}\))?[:=]|[\u4e00-\u9fff][人员长者师主]|(?:{DUTIES})(?:{DOERS})|{NOUNS}|{SAID}|[男女岁]|群众|出生|[{TRADITIONAL}]"
)


class Redacted(NamedTuple):
    """A text without its personal parts, and which parts those were: `id`, `phone`, `card`, `contact`, `name`."""

    text: str
    kinds: tuple[str, ...]


def suspects(texts: Iterable[str]) -> bool:
    """Whether any of many texts may need redacting; one pass over all of them, because nearly always none does."""
    return _suspect("\n".join(texts))


def _suspect(text: str) -> bool:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _UNSEEN.sub("", text)
    if _DIGITS.search(text) or _HINT.search(text):
        return True
    return any(sign.isnumeric() and not "\u4e00" <= sign <= "\u9fff" and not sign.isascii() for sign in set(text))


def redact(text: str, *, named: bool = False, coded: bool = False, heading: bool = False) -> Redacted | None:
    """`text` without what points to one person; None where nothing does.

    `named`: it is the name of an organisation, in which 王医生 may stand. `coded`: it is a code of one.
    `heading`: it asks for something.
    """
    if not _suspect(text):
        return None
    from coverage_census.privacy import names, numbers  # their patterns take a while to be made
    from coverage_census.privacy.folding import fold

    folded = fold(text.replace(HIDDEN, _FILLER))
    found = [*numbers.find(folded.text, coded)]
    if (spelt := folded.spelt_out()) is not None:
        found += numbers.find(spelt, coded)
    if not coded:
        found += (numbers.Found("name", *span) for span in names.find(folded.text, named, heading))
        found += _beside(folded.text, [each for each in found if each.kind in ("id", "phone", "card")])
    if not found:
        return None
    kinds = {each.kind for each in found}
    return Redacted(_without(text, found, folded.at), tuple(kind for kind in KINDS if kind in kinds))


def hidden(text: str, *, named: bool = False, heading: bool = False) -> str:
    """A text as it may be kept and shown."""
    found = redact(text, named=named, heading=heading)
    return found.text if found else text


def _beside(text: str, found: list["Found"]) -> list["Found"]:
    """宓旻瑄 139…, 139…（宓旻瑄）: whose number it is."""
    from coverage_census.privacy import names, numbers

    spans = []
    for each in found:
        before = _AROUND.search(text, max(0, each.begin - 8), each.begin)
        spans += names.ending(text, before.start() if before else each.begin)
        spans += names.beginning(text, each.end)
    return [numbers.Found("name", *span) for span in spans]


def _without(text: str, found: list["Found"], at: tuple[int, ...] | range) -> str:
    """Overlapping parts become one; what was written between them stays as it was."""
    parts, written = [], 0
    for begin, end in _joined(
        sorted((at[each.begin], at[each.end - 1] + 1) for each in found if each.end > each.begin)
    ):
        parts += [text[written:begin], HIDDEN]
        written = end
    return "".join([*parts, text[written:]])


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for begin, end in spans:
        if joined and begin < joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined
