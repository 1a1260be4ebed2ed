"""Pairs of one code in; those whose names agree linked, those whose names differ (一码两名) asked.

A valid code is nearly never mistyped into another valid one, but it is copied: from the row above, from the head office
to its branches, from a firm to its sister (富民物业, 富民物流). So equal codes link only where the names do not speak
against it: a slip of the pen, a part left out. Renamed firms are asked.
"""

from typing import TYPE_CHECKING

from coverage_census.names.telling import ToldApart, parts, told_apart
from coverage_census.registers.matching import pairs
from coverage_census.registers.matching.pairs import PlacePairs
from coverage_census.registers.matching.sides import Names, Step, Unsure
from coverage_census.registers.matching.standing import Standing

if TYPE_CHECKING:
    import numpy as np

    from coverage_census.registers.matching.pairs import Flags

_BEGIN, _BEGIN_ALIKE = 3, 50.0  # letters, and of 100: 兴旺建 and 兴望建 have 67
_ALIKE = 70.0  # of 100; 兴旺建材 and 兴望建材 have 75, 兴旺建材 and 大发建材 50 (two firms, one trade)


def by_code(found: Standing) -> None:
    """The step 统一社会信用代码."""
    keys = found.ours.uscc, found.theirs.uscc
    _by(found, Step.CODE, found.of_key(keys, found.free()), _codes(found))


def by_old_code(found: Standing) -> None:
    """The step 组织机构代码: of pairs in one county, because such numbers are written by hand."""
    same = found.of_key((found.ours.old, found.theirs.old), found.free())
    same = same.where(pairs.agree(same, found.ours, found.theirs, ("county", "form")))
    _by(found, Step.OLD_CODE, same, _codes(found))


def _by(found: Standing, step: Step, same: PlacePairs, on: tuple[list[str], list[str]]) -> None:
    import numpy as np

    equal = found.ours.bare[same.ours] == found.theirs.bare[same.theirs]
    forms = pairs.agree(same, found.ours, found.theirs, ("form",))
    agree = (equal | _names_agree(found, same, equal)) & forms
    found.link(step, _only(same, equal & forms), on)
    left = same.where(_open(found, same, np.logical_and))
    found.link(step, _only(left, agree[_open(found, same, np.logical_and)]), on)
    asked = same.where(_open(found, same, np.logical_or))
    alike = _likeness(found, asked)
    found.ask(Unsure.ONE_CODE_TWO_NAMES, asked, (list(found.ours.names.name), list(found.theirs.names.name)), alike)
    both = same.where(_open(found, same, np.logical_and) & ~_branches(found, same))
    found.held[0][both.ours] = True
    found.held[1][both.theirs] = True


def _only(same: PlacePairs, wanted: "Flags") -> PlacePairs:
    kept = same.where(wanted)
    return kept.where(pairs.alone(kept))


def _open(found: Standing, same: PlacePairs, how: "np.ufunc") -> "Flags":
    one, other = found.free()
    flags: Flags = how(one[same.ours], other[same.theirs])
    return flags


def _names_agree(found: Standing, same: PlacePairs, equal: "Flags") -> "Flags":
    import numpy as np

    agree = np.zeros(len(equal), dtype=bool)
    for at in np.flatnonzero(~equal).tolist():
        one, other = found.ours.text[same.ours[at]], found.theirs.text[same.theirs[at]]
        agree[at] = _agree(found, one, other) and _agree(found, other, one)  # whichever side is called ours
    return agree


def _agree(found: Standing, one: str, other: str) -> bool:
    return names_agree(one, other) and not found.words.other_trades(one, other)


def _likeness(found: Standing, same: PlacePairs) -> list[float]:
    from rapidfuzz import fuzz

    texts = zip(same.ours.tolist(), same.theirs.tolist(), strict=True)
    return [round(fuzz.ratio(found.ours.text[one], found.theirs.text[other]), 1) for one, other in texts]


def _branches(found: Standing, same: PlacePairs) -> "Flags":
    """Whether one is a branch of the other: its own row and its head's are looked for by name."""
    import numpy as np

    texts = zip(same.ours.tolist(), same.theirs.tolist(), strict=True)
    mine, theirs = found.ours.text, found.theirs.text
    return np.array([_of_one_head(mine[one], theirs[other]) for one, other in texts], dtype=bool)


def _of_one_head(one: str, other: str) -> bool:
    return parts(one).behind != parts(other).behind


def names_agree(one: str, other: str) -> bool:
    """Whether two core names under one code may be one organisation: a slip of the pen or a part left out."""
    from rapidfuzz import fuzz

    mine, theirs = parts(one), parts(other)
    if mine.numerals != theirs.numerals or told_apart(mine, theirs) is ToldApart.SURELY:
        return False
    if one in other or other in one:
        return True
    return fuzz.ratio(one, other) >= _ALIKE and not _another_word(one, other)


def _another_word(one: str, other: str) -> bool:
    """Two letters or more side by side are others (滨河路, 建设路), or what stands before their common end is: long
    names of one trade are alike though 兴旺 and 大发 are not."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Levenshtein

    edits = [each for each in Levenshtein.opcodes(one, other) if each.tag == "replace"]
    if any(min(each.src_end - each.src_start, each.dest_end - each.dest_start) > 1 for each in edits):
        return True
    same = next((at for at, (a, b) in enumerate(zip(one[::-1], other[::-1], strict=False)) if a != b), 0)
    begins = (each[: max(_BEGIN, len(each) - same)] for each in (one, other))
    return fuzz.ratio(*begins) < _BEGIN_ALIKE


def _codes(found: Standing) -> tuple[list[str], list[str]]:
    """What stands for a code on either side, to be shown."""
    return _written(found.ours.names), _written(found.theirs.names)


def _written(names: Names) -> list[str]:
    return [one or other or "" for one, other in zip(names.uscc, names.code, strict=True)]
