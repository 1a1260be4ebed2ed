"""The problems of one sheet in; the same with equal ones beyond the first twenty of a column as one line, out."""

from collections import defaultdict
from collections.abc import Iterable

from coverage_census.model.reading import Problem

MOST = 20
_EACH_ITS_OWN = frozenset(["duplicate", "code_shared"])  # they name their partner


def cap(problems: Iterable[Problem]) -> list[Problem]:
    """One mistake made all down a column is one mistake: said twenty times it hides the others."""
    kept: list[Problem] = []
    held: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for each in problems:
        same = held[each.code, (each.cell or "").rstrip("0123456789")]
        same.append(each)
        if each.cell is None or each.code in _EACH_ITS_OWN or len(same) <= MOST:
            kept.append(each)
    kept.extend(_rest(same) for (code, column), same in held.items() if _is_capped(code, column, same))
    return kept


def _is_capped(code: str, column: str, same: list[Problem]) -> bool:
    return bool(column) and code not in _EACH_ITS_OWN and len(same) > MOST


def _rest(same: list[Problem]) -> Problem:
    """Where the next one lies, and how many there are."""
    values = {"count": len(same) - MOST, "first": same[0].cell}
    return same[MOST].model_copy(update={"code": "more_alike", "values": values})
