"""The one door: everything that a cell holds or a person types passes here before it is kept or shown."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from coverage_census.privacy.role_words import DOING, DUTIES, NOUNS, SAID
from coverage_census.privacy.surnames import DOUBLE, GIVEN, IN_PLACES, OF_PLACES, SURNAMES

if TYPE_CHECKING:
    from coverage_census.privacy.numbers import FoundNumber

HIDDEN = "〔已隐去〕"
_FILLER = "ꙮ" * len(HIDDEN)  # a letter of no word: what was hidden once stays as it is
KINDS = ("id", "card", "phone", "contact", "name")

_LONG = 100_000
_DIGIT = "0-9〇零○一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參叄陸弌弍弎幺"
_LIKE_DIGITS = "OoIlОΟο"
_LETTERS = "A-Za-zОоХхЕеАаВСсΟοΧχΕΑ"
_CONTACT = re.compile(r"@|(?i:qq|微信|weixin|wechat|wx|vx)")


class _Digits(NamedTuple):
    """Digits with at most five other signs between them: `few` are five, a person's where a word or letter beside
    them says so; `many` are eight, as every number has that is a person's by itself."""

    few: re.Pattern[str]
    many: re.Pattern[str]

    @classmethod
    def with_between(cls, between: str) -> "_Digits":
        more = rf"(?:{between}{{0,5}}[{_DIGIT}{_LIKE_DIGITS}])"
        return cls(re.compile(rf"[{_DIGIT}]{more}{{4,}}"), re.compile(rf"[{_DIGIT}]{more}{{7,}}"))


_DIGITS = _Digits.with_between(r"[\W_]")
_DIGITS_IN_LINE = _Digits.with_between(r"(?:[^\w\n]|_)")
# What makes a few digits somebody's: a letter in front of them (passports) or behind (1.39E+10), a label.
_LETTERED = re.compile(rf"[{_LETTERS}][\W_]{{0,3}}[{_DIGIT}]|[{_DIGIT}][\W_]{{0,3}}[{_LETTERS}]")
_UNSEEN = re.compile(r"[^\S\n]+|[\u00ad\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]+")
_AROUND = re.compile(r"[\W_]{0,2}(?:电话|手机|联系电话|号码)?[\W_]{0,2}$")


_SURNAMES = "".join(sorted(SURNAMES | {each[0] for each in DOUBLE}))
# Any of these in a text, and it is worth looking for names. At most signs nothing of them can begin.
_BEGINS = "".join(sorted({word[0] for words in (DUTIES, NOUNS, SAID) for word in words.split("|")}))
_HINT = re.compile(
    rf"(?<=[\u4e00-\u9fff])[人员长者师主]|(?=[人员长者师主手部导男女岁群出由请找派叫托排经与跟因系向让问同入退病去逝过身休职务打夫父兄之家不毕服被参名位{_BEGINS}])(?:"
    rf"[人员长者师主师手部导](?:\([^()\n]{{0,8}}\))?[:=]|(?:{DUTIES})(?:{DOING})|{NOUNS}|{SAID}|[男女岁]|群众|出生"
    rf"|(?:由|请|找|派|叫|托|排|经|与|跟|因|系|向|让|问|同)[{_SURNAMES}]|[入退]党|[病去逝过身][故世亡]|休|职|务工|打工|[夫父兄]|之[子女]|家的|不配合"
    r"|不同意|不愿|毕业|服刑|被捕|出国|参军|入伍|(?:名|位|人)党员)"
)
# A part of a text that may be a name and nothing else: 韦彦霖, 镇党委 韦彦霖, 组织办韦彦霖.
_ALONE = re.compile(
    rf"(?:^|[^\u4e00-\u9fff]|[委局办部室所站厅处科镇乡村县市心区道部总组记任长员])[{_SURNAMES}][\u4e00-\u9fff]{{1,3}}(?![\u4e00-\u9fff])",
    re.MULTILINE,
)
# A sure name (`alone.is_sure`) in front of other words: 韦彦霖已上门.
_HAN = r"\u4e00-\u9fff"
_STRANGE = rf"(?![{''.join(sorted(IN_PLACES))}])[{_HAN}]"
_LAST = "".join(sorted(GIVEN - OF_PLACES))
_SURE = re.compile(
    rf"(?:^|[^{_HAN}])[{_SURNAMES}](?:{_STRANGE}[{_HAN}]|[{_HAN}](?:[{_LAST}]|{_STRANGE}))", re.MULTILINE
)


class Redacted(NamedTuple):
    """A text without its personal parts, and which parts those were: `id`, `phone`, `card`, `contact`, `name`."""

    text: str
    kinds: tuple[str, ...]


def suspects(texts: Iterable[str], *, named: bool = False) -> bool:
    """Whether any of many texts may need redacting; one pass over all of them, because nearly always none does."""
    return _suspect("\n".join(texts), named)


def _suspect(text: str, named: bool) -> bool:
    if not text.isascii():
        text = _in_one_script(unicodedata.normalize("NFKC", text))
    if not named and (_ALONE.search(text) or _SURE.search(text)):
        return True
    text = _UNSEEN.sub("", text)
    return _has_number(text) or _HINT.search(text) is not None or bool(_odd_numerals(text))


def _has_number(text: str) -> bool:
    """Whether digits stand there that may be a person's; 样例12345号店 has too few of them."""
    if _CONTACT.search(text):
        return True
    if not _DIGITS.few.search(text):
        return False
    return bool(_DIGITS.many.search(text) or _LETTERED.search(text) or _labels().search(text.lower()))


@cache
def _labels() -> re.Pattern[str]:
    from coverage_census.privacy import numbers  # its patterns take a while to be made

    return numbers.labels()


def _odd_numerals(text: str) -> list[str]:
    """①, ٣, ½: digits of other scripts."""
    return [
        sign for sign in _signs(text) if sign.isnumeric() and not "\u4e00" <= sign <= "\u9fff" and not sign.isascii()
    ]


def suspicious(texts: Sequence[str], *, named: bool = False) -> list[str]:
    """Those of many texts that may need redacting, in one pass over all of them."""
    lines = [text for text in texts if "\n" not in text]
    return [text for text in texts if "\n" in text] + [lines[number] for number in sorted(_suspect_lines(lines, named))]


def _suspect_lines(lines: Sequence[str], named: bool) -> set[int]:
    text = _in_one_script(unicodedata.normalize("NFKC", "\n".join(lines)))
    found = set() if named else _lines_with(text, _ALONE) | _lines_with(text, _SURE)
    text = _UNSEEN.sub("", text)
    found |= _lines_with(text, _CONTACT) | _lines_with(text, _HINT) | _lines_with(text, _DIGITS_IN_LINE.many)
    if odd := _odd_numerals(text):
        found |= _lines_with(text, re.compile(f"[{''.join(map(re.escape, odd))}]"))
    if asked := (_lines_with(text, _LETTERED) | _lines_with(text.lower(), _labels())) - found:
        found |= asked & _lines_with(text, _DIGITS_IN_LINE.few)
    return found


def _lines_with(text: str, pattern: re.Pattern[str]) -> set[int]:
    """The numbers of the lines in which a pattern is found."""
    found, line, at = set[int](), 0, 0
    match = pattern.search(text)
    while match is not None:
        place = max(match.start(), match.end() - 1)  # a pattern may begin with the end of the line before
        line += text.count("\n", at, place)
        found.add(line)
        at = text.find("\n", place)
        if at < 0:
            break
        match = pattern.search(text, at)
    return found


def _signs(text: str) -> Iterable[str]:
    """Each different sign: of millions, counted at once."""
    if len(text) < _LONG:
        return set(text)
    import numpy

    found = numpy.bincount(numpy.frombuffer(text.encode("utf-32-le", "surrogatepass"), numpy.uint32)).nonzero()[0]
    return map(chr, found.tolist())


def _in_one_script(text: str) -> str:
    """韋彥霖 as 韦彦霖, by the few characters that are traditional: of many texts at once, hardly any is."""
    from coverage_census.privacy import folding

    for sign in _signs(text):
        plain = folding.in_plain_script(sign)
        if plain != sign:
            text = text.replace(sign, plain)
    return text


@lru_cache(maxsize=4_096)  # where a cell is read, and in the last look at all that was read
def redact(
    text: str,
    *,
    named: bool = False,
    office: bool = False,
    place: bool = False,
    coded: bool = False,
    heading: bool = False,
) -> Redacted | None:
    """`text` without what points to one person; None where nothing does.

    `named`: it is the name of an organisation, in which 王医生 may stand. `office`: of an office or a branch of the
    Party, which no person's name is. `place`: it names a place, a trade or a file. `coded`: it is a code.
    `heading`: it asks for something.
    """
    own = named and not office
    if not _suspect(text, own or heading):
        return None
    from coverage_census.privacy import alone, names, numbers  # their patterns take a while to be made
    from coverage_census.privacy.folding import fold

    folded = fold(text.replace(HIDDEN, _FILLER))
    found = [*numbers.find(folded.text, coded)]
    if (spelt := folded.spelt_out()) is not None:
        found += numbers.find(spelt, coded)
    if not coded:
        found += (numbers.FoundNumber("name", *span) for span in names.find(folded.text, named, heading))
        found += _beside(folded.text, [each for each in found if each.kind in ("id", "phone", "card")])
    if not (own or heading or coded):
        found += (numbers.FoundNumber("name", *span) for span in alone.find(folded.text, place=place, office=office))
    if not found:
        return None
    kinds = {each.kind for each in found}
    return Redacted(_without(text, found, folded.at), tuple(kind for kind in KINDS if kind in kinds))


@lru_cache(maxsize=512)  # headings above all: one is looked at for its column, each of its problems and the receipt
def hidden(text: str, *, named: bool = False, place: bool = False, heading: bool = False) -> str:
    """A text as it may be kept and shown."""
    found = redact(text, named=named, place=place, heading=heading)
    return found.text if found else text


def _beside(text: str, found: list["FoundNumber"]) -> list["FoundNumber"]:
    """宓旻瑄 139…, 139…（宓旻瑄）: whose number it is."""
    from coverage_census.privacy import names, numbers

    spans = []
    for each in found:
        before = _AROUND.search(text, max(0, each.begin - 8), each.begin)
        spans += names.ending(text, before.start() if before else each.begin)
        spans += names.beginning(text, each.end)
    return [numbers.FoundNumber("name", *span) for span in spans]


def _without(text: str, found: list["FoundNumber"], at: tuple[int, ...] | range) -> str:
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
