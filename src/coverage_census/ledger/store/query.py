"""A round's Parquet files through DuckDB, without pyarrow: what decisions, reports and exports read."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coverage_census.ledger.living import gone
from coverage_census.model.tables import sql_types

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

# Below this, working out how best to run a policy takes four times as long as running it as it stands.
_FEW = 50_000


UnknownPlaces = Mapping[str, Sequence[int]]
"""Field → places in a file, from 0, in which its value is not to be relied on."""
NOTHING: UnknownPlaces = {}


def relation(path: Path, rows: int = 0, unknown: UnknownPlaces = NOTHING) -> "DuckDBPyRelation":
    """The rows of one Parquet file as a relation, which keeps its own connection; nothing is fetched from anywhere.

    `rows` is about how many there are; what is `unknown` is null.
    """
    if unknown:
        known = ", ".join(
            f"CASE WHEN place_ IN ({', '.join(map(str, places))}) THEN NULL ELSE {field} END AS {field}"
            for field, places in unknown.items()
        )
        return placed(path, rows, "place_").project(f"* REPLACE ({known})").project("* EXCLUDE (place_)")
    made = connection(rows)
    # The folder is called round=000001, which DuckDB would take for a column.
    return complete(made.read_parquet(str(path), hive_partitioning=False))


def relations(paths: Sequence[str]) -> "DuckDBPyRelation":
    """The rows of several files as one relation, each with its `filename`."""
    every = connection().read_parquet(list(paths), hive_partitioning=False, filename=True, union_by_name=True)
    return complete(every)


def placed(path: Path, rows: int, name: str) -> "DuckDBPyRelation":
    """As `relation`, with the place of each row in its file as the column `name`."""
    table = connection(rows).read_parquet(str(path), hive_partitioning=False, file_row_number=True)
    return complete(table.project(f"* EXCLUDE (file_row_number), file_row_number AS {name}"))


def complete(found: "DuckDBPyRelation") -> "DuckDBPyRelation":
    """The same with the fields that did not exist yet when the round was written: nobody said anything of them."""
    there = set(found.columns)
    lacking = ", ".join(f"NULL::{kind} AS {name}" for name, kind in sql_types().items() if name not in there)
    return found.project(f"*, {lacking}") if lacking else found


def rows(path: Path, expressions: str, at_once: int = 10_000) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of one Parquet file in their order, many at a time, never all."""
    with connection() as made:
        asked = complete(made.read_parquet(str(path), hive_partitioning=False)).project(expressions)
        cursor = made.execute(asked.sql_query())
        while found := cursor.fetchmany(at_once):
            yield found


def confirmations(paths: Sequence[Path]) -> dict[str, dict[int | None, int]]:
    """For each file, how many of its organisations each round has confirmed."""
    found: dict[str, dict[int | None, int]] = {}
    with connection() as made:
        table = "read_parquet(?, filename = true, hive_partitioning = false)"
        counted = f"SELECT filename, confirmed_round, count(*) FROM {table} GROUP BY ALL"
        for name, confirmed, count in made.execute(counted, [[str(path) for path in paths]]).fetchall():
            found.setdefault(name, {})[confirmed] = count
    return found


def covered(paths: Sequence[str]) -> dict[str, tuple[int, int, int]]:
    """For each file, how many living organisations it holds, how many of them have a Party organisation, and how many
    are gone."""
    left = gone()
    table = "read_parquet(?, filename = true, hive_partitioning = false)"
    counts = f"count(*) FILTER (NOT {left}), count(*) FILTER (has_org AND NOT {left}), count(*) FILTER ({left})"
    counted = f"SELECT filename, {counts} FROM {table} GROUP BY filename"
    with connection() as made:
        found = made.execute(counted, [list(paths)]).fetchall()
    return {name: tuple(counts) for name, *counts in found}


def connection(rows: int = _FEW) -> "DuckDBPyConnection":
    """A DuckDB of this process's own, in memory; nothing is fetched from anywhere. `rows`: about how many to expect."""
    import duckdb

    made = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    if rows < _FEW:
        made.execute("PRAGMA disable_optimizer")
    return made
