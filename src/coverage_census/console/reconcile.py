"""Registers compared in; a table of classes a register, the lines of one class, JSON or CSV out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from coverage_census.console import check, out
from coverage_census.model.days import last_of
from coverage_census.model.reading import Level
from coverage_census.model.register import ListedSide, RegisterClass, RegisterLine
from coverage_census.results import RegisterCompared, RegisterReceipt, ReviewSent
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import called
from coverage_census.words.registers import difference

_SHOWN = 5
_HEADS = (
    "class", "register_name", "register_uscc", "register_place", "ledger_name", "ledger_uscc", "ledger_place",
    "township", "step", "differs", "answer",
)  # fmt: skip


def kept(receipt: RegisterReceipt, label: str, words: Words, *, err: bool) -> None:
    """What was kept of the files, and what is wrong with them."""
    told = [each for each in receipt.problems if each.level is not Level.NOTE or each.code == "register_persons"]
    for each in told[:_SHOWN]:
        out.line(each.file, err=err)
        check.listed(each, words, err=err)
    if len(told) > _SHOWN:
        out.line(words("console.more", count=len(told) - _SHOWN), err=err)
    if (entry := receipt.entry) is None:
        out.line(words("reconcile.nothing"), err=err)
        if receipt.likely is not None:
            name = words(f"term.register.{receipt.likely}")
            out.line(words("reconcile.likely", name=name, register=receipt.likely), err=err)
        return None
    given = {"register": label, "day": entry.as_of, "rows": entry.rows}
    if not receipt.new:
        return out.line(words("reconcile.known", **given), err=err)
    out.line(words("reconcile.kept", **given, files=len(entry.files)), err=err)
    return None if entry.stated else out.line(words("reconcile.day_today", day=entry.as_of), err=err)


def show(
    found: Sequence[RegisterCompared], labels: Mapping[str, str], words: Words, *, as_json: bool, as_csv: bool
) -> None:
    """A table for each register: how many rows of either side are in each class."""
    if as_json:
        return out.as_json([document(each) for each in found])
    if as_csv:
        head = ("register", "as_of", "class", "register_rows", "ledger_rows")
        lines = ([each.register, each.as_of, kind, *pair] for each in found for kind, pair in _counts(each).items())
        return out.as_csv(head, lines)
    for each in found:
        _one(each, labels[each.register], words)
    return None


def sent(review: ReviewSent, words: Words, *, err: bool) -> None:
    """Where the workbook is in which people say what holds."""
    if review.path is None:
        out.line(words("register_review.nothing"), err=err)
    else:
        out.line(words("register_review.made", count=review.lines, path=review.path), err=err)


def _one(each: RegisterCompared, label: str, words: Words) -> None:
    made = each.comparison
    rows, organisations = (len(side) for side in (made.register_rows, made.ledger_rows))
    given = {"day": each.as_of, "rows": rows, "round": called(each.round, words), "organisations": organisations}
    out.line(words("reconcile.title", register=label, **given))
    if each.older:
        out.line(words("reconcile.older", day=each.as_of, ledger=last_of(each.round.as_of)))
    counted = {kind: pair for kind, pair in _counts(each).items() if any(pair)}
    lines: list[tuple[Any, ...]] = [(words(f"reconcile.class.{kind}"), *pair) for kind, pair in counted.items()]
    lines.append((words("console.total"), rows, organisations))
    out.table(
        [words(f"reconcile.head.{head}") for head in ("class", "register", "ledger")], lines, right=(1, 2), total=True
    )
    if made.steps:
        said = [
            words("reconcile.link", step=words(f"reconcile.step.{step}"), count=n) for step, n in made.steps.items()
        ]
        out.line(words("reconcile.links", steps=words("console.separator").join(said)))
    if made.outside.register or made.outside.ledger:
        given = {"register": len(made.outside.register), "ledger": len(made.outside.ledger)}
        out.line(words("reconcile.outside", **given))
    if made.answered:
        out.line(words("reconcile.answered", count=made.answered))
    if made.nobody:
        out.line(words("reconcile.bodies", count=len(made.nobody)))
    if open_ := made.contradicted:
        out.line(words("reconcile.contradicted", count=open_))
    if made.unnamed:
        out.line(words("reconcile.unnamed", count=made.unnamed))
    worth = next((kind for kind in counted if kind is not RegisterClass.AGREES), None)
    if worth is not None:
        out.line(words("reconcile.next", register=each.register, list=str(worth)))
    out.line()


def _counts(each: RegisterCompared) -> Mapping[RegisterClass, tuple[int, int]]:
    return each.comparison.counts()


def document(each: RegisterCompared) -> dict[str, Any]:
    """The machine form of one register."""
    made = each.comparison
    return {
        "register": each.register,
        "as_of": each.as_of,
        "stated": all(entry.stated for entry in each.entries),
        "older_than_round": each.older,
        "round": each.round.number,
        "period": each.round.period,
        "register_rows": len(made.register_rows),
        "ledger_rows": len(made.ledger_rows),
        "classes": {str(kind): {"register": a, "ledger": b} for kind, (a, b) in _counts(each).items()},
        "steps": dict(made.steps),
        "outside": {"register": len(made.outside.register), "ledger": len(made.outside.ledger)},
        "without_organisation": len(made.nobody),
        "answered": made.answered,
        "only_counted": made.unnamed,
    }


def listed(
    found: Sequence[RegisterCompared], wanted: RegisterClass, words: Words, *, as_json: bool, as_csv: bool
) -> None:
    """Every line of one class."""
    lines = [(each.register, line) for each in found for line in each.comparison.lines if line.kind is wanted]
    if as_json:
        return out.as_json([_record(register, line) for register, line in lines])
    if as_csv:
        head = [words("reconcile.head.register"), *(words(f"reconcile.head.{each}") for each in _HEADS)]
        return out.as_csv(head, [[register, *_cells(line, words)] for register, line in lines])
    out.line(words(f"reconcile.class.{wanted}"))
    for _, line in lines:
        out.line("  " + _sentence(line, words))
    return out.line(words("reconcile.count", count=len(lines)) if lines else words("reconcile.none"))


def _sentence(line: RegisterLine, words: Words) -> str:
    sides = [f"{side.name}（{side.place}）" for side in (line.register, line.ledger) if side is not None]
    parts = [" ↔ ".join(sides)]
    if line.step and line.on:
        parts.append(f"{words(f'reconcile.step.{line.step}')} {' = '.join(dict.fromkeys(line.on))}")
    parts += [difference(each, words) for each in line.differs]
    if line.candidates:
        names = words("console.separator").join(f"{each.name}（{each.place}）" for each in line.candidates)
        parts.append(words("reconcile.candidates", names=names))
    if line.answer:
        parts.append(words("reconcile.done", answer=words(f"reconcile.answer.{line.answer}")))
    return "；".join(parts)


def _cells(line: RegisterLine, words: Words) -> Iterable[Any]:
    theirs, ours = line.register, line.ledger
    step = words(f"reconcile.step.{line.step}") if line.step else None
    differs = [difference(each, words) for each in line.differs] or [each.name for each in line.candidates]
    place = (ours or theirs).township if ours or theirs else None  # type: ignore[union-attr]
    answer = words(f"reconcile.answer.{line.answer}") if line.answer else None
    return (
        words(f"reconcile.class.{line.kind}"),
        *_side(theirs),
        *_side(ours),
        place,
        step,
        "；".join(differs),
        answer,
    )


def _side(side: ListedSide | None) -> Sequence[str | None]:
    return (side.name, side.uscc, side.place) if side is not None else (None, None, None)


def _record(register: str, line: RegisterLine) -> dict[str, Any]:
    def side(each: ListedSide | None) -> dict[str, Any] | None:
        return {key: value for key, value in each._asdict().items() if key != "row"} if each is not None else None

    return {
        "register": register,
        "class": str(line.kind),
        "in_register": side(line.register),
        "in_ledger": side(line.ledger),
        "step": line.step,
        "on": list(line.on) if line.on else None,
        "score": line.score,
        "differs": [each._asdict() for each in line.differs],
        "candidates": [side(each) for each in line.candidates],
        "answer": line.answer,
    }
