"""What a form asks about 注销 (吊销、迁出) in; whether those that are gone go into it, and what became of them, out."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal

from coverage_census.ingest.headings.columns import Column
from coverage_census.model.choices import OperatingStatus, is_gone
from coverage_census.model.filling import StatusStanding
from coverage_census.model.organisation import Organisation

Asks = Literal["no", "too", "only"]
"""For those that are gone: not at all; beside the living ones; for nobody else (注销单位名单)."""

_GONE = re.compile(r"注销|吊销|迁出")
_LIVING_ONLY = re.compile(
    r"(?:不含|不包括|不计|不填|不列|除去?|剔除|扣除)[^，。；;,]{0,12}(?:注销|吊销|迁出)|(?:注销|吊销|迁出)[^，。；;,]{0,10}(?:除外|不计|不填|不列|不含|不纳入)"
)
_TOO = re.compile(r"(?:含|包括|连同|及|和|与|全部|所有)[^，。；;,]{0,12}(?:注销|吊销|迁出)")


def asks(columns: Iterable[Column], titles: Sequence[str]) -> Asks:
    """By a column (经营状态、注销标志), else by what stands above the table or as the sheet's name."""
    if any(not each.dropped and (each.field == "operating_status" or _GONE.search(each.heading)) for each in columns):
        return "too"
    for said in titles:
        if _GONE.search(said) and not _LIVING_ONLY.search(said):
            return "too" if _TOO.search(said) else "only"
    return "no"


def refused(each: Organisation, asked: Asks) -> str | None:
    """Why a form is not for the organisation; None where it is."""
    if is_gone(each.operating_status):
        return "gone" if asked == "no" else None
    return "living" if asked == "only" else None


def told(every: Sequence[Organisation], put_in: set[int]) -> tuple[StatusStanding, StatusStanding]:
    """Of all that could go in, those that are gone and the shells: how many there are, and how many are in the form;
    `put_in` are ids of objects."""
    gone = [each for each in every if is_gone(each.operating_status)]
    shells = [each for each in every if each.operating_status is OperatingStatus.SHELL]
    found = (
        StatusStanding(count=len(some), filled=sum(id(each) in put_in for each in some)) for some in (gone, shells)
    )
    return next(found), next(found)
