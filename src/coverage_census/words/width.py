"""How text stands in a terminal: a Chinese character takes two columns, lines break between any two, nothing hides."""

import unicodedata
from collections.abc import Iterator

# Marks that must not begin a line (避头).
_CLOSING = set("，。、；：！？）】》”’…,.;:!?)]}")


def width(text: str) -> int:
    """Columns that `text` takes in a terminal."""
    return sum(
        2 if unicodedata.east_asian_width(mark) in "WF" else 0 if unicodedata.combining(mark) else 1 for mark in text
    )


def visible(text: str) -> str:
    """`text` without control and direction marks."""
    return "".join(mark for mark in text if mark.isprintable() or mark == "\n")


def pad(text: str, columns: int) -> str:
    """`text` followed by blanks up to `columns`."""
    return text + " " * max(0, columns - width(text))


def fold(text: str, columns: int) -> list[str]:
    """`text` as lines of at most `columns`, broken at blanks in English and anywhere allowed in Chinese."""
    lines = [""]
    for piece in _pieces(text):
        if width(lines[-1]) + width(piece.rstrip()) <= columns or not lines[-1]:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> Iterator[str]:
    """The parts that stay together: a word with its blank, or one wide character with the marks that close it."""
    piece = ""
    for index, mark in enumerate(text):
        piece += mark
        following = text[index + 1 : index + 2]
        wide = unicodedata.east_asian_width(mark) in "WF" or unicodedata.east_asian_width(following or " ") in "WF"
        if following in _CLOSING and following != "":
            continue
        if mark == " " or (wide and mark not in "（《“‘([【"):
            yield piece
            piece = ""
    if piece:
        yield piece
