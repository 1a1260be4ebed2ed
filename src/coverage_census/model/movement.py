"""How a rate moved between two rounds, cause by cause; and how many were covered from period to period."""

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """Why a rate moved; in this order one is added to the next."""

    POLICY = "policy"  # 口径变化
    BUILT = "newly_built"  # 新组建
    REGISTERED = "newly_registered"  # 新登记、新报来
    REOPENED = "reopened"  # 恢复经营: gone before, living now
    DISSOLVED = "org_dissolved"  # 撤销党组织
    CLOSED = "closed_out"  # 注销、吊销、迁出
    EXCLUDED = "excluded"  # 空壳等，按口径不计或重新计入
    CORRECTED = "corrected_data"  # 数据更正


@dataclass(frozen=True)
class CauseStep:
    """What one cause did: organisations concerned, and what it added above and below the line.

    `rate` is what the rate moved when this cause came after those before it; the steps add up exactly.
    """

    cause: Cause
    organisations: int
    numerator: int
    denominator: int
    rate: float | None


@dataclass(frozen=True)
class Movement:
    """The way of one rate from the earlier round to the later one."""

    code: str
    numerator_before: int
    denominator_before: int
    numerator_after: int
    denominator_after: int
    steps: tuple[CauseStep, ...]


@dataclass(frozen=True)
class Trend:
    """One line of the trend: how many living organisations of a period had a Party organisation at its cut-off."""

    round: int
    name: str | None
    period: str | None
    as_of: str
    organisations: int
    covered: int
    gone: int = 0  # 注销、迁出, in neither count
