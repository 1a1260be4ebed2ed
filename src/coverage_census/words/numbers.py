"""Figures as people write them: percentages half-up with one decimal, a dash where the denominator is 0."""

from decimal import ROUND_HALF_UP, Decimal

DASH = "—"


def percent(numerator: int, denominator: int, decimals: int = 1) -> str:
    """`316, 3222` gives `9.8%`; a denominator of 0 gives a dash."""
    found = rounded_percent(numerator, denominator, decimals)
    return DASH if found is None else f"{found}%"


def rounded_percent(numerator: int, denominator: int, decimals: int = 1) -> Decimal | None:
    """Half-up, as official tables do; None where there is nothing to divide by."""
    if denominator == 0:
        return None
    return (Decimal(100 * numerator) / denominator).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
