"""Human decisions (人工记录) to a file of a round, one JSON record a line, and back; which of them hold, out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from coverage_census.errors import Damaged
from coverage_census.files.disk import Drive
from coverage_census.ledger.store import history, rounds_folder, seal
from coverage_census.ledger.store.subjects import Subjects
from coverage_census.model.annotation import finding
from coverage_census.model.choices import OperatingStatus
from coverage_census.model.reading import Level, Problem
from coverage_census.model.rounds import Entry, EntryKind, Round

# The kinds that say what a field of an organisation is, whatever sheets say: they are kept against later sheets.
STATES = frozenset({EntryKind.CORRECTION, EntryKind.LEFT})


def complete(entry: Entry) -> Entry:
    """An entry with what its kind implies: who has left has an operating status that says so."""
    if entry.kind is not EntryKind.LEFT or entry.field is not None:
        return entry
    return entry.model_copy(update={"field": "operating_status", "new": entry.new or OperatingStatus.CLOSED.value})


def written(entries: Iterable[Entry]) -> bytes:
    """For people and other programs to read too: the log of corrections."""
    return "".join(each.model_dump_json() + "\n" for each in entries).encode("utf-8")


def read(folder: Path, number: int, drive: Drive) -> tuple[Entry, ...]:
    """The entries that came in with a round; most rounds have none, and no file for them."""
    sealed = seal.read(rounds_folder.round_folder(folder, number), drive)
    if rounds_folder.ENTRIES not in sealed.hashes:
        return ()
    return _parsed(seal.content(sealed, rounds_folder.ENTRIES, drive).decode("utf-8"), number)


def of(folder: Path, rounds: Sequence[Round], drive: Drive) -> Mapping[int, tuple[Entry, ...]]:
    """The same of many rounds, by their numbers; of those that were copied together no file is opened."""
    kept: Sequence[history.HistoryRound] = history.read(folder, drive) if len(rounds) > history.DIRECT else ()
    found = dict[int, tuple[Entry, ...]]()
    for each in rounds:
        if each.number <= len(kept):
            told = kept[each.number - 1].entries
            found[each.number] = _parsed(told, each.number) if told is not None else ()
        else:
            found[each.number] = read(folder, each.number, drive)
    return found


def _parsed(text: str, number: int) -> tuple[Entry, ...]:
    try:
        return tuple(Entry.model_validate_json(line) for line in text.split("\n") if line)
    except ValidationError:
        where = f"{rounds_folder.round_folder(Path(), number).name}/{rounds_folder.ENTRIES}"
        raise Damaged("ledger_damaged", where=where) from None


def corrections(entries: Iterable[Entry]) -> Mapping[Entry, Collection[object]]:
    """The corrections in force, each with the values that it and those before it replaced.

    The last one of each field of each organisation, if no sheet has overtaken it. That an organisation has left
    corrects its operating status, and holds as any correction does.
    """
    holding: dict[tuple[object, ...], tuple[Entry, Collection[object]]] = {}
    for each in entries:
        if each.subject is None or each.field is None or each.kind not in (*STATES, EntryKind.OVERTAKEN):
            continue
        key = (each.subject.uscc or (each.subject.name, each.subject.township), each.field)
        _, replaced = holding.pop(key, (None, ()))
        if each.kind in STATES:
            holding[key] = each, (*replaced, each.old)
    return dict(holding.values())


def silenced(problems: Sequence[Problem], entries: Iterable[Entry], subjects: Subjects) -> tuple[Problem, ...]:
    """The warnings that somebody has confirmed (属实), as long as what they found is the same."""
    said: dict[str, list[Entry]] = {}
    for each in entries:
        if each.kind is EntryKind.CONFIRMATION and each.finding:
            said.setdefault(each.finding, []).append(each)
    if not said:
        return ()
    return tuple(
        each
        for each in problems
        if each.level is not Level.ERROR and any(_about(entry, each, subjects) for entry in said.get(finding(each), ()))
    )


def _about(entry: Entry, problem: Problem, subjects: Subjects) -> bool:
    """Whether it is the same organisation, or, where it is nobody's cell, the same sheet of the same file."""
    whose = subjects.at(problem.file, problem.sheet, problem.cell)
    if entry.subject is not None:
        return whose is not None and subjects.same(entry.subject, whose)
    files = {entry.who.split("!")[0], entry.source.file if entry.source else ""}
    return whose is None and problem.file in files and (entry.source is None or entry.source.sheet == problem.sheet)
