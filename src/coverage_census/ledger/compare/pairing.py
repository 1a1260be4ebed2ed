"""Two rounds in; one DuckDB connection with their organisations side by side out: before, after, pairs, merged.

A row keeps its place from round to round (`row_places`), so that what identity decided at the time, a person's answers
included, is read off and not decided again. Only where an undoing moved the rows is `identity` asked.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coverage_census.files.disk import DRIVE, Drive
from coverage_census.ledger import rounds
from coverage_census.ledger.identity import keys as identity_keys
from coverage_census.ledger.identity import match
from coverage_census.ledger.identity.keys import IDENTITY
from coverage_census.ledger.periods import cut_off, row_places, timeline
from coverage_census.ledger.store import query
from coverage_census.model.days import last_of
from coverage_census.model.rounds import Round, Scope
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_TAKEN = {"old": "SELECT old FROM pairs UNION ALL SELECT old FROM merged", "new": "SELECT new FROM pairs"}
# The columns in which any row says something, as far as the file's own figures tell.
_FILLED = """SELECT DISTINCT path_in_schema AS name FROM parquet_metadata(?)
WHERE stats_null_count IS NULL OR stats_null_count < num_values"""
_PLACES = "SELECT old + i AS old, new + i AS new FROM (SELECT old, new, unnest(range(length)) AS i FROM runs)"
_ROUNDS = 1_000_000  # more than any ledger has
_PLACE = ("source_file", "source_sheet", "source_row", "confirmed_round")


def pair(folder: Path, before: Round, after: Round, drive: Drive = DRIVE, every: Sequence[Round] = ()) -> Any:
    """A connection with views `before` and `after` (all columns, `row` and `word`) and a table `pairs` (`old`, `new`).

    Of two rows that with the greater `word` rests on the sheet of the later day, whichever came first.

    `filled_before` and `filled_after` name the columns in which anything is said.
    `every`: all rounds of the ledger, where the caller has them.
    """
    connection = query.connection(before.organisations + after.organisations)
    for name, which in (("before", before), ("after", after)):
        path = str(rounds.parquet(folder, which, drive))
        found = query.complete(connection.read_parquet(path, hive_partitioning=False, file_row_number=True))
        found.project("* EXCLUDE (file_row_number), file_row_number AS row").create_view(f"{name}_rows")
        connection.execute(f"CREATE TABLE filled_{name} AS {_FILLED}", [path])
    whole = every or rounds.all_rounds(folder, drive)
    _order_words(connection, whole)
    if before.at or after.at:
        _as_they_stand(connection, whole, before, after)
        return connection
    first, last = sorted((before.number, after.number))  # a period may have been entered after a later one
    between = whole[first - 1 : last]
    places = row_places.places(between) or row_places.RowPlaces((), {})
    if before.number > after.number:
        places = row_places.turned(places)
    if before.number <= after.number and not any(each.supersedes for each in between[1:]):
        _keep(connection, places)  # every row of the earlier round stands in the later one: nothing need be compared
        return connection
    stand(connection, places)
    if _left(connection, "before", "old") and _left(connection, "after", "new"):
        _by_keys(connection)
        _by_identity(connection)
    return connection


def _order_words(connection: "DuckDBPyConnection", every: Sequence[Round]) -> None:
    """The views with `word`: what `word_of` says of the sheet that each row rests on."""
    sides = ("before", "after")
    if not _came_late(every):
        for name in sides:
            connection.execute(f"CREATE VIEW {name} AS SELECT *, confirmed_round AS word FROM {name}_rows")
        return
    keys = "confirmed_round, source_file, source_sheet"
    asked = " UNION ".join(f"SELECT {keys} FROM {name}_rows" for name in sides)
    found = connection.execute(asked).fetchall()
    stated = {number: cut_off.days_of(every[number - 1].files) for number, *_ in found if number}
    words = []
    for number, file, sheet in found:
        day = stated[number].get((file, sheet)) or _day(every[number - 1]) if number else ""
        words.append([number, file, sheet, word_of(every, number, day) if number else 0])  # 0: no sheet has named it
    connection.execute("CREATE TABLE words (number BIGINT, file TEXT, sheet TEXT, word BIGINT)")
    connection.executemany("INSERT INTO words VALUES (?, ?, ?, ?)", words)
    same = " AND ".join(
        f"w.{ours} IS NOT DISTINCT FROM r.{theirs}"
        for ours, theirs in (("number", "confirmed_round"), ("file", "source_file"), ("sheet", "source_sheet"))
    )
    for name in sides:
        connection.execute(f"CREATE VIEW {name} AS SELECT r.*, w.word FROM {name}_rows r LEFT JOIN words w ON {same}")


def word_of(every: Sequence[Round], number: int, day: str) -> int:
    """Of two words on one organisation the greater counts: that of the later day, of one day that which came in later.
    While every sheet came in after those of earlier days, the number of its round says as much."""
    if not _came_late(every):
        return number
    return date.fromisoformat(day).toordinal() * _ROUNDS + number


def words(every: Sequence[Round], spoken: Iterable[Round]) -> Iterator[tuple[int, list[Scope]]]:
    """Of rounds that brought sheets, each word with the scopes it was on."""
    for each in spoken:
        found: dict[int, list[Scope]] = {}
        for scope in each.scopes:
            found.setdefault(word_of(every, each.number, scope.as_of or _day(each)), []).append(scope)
        yield from found.items()


def _day(each: Round) -> str:
    return last_of(each.day or each.as_of)


def _came_late(every: Sequence[Round]) -> bool:
    return any(each.past for each in every)


def _as_they_stand(connection: "DuckDBPyConnection", every: Sequence[Round], before: Round, after: Round) -> None:
    """Of past states: by where their rows stand now; where an undoing has moved these, as an intake is matched."""
    upto = max(before.number, after.number)
    found = [timeline.standing(each, every, upto) for each in (before, after)]
    known: list[dict[int, int]] = [{}, {}]
    if all(each is not None for each in found):
        mine, theirs = (
            timeline.rows_at(places, each.organisations)
            for places, each in zip(found, (before, after), strict=True)
            if places is not None
        )
        there = {place: row for row, place in reversed(list(enumerate(theirs))) if place >= 0}
        taken = set[int]()
        for row, place in enumerate(mine):
            if place in there:
                known[place in taken][row] = there[place]
                taken.add(place)
    _tables(connection, row_places.RowPlaces((), known[1]))
    pairs = "SELECT unnest(?::BIGINT[]) AS old, unnest(?::BIGINT[]) AS new"
    connection.execute(f"CREATE TABLE pairs AS {pairs}", [list(known[0]), list(known[0].values())])
    if not all(each is not None for each in found) and _left(connection, "before", "old"):
        _by_keys(connection)
        _by_identity(connection)


def _keep(connection: "DuckDBPyConnection", known: row_places.RowPlaces) -> None:
    """Tables `pairs` and `merged` of rounds in which nothing was undone."""
    _tables(connection, known)
    connection.execute(f"CREATE TABLE pairs AS {_PLACES}")


def _tables(connection: "DuckDBPyConnection", known: row_places.RowPlaces) -> None:
    connection.execute("CREATE TABLE runs (old BIGINT, new BIGINT, length BIGINT)")
    connection.execute("CREATE TABLE merged (old BIGINT, new BIGINT)")
    if known.runs:
        connection.executemany("INSERT INTO runs VALUES (?, ?, ?)", [list(each) for each in known.runs])
    if known.merged:
        connection.executemany("INSERT INTO merged VALUES (?, ?)", [list(each) for each in known.merged.items()])


def stand(connection: "DuckDBPyConnection", known: row_places.RowPlaces) -> None:
    """Tables `pairs` and `merged` (`old`, `new`) of the rows that keep their places or went into others."""
    _tables(connection, known)
    same = " AND ".join(f"b.{name} IS NOT DISTINCT FROM a.{name}" for name in _PLACE)
    # Rows of one place, unless neither name nor code nor origin says that they are one organisation.
    one = f"b.name = a.name OR b.uscc = a.uscc OR a.confirmed_round > b.confirmed_round OR ({same})"
    if len(known.runs) == 1:  # the usual case: nothing has gone between the two
        old, new, length = known.runs[0]
        join = f"ON a.row = b.row + {new - old} WHERE b.row >= {old} AND b.row < {old + length} AND ({one})"
    else:
        join = f"ON true JOIN ({_PLACES}) r ON b.row = r.old AND a.row = r.new WHERE {one}"
    connection.execute(f"CREATE TABLE pairs AS SELECT b.row AS old, a.row AS new FROM before b JOIN after a {join}")


def _left(connection: "DuckDBPyConnection", view: str, side: str) -> int:
    merged = "(SELECT count(*) FROM merged)" if side == "old" else "0"
    found = f"SELECT (SELECT count(*) FROM {view}) - (SELECT count({side}) FROM pairs) - {merged}"
    return int(connection.execute(found).fetchall()[0][0])


def _by_keys(connection: "DuckDBPyConnection") -> None:
    """What is written alike to the letter on either side, and once only, needs no looking into names."""
    keys = ", ".join(IDENTITY)
    sides = {
        name: f"(SELECT any_value(row) AS row, {keys} FROM {name} WHERE row NOT IN ({_TAKEN[side]}) "
        f"GROUP BY {keys} HAVING count(*) = 1)"
        for name, side in (("before", "old"), ("after", "new"))
    }
    same = " AND ".join(f"b.{name} IS NOT DISTINCT FROM a.{name}" for name in IDENTITY)
    connection.execute(
        f"INSERT INTO pairs SELECT b.row, a.row FROM {sides['before']} b JOIN {sides['after']} a ON {same}"
    )


def _by_identity(connection: "DuckDBPyConnection") -> None:
    """The rest, as an intake is matched with the round before it."""
    cores = Cores()
    columns = ("row", *IDENTITY)
    found = []
    for view, side in (("before", "old"), ("after", "new")):
        rest = connection.execute(
            f"SELECT {', '.join(columns)} FROM {view} WHERE row NOT IN ({_TAKEN[side]}) ORDER BY row"
        ).fetchall()
        if not rest:
            return
        found.append(dict(zip(columns, map(list, zip(*rest, strict=True)), strict=True)))
    before, after = found
    partners = match.across(identity_keys.keys(after, cores), identity_keys.keys(before, cores)).of
    matched = [
        (before["row"][other], row) for row, other in zip(after["row"], partners, strict=True) if other is not None
    ]
    if matched:
        connection.executemany("INSERT INTO pairs VALUES (?, ?)", matched)
