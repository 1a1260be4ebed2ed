"""Two rounds side by side and their policies in; advice, verdicts, and who is above and below the line, out as tables.

`marks_before` (the earlier round under its own policy), `marks_same` (the same facts under the later policy) and
`marks_after`, by `row`; and `touched` (`old`, `new`): the pairs of which anything in the marks can differ.
"""

from typing import TYPE_CHECKING, Any

from coverage_census.model.choices import OrgForm
from coverage_census.policy.decide import columns
from coverage_census.policy.figures import indicators as rates
from coverage_census.policy.files.policy import Policy

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

RATES = ("org_coverage", "overall_rate")
JOINT = "joint_regular"


def mark(connection: "DuckDBPyConnection", before: Policy, after: Policy, since: int | None) -> bool:
    """`since`: nothing but sheets of later rounds than that changed anything (`changes.only_reports`).

    Whether both policies say the same.
    """
    _mark(connection, "after", "marks_after", after)
    same = alike(before, after)
    if same and since is not None:
        _touched(connection, since)
        _mark(connection, "before_touched", "marks_touched", before)
        connection.execute(_AS_AFTER)
    else:
        connection.execute("CREATE VIEW touched AS SELECT * FROM pairs")
        _mark(connection, "before", "marks_before", before)
    if same:
        connection.execute("CREATE VIEW marks_same AS SELECT * FROM marks_before")
    else:
        _mark(connection, "before", "marks_same", after)
    return same


def has_joint(*policies: Policy) -> bool:
    """Whether all of them have a rule on joint branches."""
    return all(JOINT in each.rules for each in policies)


def alike(one: Policy, other: Policy) -> bool:
    """Whether the same was in force on both days."""
    return (one.version, one.parameters, one.rules.keys()) == (other.version, other.parameters, other.rules.keys())


def _touched(connection: "DuckDBPyConnection", since: int) -> None:
    """Who was named since, and every joint branch, whole: one row of it that changed may decide for the others."""
    connection.execute(
        f"""CREATE TEMP TABLE touched AS SELECT p.old, p.new FROM pairs p JOIN after a ON a.row = p.new
        WHERE a.confirmed_round > {since} OR a.org_form = '{OrgForm.JOINT}'"""
    )
    connection.execute("CREATE VIEW before_touched AS SELECT * FROM before WHERE row IN (SELECT old FROM touched)")


# Nobody named the others, and the same policy holds: they are as they were.
_AS_AFTER = """
CREATE TEMP TABLE marks_before AS SELECT * FROM marks_touched
UNION ALL SELECT p.old AS row, x.* EXCLUDE (row) FROM marks_after x JOIN pairs p ON p.new = x.row
WHERE p.old NOT IN (SELECT old FROM touched)
"""


def _mark(connection: "DuckDBPyConnection", view: str, table: str, policy: Policy) -> None:
    """Worked out once, because several questions are put to it."""
    import narwhals as nw

    rules = [rule for rule in ("formation", JOINT) if rule in policy.rules]
    frame = columns.columns(connection.view(view), policy, rules, {*rates.fields(RATES), "row"})
    joint = has_joint(policy)
    marks: dict[str, nw.Expr] = {
        "advice": nw.col("advice"),
        "verdict": nw.col("verdict_formation"),
        "gap": nw.col("gap_formation"),
        "excluded": nw.col("excluded"),
        "joint_verdict": nw.col(f"verdict_{JOINT}" if joint else "verdict_formation"),
        "joint_gap": nw.col(f"gap_{JOINT}" if joint else "gap_formation"),
    }
    for code in RATES:
        flags = rates.conditions(code)
        marks[f"n_{code}"] = nw.when(flags.numerator).then(nw.lit(1)).otherwise(nw.lit(0))
        marks[f"d_{code}"] = nw.when(flags.denominator).then(nw.lit(1)).otherwise(nw.lit(0))
    relation: Any = frame.select("row", *(mark.alias(name) for name, mark in marks.items())).to_native()
    relation.create(table)
