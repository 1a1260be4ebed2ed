"""A round's manifest: the `Round` record as JSON in a sealed directory; and the chain of all rounds, checked."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from coverage_census.errors import Damaged
from coverage_census.files import Drive
from coverage_census.ledger import seal, store
from coverage_census.model.rounds import Round


def written(each: Round) -> bytes:
    """The manifest's bytes, for people to read too."""
    return each.model_dump_json(indent=1).encode("utf-8") + b"\n"


def chain(folder: Path, drive: Drive) -> Iterator[Round]:
    """All rounds from the first, each checked against its seal and against the seal of the round before."""
    parent: str | None = None
    for number in store.numbers(folder, drive):
        sealed = seal.read(store.round_folder(folder, number), drive)
        each = parsed(seal.content(sealed, store.MANIFEST, drive), number)
        if each.parent != parent:
            raise Damaged("ledger_chain", where=sealed.folder.name)
        parent = sealed.sha256
        yield each


def parsed(data: bytes, number: int) -> Round:
    """The record in a manifest; one that does not fit is damage, never a guess."""
    try:
        each = Round.model_validate_json(data)
    except ValidationError:
        each = None
    if each is None or each.number != number:
        raise Damaged("ledger_damaged", where=f"round={number:06d}/{store.MANIFEST}")
    return each
