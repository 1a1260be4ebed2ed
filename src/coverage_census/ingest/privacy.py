"""A text on its way into the ledger in; the same without anything that points to one person out."""

import datetime
import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from coverage_census.ingest import codes, numbers_of_persons
from coverage_census.ingest.cleaning import bare
from coverage_census.ingest.numbers_of_persons import AREA as _AREA
from coverage_census.ingest.numbers_of_persons import BIRTH as _BIRTH
from coverage_census.ingest.numbers_of_persons import SHORT_BIRTH as _SHORT_BIRTH

_ID_18 = re.compile(rf"(?<![0-9]){_AREA}{_BIRTH}\d{{3}}[\dXx*](?![0-9])")
_ID_15 = re.compile(rf"(?<![0-9A-Za-z]){_AREA}{_SHORT_BIRTH}\d{{3}}(?![0-9A-Za-z])")
_CARD_FLOAT = re.compile(r"(?<![\d.])6\.2\d{2,16}[Ee]\+?1[5-8](?!\d)")
_ID_FLOAT = re.compile(r"(?<![\d.])[1-8]\.\d{4,16}[Ee]\+?1[47](?!\d)")
_DAMAGED_ID = re.compile(rf"{_AREA}{_BIRTH}")
_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)")
_CARD = re.compile(r"(?<!\d)62\d{2}(?:[- ]?\d{4}){3}(?:[- ]?\d{1,3})?(?!\d)")
_ROLE = "法定代表人|法人代表|负责人|联系人|出资人|经办人|填报人|指导员|联络员|书记|业主|老板|经理|董事长|法人"
_NAMED = re.compile(rf"((?:{_ROLE})(?:是|为)?[:： ]\s*)[\u4e00-\u9fff·]{{2,4}}(?![\u4e00-\u9fff])")
_NO_NAME = r"(?!电话|手机|号码|联系|座机|微信|备注|[\u4e00-\u9fff]{1,2}[镇乡村县区市厂店社])"
_NAME_BEFORE = re.compile(
    rf"(?<![\u4e00-\u9fff]){_NO_NAME}[\u4e00-\u9fff]{{2,3}}(?=[:：,，、 (（]{{0,2}}(?:电话|手机)?[:： ]?〔)"
)
_SUSPECT = re.compile(rf"\d(?:[^\w\n]{{0,3}}\d){{10}}|[Ee]\+?1[4-8]|(?:{_ROLE})(?:是|为)?[:： ]")
_DIGITS = re.compile(r"\d(?:[^\w\n]{0,3}\d){10}")
HIDDEN = "〔已隐去〕"


class Redacted(NamedTuple):
    """A text without its personal parts, and which parts those were: `id`, `phone`, `card`, `name`."""

    text: str
    kinds: tuple[str, ...]


def suspects(texts: Iterable[str]) -> bool:
    """Whether any of many texts may need redacting; one pass over all of them, because nearly always none does."""
    joined = "\n".join(texts)
    return bool(_DIGITS.search(joined)) or any(word in joined for word in ("E+1", "e+1", *_ROLE.split("|")))


def redact(text: str) -> Redacted | None:
    """`text` with ID-shaped numbers, mobile numbers, bank cards and names after a role hidden; None if it has none."""
    if _SUSPECT.search(text) is None:
        return None
    text = numbers_of_persons.plain(text)
    kinds = []
    for kind, begin, end in reversed([*numbers_of_persons.grouped(text)]):
        text = text[:begin] + HIDDEN + text[end:]
        kinds.append(kind)
    for kind, pattern in (
        ("id", _ID_18),
        ("id", _ID_15),
        ("card", _CARD),
        ("phone", _MOBILE),
        ("id", _ID_FLOAT),
        ("card", _CARD_FLOAT),
    ):
        text, hits = pattern.subn(lambda match: match[0] if codes.valid(match[0].upper().ljust(18)) else HIDDEN, text)
        if hits and HIDDEN in text and kind not in kinds:
            kinds.append(kind)
    kinds = list(dict.fromkeys(kinds))
    if "phone" in kinds or "id" in kinds:
        text = _NAME_BEFORE.sub(HIDDEN, text)
    text, named = _NAMED.subn(rf"\1{HIDDEN}", text)
    return Redacted(text, (*kinds, "name") if named else tuple(kinds)) if kinds or named else None


def hidden(text: str) -> str:
    """The name of a file, sheet or part as it may be shown."""
    found = redact(text)
    return found.text if found else text


def is_personal_code(text: str) -> str | None:
    """`id` or `phone` if a code column holds a person's number instead of an organisation's."""
    if _ID_18.fullmatch(text) or _DAMAGED_ID.match(_digits(text)):
        return "id"
    if _ID_15.fullmatch(text) and not _old_registration(text):
        return "id"
    return "phone" if _MOBILE.fullmatch(text) else None


def looks_personal(values: Iterable[Any]) -> bool:
    """Whether a column nobody asked for consists of phone, ID or card numbers."""
    texts = [bare(value) for value in values if value is not None][:200]
    hits = sum(1 for text in texts if _ID_18.fullmatch(text) or _MOBILE.fullmatch(text) or _ID_FLOAT.fullmatch(text))
    return hits >= 1 and hits * 2 >= len(texts)


def quotable(text: str) -> str:
    """What may be quoted in a message: short, and without a number that could be a person's."""
    return "（略）" if len(text) > 20 or re.search(r"\d(?:[- ]?\d){6}", text) else text


def _digits(text: str) -> str:
    """The digits that 1.10101190001011E+17 still shows; nothing for any other text."""
    match = re.fullmatch(r"(\d)\.(\d{6,})E\+?(?:14|17)", text)
    return (match[1] + match[2]).ljust(14, "0") if match else ""


def quotable_code(text: str) -> str:
    """A code as it is kept: at most 40 characters, ID numbers and phones inside it hidden."""
    found = redact(text[:40])
    return found.text if found else text[:40]


def _old_registration(text: str) -> bool:
    """The check digit of a 15-digit 注册号 (ISO 7064 MOD 11,10), and a year of birth that cannot be."""
    rest = 10
    for digit in text[:14]:
        rest = (int(digit) + rest) % 10 or 10
        rest = rest * 2 % 11
    year = 1900 + int(text[6:8])
    return (rest + int(text[14])) % 10 == 1 or year > datetime.date.today().year


def sheet_names(names: Iterable[str]) -> dict[str, str]:
    """What sheets are called whose names hold somebody's number: by their order among these, so that a sheet which a
    return workbook puts in front changes nothing."""
    personal = [name for name in names if hidden(name) != name]
    return {name: f"{HIDDEN}{number}" for number, name in enumerate(personal, 1)}
