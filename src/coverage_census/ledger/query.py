"""A round's Parquet files as DuckDB relations, without pyarrow: what decisions and reports read."""

from pathlib import Path
from typing import Any


def relation(path: Path) -> Any:
    """The rows of one Parquet file as a relation, which keeps its own connection; nothing is fetched from anywhere."""
    import duckdb

    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"})
    # The folder is called round=000001, which DuckDB would take for a column.
    return connection.read_parquet(str(path), hive_partitioning=False)
