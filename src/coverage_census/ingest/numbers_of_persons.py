"""A text in; the places in it where a number of a person stands, however it was grouped or widened, out."""

import re
from collections.abc import Iterator

from coverage_census.ingest import codes

AREA = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}"
BIRTH = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
SHORT_BIRTH = r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"

_FULL_WIDTH = str.maketrans("０１２３４５６７８９ＸｘＥｅ＋－．　", "0123456789XxEe+-. ")
_MARKS = r"\s\-‐‑–—_.·•/'’"
_RUN = re.compile(rf"(?<!\d)\d(?:[{_MARKS}]{{0,3}}\d){{10,}}(?:[{_MARKS}]?[Xx*](?![0-9A-Za-z]))?")
_ID_18 = re.compile(rf"{AREA}{BIRTH}\d{{3}}[\dXx*]")
_ID_15 = re.compile(rf"{AREA}{SHORT_BIRTH}\d{{3}}")
_CARD = re.compile(r"62\d{14,17}")
_MOBILE = re.compile(r"(?:(?:00)?86)?(1[3-9]\d{9})")
# How people group the eleven digits of a mobile number; five counts side by side are no telephone.
_GROUPED = {(11,), (3, 4, 4), (4, 4, 3), (3, 3, 5), (3, 5, 3), (3, 8), (7, 4), (5, 6), (3, 4, 2, 2), (1,) * 11}


def plain(text: str) -> str:
    """The same with full-width digits as digits."""
    return text.translate(_FULL_WIDTH)


def grouped(text: str) -> Iterator[tuple[str, int, int]]:
    """`id`, `card` or `phone`, begin and end: of a `plain` text."""
    for run in _RUN.finditer(text):
        kind = _kind(run[0])
        if kind is not None:
            yield kind, *run.span()


def _kind(written: str) -> str | None:
    groups = [group for group in re.split(rf"[{_MARKS}]+", written) if group]
    compact = "".join(groups)
    if codes.valid(compact.upper()):
        return None
    if _ID_18.fullmatch(compact) or _ID_15.fullmatch(compact) or (len(compact) > 18 and _ID_18.search(compact)):
        return "id"
    if _CARD.fullmatch(compact):
        return "card"
    return "phone" if _is_mobile(groups, compact) else None


def _is_mobile(groups: list[str], compact: str) -> bool:
    found = _MOBILE.fullmatch(compact)
    if found is None:
        return False
    if len(groups) > 1 and groups[0] in ("86", "0086"):
        groups = groups[1:]
    sizes = tuple(map(len, groups))
    return sizes in _GROUPED or (len(groups) == 1 and len(compact) > 11)
