"""A round's manifest: the `Round` record as JSON in a sealed directory; and the chain of all rounds, checked."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from coverage_census.errors import Damaged
from coverage_census.files.disk import Drive
from coverage_census.ledger.store import formats, history, manifest_files, rounds_folder, seal
from coverage_census.model.rounds import Round


def written(each: Round) -> bytes:
    """The manifest's bytes, for people to read too; its format comes first."""
    told = {"files": {"__all__": {"sheets": {"__all__": {"understood"}}}}}
    kept = each.model_dump(mode="json", exclude={"period": True, "also": True, "at": True, **told})
    numbered = {"format": formats.FORMAT, **kept}
    return manifest_files.text(numbered).encode("utf-8")


def chain(folder: Path, drive: Drive) -> Iterator[Round]:
    """All rounds from the first, each checked against its seal and against the seal of the round before.

    Of those that were copied together (`history`) only the chain is checked; it must lead up to the newest rounds.
    """
    stands = rounds_folder.listed(folder, drive)
    kept = history.read(folder, drive)[: stands.last - 1] if stands.last > history.DIRECT else ()
    found = None
    if kept:
        with suppress(Damaged):
            found = _after(folder, stands, kept, drive)
    if found is None:
        kept, found = (), _after(folder, stands, (), drive)
    yield from (parsed(each.manifest, number) for number, each in enumerate(kept, start=1))
    yield from found


def _after(
    folder: Path, stands: rounds_folder.LedgerListing, kept: Sequence[history.HistoryRound], drive: Drive
) -> list[Round]:
    """The rounds after those that were copied together."""
    parent = kept[-1].sha256 if kept else None
    found = list[Round]()
    for number in range(len(kept) + 1, stands.last + 1):
        sealed = seal.read(rounds_folder.round_folder(folder, number), drive)
        rounds_folder.check(stands.anchor, number, sealed)
        each = parsed(seal.content(sealed, rounds_folder.MANIFEST, drive), number)
        if each.parent != parent:
            raise Damaged("ledger_chain", where=sealed.folder.name)
        parent = sealed.sha256
        found.append(each)
    return found


def made(folder: Path, added: rounds_folder.Added | None, drive: Drive) -> Round:
    """The round that was published, without asking the drive again; where nothing was, the newest one."""
    return parsed(added.contents[rounds_folder.MANIFEST], added.number) if added else tuple(chain(folder, drive))[-1]


@lru_cache(maxsize=128)  # one command reads the chain up to thirty times; of 20,000 files a manifest has 4 MB
def parsed(data: bytes | str, number: int) -> Round:
    """The record in a manifest of any format so far; one that does not fit is damage, never a guess."""
    where = f"round={number:06d}/{rounds_folder.MANIFEST}"
    try:
        found = json.loads(data)
        whole = manifest_files.unfolded(found) if isinstance(found, dict) else None
        each = Round.model_validate(formats.upgraded(whole, where)) if whole is not None else None
    except (ValueError, LookupError, TypeError, AttributeError):  # no JSON, or no manifest
        each = None
    if each is None or each.number != number:
        raise Damaged("ledger_damaged", where=where)
    return each
