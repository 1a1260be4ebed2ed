"""Rows in; the columns by which their identity is decided, folded so that spellings do not matter, out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coverage_census.names.core_name import Cores
from coverage_census.names.town_word import without_town_word

Text = str | None

# The columns of a table that `keys` wants.
IDENTITY = ("name", "uscc", "county", "township", "kind")
PLACED = (*IDENTITY, "address")
"""With what tells two of one name apart: 便民超市 at 城南路3号 and at 城北路81号."""


@dataclass(frozen=True)
class Keys:
    """What identity is decided by, one list a column; `township` without its 乡镇街道, so that 首阳 is 首阳镇."""

    uscc: list[Text]
    core: list[str]
    region: list[Text]
    county: list[Text]
    township: list[Text]
    kind: list[Text]
    address: list[Text]

    def at(self, rows: Sequence[int]) -> "Keys":
        """The keys of some rows."""
        columns = (self.uscc, self.core, self.region, self.county, self.township, self.kind, self.address)
        return Keys(*([column[row] for row in rows] for column in columns))  # type: ignore[arg-type]


def keys(columns: Mapping[str, list[Any]], cores: Cores) -> Keys:
    """The keys of rows, given their columns `name`, `uscc`, `county`, `township`, `kind` and perhaps `address`."""
    township = columns["township"]
    address = columns.get("address") or [None] * len(township)
    folded = {each: without_town_word(each) for each in set(township)}
    core, region = cores.of(columns["name"], columns["county"])
    return Keys(
        columns["uscc"], core, region, columns["county"], [folded[each] for each in township], columns["kind"], address
    )


def fits(one: Text, other: Text) -> bool:
    """Equal, or one of them unknown."""
    return one is None or other is None or one == other
