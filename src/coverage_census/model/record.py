"""What every record is built from: frozen, strict about names, and a note on what each field holds."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Holds = Literal["text", "count", "flag", "date", "number", "choice", "star"]


@dataclass(frozen=True)
class About:
    """What a field holds, is called and means; `unit` is the Chinese unit word (名, 万元, 元) or None."""

    holds: Holds
    zh: str
    en: str
    group: str
    unit: str | None = None
    meaning_zh: str = ""
    meaning_en: str = ""


Count = Annotated[int, Field(ge=0)]
PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""An ISO date of the precision that is known: `2013`, `2013-06` or `2013-06-01`."""


class Record(BaseModel):
    """Base of all records: frozen, and strict about names."""

    # A record builds its validator when it is first used: most commands use a few of them only.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
