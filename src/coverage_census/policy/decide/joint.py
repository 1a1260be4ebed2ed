"""A frame with formal intervals in; beside each joint branch's row, what its other rows say of units and members.

Rows belong to one branch if they are in one county and name the same joint organisation (blanks and full-width
brackets do not matter). Whoever is gone (注销, 迁出) no longer belongs to it; whoever a policy merely leaves out of its
denominator (too small, suspended) still does.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from coverage_census.model.choices import OrgForm, is_gone
from coverage_census.model.record import Facts
from coverage_census.policy.decide import frames
from coverage_census.policy.decide.frames import Frame
from coverage_census.policy.language.facts import interval

if TYPE_CHECKING:
    import narwhals as nw

KEY = "joint_key"
COLUMNS = (
    "joint_rows", "joint_sum_low", "joint_sum_high", "joint_sum_members", "joint_sum_members_high", "joint_unclear",
    "joint_members_unclear", "joint_stated_low", "joint_stated_high",
)  # fmt: skip
"""What `add` adds for `facts.joint_branch`: sums, and the largest number stated."""
COUNTED = ("formal_low", "formal_high", "members_low", "members_most")
"""What each row counts; how many rows leave an upper end open is counted too."""
LOST = "joint_gone"
"""And how many rows of the branch are gone: a number of units that was stated may count them still."""

_BLANKS = "[ \t\r\n\u00a0\u3000]"  # spelt out: engines differ in what \s means


def key() -> "nw.Expr":
    """What the rows of one joint branch share; null for every other row."""
    import narwhals as nw

    return nw.when(~nw.col("gone")).then(_named())


def _named() -> "nw.Expr":
    """The branch that a row names, gone or not."""
    import narwhals as nw

    belongs = (nw.col("org_form") == OrgForm.JOINT.value).fill_null(False)
    branch = nw.concat_str(nw.col("county").fill_null(""), _name(), separator="/")
    return nw.when(belongs & ~nw.col("org_name").is_null()).then(branch)


def lost(rows: Iterable[Facts]) -> Counter[str]:
    """Branch → its rows that are gone (注销、迁出)."""
    gone = (row for row in rows if is_gone(row.get("operating_status")))
    return Counter(name for row in gone if (name := _branch_named(row)) is not None)


def branch(row: Facts) -> str | None:
    """`key` of one row; None: it is in no joint branch, or gone and in none any more."""
    return None if is_gone(row.get("operating_status")) else _branch_named(row)


def _branch_named(row: Facts) -> str | None:
    if row.get("org_form") != OrgForm.JOINT.value or row.get("org_name") is None:
        return None
    return f"{row.get('county') or ''}/{_plain(row['org_name'])}"


def around(row: Facts) -> "nw.Expr | None":
    """Which rows of a ledger may be in one joint branch with this one; None: it is in none. A filter, cheap on any
    number of rows, so that one organisation can be explained without its whole province."""
    import narwhals as nw

    if branch(row) is None:
        return None
    county = nw.col("county").fill_null("") == (row.get("county") or "")
    return (nw.col("org_form") == OrgForm.JOINT.value) & county & (_name() == _plain(row["org_name"]))


def _plain(name: str) -> str:
    return re.sub(_BLANKS, "", name).replace("（", "(").replace("）", ")")


def _name() -> "nw.Expr":
    import narwhals as nw

    name = nw.col("org_name").str.replace_all(_BLANKS, "").str.replace_all("（", "(", literal=True)
    return name.str.replace_all("）", ")", literal=True)


def add(frame: Frame) -> Frame:
    """The frame (with `key()` as `KEY`) and what the rows of its branch add up to, for `facts.joint_branch`."""
    import narwhals as nw

    from coverage_census.policy.language.column_algebra import Columns

    low, high = interval(Columns(), "joint_units")
    inside = ~nw.col(KEY).is_null()
    counted = [nw.col(name) for name in COUNTED]
    unclear = [nw.col(name).is_null().cast(nw.Int64) for name in (COUNTED[1], COUNTED[3])]
    each = (nw.lit(1), *counted, *unclear, low, high)
    summed, largest = (*COLUMNS[:-2], LOST), COLUMNS[-2:]
    gone = nw.when(nw.col("gone")).then(nw.lit(1)).alias(LOST)
    shown = (nw.when(inside).then(value).alias(name) for name, value in zip(COLUMNS, each, strict=True))
    branches = (
        frame
        .filter(~_named().is_null())
        .select(_named().alias(KEY), *shown, gone)
        .group_by(KEY)
        .agg(*(nw.col(name).sum() for name in summed), *(nw.col(name).max() for name in largest))
    )
    return frames.beside(frame, branches, on=KEY)
