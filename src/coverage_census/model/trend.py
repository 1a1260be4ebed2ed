"""How rates moved from period to period (趋势), each under the policy of its own day."""

from coverage_census.model.decision import PolicyStamp
from coverage_census.model.record import Record


class TrendRate(Record):
    """One rate of one period; `unknown`: organisations of which it cannot be told on which side they are."""

    code: str
    label: str
    numerator: int
    denominator: int
    unknown: int
    rate: float | None  # None where the denominator is 0


class TrendLine(Record):
    """One period (期) at its cut-off: its living organisations and its rates, with the policy that was asked.

    `gone` are 注销、迁出.
    """

    round: int
    name: str | None
    period: str | None
    as_of: str
    organisations: int
    rates: tuple[TrendRate, ...]
    policy: PolicyStamp
    gone: int = 0
