"""A frame with formal intervals in; beside each joint branch's row, what its other rows say of units and members.

Rows belong to one branch if they are in one county and name the same joint organisation (blanks and full-width
brackets do not matter). Excluded organisations no longer belong to it.
"""

import narwhals as nw

from coverage_census.model import OrgForm
from coverage_census.policy.columns import Columns
from coverage_census.policy.facts import JOINT_COLUMNS, interval
from coverage_census.policy.frames import Frame

KEY = "joint_key"
_BLANKS = "[ \t\r\n\u00a0\u3000]"      # spelt out: engines differ in what \s means


def key() -> nw.Expr:
    """What the rows of one joint branch share; null for every other row."""
    belongs = (nw.col("org_form") == OrgForm.JOINT.value).fill_null(False) & ~nw.col("excluded")
    name = nw.col("org_name").str.replace_all(_BLANKS, "").str.replace_all("（", "(", literal=True)
    name = name.str.replace_all("）", ")", literal=True)
    branch = nw.concat_str(nw.col("county").fill_null(""), name, separator="/")
    return nw.when(belongs & ~nw.col("org_name").is_null()).then(branch)


def add(frame: Frame) -> Frame:
    """The frame, which has `key()` as `KEY`, with `facts.JOINT_COLUMNS`; the key goes."""
    low, high = interval(Columns(), "joint_units")
    formal = nw.col("formal_high")
    branches = (
        frame.filter(~nw.col(KEY).is_null())
        .select(KEY, "formal_low", "formal_high", low.alias("stated_low"), high.alias("stated_high"))
        .group_by(KEY)
        .agg(
            nw.len().cast(nw.Int64).alias("joint_rows"),
            nw.col("stated_low").max().cast(nw.Int64).alias("joint_stated_low"),
            nw.col("stated_high").max().cast(nw.Int64).alias("joint_stated_high"),
            nw.col("formal_low").sum().cast(nw.Int64).alias("joint_sum_low"),
            formal.sum().cast(nw.Int64).alias("joint_sum_high"),
            (nw.len() - formal.count()).cast(nw.Int64).alias("joint_unclear"),
        )
    )
    return frame.join(branches, on=KEY, how="left")
