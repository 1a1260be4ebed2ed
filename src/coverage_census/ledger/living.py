"""The organisations of a ledger that are gone (注销、迁出) told apart from the living ones, in the words of SQL."""

from coverage_census.model.choices import GONE


def gone(of: str = "") -> str:
    """A test of the column `operating_status`, of the view `of` if one is named; never null: the unknown are living."""
    column = f"{of}.operating_status" if of else "operating_status"
    return f"coalesce({column} IN (" + ", ".join(f"'{each}'" for each in GONE) + "), false)"
