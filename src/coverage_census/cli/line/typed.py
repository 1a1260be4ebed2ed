"""What a person typed for several things in; the things one by one out: `甲镇、乙镇` is two, `ｎｏｗ` is now."""

import re
import sys
from collections.abc import Sequence
from typing import TypeVar

Typed = TypeVar("Typed", str | None, list[str] | None)

_BETWEEN = re.compile(r"[,，、;；\s]+")
_BLANK = re.compile(r"[,，、;；\s\u200b-\u200f\u2060\ufeff]+")
# Full-width signs of names and numbers; brackets and the like stay as they are: they belong to Chinese names.
_WIDE = "".join(chr(each + 0xFEE0) for each in range(0x21, 0x7F) if chr(each).isalnum() or chr(each) in "_-=.:")
_TO_NARROW = str.maketrans(_WIDE, "".join(chr(ord(each) - 0xFEE0) for each in _WIDE))


def narrow(value: str | None) -> str | None:
    """Letters, digits, =, -, _, . and : in half-width."""
    return None if value is None else value.translate(_TO_NARROW).strip()


def blank(text: str) -> bool:
    """Whether nothing is said: no sign at all, or blanks and separators alone."""
    return not _BLANK.sub("", text)


def impersonal(value: Typed) -> Typed:
    """What a person typed, without what points to one person: a name of a round or several of them, evidence, an
    owner."""
    if not value:
        return value
    from coverage_census.privacy import door

    return [door.hidden(each) for each in value] if isinstance(value, list) else door.hidden(value)


def note(sentence: str) -> None:
    """One line on stderr beside whatever the command prints."""
    sys.stderr.write(f"census: {sentence}\n")


def several(value: list[str] | None) -> list[str] | None:
    """Every one of the things that the arguments name, in their order."""
    return None if value is None else list(_each(value))


def _each(value: Sequence[str]) -> list[str]:
    # 甲 ＝ 2: the blanks around an equals sign separate nothing.
    texts = (re.sub(r"(?<!\s)\s*=\s*", "=", text.translate(_TO_NARROW)) for text in value)
    return [part for text in texts for part in _BETWEEN.split(text) if part]
