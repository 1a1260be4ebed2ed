"""A frame with formal intervals in; beside each joint branch's row, what its other rows say of units and members.

Rows belong to one branch if they are in one county and name the same joint organisation (blanks and full-width
brackets do not matter). Excluded organisations no longer belong to it.
"""

import narwhals as nw

from coverage_census.model import OrgForm
from coverage_census.policy import frames
from coverage_census.policy.columns import Columns
from coverage_census.policy.facts import interval
from coverage_census.policy.frames import Frame

KEY = "joint_key"
_BLANKS = "[ \t\r\n\u00a0\u3000]"  # spelt out: engines differ in what \s means


def key() -> nw.Expr:
    """What the rows of one joint branch share; null for every other row."""
    belongs = (nw.col("org_form") == OrgForm.JOINT.value).fill_null(False) & ~nw.col("excluded")
    name = nw.col("org_name").str.replace_all(_BLANKS, "").str.replace_all("（", "(", literal=True)
    name = name.str.replace_all("）", ")", literal=True)
    branch = nw.concat_str(nw.col("county").fill_null(""), name, separator="/")
    return nw.when(belongs & ~nw.col("org_name").is_null()).then(branch)


def add(frame: Frame) -> Frame:
    """The frame (with `key()` as `KEY`) and what the rows of its branch add up to, for `facts.joint_branch`."""
    low, high = interval(Columns(), "joint_units")
    unclear = nw.col("formal_high").is_null().cast(nw.Int64)
    each = {"joint_sum_low": nw.col("formal_low"), "joint_sum_high": nw.col("formal_high"), "joint_unclear": unclear}
    stated = {"joint_stated_low": low, "joint_stated_high": high}
    row = nw.when(~nw.col(KEY).is_null()).then(nw.lit(1)).alias("joint_rows")
    branches = (
        frame
        .filter(~nw.col(KEY).is_null())
        .select(KEY, row, *(value.alias(name) for name, value in (each | stated).items()))
        .group_by(KEY)
        .agg(*(nw.col(name).sum() for name in ("joint_rows", *each)), *(nw.col(name).max() for name in stated))
        .select(KEY, *(nw.col(name).cast(nw.Int64) for name in ("joint_rows", *each, *stated)))
    )
    return frames.beside(frame, branches, on=KEY)
