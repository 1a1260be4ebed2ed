"""Figures as people write them: percentages half-up with one decimal, a dash where the denominator is 0."""

from decimal import ROUND_HALF_UP, Decimal


def percent(numerator: int, denominator: int, decimals: int = 1) -> str:
    """`316, 3222` gives `9.8%`; a denominator of 0 gives a dash."""
    if denominator == 0:
        return "—"
    step = Decimal(1).scaleb(-decimals)
    return f"{(Decimal(100 * numerator) / Decimal(denominator)).quantize(step, ROUND_HALF_UP)}%"
