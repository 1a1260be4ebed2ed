"""What a later word (a newer sheet, a correction) has said since of the rows of an intake that came late."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coverage_census.ledger.store.parquet import Column


@dataclass(frozen=True)
class Behind:
    """Of the rows of an intake: what a later word has spoken of since. `rows`: those of whom any has spoken at all."""

    said: Sequence[Collection[str]]
    rows: frozenset[int]

    def on(self, name: str) -> Column:
        """For every row whether something newer is known of the field; None where that is so of none."""
        import pyarrow as pa

        found = [name in fields for fields in self.said]
        return pa.array(found) if any(found) else None
