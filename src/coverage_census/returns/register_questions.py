"""What is open between a register and the ledger in; one question of the workbook (核对表), in its words, out."""

from collections.abc import Iterator

from coverage_census.model.register import COUNTS, Compared, ListedSide, RegisterLine, RegisterPair
from coverage_census.model.register_review import FITS, RegisterQuestion
from coverage_census.words.catalogue import Words
from coverage_census.words.registers import difference


def question(number: int, register: str, label: str, pair: RegisterPair, words: Words) -> RegisterQuestion:
    """Both sides as people read them, and which answers fit."""
    line, theirs, ours = pair
    cells = _cells(theirs), _cells(ours)
    fits = tuple(_fits(line, theirs, ours))
    return RegisterQuestion(
        number, line.kind, register, label, fits, theirs, ours, line.differs, cells, _said(line, words)
    )


def _fits(line: RegisterLine, theirs: ListedSide | None, ours: ListedSide | None) -> Iterator[str]:
    """The answers of its class, without those for which the line lacks a side or the register a value."""
    valued = any(_exact(each) for each in line.differs)
    lacking = {"register_holds": not valued, "same": ours is None, "different": None in (theirs, ours)}
    return (each for each in FITS[line.kind] if not lacking.get(each, False))


def _exact(each: Compared) -> bool:
    """Whether the ledger could take the register's value: 30-50 is none."""
    return each.register is not None and not (each.field in COUNTS and isinstance(each.register, str))


def _cells(side: ListedSide | None) -> tuple[str, ...]:
    if side is None:
        return "", "", ""
    return "\n".join(filter(None, (side.name, side.uscc))), side.township or "", side.place.replace("!", "\n", 1)


def _said(line: RegisterLine, words: Words) -> str:
    """What differs, and by what the two were linked, or may be one."""
    said = [difference(each, words) for each in line.differs]
    if line.step:
        step = words(f"reconcile.step.{line.step}")
        said.append(step if line.candidates else words("register_review.linked", step=step))
    if not said:
        said.append(words(f"register_review.alone.{line.kind}"))
    return "\n".join(said)
