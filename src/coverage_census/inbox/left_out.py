"""The files that stayed in the inbox in; what is said of each, and what is remembered of it, out."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from coverage_census.inbox import turns
from coverage_census.inbox.look import Left
from coverage_census.inbox.memory import Memory, Met
from coverage_census.model.digest import FileLeftOut
from coverage_census.model.reading import FileReading, Level, Problem
from coverage_census.words.catalogue import Words
from coverage_census.words.problems import sentences

# These pass by themselves, or when somebody saves and closes.
_PASSING = {"half_copied", "empty_file", "changed_while_reading", "unreadable", "no_such_file", "reader_crashed"}
_PASSING |= {turns.NO_TURN, turns.SLOW}
UNDONE = "undone"
_NO_LEDGER = ("roster", "crosstab")


def left_out(left: Sequence[Left], before: Mapping[str, Met], today: str, words: Words) -> tuple[FileLeftOut, ...]:
    """What is said of each file that stayed in the inbox; `told`: an earlier run of this day said the same."""
    found = []
    for each in left:
        met = before.get(each.label)
        same = met is not None and met.code == each.code
        message, fix = _sentences(each, words)
        found.append(
            FileLeftOut(
                file=each.label,
                code=each.code,
                waiting=each.waiting,
                message=message,
                fix=fix,
                since=met.since if met is not None and same else today,
                told=same and met is not None and met.told == today,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.waiting, each.told, each.file)))


def met(left: Sequence[Left], hashes: Mapping[str, str], before: Mapping[str, Met], today: str) -> dict[str, Met]:
    """What is remembered of each: as which bytes it was met, why it stayed, and since which day."""
    found = {}
    for each in left:
        old = before.get(each.label)
        since = old.since if old is not None and old.code == each.code else today
        found[each.label] = Met(hashes.get(each.label), each.code, since, today, dict(each.values))
    return found


def _sentences(each: Left, words: Words) -> tuple[str, str]:
    """What is wrong and what to do: the run's own words first, else those of the reader."""
    if words.has(f"run.left.{each.code}.message"):
        filled = dict(each.values)
        return words(f"run.left.{each.code}.message", **filled), words(f"run.left.{each.code}.fix", **filled)
    problem = Problem(code=each.code, level=Level.ERROR, file=each.label, values=dict(each.values))
    return sentences(problem, words)


def each_once(left: Sequence[Left]) -> list[Left]:
    """Each file once: what was found last counts."""
    return sorted({each.label: each for each in left}.values(), key=lambda each: each.label)


def left_by(files: Iterable[FileReading], problems: Sequence[Problem], again: Collection[str]) -> list[Left]:
    """Files that were read and gave nothing to enter, with the first reason of each; without those of `again`."""
    left = []
    errors = (each for each in problems if each.level is Level.ERROR)
    whys = {(each.file, each.code): each for each in reversed(tuple(errors))}  # the first of each
    for file in files:
        if file.file in again:
            continue
        if file.refused:
            why = whys.get((file.file, file.refused))
            left.append(Left(file.file, file.refused, file.refused in _PASSING, dict(why.values) if why else {}))
        elif nothing := holds_nothing(file, file.file):
            left.append(nothing)
    return left


def holds_nothing(file: FileReading, label: str) -> Left | None:
    """A workbook of which no organisation was read: a list of persons, a table of sums, or a form still empty."""
    if file.only_registers:
        return Left(label, "other_register", False)
    if not file.said_nothing:
        return None
    kinds = {sheet.kind for sheet in file.sheets}
    code = next((kind for kind in _NO_LEDGER if kind in kinds), "no_organisation")
    return Left(label, code, False)


def said_today(label: str, sha256: str, memory: Memory, answers_for: str, today: str) -> bool:
    """Refused today already as the very same bytes: the same program gives the same answer."""
    met = memory.met[label]
    same = memory.answers_for == answers_for and met.sha256 == sha256 and met.code not in {*_PASSING, UNDONE}
    return same and met.told == today


def as_before(label: str, memory: Memory) -> Left:
    """What was said of it then."""
    met = memory.met[label]
    return Left(label, met.code, False, met.values)
