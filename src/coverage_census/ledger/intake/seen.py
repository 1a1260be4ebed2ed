"""Hashes of files in; which of them the ledger holds already and nothing has overtaken, without reading any sheet."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coverage_census.errors import Busy, Damaged
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger.intake import already_in
from coverage_census.ledger.periods import cut_off
from coverage_census.ledger.periods.cut_off import Default
from coverage_census.ledger.store import manifest, rounds_folder, seal
from coverage_census.ledger.store.force import in_force
from coverage_census.ledger.store.taken_in import Pair, TakenIn
from coverage_census.model.reading import FileReading
from coverage_census.model.rounds import Round


@dataclass(frozen=True)
class Seen:
    """The newest round, and by file the round that took its bytes in, with how it was understood then.

    `again`: those that settings make read otherwise since; they are no news.
    """

    rounds: tuple[Round, ...]
    files: Mapping[str, tuple[Round, FileReading]]
    again: frozenset[str] = frozenset()


def seen(
    folder: Path,
    hashes: Mapping[str, str | None],
    named: Default | None = None,
    *,
    older: bool = False,
    as_now: Callable[[str, FileReading], bool] | None = None,
    drive: Drive = DRIVE,
) -> Seen:
    """`hashes`: sha256 by file, of all files that lie beside each other; `named`: the day that somebody names now.

    Stricter than `known.already_in`, which has read the sheets and knows what each one speaks for: here a file counts
    as overtaken by any later round of which not every file lies beside it. Who is not named here has to be read.
    `as_now`: whether a file would be read today as it was; else it is read again.
    """
    rounds = tuple(manifest.chain(folder, drive))
    standing, taken_in = in_force(rounds), TakenIn.by(rounds)
    beside = {each for each in hashes.values() if each is not None}
    whole = [each for each in standing if {file.sha256 for file in each.files if file.refused is None} <= beside]
    covered = {each.number for each in whole}
    found, again = dict[str, tuple[Round, FileReading]](), set[str]()
    for name, sha256 in hashes.items():
        newest_first = sorted(taken_in.of_bytes(sha256), key=lambda pair: -pair[0].number)
        took_in = _took_in(name, newest_first, named or Default(""), older=older)
        if took_in is not None and as_now is not None and not as_now(name, took_in[1]):
            if not took_in[1].said_nothing:
                again.add(name)
            continue
        if took_in is not None and (
            took_in[1].return_of
            or all(each.number in covered or not each.scopes for each in standing if each.number > took_in[0].number)
        ):
            found[name] = took_in
    if found:  # whoever is told that a file is in may throw it away
        rounds_folder.sound(folder, drive)
        rounds_folder.settle(folder, drive)
    return Seen(rounds, found, frozenset(again))


def _took_in(name: str, found: Sequence[Pair], named: Default, *, older: bool) -> Pair | None:
    """The last of the rounds that took a file in; None where a sheet did not come in, or speaks for a newer day now."""
    if not found or found[0][1].return_of:
        return found[0] if found else None
    [now] = cut_off.dated([found[0][1].model_copy(update={"file": name})], named, {})
    for sheet in now.entering:
        if not any(already_in.covers(file, sheet, now, named, older=older) for _, file in found) and sheet.data_rows:
            return None
    return found[0]


def undone(hashes: Mapping[str, str | None], rounds: tuple[Round, ...]) -> dict[str, int]:
    """File → the round that took it in last, where somebody has undone that round (撤销): same name and same bytes.

    The folder does not count: a file handed in by itself is called otherwise than one found in its inbox.
    """
    standing = {each.number for each in in_force(rounds)}
    last = {(_base(file.file), file.sha256): each.number for each in rounds for file in each.files if not file.refused}
    came = {name: last.get((_base(name), sha256)) for name, sha256 in hashes.items() if sha256 is not None}
    return {name: number for name, number in came.items() if number is not None and number not in standing}


def _base(name: str) -> str:
    return name.rsplit("/", 1)[-1]


def came_in_before(files: Iterable[FileReading], rounds: tuple[Round, ...]) -> bool:
    """Whether a round in force took in the same cells as one of these files, in whatever bytes."""
    taken_in = TakenIn.by(rounds)
    return any(taken_in.holds_cells(each.content_sha256) for each in files)


def head_sha256(folder: Path, drive: Drive = DRIVE) -> tuple[int, str] | None:
    """The number of the newest round and the hash that stands for the whole ledger; None: it has no round."""
    number, sealed = rounds_folder.head(folder, drive)
    return (number, sealed.sha256) if sealed else None


def holds(folder: Path, rounds: tuple[Round, ...], head: tuple[int, str], drive: Drive = DRIVE) -> bool:
    """Whether a head that was noted earlier is still in the ledger."""
    number, sha256 = head
    if number > len(rounds):
        return False
    if number < len(rounds):
        return rounds[number].parent == sha256
    return seal.read(rounds_folder.round_folder(folder, number), drive).sha256 == sha256


def check_same(ledger: Path, rounds: tuple[Round, ...], head: tuple[int, str] | None, drive: Drive) -> None:
    """An empty mount point looks like a new ledger, and a restored backup like an old one: raises Busy or Damaged where
    this is not the ledger that had `head` (number and hash of its newest round; None: nobody knows of one)."""
    if head is None:
        return
    if not rounds:
        raise Busy("ledger_gone", folder=str(ledger), round=head[0])
    if not holds(ledger, rounds, head, drive):
        raise Damaged("ledger_not_the_same", folder=str(ledger), round=head[0])
