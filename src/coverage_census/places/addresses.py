"""Two addresses in; whether the numbers of their houses tell them apart: two shops of one name until a person says
otherwise."""

import re
import unicodedata

_NUMBERS = re.compile(r"\d+|[一二三四五六七八九十百]{1,8}(?=号)")


def apart(one: str | None, other: str | None) -> bool:
    """Whether both have numbers, and different ones (城南路3号, 城北路81号); one that holds the other is the same."""
    if one is None or other is None or one in other or other in one:
        return False
    mine, theirs = (_NUMBERS.findall("".join(unicodedata.normalize("NFKC", each).split())) for each in (one, other))
    return bool(mine) and bool(theirs) and mine != theirs
