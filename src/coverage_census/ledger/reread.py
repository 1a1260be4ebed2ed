"""Files of the ledger that settings now make read otherwise in; their rows as news, and what moved by it, out.

A file that is read anew says nothing new of its township: it stays in the period in which it came, and speaks only for
organisations that still rest on it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from coverage_census.ledger import identity, known
from coverage_census.ledger.core_name import Cores
from coverage_census.ledger.duplicates import columns_of
from coverage_census.ledger.intake import Intake, keys
from coverage_census.ledger.merging import Merged
from coverage_census.ledger.past import Past
from coverage_census.model.organisation import about
from coverage_census.model.reading import FileReading, Level, Problem, SheetReading
from coverage_census.model.rounds import Round

if TYPE_CHECKING:
    import pyarrow as pa

Anew = Mapping[str, Round]
"""File → the round with which it came in."""


def find(intake: Intake, past: Past, already_in: Mapping[str, int], origins: Mapping[str, str]) -> Anew:
    """Those of the files known already that are understood otherwise now; `origins`: what each was called then."""
    found = {}
    for each in intake.files:
        if each.file in already_in:
            round_ = past.rounds[already_in[each.file] - 1]
            if any(_otherwise(each, then) for then in round_.files if then.file == origins.get(each.file, each.file)):
                found[each.file] = round_
    return found


def _otherwise(now: FileReading, then: FileReading) -> bool:
    other_settings = None not in (now.read_with, then.read_with) and now.read_with != then.read_with
    return other_settings and _understood(now) != _understood(then)


def _understood(file: FileReading) -> tuple[SheetReading, ...]:
    """How its sheets were read, whatever day they were entered for."""
    return tuple(each.model_copy(update={"speaks_for": None, "aside": 0}) for each in file.sheets)


def still_resting(intake: Intake, anew: Anew, head: "pa.Table") -> tuple[Intake, Anew]:
    """The intake without those rows of files read anew that a later sheet has overtaken; and the files that have any
    left."""
    import pyarrow as pa

    cores, head = Cores(), without_old_county(head, anew)
    partners = identity.across(keys(intake.table, cores), keys(head, cores)).of
    confirmed, files = head["confirmed_round"].to_pylist(), intake.table["source_file"].to_pylist()
    keep = [
        file not in anew or partner is None or (confirmed[partner] or 0) <= anew[file].number
        for file, partner in zip(files, partners, strict=True)
    ]
    table = intake.table.filter(pa.array(keep, pa.bool_()))
    left = set(table["source_file"].unique().to_pylist())
    resting = {file: each for file, each in anew.items() if file in left}
    files = tuple(_of_then(each, resting[each.file]) if each.file in resting else each for each in intake.files)
    return replace(intake, table=table, files=files), resting


def _of_then(file: FileReading, then: Round) -> FileReading:
    """It speaks for the day for which it came in."""
    days = {sheet.sheet: sheet.speaks_for for each in then.files if known.same(file, each) for sheet in each.entering}
    sheets = (
        sheet
        if sheet.speaks_for is None
        else sheet.model_copy(update={"speaks_for": days.get(sheet.sheet) or then.day})
        for sheet in file.sheets
    )
    return file.model_copy(update={"sheets": tuple(sheets)})


def without_old_county(head: "pa.Table", anew: Anew) -> "pa.Table":
    """The rows before, without the county of those that rest on a file read anew: settings may have named it."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not anew:
        return head
    numbers = zip(head["source_file"].to_pylist(), head["confirmed_round"].to_pylist(), strict=True)
    resting = pa.array([file in anew and anew[file].number == number for file, number in numbers], pa.bool_())
    place = head.schema.get_field_index("county")
    county = pc.if_else(resting, pa.scalar(None, pa.string()), head["county"])
    return head.set_column(place, head.schema.field(place), county)


def moved(table: "pa.Table", head: "pa.Table", merged: Merged, anew: Collection[str]) -> tuple[Problem, ...]:
    """What the settings changed, file by file and field by field; `table`: the state with the files read anew."""
    if not anew:
        return ()
    went = {row for row, _ in merged}
    stayed = [row for row in range(head.num_rows) if row not in went]
    now, then = table.slice(0, len(stayed)), head.take(stayed)
    files, numbers = now["source_file"].to_pylist(), now["confirmed_round"].to_pylist()
    newest = max(numbers, default=0)
    found: list[Problem] = []
    for file in sorted(anew):
        rows = [row for row, each in enumerate(files) if each == file and numbers[row] == newest]
        found += _fields(file, now.take(rows), then.take(rows)) if rows else ()
    return tuple(found)


def _fields(file: str, now: "pa.Table", then: "pa.Table") -> Iterator[Problem]:
    for name in about():
        if name in ("name", "uscc"):
            continue
        sides = [_values(each, name) for each in (then, now)]
        changed = sum(old != new for old, new in zip(*sides, strict=True))
        if changed:
            known = [sum(any(cell is not None for cell in value) for value in side) for side in sides]
            values = {"old": known[0], "new": known[1], "changed": changed}
            yield Problem(code="read_anew", level=Level.NOTE, file=file, field=name, values=values)


def _values(table: "pa.Table", name: str) -> list[tuple[Any, ...]]:
    return list(zip(*(table[column].to_pylist() for column in columns_of(name)), strict=True))


def period_of(news: Intake, anew: Anew) -> tuple[str | None, str] | None:
    """Name and day of the round in which they came, where nothing but files read anew came in."""
    if not anew or any(each.file not in anew for each in news.files if each.refused is None):
        return None
    last = max(anew.values(), key=lambda each: each.number)
    return last.name, last.as_of
