"""A text as people write it in; the same in plain signs out, with the place that each of them had."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any, NamedTuple

# Letters of other alphabets that differ in nothing but their looks.
_LOOKALIKES = dict(zip("ОоХхЕеАаВСсΟοΧχΕΑ", "OoXxEeAaBCcOoXxEA", strict=True))
_CHINESE = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
_CHINESE |= dict(zip("壹贰叁肆伍陆柒捌玖貳參叄陸弌弍弎幺", "12345678923361231", strict=True))
_PLAIN = re.compile(r"[\x21-\x7e\u4e00-\u9fff，。：；、（）“”《》！？—…·〔〕【】]*")
_WIDE = {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)} | {ord("："): ":"}
TWO_SCRIPTS = "後徵於麽菸麴摺"  # traditional, and in GB2312 all the same
_AS_CLERKS_WRITE = {"帳": "账"}  # OpenCC makes 帐 of it


class _Folds(dict[int, int | str]):
    """Each sign in its plain form; a traditional one is looked up when it is first met."""

    def __missing__(self, code: int) -> int | str:
        self[code] = in_plain_script(chr(code))
        return self[code]


@lru_cache(maxsize=50_000)
def in_plain_script(sign: str) -> str:
    """雲 as 云; OpenCC is loaded only for a character outside GB2312."""
    if not "\u3400" <= sign <= "\u9fff":
        return sign
    if sign in _AS_CLERKS_WRITE:
        return _AS_CLERKS_WRITE[sign]
    if sign not in TWO_SCRIPTS:
        try:
            sign.encode("gb2312")
        except UnicodeEncodeError:
            pass
        else:
            return sign
    plain = str(converter().convert(sign))
    return plain if "\u3400" <= plain <= "\u9fff" else sign  # 瓅 has a plain form that no pattern of names knows


@cache
def converter() -> Any:
    """From traditional to simplified script; OpenCC is loaded when it is first asked for."""
    from opencc import OpenCC

    return OpenCC("t2s")


_FOLDS = _Folds(str.maketrans(_LOOKALIKES) | _WIDE)
_CJK = r"[\u3400-\u9fff]"
_SPACED = re.compile(rf"{_CJK}(?: {{1,3}}{_CJK}(?![\u3400-\u9fff])){{1,30}}(?: {{1,3}}{_CJK})?")
# Chinese numerals are digits where many of them stand side by side, and so are O and l between digits.
_NUMERALS = f"0-9{''.join(_CHINESE)}"
_SPELT = re.compile(rf"[{_NUMERALS}OoIl](?:[\W_]{{0,5}}[{_NUMERALS}OoIl]){{4,}}")
_SPELT_OUT = str.maketrans(_CHINESE | dict(zip("OoIl", "0011", strict=True)))


class Folded(NamedTuple):
    """`text`, and for each of its signs (and its end) the place in the text as it was written."""

    text: str
    at: tuple[int, ...] | range

    def spelt_out(self) -> str | None:
        """The same with numbers that are spelt in Chinese or with letters as digits; None where there are none."""
        text = _SPELT.sub(_in_digits, self.text)
        return text if text != self.text else None


def fold(text: str) -> Folded:
    """Half-width, in digits of one script, without what does not show and without blanks between single characters."""
    if _PLAIN.fullmatch(text):
        return Folded(text.translate(_FOLDS), range(len(text) + 1))
    signs, at = [], []
    for place, sign in enumerate(text):
        for each in _plain(sign):
            signs.append(each)
            at.append(place)
    at.append(len(text))
    return _closed_up("".join(signs), at)


def _plain(sign: str) -> str:
    if " " < sign < "\x7f" or "\u4e00" <= sign <= "\u9fff":
        return sign.translate(_FOLDS)
    if sign == "\n":
        return sign
    if sign.isspace():
        return " "
    if unicodedata.category(sign) in ("Cf", "Mn", "Me", "Cc") or sign in "\u115f\u1160\u3164\uffa0":
        return ""
    number = unicodedata.numeric(sign, None)
    if number is not None and number in range(21):
        return str(int(number)) if sign not in _CHINESE else sign
    return unicodedata.normalize("NFKC", sign).translate(_FOLDS)


def _closed_up(text: str, at: list[int]) -> Folded:
    """联 系 人 as 联系人."""
    drop = {place for found in _SPACED.finditer(text) for place in range(*found.span()) if text[place] == " "}
    if not drop:
        return Folded(text, tuple(at))
    kept = [place for place in range(len(text)) if place not in drop]
    return Folded("".join(text[place] for place in kept), (*(at[place] for place in kept), at[-1]))


def _in_digits(found: re.Match[str]) -> str:
    """Letters count only beside digits and not within a word (Tel139 …), or where they fill up a passport (EOO95…)."""
    text, begin = found[0], found.start()
    before = found.string[begin - 1] if begin else ""
    head = 0
    if before.isascii() and before.isalpha() and not _is_passport(found):
        while head < len(text) and text[head] in "OoIl":
            head += 1
    return text[:head] + text[head:].translate(_SPELT_OUT)


def _is_passport(found: re.Match[str]) -> bool:
    """One letter that stands alone and seven or eight signs behind it, some of them digits."""
    begin, end = found.span()
    alone = begin < 2 or not (found.string[begin - 2].isascii() and found.string[begin - 2].isalnum())
    ends = end == len(found.string) or not (found.string[end].isascii() and found.string[end].isalnum())
    return alone and ends and len(found[0]) in (7, 8) and sum(map(str.isdigit, found[0])) >= 2
