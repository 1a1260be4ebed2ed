"""Two rounds side by side in (`pairing`); who came, went, moved, took another name, and which fields changed, out."""

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from coverage_census.ledger import living
from coverage_census.ledger.identity import answers, renaming
from coverage_census.ledger.identity.duplicates import columns_of
from coverage_census.model.choices import Kind, is_gone
from coverage_census.model.organisation import about, of_the_branch
from coverage_census.model.rounds import Entry, EntryKind, Round, Scope, Who
from coverage_census.model.tables import Plain, told
from coverage_census.names.core_name import Cores

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

WHO = ("name", "uscc", "county", "township")


class Mended(NamedTuple):
    """What only puts right, between two rounds: names of those that a person corrected, each with the field; whether
    both rounds are of one day, so that the later one says what the earlier one should have said."""

    corrected: Collection[tuple[str, str]] = ()
    same_day: bool = False


MENDED = Mended()
"""Nothing."""


class Change(NamedTuple):
    """One field of one organisation; a qualified count is given as its interval (30-50, ≥120)."""

    who: Who
    field: str
    old: Plain
    new: Plain


class Merger(NamedTuple):
    """合并: organisations of the earlier round that are one in the later: a person or a late code said so."""

    whos: tuple[Who, ...]
    into: Who


class Departure(NamedTuple):
    """移出: who has left, as a person decided, and the evidence that the decision names."""

    who: Who
    status: str
    evidence: str | None
    decided_by: str


def added(connection: "DuckDBPyConnection") -> tuple[Who, ...]:
    """Organisations that the earlier round did not hold."""
    if _all_paired(connection, "after", "pairs"):
        return ()
    return _who(connection, "SELECT {who} FROM after a ANTI JOIN pairs p ON p.new = a.row ORDER BY a.row", "a")


def gone(connection: "DuckDBPyConnection") -> tuple[Who, ...]:
    """Organisations that the later round does not hold: only an undoing takes one out."""
    if _all_paired(connection, "before", "(FROM pairs UNION ALL FROM merged)"):
        return ()
    stayed = "ANTI JOIN pairs p ON p.old = b.row ANTI JOIN merged m ON m.old = b.row"
    return _who(connection, f"SELECT {{who}} FROM before b {stayed} ORDER BY b.row", "b")


def merged(connection: "DuckDBPyConnection") -> tuple[Merger, ...]:
    """Two or more of the earlier round that are one of the later."""
    asked = f"""SELECT a.row, {_names("b")}, {_names("a")} FROM (
        SELECT old, new FROM merged UNION ALL SELECT old, new FROM pairs WHERE new IN (SELECT new FROM merged)
    ) m JOIN before b ON b.row = m.old JOIN after a ON a.row = m.new ORDER BY a.row, b.row"""
    found: dict[int, tuple[list[Who], Who]] = {}
    for row, *names in connection.execute(asked).fetchall():
        found.setdefault(row, ([], Who(*names[len(WHO) :])))[0].append(Who(*names[: len(WHO)]))
    return tuple(Merger(tuple(whos), into) for whos, into in found.values() if len(whos) > 1)


def left(connection: "DuckDBPyConnection", entries: Iterable[Entry]) -> tuple[Departure, ...]:
    """Those of the later round of whom somebody decided between the two that they have left."""
    decided = {each.subject: each for each in entries if each.kind is EntryKind.LEFT and each.subject}
    if not decided:
        return ()
    found = []
    asked = f"SELECT a.row, {_names('a')}, a.operating_status FROM after a WHERE a.name = ? ORDER BY a.row"
    for subject, each in decided.items():
        for _, *place, status in connection.execute(asked, [subject.name]).fetchall():
            who = Who(*place)
            same = subject.uscc == who.uscc if subject.uscc and who.uscc else subject.township in (None, who.township)
            if same and is_gone(status):
                found.append(Departure(who, status, each.reason, each.who))
    return tuple(found)


def silent_since(connection: "DuckDBPyConnection", spoken: Sequence[tuple[int, Sequence[Scope]]]) -> tuple[Who, ...]:
    """Not named, although a sheet spoke for their kind in their township and named others who are known there; nobody
    expects whoever was gone already.

    `spoken`: with each word (`pairing.word_of`) the scopes it was on. For one round the same organisations as its
    manifest counts.
    """
    found: dict[int, Who] = {}
    for word, scopes in spoken:
        if scopes:
            connection.execute("CREATE OR REPLACE TEMP TABLE scope (county TEXT, township TEXT, kind TEXT)")
            columns = [[getattr(scope, name) for scope in scopes] for name in ("county", "township", "kind")]
            # One statement: a province's sheets speak for thousands of townships.
            connection.execute(
                "INSERT INTO scope SELECT unnest(?::TEXT[]), unnest(?::TEXT[]), unnest(?::TEXT[])", columns
            )
            asked = _SILENT.format(word=word, who=_names("a"), gone=living.gone("b"))
            found |= {row[0]: Who(*row[1:]) for row in connection.execute(asked).fetchall()}
    return tuple(found[row] for row in sorted(found))


_SILENT = """
WITH named AS (
    SELECT DISTINCT b.township, b.kind FROM pairs p JOIN before b ON b.row = p.old JOIN after a ON a.row = p.new
    WHERE a.word >= {word}
), unnamed AS (
    SELECT p.old, p.new, b.county, b.township, b.kind
    FROM pairs p JOIN after a ON a.row = p.new JOIN before b ON b.row = p.old
    WHERE a.word < {word} AND a.confirmed_round > 0 AND NOT {gone}
), spoken AS (
    SELECT DISTINCT u.county, u.township, u.kind FROM (SELECT DISTINCT county, township, kind FROM unnamed) u
    JOIN scope s ON s.township IS NOT DISTINCT FROM u.township AND s.kind IS NOT DISTINCT FROM u.kind
    JOIN named n ON n.township IS NOT DISTINCT FROM u.township AND n.kind IS NOT DISTINCT FROM u.kind
    WHERE s.county IS NULL OR u.county IS NULL OR s.county = u.county
)
SELECT a.row, {who} FROM unnamed u JOIN after a ON a.row = u.new
JOIN spoken s ON s.county IS NOT DISTINCT FROM u.county
AND s.township IS NOT DISTINCT FROM u.township AND s.kind IS NOT DISTINCT FROM u.kind
ORDER BY a.row
"""


def closed(changes: Iterable[Change]) -> tuple[Change, ...]:
    """注销、吊销、迁出: those whose operating status says so now and did not before."""
    return tuple(each for each in _standing(changes) if _gone(each.new) and not _gone(each.old))


def reopened(
    connection: "DuckDBPyConnection", changes: Iterable[Change], mended: Mended = MENDED
) -> tuple[Change, ...]:
    """恢复经营: those that were gone and, as a sheet says, are so no longer."""
    back = _as_sheets_say(connection, f"{living.gone('b')} AND NOT {living.gone('a')}", "operating_status", mended)
    return tuple(each for each in _standing(changes) if each.who in back)


def dissolved(
    connection: "DuckDBPyConnection", changes: Iterable[Change], mended: Mended = MENDED
) -> tuple[Change, ...]:
    """撤销党组织: those that had one and, as a sheet says, have none any more; of whoever went or came back only
    that is told."""
    test = f"b.has_org AND NOT a.has_org AND NOT {living.gone('b')} AND NOT {living.gone('a')}"
    lost = _as_sheets_say(connection, test, "has_org", mended)
    return tuple(each for each in changes if each.field == "has_org" and each.who in lost)


def _as_sheets_say(connection: "DuckDBPyConnection", test: str, field: str, mended: Mended) -> set[Who]:
    """Those of whom a newer sheet says it; what is undone, or was wrong from the first, is no event."""
    if mended.same_day:
        return set()
    asked = f"""SELECT {_names("a")} FROM pairs p JOIN before b ON b.row = p.old JOIN after a ON a.row = p.new
    WHERE {test} AND a.word > b.word"""
    names = {name for name, of in mended.corrected if of == field}
    return {who for row in connection.execute(asked).fetchall() if (who := Who(*row)).name not in names}


def _standing(changes: Iterable[Change]) -> Iterable[Change]:
    return (each for each in changes if each.field == "operating_status")


def _gone(status: Plain) -> bool:
    return isinstance(status, str) and is_gone(status)


def without_followers(
    changes: Iterable[Change], closed: Iterable[Change], dissolved: Iterable[Change]
) -> tuple[Change, ...]:
    """The changes without the blanks that follow from an event: of those that are gone, and of a branch that is no
    more, a blank is no news."""
    went, lost = {each.who for each in closed}, {each.who for each in dissolved}
    own = of_the_branch()
    return tuple(
        each
        for each in changes
        if each.new is not None or not (each.who in went or (each.who in lost and each.field in own))
    )


def moved(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Between townships or counties; that a place has become known is no move."""
    return tuple(
        each
        for each in changes
        if each.field in ("county", "township") and each.old is not None and each.new is not None
    )


def converted(changes: Sequence[Change]) -> tuple[Change, ...]:
    """个转企: a sole trader that is an enterprise now; since 2025-07-15 it keeps its code."""
    other_code = {each.who for each in changes if each.field == "uscc" and each.old is not None}
    return tuple(
        each
        for each in changes
        if (each.field, each.old, each.new) == ("kind", Kind.SOLE_TRADER, Kind.ENTERPRISE)
        and each.who.uscc is not None
        and each.who not in other_code
    )


def renamed(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(each for each in changes if each.field == "name")


def fields(connection: "DuckDBPyConnection", since: int | None = None) -> tuple[Change, ...]:
    """Every field that is not what it was, organisation by organisation; unchanged rows never leave the database.

    `since`: only what a round after that number named can have changed (`only_reports`); the rest is not looked at.
    """
    _look_at(connection, since)
    names = _filled(connection)
    if not names:
        return ()
    counted = ", ".join(f"count(*) FILTER {_differs(name)}" for name in names)
    counts = connection.execute(f"SELECT {counted} FROM {_JOINED}").fetchall()[0]
    names = [name for name, count in zip(names, counts, strict=True) if count]
    if not names:
        return ()
    asked = ", ".join(f"{side}.{column}" for name in names for side in ("b", "a") for column in columns_of(name))
    where = " OR ".join(_differs(name) for name in names)
    rows = connection.execute(f"SELECT {_names('a')}, {asked} FROM {_JOINED} WHERE {where} ORDER BY a.row").fetchall()
    return tuple(change for row in rows for change in _changes(row, names))


_JOINED = "pairs p JOIN was b ON b.row = p.old JOIN now a ON a.row = p.new"


def only_reports(between: Iterable[Round], entries: Collection[Entry]) -> bool:
    """Whether nothing but sheets changed anything: no undoing, no merger, no decision of a person."""
    return not entries and not any(each.supersedes or each.merged for each in between)


def _look_at(connection: "DuckDBPyConnection", since: int | None) -> None:
    """`was` and `now`: the sides of the pairs, or those of them that were named since."""
    for view in ("was", "now"):
        connection.execute(f"DROP VIEW IF EXISTS {view}")
    if since is None:
        connection.execute("CREATE VIEW was AS SELECT * FROM before")
        connection.execute("CREATE VIEW now AS SELECT * FROM after")
        return
    columns = ", ".join(["row", *_wanted(connection)])
    connection.execute(f"CREATE TEMP TABLE named_now AS SELECT {columns} FROM after WHERE confirmed_round > {since}")
    connection.execute(
        f"""CREATE TEMP TABLE named_before AS SELECT {columns} FROM before
        WHERE row IN (SELECT p.old FROM pairs p JOIN named_now n ON n.row = p.new)"""
    )
    connection.execute("CREATE VIEW was AS SELECT * FROM named_before")
    connection.execute("CREATE VIEW now AS SELECT * FROM named_now")


def _wanted(connection: "DuckDBPyConnection") -> list[str]:
    """Who it is, and each field of which a column says anything on either side."""
    said = connection.execute("SELECT name FROM filled_before UNION SELECT name FROM filled_after").fetchall()
    known = {name for (name,) in said}
    fields = [columns_of(name) for name in about()]
    filled = (column for columns in fields if known.intersection(columns) for column in columns)
    return list(dict.fromkeys((*WHO, *filled)))


def _filled(connection: "DuckDBPyConnection") -> list[str]:
    """The fields that anybody states: a round has eighty columns, and most sheets fill twenty."""
    there = set(connection.view("now").columns)
    columns = [column for name in about() for column in columns_of(name) if column in there]
    counted = ", ".join(f"count({column})" for column in columns)
    sides = (connection.execute(f"SELECT {counted} FROM {view}").fetchall()[0] for view in ("was", "now"))
    filled = {column for column, *counts in zip(columns, *sides, strict=True) if any(counts)}
    return [name for name in about() if filled.intersection(columns_of(name))]


def _all_paired(connection: "DuckDBPyConnection", side: str, pairs: str) -> bool:
    """Whether there are as many rows as pairs: no row stands in two of them."""
    counted = connection.execute(f"SELECT (SELECT count(*) FROM {side}), (SELECT count(*) FROM {pairs})").fetchall()
    return bool(counted[0][0] == counted[0][1])


def _changes(row: Sequence[Any], names: Sequence[str]) -> Iterable[Change]:
    who, at = Who(*row[: len(WHO)]), len(WHO)
    for name in names:
        wide = len(columns_of(name))
        old, new = row[at : at + wide], row[at + wide : at + 2 * wide]
        at += 2 * wide
        if old != new and not (name == "county" and None in (*old, *new)):
            yield Change(who, name, told(*old), told(*new))


def _differs(name: str) -> str:
    if name == "county":  # that it became known changes nothing: an organisation has not moved
        return "(b.county <> a.county)"
    return "(" + " OR ".join(f"b.{column} IS DISTINCT FROM a.{column}" for column in columns_of(name)) + ")"


def _names(view: str) -> str:
    return ", ".join(f"{view}.{name}" for name in WHO)


def _who(connection: "DuckDBPyConnection", query: str, view: str) -> tuple[Who, ...]:
    return tuple(Who(*row) for row in connection.execute(query.format(who=_names(view))).fetchall())


def maybe_renamed(connection: "DuckDBPyConnection", said: Iterable[Entry]) -> "tuple[renaming.Maybe, ...]":
    """疑似更名, but for those of which somebody `said` that they are two."""
    cores = Cores()
    return renaming.between(connection, answers.judge(said, (), cores).holding, cores)


def corrected(decided: Iterable[Entry]) -> set[tuple[str, str]]:
    """Names of those that a person has corrected, each with the field."""
    mended = (each for each in decided if each.kind is EntryKind.CORRECTION)
    return {(each.subject.name, each.field or "") for each in mended if each.subject}
