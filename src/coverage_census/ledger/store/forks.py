"""Folders beside the rounds that no round is called like in; those that are a round of this ledger all the same out.

A synchronising program calls a round `round=000005 (1)` or `round=000005-冲突-PC1`: so called, nobody would miss it.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from coverage_census.errors import CensusError
from coverage_census.files.disk import Drive
from coverage_census.ledger.store import seal

_MANIFEST = "manifest.json"


class Fork(NamedTuple):
    """A sealed round under a stranger's name, as its own manifest tells it."""

    name: str
    number: int
    parent: str | None
    sha256: str


def sealed(rounds: Path, strangers: Iterable[str], drive: Drive) -> Iterator[Fork]:
    """Those of the strangers in the folder `rounds` that are sealed; of anything else nothing is said."""
    for name in strangers:
        try:
            found = seal.read(rounds / name, drive)
            record = json.loads(seal.content(found, _MANIFEST, drive))
            yield Fork(name, int(record["number"]), record["parent"], found.sha256)
        except (CensusError, OSError, ValueError, KeyError, TypeError, RecursionError):
            continue


def continues(fork: Fork, hash_of: Callable[[int], str | None]) -> bool:
    """Whether it follows a round of the ledger without being the one that does; `hash_of`: a round's hash, if it is
    there. A copy of a round is no loss, and of another ledger's round nothing is known."""
    if fork.number < 1 or hash_of(fork.number) == fork.sha256:
        return False
    return fork.parent == hash_of(fork.number - 1) and (fork.parent is not None or fork.number == 1)
