"""Two rounds side by side with a policy's marks in; what moved a rate, cause by cause, adding up exactly, out.

The marks stand in tables `marks_before` (the earlier round under its own policy), `marks_same` (the same facts under
the later policy) and `marks_after`, by `row`, with 0 or 1 above and below the line of each rate; `touched` are
the pairs in which they can differ.
"""

from fractions import Fraction
from typing import TYPE_CHECKING

from coverage_census.ledger import living
from coverage_census.ledger.compare.changes import MENDED, Mended
from coverage_census.model.movement import Cause, CauseStep, Movement

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def movement(
    connection: "DuckDBPyConnection", code: str, since: str, mended: Mended = MENDED, same_policy: bool = False
) -> Movement:
    """`since`: the cut-off day of the earlier round."""
    n, d = f"n_{code}", f"d_{code}"
    connection.execute("CREATE OR REPLACE TEMP TABLE corrected (name TEXT, field TEXT)")
    if mended.corrected:
        connection.executemany("INSERT INTO corrected VALUES (?, ?)", sorted(mended.corrected))
    sides = {"was_gone": living.gone("b"), "is_gone": living.gone("a"), "same_day": mended.same_day}
    found = connection.execute(_EACH.format(n=n, d=d, policy=not same_policy, **sides, **_dates(since))).fetchall()
    sums = {Cause(cause): (count, above, below) for cause, count, above, below in found}
    start = _totals(connection, "marks_before", n, d)
    steps, at = [], start
    for cause in Cause:
        count, above, below = sums.get(cause, (0, 0, 0))
        to = (at[0] + above, at[1] + below)
        steps.append(CauseStep(cause, count, above, below, _moved(at, to)))
        at = to
    end = _totals(connection, "marks_after", n, d)
    if at != end:  # the steps are sums of the same rows: anything else is a mistake of this program
        raise AssertionError(f"{code}: {at} is not {end}")
    return Movement(code, *start, *end, tuple(steps))


def _totals(connection: "DuckDBPyConnection", table: str, n: str, d: str) -> tuple[int, int]:
    above, below = connection.execute(f"SELECT coalesce(sum({n}), 0), coalesce(sum({d}), 0) FROM {table}").fetchall()[0]
    return int(above), int(below)


def _moved(one: tuple[int, int], other: tuple[int, int]) -> float | None:
    """None where one of the two rates has no denominator."""
    if not one[1] or not other[1]:
        return None
    return float(Fraction(*other) - Fraction(*one))


def _dates(since: str) -> dict[str, str]:
    """Whether a Party organisation was surely founded before or after the earlier cut-off day; both may be partial."""
    known = f"least(length(a.org_founded_on), {len(since)})"
    of = f"left(a.org_founded_on, {known})", f"left('{since}', {known})"
    return {"earlier": f"coalesce({of[0]} < {of[1]}, false)", "later": f"coalesce({of[0]} > {of[1]}, false)"}


_EACH = """
WITH each AS (
    SELECT 'policy' AS cause, s.{n} - m.{n} AS above, s.{d} - m.{d} AS below
    FROM marks_before m JOIN marks_same s USING (row) WHERE {policy}
    UNION ALL
    SELECT CASE
        WHEN a.word < b.word THEN 'corrected_data'  -- undone
        WHEN {is_gone} AND NOT {was_gone} THEN 'closed_out'
        WHEN {was_gone} AND NOT {is_gone} THEN CASE
            WHEN {same_day} OR a.word = b.word
            OR a.name IN (SELECT name FROM corrected WHERE field = 'operating_status') THEN 'corrected_data'
            ELSE 'reopened' END
        WHEN s.excluded <> x.excluded AND x.{d} <> s.{d} THEN 'excluded'
        WHEN x.{d} <> s.{d} THEN 'corrected_data'
        WHEN b.has_org AND NOT a.has_org AND x.{n} < s.{n} THEN CASE
            WHEN {same_day} OR a.word = b.word
            OR a.name IN (SELECT name FROM corrected WHERE field = 'has_org') THEN 'corrected_data'
            ELSE 'org_dissolved' END
        WHEN x.{n} < s.{n} THEN 'corrected_data'
        WHEN a.word <= b.word OR a.name IN (SELECT name FROM corrected) THEN 'corrected_data'
        WHEN {earlier} THEN 'corrected_data'
        WHEN {later} OR (NOT b.has_org AND a.has_org) THEN 'newly_built'
        ELSE 'corrected_data' END, x.{n} - s.{n}, x.{d} - s.{d}
    FROM touched p JOIN before b ON b.row = p.old JOIN after a ON a.row = p.new
    JOIN marks_same s ON s.row = p.old JOIN marks_after x ON x.row = p.new
    WHERE x.{n} <> s.{n} OR x.{d} <> s.{d}
    UNION ALL
    SELECT 'newly_registered', {n}, {d} FROM marks_after x ANTI JOIN pairs p ON p.new = x.row
    UNION ALL
    SELECT 'corrected_data', -{n}, -{d} FROM marks_same s ANTI JOIN pairs p ON p.old = s.row
)
SELECT cause, count(*), sum(above)::BIGINT, sum(below)::BIGINT FROM each WHERE above <> 0 OR below <> 0 GROUP BY cause
"""
