"""The problems of one sheet in; the same with equal ones of a column beyond `most` as one line, out."""

from collections import defaultdict
from collections.abc import Iterable

from coverage_census.model.reading import Problem

SHOWN = 20
"""Equal problems of one column that a person reads one by one; a list that is answered holds them all."""

_EACH_ITS_OWN = frozenset(["duplicate", "code_shared"])  # they name their partner


def cap(problems: Iterable[Problem], most: int = SHOWN) -> list[Problem]:
    """One mistake made all down a column is one mistake: said a thousand times it hides the others."""
    kept: list[Problem] = []
    held: dict[tuple[str | None, str, str], list[Problem]] = defaultdict(list)
    for each in problems:
        if each.cell is None or each.code in _EACH_ITS_OWN:
            kept.append(each)
            continue
        same = held[each.sheet, each.code, each.cell.rstrip("0123456789")]
        same.append(each)
        if len(same) <= most:
            kept.append(each)
    kept.extend(_rest(same, most) for same in held.values() if len(same) > most)
    return kept


def _rest(same: list[Problem], most: int) -> Problem:
    """Where the next one lies, and how many there are."""
    values = {"count": len(same) - most, "first": same[0].cell}
    return same[most].model_copy(update={"code": "more_alike", "values": values})
