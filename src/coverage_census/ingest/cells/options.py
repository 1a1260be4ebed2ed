"""A cell with options of which one is marked in; the marked ones out (□单独 ☑联合, 是( ) 否(√), ①企业√②社会组织).

A mark belongs to the option behind it or to the one before it: the same for the whole cell, whichever leaves no mark
without an option. Where only the chosen option is marked, the blank beside it decides.
"""

import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

from coverage_census.ingest.cells.clean import simplified

TICKED = "√✓✔☑■●◉▣✅☒"
EMPTY = "□☐○◯◻▢❏"
CROSSED = "×✗✕╳✘"

_SIGNS = TICKED + EMPTY
_ANY = re.compile(rf"[{_SIGNS}{CROSSED}]|[(\[【]\s{{0,9}}[)\]】]|[(\[【]\s?[xX]\s?[)\]】]")
_CIRCLED = re.compile("[①-⑳⑴-⒇]")
_PART = re.compile(
    rf"(?P<bracket>[(\[【]\s{{0,9}}(?P<in>[{_SIGNS}{CROSSED}xXvV]?)\s{{0,9}}[)\]】])"
    rf"|(?P<line>_{{1,9}}(?P<on>[{_SIGNS}{CROSSED}xXvV]?)_{{0,9}})"
    rf"|(?P<sign>[{_SIGNS}{CROSSED}])"
    r"|(?P<gap>[\s,、;/|\x1f]{1,20})"
    r"|(?P<remark>[(\[【][^()\[\]【】]{1,40}[)\]】])"
    rf"|(?P<text>[^{_SIGNS}{CROSSED}\s,、;/|()\[\]【】_\x1f]{{1,60}})"
    r"|(?P<other>.)"
)
_NUMBER = re.compile(r"[A-Za-z]|\d{1,2}")
_ONLY_NUMBER = re.compile(r"(?:[A-Za-z]|\d{1,2})[.、:)]")
_NUMBERED = re.compile(r"(?:[A-Za-z]|\d{1,2})[.、:)]?(?=[\u4e00-\u9fff])|[.、:。;]{1,3}")
_PUNCTUATED = re.compile(r"(?:[A-Za-z]|\d{1,2})[.、:)](?=[\u4e00-\u9fff])|[.、:。;]{1,3}")


class Marked(NamedTuple):
    """The options of a cell; which of them are chosen, or `unsure` where that cannot be told."""

    labels: tuple[str, ...]
    chosen: tuple[str, ...]
    unsure: bool = False


class _Piece(NamedTuple):
    text: str  # of an option
    mark: bool | None  # of a mark: ticked or not; None for an option
    gap: bool  # whether a blank or comma stands before it


def marked(value: str) -> Marked | None:
    """The options of a cell, None where it has no marks beside its words."""
    if not _ANY.search(unicodedata.normalize("NFKC", value)) and "_" not in value:
        return None
    pieces = _pieces(value)
    items = [piece for piece in pieces if piece.mark is None]
    marks = [piece for piece in pieces if piece.mark is not None]
    if not items or not marks:
        return None
    joined = _joined(pieces)
    if len(marks) > 1 and len(marks) == sum(piece.mark is None for piece in joined):
        pieces, items = joined, [piece for piece in joined if piece.mark is None]
    labels = _labels([piece.text for piece in items])
    if len(marks) == len(items) and _alternate(pieces):
        pairs = zip(labels, marks, strict=True)
        return Marked(labels, tuple(label for label, mark in pairs if mark.mark))
    return _some_marked(pieces, labels)


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Options that only a blank divides as one: □有固定 场所 ☑无."""
    found = list[_Piece]()
    for piece in pieces:
        if piece.mark is None and found and found[-1].mark is None:
            found[-1] = found[-1]._replace(text=found[-1].text + piece.text)
        else:
            found.append(piece)
    return found


def _alternate(pieces: list[_Piece]) -> bool:
    return all((one.mark is None) != (two.mark is None) for one, two in pairwise(pieces))


def _some_marked(pieces: list[_Piece], labels: tuple[str, ...]) -> Marked:
    """Fewer marks than options: each mark goes to the option that it touches."""
    before = pieces[0].mark is not None and pieces[-1].mark is None
    behind = pieces[-1].mark is not None and pieces[0].mark is None
    chosen, number, unsure = list[str](), 0, False
    for index, piece in enumerate(pieces):
        if piece.mark is None:
            number += 1
            continue
        if not piece.mark:
            continue
        last = index + 1 == len(pieces) or pieces[index + 1].mark is not None
        first = index == 0 or pieces[index - 1].mark is not None
        near, far = not piece.gap and not first, not last and not pieces[index + 1].gap
        side = _side(first, last, near, far, before, behind)
        if side is None or not 0 <= number - 1 + side < len(labels):
            unsure = True
        else:
            chosen.append(labels[number - 1 + side])
    return Marked(labels, tuple(chosen), unsure)


def _side(first: bool, last: bool, near: bool, far: bool, before: bool, behind: bool) -> int | None:
    """0 for the option before the mark, 1 for the one behind it."""
    if first or last:
        return None if first and last else int(first)
    if near != far:
        return int(far)
    return 1 if before and not behind else 0 if behind and not before else None


def _labels(texts: list[str]) -> tuple[str, ...]:
    """The options without their numbers: 1企业 and 2社会组织 where all have one, A. and 1、 anywhere."""
    every = len(texts) > 1 and all(_NUMBERED.match(text) for text in texts)
    pattern = _NUMBERED if every else _PUNCTUATED
    return tuple(pattern.sub("", text, count=1).strip(".、:。;") or text for text in texts)


def _pieces(value: str) -> list[_Piece]:
    text = unicodedata.normalize("NFKC", _CIRCLED.sub("\x1f", simplified(value)))
    boxes = bool(re.search(rf"[{_SIGNS}]", text))
    found = list[_Piece]()
    gap = False
    crosses = not re.search(f"[{TICKED}]", text)  # [x] beside [ ] is a tick, beside √ it is none
    for match in _PART.finditer(text):
        kind, said = match.lastgroup, match[0]
        kind = "bracket" if match["bracket"] else "line" if match["line"] else kind
        if kind in ("bracket", "line", "sign"):
            sign = (match["in"] or match["on"] or "") if kind != "sign" else said
            if kind == "line" and found and found[-1].mark is not None and not sign:
                continue
            found.append(
                _Piece("", sign in TICKED + "vV" if sign and sign not in "xX" else bool(sign) and crosses, gap)
            )
            gap = False
        elif kind == "gap":
            gap = True
            if said[0] == "、" and found and _NUMBER.fullmatch(found[-1].text):  # 1、企业
                found.pop()
        elif kind == "text":
            gap = _text(found, said, gap, boxes)
        elif kind == "remark":
            inner = said[1:-1].strip()
            if not found or (found[-1].mark is not None and len(found) == 1):
                found.append(_Piece(inner, None, gap))
            gap = False
    return found


def _text(found: list[_Piece], said: str, gap: bool, boxes: bool) -> bool:
    """An option, or the rest of one that a blank divides; 口 in front of it is a box, a number alone is none."""
    if _ONLY_NUMBER.fullmatch(said):  # 1.☑企业
        return gap
    if boxes and said[0] == "口" and len(said) > 1:
        found.append(_Piece("", False, gap))
        said, gap = said[1:], False
    found.append(_Piece(said, None, gap))
    return False
