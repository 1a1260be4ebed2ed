"""A row of the register and the organisation that it names in; what the two say differently, with both cells, out."""

from collections.abc import Iterator

from coverage_census.model.choices import Kind, is_gone
from coverage_census.model.organisation import about
from coverage_census.model.register import COUNTS, MASS, Compared
from coverage_census.model.tables import HIGH, LOW, told
from coverage_census.registers.side import Side, Value

_KINDS = {
    "market": frozenset({Kind.ENTERPRISE, Kind.COOPERATIVE, Kind.SOLE_TRADER, Kind.OTHER}),
    "civil": frozenset({Kind.SOCIAL_ORG}),
}
"""Of which organisations a register is a list; of any other register: of all."""


def lists(register: str, kind: object) -> bool:
    """Whether an organisation of this kind belongs on such a register; of unknown kind it may."""
    return kind is None or register not in _KINDS or kind in _KINDS[register]


def of(register: str, theirs: Side, row: int, ours: Side, other: int, *, several: bool) -> Iterator[Compared]:
    """Every contradiction of the two rows; counts of a row that covers `several` are nobody's own."""
    if register in MASS:
        name = MASS[register]
        said = theirs.column(name)[row] is not False  # to stand on it is to have one, unless a column denies it
        if ours.column(name)[other] is not None and ours.column(name)[other] is not said:
            yield _compared(name, said, theirs, row, ours, other)
    for name in () if several else COUNTS:
        if not _agree(theirs, row, ours, other, name):
            yield _compared(name, _told(theirs, row, name), theirs, row, ours, other)


def kind(register: str, theirs: Side, row: int, ours: Side, other: int) -> Compared | None:
    """类别不符: the register says another kind of organisation, or is none that lists this kind."""
    said, held = theirs.column("kind")[row], ours.column("kind")[other]
    if said is not None and held is not None and said != held:
        return _compared("kind", said, theirs, row, ours, other)
    return None if lists(register, held) else _compared("kind", said, theirs, row, ours, other)


def gone(theirs: Side, row: int, ours: Side, other: int) -> Compared | None:
    """已注销仍在册: one of the two says that it is gone, the other lists it as there."""
    said, held = (side.text(at, "operating_status") for side, at in ((theirs, row), (ours, other)))
    if is_gone(said) == is_gone(held):
        return None
    return _compared("operating_status", said, theirs, row, ours, other)


def _compared(name: str, said: object, theirs: Side, row: int, ours: Side, other: int) -> Compared:
    value = said if isinstance(said, (str, int, float, bool)) else None
    return Compared(name, value, _told(ours, other, name), theirs.cells(row, name), ours.cells(other, name))


def _told(side: Side, row: int, name: str) -> Value:
    """A value as a list shows it."""
    if about()[name].holds != "count":
        return side.column(name)[row]
    return told(*(side.column(each)[row] for each in (name, name + LOW, name + HIGH)))


def _agree(theirs: Side, row: int, ours: Side, other: int, name: str) -> bool:
    """Whether two counts may be one number; what one of them does not say contradicts nothing."""
    assert about()[name].holds == "count"
    one, two = _interval(theirs, row, name), _interval(ours, other, name)
    if one is None or two is None:
        return True
    (low, high), (bottom, top) = one, two
    return (high is None or high >= bottom) and (top is None or top >= low)


def _interval(side: Side, row: int, name: str) -> tuple[int, int | None] | None:
    value, low, high = (side.column(each)[row] for each in (name, name + LOW, name + HIGH))
    if low is None and high is None:
        return (int(value), int(value)) if isinstance(value, int) else None
    return int(low or 0), int(high) if isinstance(high, int) else None
