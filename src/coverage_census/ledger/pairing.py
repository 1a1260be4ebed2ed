"""Two rounds in; their organisations side by side in one DuckDB connection out: views before and after, table pairs.

A row keeps its place from round to round (`carry`), so that what identity decided at the time, a person's answers
included, is read off and not decided again. Only where an undoing moved the rows is `identity` asked.
"""

from pathlib import Path
from typing import Any

from coverage_census.files import DRIVE, Drive
from coverage_census.ledger import identity, query, rounds
from coverage_census.ledger.core_name import Cores
from coverage_census.model.rounds import Round

_KEYS = ("name", "uscc", "county", "township", "kind")
_PLACE = ("source_file", "source_sheet", "source_row", "confirmed_round")


def pair(folder: Path, before: Round, after: Round, drive: Drive = DRIVE) -> Any:
    """A connection with views `before` and `after` (all columns and `row`) and a table `pairs` (`old`, `new`)."""
    connection = query.connection(before.organisations + after.organisations)
    for name, which in (("before", before), ("after", after)):
        path = str(rounds.parquet(folder, which, drive))
        found = connection.read_parquet(path, hive_partitioning=False, file_row_number=True)
        found.project("* EXCLUDE (file_row_number), file_row_number AS row").create_view(name)
    between = rounds.all_rounds(folder, drive)[before.number - 1 : after.number]
    _by_place(connection, _kept(between))
    if _left(connection, "before", "old") and _left(connection, "after", "new"):
        _by_keys(connection)
        _by_identity(connection)
    return connection


def _kept(between: tuple[Round, ...]) -> int:
    """How many of the first rows have kept their places all the way; none where a round amid others was undone."""
    if any(each.supersedes not in (None, each.number - 1) for each in between[1:]):
        return 0
    return min(each.organisations for each in between)


def _by_place(connection: Any, kept: int) -> None:
    """Rows of one place, unless neither name nor code nor origin says that they are one organisation."""
    same = " AND ".join(f"b.{name} IS NOT DISTINCT FROM a.{name}" for name in _PLACE)
    connection.execute(
        f"""CREATE TABLE pairs AS SELECT b.row AS old, a.row AS new FROM before b JOIN after a ON b.row = a.row
        WHERE b.row < {kept}
        AND (b.name = a.name OR b.uscc = a.uscc OR a.confirmed_round > b.confirmed_round OR ({same}))"""
    )


def _left(connection: Any, view: str, side: str) -> int:
    found = f"SELECT (SELECT count(*) FROM {view}) - (SELECT count({side}) FROM pairs)"
    return int(connection.execute(found).fetchall()[0][0])


def _by_keys(connection: Any) -> None:
    """What is written alike to the letter on either side, and once only, needs no looking into names."""
    keys = ", ".join(_KEYS)
    sides = {
        name: f"(SELECT any_value(row) AS row, {keys} FROM {name} WHERE row NOT IN (SELECT {side} FROM pairs) "
        f"GROUP BY {keys} HAVING count(*) = 1)"
        for name, side in (("before", "old"), ("after", "new"))
    }
    same = " AND ".join(f"b.{name} IS NOT DISTINCT FROM a.{name}" for name in _KEYS)
    connection.execute(
        f"INSERT INTO pairs SELECT b.row, a.row FROM {sides['before']} b JOIN {sides['after']} a ON {same}"
    )


def _by_identity(connection: Any) -> None:
    """The rest, as an intake is matched with the round before it."""
    cores = Cores()
    columns = ("row", *_KEYS)
    found = []
    for view, side in (("before", "old"), ("after", "new")):
        rest = connection.execute(
            f"SELECT {', '.join(columns)} FROM {view} WHERE row NOT IN (SELECT {side} FROM pairs) ORDER BY row"
        ).fetchall()
        if not rest:
            return
        found.append(dict(zip(columns, map(list, zip(*rest, strict=True)), strict=True)))
    before, after = found
    partners = identity.across(identity.keys(after, cores), identity.keys(before, cores)).of
    matched = [
        (before["row"][other], row) for row, other in zip(after["row"], partners, strict=True) if other is not None
    ]
    if matched:
        connection.executemany("INSERT INTO pairs VALUES (?, ?)", matched)
