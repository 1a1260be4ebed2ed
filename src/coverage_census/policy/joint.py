"""A frame with formal intervals in; beside each joint branch's row, what its other rows say of units and members.

Rows belong to one branch if they are in one county and name the same joint organisation (blanks and full-width
brackets do not matter). Whoever is gone (注销, 迁出) no longer belongs to it; whoever a policy merely leaves out of its
denominator (too small, suspended) still does.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from coverage_census.model.choices import OperatingStatus, OrgForm
from coverage_census.policy import frames
from coverage_census.policy.facts import interval
from coverage_census.policy.frames import Frame

if TYPE_CHECKING:
    import narwhals as nw

KEY = "joint_key"
GONE = (OperatingStatus.CLOSED.value, OperatingStatus.MOVED.value)
"""Whoever is gone is in no branch any more."""
COLUMNS = (
    "joint_rows", "joint_sum_low", "joint_sum_high", "joint_sum_members", "joint_unclear",
    "joint_stated_low", "joint_stated_high",
)  # fmt: skip
"""What `add` adds for `facts.joint_branch`: sums, and the largest number stated."""

_BLANKS = "[ \t\r\n\u00a0\u3000]"  # spelt out: engines differ in what \s means


def key() -> "nw.Expr":
    """What the rows of one joint branch share; null for every other row."""
    import narwhals as nw

    belongs = (nw.col("org_form") == OrgForm.JOINT.value).fill_null(False)
    belongs &= ~nw.col("operating_status").is_in(GONE).fill_null(False)
    branch = nw.concat_str(nw.col("county").fill_null(""), _name(), separator="/")
    return nw.when(belongs & ~nw.col("org_name").is_null()).then(branch)


def branch(row: Mapping[str, Any]) -> str | None:
    """The same of one row; None: it is in no joint branch."""
    if row.get("org_form") != OrgForm.JOINT.value or row.get("org_name") is None or row.get("operating_status") in GONE:
        return None
    return f"{row.get('county') or ''}/{_plain(row['org_name'])}"


def around(row: Mapping[str, Any]) -> "nw.Expr | None":
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

    from coverage_census.policy.columns import Columns

    low, high = interval(Columns(), "joint_units")
    one, unclear = nw.when(~nw.col(KEY).is_null()).then(nw.lit(1)), nw.col("formal_high").is_null().cast(nw.Int64)
    each = (one, nw.col("formal_low"), nw.col("formal_high"), nw.col("members_low"), unclear, low, high)
    summed, largest = COLUMNS[:5], COLUMNS[5:]
    branches = (
        frame
        .filter(~nw.col(KEY).is_null())
        .select(KEY, *(value.alias(name) for name, value in zip(COLUMNS, each, strict=True)))
        .group_by(KEY)
        .agg(*(nw.col(name).sum() for name in summed), *(nw.col(name).max() for name in largest))
    )
    return frames.beside(frame, branches, on=KEY)
