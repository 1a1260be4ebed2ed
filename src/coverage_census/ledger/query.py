"""A round's Parquet files as DuckDB relations, without pyarrow: what decisions and reports read."""

from pathlib import Path
from typing import Any


# Below this, working out how best to run a policy takes four times as long as running it as it stands.
_FEW = 50_000


def relation(path: Path, rows: int = 0) -> Any:
    """The rows of one Parquet file as a relation, which keeps its own connection; nothing is fetched from anywhere.

    `rows` is about how many there are.
    """
    import duckdb

    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    if rows < _FEW:
        connection.execute("PRAGMA disable_optimizer")
    # The folder is called round=000001, which DuckDB would take for a column.
    return connection.read_parquet(str(path), hive_partitioning=False)
