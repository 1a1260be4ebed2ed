"""What every record is built from: frozen, strict about names, and a note on what each field holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

Holds = Literal["text", "count", "flag", "date", "number", "choice", "star"]


YUAN = {"元": 1.0, "千元": 1e3, "万元": 1e4, "百万元": 1e6, "亿元": 1e8}
"""What a unit of money comes to in yuan."""


@dataclass(frozen=True)
class About:
    """All that is known of a field but its headings: what it holds, is called and means.

    `unit` is the Chinese unit word (名, 家, 万元, 元) or None. `shared`: over merged rows its number holds of each of
    them (指导员 of three firms), where any other count or sum would have to be shared out. `of_branch`: it speaks of
    the Party organisation, and of nothing once there is none (撤销).
    """

    holds: Holds
    zh: str
    en: str
    group: str
    unit: str | None = None
    meaning_zh: str = ""
    meaning_en: str = ""
    shared: bool = False
    of_branch: bool = False

    @property
    def yuan(self) -> float | None:
        """What one of its unit comes to in yuan; None where it is no money."""
        return YUAN.get(self.unit or "")


Row: TypeAlias = dict[str, Any]
"""One organisation by field, as tables, rules and plans pass it on: a text, a number, a flag, or None for unknown."""

Facts: TypeAlias = Mapping[str, Any]
"""The same, only looked at."""

Json: TypeAlias = dict[str, Any]
"""A document, or a part of one, as JSON and TOML hold it."""

JsonView: TypeAlias = Mapping[str, Any]
"""The same, only looked at."""

Count = Annotated[int, Field(ge=0)]
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""An ISO date of the precision that is known: `2013`, `2013-06` or `2013-06-01`."""


class Record(BaseModel):
    """Base of all records: frozen, and strict about names."""

    # A record builds its validator when it is first used: most commands use a few of them only.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
