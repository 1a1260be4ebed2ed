"""A township as written in; the same without its 乡镇街道 out, so that 首阳 is 首阳镇."""

import re

_TOWN = re.compile(r"(?<=..)(?:街道办事处|街道办|街道|民族乡|镇|乡)$")


def without_town_word(township: str | None) -> str | None:
    """首阳 for 首阳镇."""
    return _TOWN.sub("", township) if township else None
