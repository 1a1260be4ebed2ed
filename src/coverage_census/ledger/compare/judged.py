"""Two rounds side by side with a policy's marks in; the organisations of which something else is said now, out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from coverage_census.ledger import living

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class JudgedFormation:
    """What a policy said of the formation of one organisation."""

    advice: str
    verdict: str
    gap: str | None


@dataclass(frozen=True)
class Judgement:
    """An organisation of which a policy says something else now."""

    name: str
    uscc: str | None
    county: str | None
    township: str | None
    old: JudgedFormation
    new: JudgedFormation


def judged(connection: "DuckDBPyConnection") -> tuple[Judgement, ...]:
    """Organisations whose advice or verdict on formation is another, each side under its own policy; of those that were
    gone and are so still nothing is judged."""
    rows = connection.execute(
        f"""SELECT a.name, a.uscc, a.county, a.township, m.advice, m.verdict, m.gap, x.advice, x.verdict, x.gap
        FROM touched p JOIN after a ON a.row = p.new
        JOIN marks_before m ON m.row = p.old JOIN marks_after x ON x.row = p.new JOIN before b ON b.row = p.old
        WHERE (m.advice IS DISTINCT FROM x.advice OR m.verdict IS DISTINCT FROM x.verdict
        OR m.gap IS DISTINCT FROM x.gap) AND NOT ({living.gone("b")} AND {living.gone("a")}) ORDER BY a.row"""
    ).fetchall()
    return tuple(
        Judgement(name, uscc, county, township, JudgedFormation(*said[:3]), JudgedFormation(*said[3:]))
        for name, uscc, county, township, *said in rows
    )
