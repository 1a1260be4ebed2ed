"""Two rounds side by side with a policy's marks in; the conversions that are due (到期转建) out, the new ones first.

No rule stands here: what is due is what the policy's rule on formation calls `should_be_standalone`.
"""

from typing import TYPE_CHECKING

from coverage_census.model.decision import Gap
from coverage_census.model.due import ConversionDue
from coverage_census.model.rounds import Round

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NAMES = ("name", "uscc", "county", "township", "form", "founded_on", "members_formal", "members_total", "new")


def due(connection: "DuckDBPyConnection", before: Round, after: Round) -> tuple[ConversionDue, ...]:
    """Of the later round, under its policy."""
    rows = connection.execute(
        """SELECT a.name, a.uscc, a.county, a.township, a.org_form, a.org_founded_on, a.members_formal,
            a.members_total, m.gap IS DISTINCT FROM $gap AS new
        FROM marks_after x JOIN after a ON a.row = x.row
        LEFT JOIN pairs p ON p.new = a.row LEFT JOIN marks_before m ON m.row = p.old
        WHERE x.gap = $gap ORDER BY new DESC, a.row""",
        {"gap": Gap.SHOULD_BE_STANDALONE.value},
    ).fetchall()
    found = (dict(zip(_NAMES, row, strict=True)) for row in rows)
    return tuple(ConversionDue(**each, since=after.as_of if each["new"] else before.as_of) for each in found)
