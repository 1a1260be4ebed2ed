"""A ledger in; whether it is still what was written, what is damaged and what to restore out. Nothing is repaired."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from coverage_census.errors import Damaged, WrongUsage
from coverage_census.files import disk
from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger.store import anchor as anchors
from coverage_census.ledger.store import forks, formats, manifest, query, rounds_folder, seal, sealed_registers
from coverage_census.ledger.store.anchor import Anchor
from coverage_census.ledger.store.seal import Seal
from coverage_census.model.rounds import Round

Wrong = Literal[
    "missing", "changed", "gap", "chain", "counts", "unreadable", "anchor", "newest", "renamed", "fork", "behind",
    "unanchored", "remembered",
]  # fmt: skip
Seen = Literal["stranger", "leftover", "owed", "old"]

_THREADS = 4  # hashing lets go of the interpreter


@dataclass(frozen=True)
class Damage:
    """One thing that is not as it was written. `restore`: what to copy back from a backup, relative to the ledger."""

    what: Wrong
    where: str
    round: int | None
    restore: tuple[str, ...]


@dataclass(frozen=True)
class Notice:
    """Something that lies in the ledger without belonging to it; it harms nothing."""

    what: Seen
    where: str


@dataclass(frozen=True)
class Verified:
    """What was found. `head` is the hash to keep elsewhere: a ledger that still ends in it has lost nothing."""

    rounds: int
    files: int
    bytes: int
    organisations: int  # of the newest sound round
    head: str | None
    damage: tuple[Damage, ...]
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class _Looked:
    """One round, looked at by itself."""

    number: int
    sealed: Seal | None
    record: Round | None
    files: int
    bytes: int
    damage: tuple[Damage, ...]
    notices: tuple[Notice, ...]


def verify(folder: Path, anchor: str | None = None, drive: Drive = DRIVE) -> Verified:
    """Every hash, the chain, the numbering, manifests against their tables; `anchor`: a head hash kept elsewhere,
    or how it begins."""
    try:
        held, damage = _held(folder, drive)
        numbers, strangers = _listed(folder, drive)
        damage += [*_format(folder, numbers, drive), *_gaps(numbers)]
        with ThreadPoolExecutor(_THREADS) as pool:
            looked = list(pool.map(lambda number: _look(folder, number, drive), numbers))
    except OSError as error:
        raise disk.stopped(error, folder) from error
    damage += [each for one in looked for each in one.damage]
    damage += [*_chain(looked), *_counts(folder, looked), *_registers(folder, drive)]
    lost = list(_forks(folder, looked, strangers, held, drive))
    told, notices = _anchored(folder, looked, held, drive)
    damage += [*lost, *(each for each in told if each.round not in {one.round for one in lost} or not each.round)]
    known = {each.where for each in damage}
    notices += [Notice("stranger", f"rounds/{name}") for name in strangers if f"rounds/{name}" not in known]
    if anchor is not None and not any(one.sealed.sha256.startswith(anchor) for one in looked if one.sealed):
        damage.append(Damage("anchor", anchor[:12], None, ("rounds",)))
    newest = looked[-1] if looked else None
    return Verified(
        rounds=len(looked),
        files=sum(one.files for one in looked),
        bytes=sum(one.bytes for one in looked),
        organisations=next((one.record.organisations for one in reversed(looked) if one.record), 0),
        head=newest.sealed.sha256 if newest and newest.sealed else None,
        damage=tuple(sorted(damage, key=lambda each: each.round or 0)),
        notices=(*notices, *(each for one in looked for each in one.notices), *_leftovers(folder, drive)),
    )


def _listed(folder: Path, drive: Drive) -> tuple[list[int], list[str]]:
    """The numbers of the rounds that are there, and what else lies beside them."""
    try:
        names = drive.names(folder / "rounds")
    except FileNotFoundError:
        return [], []
    numbers = {name: rounds_folder.number_of(name) for name in names}
    strangers = [name for name, number in numbers.items() if number is None]
    return sorted(number for number in numbers.values() if number is not None), strangers


def _held(folder: Path, drive: Drive) -> tuple[Anchor | None, list[Damage]]:
    try:
        return anchors.read(folder, drive), []
    except Damaged as stop:
        where = str(stop.values["where"])
        return None, [Damage("changed", where, None, (where,))]


def _forks(
    folder: Path, looked: Sequence[_Looked], strangers: Sequence[str], held: Anchor | None, drive: Drive
) -> Iterator[Damage]:
    """Sealed rounds under strangers' names that continue the chain: the newest one, renamed, or another computer's."""
    known = {one.number: one.sealed.sha256 for one in looked if one.sealed is not None}
    for each in forks.sealed(folder / "rounds", strangers, drive):
        name = f"rounds/{each.name}"
        if (held is not None and each.sha256 == held.sha256 and held.number not in known) or (
            each.number == max(known, default=0) + 1 and forks.continues(each, known.get)
        ):
            yield Damage("renamed", name, each.number, (f"rounds/{_name(each.number)}",))
        elif forks.continues(each, known.get):
            yield Damage("fork", name, each.number, ())


def _anchored(
    folder: Path, looked: Sequence[_Looked], held: Anchor | None, drive: Drive
) -> tuple[list[Damage], list[Notice]]:
    """The newest round is the one that is anchored, or the next: then its writer died before he had anchored it."""
    known = {one.number: one.sealed for one in looked}
    last, damage, notices = max(known, default=0), list[Damage](), list[Notice]()
    copied = anchors.copied(folder, drive)
    sealed = known.get(copied.number) if copied is not None else None
    if copied is not None and copied != held and (sealed is None or sealed.sha256 != copied.sha256):
        damage.append(Damage("remembered", f"{disk.MEMORY}/{anchors.COPY}", copied.number, ("rounds",)))
    in_force = _anchors_hold(folder, drive)
    if held is None:
        if in_force and last > 1:
            return [*damage, Damage("unanchored", anchors.FOLDER, None, (anchors.FOLDER,))], notices
        return damage, [Notice("owed" if in_force else "old", _name(last))] if last else []
    if held.number > last:
        gone = Damage("newest", _name(held.number), held.number, (f"rounds/{_name(held.number)}",))
        return [gone, *damage], notices
    sealed = known.get(held.number)
    if sealed is not None and sealed.sha256 != held.sha256:
        name = f"{_name(held.number)}/{seal.SUMS}"
        damage.append(Damage("changed", name, held.number, (f"rounds/{_name(held.number)}",)))
    if held.number < last - 1 and in_force:
        damage.append(Damage("behind", f"{anchors.FOLDER}/{held.number:06d}", None, (anchors.FOLDER,)))
    elif held.number == last - 1:
        notices.append(Notice("owed", _name(last)))
    return damage, notices


def _anchors_hold(folder: Path, drive: Drive) -> bool:
    """Whether the ledger is of a format in which its newest round is always anchored."""
    try:
        return (formats.of(folder, drive) or 0) >= formats.ANCHORED
    except Damaged:
        return True


def _format(folder: Path, numbers: Sequence[int], drive: Drive) -> Iterator[Damage]:
    try:
        found = formats.of(folder, drive)
    except Damaged:
        yield Damage("changed", formats.FILE, None, (formats.FILE,))
        return
    if found is None and numbers:
        yield Damage("missing", formats.FILE, None, (formats.FILE,))


def _gaps(numbers: Sequence[int]) -> Iterator[Damage]:
    for number in sorted(set(range(1, max(numbers, default=0) + 1)) - set(numbers)):
        yield Damage("gap", _name(number), number, (f"rounds/{_name(number)}",))


def _look(folder: Path, number: int, drive: Drive) -> _Looked:
    """The seal, every sealed file, the manifest; what lies in the round without being sealed."""
    path = rounds_folder.round_folder(folder, number)
    try:
        sealed = seal.read(path, drive)
        names = set(drive.names(path))
    except Damaged:
        what: Wrong = "changed" if drive.exists(path / seal.SUMS) else "missing"
        damage = Damage(what, f"{path.name}/{seal.SUMS}", number, (f"rounds/{path.name}",))
        return _Looked(number, None, None, 0, 0, (damage,), ())
    found = list(_hashes(sealed, number, names))
    bad = {each.where.partition("/")[2] for each in found}
    record = None
    if rounds_folder.MANIFEST not in bad:
        try:
            record = manifest.parsed(seal.content(sealed, rounds_folder.MANIFEST, drive), number)
        except Damaged as stop:
            found.append(Damage("unreadable", str(stop.values["where"]), number, (f"rounds/{path.name}",)))
    strangers = names - {*sealed.hashes, seal.SUMS}
    size = sum((path / name).stat().st_size for name in sealed.hashes if name in names)
    return _Looked(
        number, sealed, record, len(sealed.hashes), size, tuple(found),
        tuple(Notice("stranger", f"rounds/{path.name}/{name}") for name in sorted(strangers)),
    )  # fmt: skip


def _hashes(sealed: Seal, number: int, names: set[str]) -> Iterator[Damage]:
    for name in sorted({*sealed.hashes, rounds_folder.ORGANISATIONS, rounds_folder.PROBLEMS, rounds_folder.MANIFEST}):
        where = f"{sealed.folder.name}/{name}"
        if name not in names:
            yield Damage("missing", where, number, (f"rounds/{where}",))
        elif name not in sealed.hashes:
            yield Damage("changed", f"{sealed.folder.name}/{seal.SUMS}", number, (f"rounds/{sealed.folder.name}",))
        elif _sha256(sealed.folder / name) != sealed.hashes[name]:
            yield Damage("changed", where, number, (f"rounds/{where}",))


def _sha256(path: Path) -> str | None:
    """None: it is no file at all."""
    try:
        return seal.file_sha256(path)
    except (disk.NotAFile, IsADirectoryError, FileNotFoundError):
        return None


def _chain(looked: Sequence[_Looked]) -> Iterator[Damage]:
    """Each round names the hash of the one before it; beside a gap or a lost seal there is nothing to compare."""
    before: _Looked | None = None
    for one in looked:
        follows = before is None if one.number == 1 else before is not None and before.number == one.number - 1
        if one.record is not None and follows and (before is None or before.sealed is not None):
            parent = before.sealed.sha256 if before is not None and before.sealed else None
            if one.record.parent != parent:
                restore = tuple(f"rounds/{_name(number)}" for number in (one.number - 1, one.number) if number)
                yield Damage("chain", _name(one.number), one.number, restore)
        before = one


def _counts(folder: Path, looked: Sequence[_Looked]) -> Iterator[Damage]:
    """What manifests say against what their tables hold; only of rounds that are otherwise sound."""
    sound = {one.number: one.record for one in looked if one.record is not None and not one.damage}
    paths = [rounds_folder.round_folder(folder, number) / rounds_folder.ORGANISATIONS for number in sound]
    paths += [path for number, day in _past(sound.values()) if (path := _past_file(folder, number, day)).exists()]
    found = query.confirmations(paths) if paths else {}
    held = {(Path(name).parent.name, Path(name).name): sum(counts.values()) for name, counts in found.items()}
    for number, record in sound.items():
        counts = Counter(found.get(str(rounds_folder.round_folder(folder, number) / rounds_folder.ORGANISATIONS), {}))
        holds = sum(counts.values())
        told = (record.organisations, record.confirmed, record.confirmed + record.carried)
        past = [held.get((_name(number), rounds_folder.past_file(each.as_of)), 0) for each in record.past]
        wrong = past != [each.organisations for each in record.past]
        if wrong or told != (holds, counts[number], holds) or any(each is None or each > number for each in counts):
            name = f"{_name(number)}/{rounds_folder.MANIFEST}"
            yield Damage("counts", name, number, (f"rounds/{_name(number)}",))


def _registers(folder: Path, drive: Drive) -> Iterator[Damage]:
    """Registers that are kept beside the rounds: every file of each is what was written."""
    for place in sealed_registers.places(folder, drive):
        where = f"{sealed_registers.FOLDER}/{place}"
        try:
            sealed = seal.read(folder / where, drive)
        except Damaged:
            yield Damage("changed", f"{where}/{seal.SUMS}", None, (where,))
            continue
        for name in sorted({*sealed.hashes, *sealed_registers.FILES}):
            if _sha256(folder / where / name) != sealed.hashes.get(name, ""):
                what: Wrong = "changed" if drive.exists(folder / where / name) else "missing"
                yield Damage(what, f"{where}/{name}", None, (f"{where}/{name}",))


def _past(records: Iterable[Round]) -> Iterator[tuple[int, str]]:
    return ((record.number, each.as_of) for record in records for each in record.past)


def _past_file(folder: Path, number: int, day: str) -> Path:
    return rounds_folder.round_folder(folder, number) / rounds_folder.past_file(day)


def _leftovers(folder: Path, drive: Drive) -> Iterable[Notice]:
    try:
        names = drive.names(folder / "tmp")
    except (FileNotFoundError, NotADirectoryError):
        return
    for name in names:
        yield Notice("leftover", f"tmp/{name}")


def _name(number: int) -> str:
    return f"round={number:06d}"


_HASH = re.compile(r"[0-9a-f]{8,64}")


def hash_said(said: str) -> str:
    """A whole hash (64 signs) or its beginning as a digest prints it (16), in whatever letters it was copied."""
    found = unicodedata.normalize("NFKC", "".join(said.split())).casefold().rstrip(".。…")
    if not _HASH.fullmatch(found):
        raise WrongUsage("anchor_form", said=said[:40])
    return found
