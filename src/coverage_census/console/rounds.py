"""The rounds of a ledger in; a table, JSON or CSV out."""

from collections.abc import Sequence
from datetime import datetime

from coverage_census.console import out
from coverage_census.model.rounds import Round
from coverage_census.words.catalogue import Words
from coverage_census.words.periods import called, label_of

_HEADS = ("period", "entry", "as_of", "created", "files", "organisations", "new", "confirmed", "carried", "silent")


def show(found: Sequence[Round], words: Words, *, as_json: bool, as_csv: bool) -> None:
    """One line a round, the oldest first; what a round without sheets is, is said below."""
    if as_json:
        return out.as_json(found)
    rows = [_row(each, words) for each in found]
    header = [words(f"console.head.{head}") for head in _HEADS]
    if as_csv:
        plain = [[_line(each, words) for each in row] for row in rows]
        return out.as_csv([str(_line(each, words)) for each in header], plain)
    out.table(header, rows, right=range(1, 10))  # figures stand in the last line of a cell, and so must days
    if any(map(_decided, found)):
        out.paragraph(words("console.decisions_told"))
    return None


def _line(cell: object, words: Words) -> object:
    """In CSV a cell is one line."""
    return cell.replace("\n", " " if words.lang == "en" else "") if isinstance(cell, str) else cell


def _decided(each: Round) -> bool:
    """Whether people's decisions are all that it brought."""
    return not each.files and not each.supersedes


def _row(each: Round, words: Words) -> list[object]:
    created = datetime.fromisoformat(each.created_at).astimezone().date().isoformat()
    counts = [each.organisations, each.new, each.confirmed, each.carried, each.not_reported_again]
    said = called(each, words)
    if each.also:
        earlier = words("console.separator").join(label_of(key, words) for key in each.also)
        said += "\n" + words("console.also", periods=earlier)
    if each.supersedes:
        said += "\n" + words("console.undoes", round=each.supersedes)
    elif _decided(each):
        said += "\n" + words("console.decisions")
    return [said, each.number, each.day or each.as_of, created, len(each.files), *counts]
