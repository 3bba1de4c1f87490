"""Money: integer minor units, one rounding rule, and the level instalment."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Money = npt.NDArray[np.int64]

BASIS_POINTS = 10_000
INTEREST_UNIT = 3_600_000
"""An interest numerator (amount x basis points x days) of this size is one minor unit (30/360)."""


def half_up(value: npt.NDArray[Any]) -> Money:
    """Return money for a float amount: rounded to the nearest minor unit, halves up."""
    rounded: Money = np.floor(value + 0.5).astype(np.int64)
    return rounded


def ceil_div(dividend: Money, divisor: Money | int) -> Money:
    """Return the quotient rounded up, exact below 2**53; NumPy divides floats in half the time."""
    return np.ceil(dividend / divisor).astype(np.int64)


def share_of(amount: Money, share_bp: Money | int) -> Money:
    """Return the share of an amount in basis points, rounded half up."""
    return (amount * share_bp + BASIS_POINTS // 2) // BASIS_POINTS


def interest(
    base: Money, rate_bp: npt.NDArray[Any], days: Money | int, remainder: npt.NDArray[Any]
) -> tuple[Money, Money]:
    """Return whole minor units of interest and the numerator that remains below one (30/360).

    With the remainder kept, 30 times one day equals once 30 days.
    """
    numerator = base * rate_bp * days + remainder
    whole = numerator // INTEREST_UNIT
    return whole, numerator - whole * INTEREST_UNIT


@lru_cache(maxsize=4096)
def annuity(rate_bp: int, months: int) -> float:
    """Return the level monthly payment per unit of principal over ``months`` at ``rate_bp`` a year.

    Made by repeated multiplication, because ``pow`` differs in its last bit between processors.
    """
    if rate_bp == 0:
        return 1 / months
    monthly = rate_bp / 120_000
    growth = 1.0
    for _ in range(months):
        growth = growth * (1 + monthly)
    return monthly * growth / (growth - 1)


def annuities(
    rate_bp: npt.NDArray[np.int32], months: npt.NDArray[np.int16]
) -> npt.NDArray[np.float64]:
    """Return ``annuity`` for each pair of rate and number of months."""
    pairs = zip(rate_bp.tolist(), months.tolist(), strict=True)
    return np.array([annuity(rate, count) for rate, count in pairs], dtype=np.float64)


def level_instalment(principal: Money, factor: npt.NDArray[np.float64]) -> Money:
    """Return the level instalment, rounded up so that the last one is never the largest."""
    return np.floor(principal * factor).astype(np.int64) + 1
