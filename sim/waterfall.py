"""The waterfall: how a payment is split over the components of what is owed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from sim.money import Money, ceil_div

Waterfall = Literal["horizontal", "vertical", "principal_first"]

COMPONENTS: Final = ("costs", "penalty", "late_interest", "interest", "principal")
"""What is owed, in the order of a payment."""
PENALTY: Final = COMPONENTS.index("penalty")
INTEREST: Final = COMPONENTS.index("interest")
PRINCIPAL: Final = COMPONENTS.index("principal")


def split(
    amount: Money,
    due: Money,
    instalment: Money,
    waterfall: Waterfall,
    in_default: Callable[[], npt.NDArray[np.bool_]],
) -> Money:
    """Return what of each amount, at most all that is due, goes to each component.

    What is due, and what is paid of it, has a row for each of ``COMPONENTS``. ``in_default`` tells
    whose loan is, where the order depends on it.

    Source: ``principal_first`` is what lenders do who want the principal of old debt down first;
    costs, interest, principal is the order of China's Civil Code, article 561.
    """
    if waterfall == "vertical":
        return _in_turn(amount, due)
    paid = _oldest_first(amount, due, instalment)
    if waterfall == "principal_first":
        return np.where(in_default(), _in_turn(amount, due[::-1])[::-1], paid)
    return paid


def _in_turn(amount: Money, due: Money) -> Money:
    """Pay each component in full before the next."""
    reached: Money = np.minimum(due.cumsum(axis=0), amount)
    paid = reached.copy()
    paid[1:] -= reached[:-1]
    return paid


def _oldest_first(amount: Money, due: Money, instalment: Money) -> Money:
    """Pay instalment by instalment, oldest first; the oldest carries an equal share of the rest.

    The book keeps arrears by component, not by instalment.
    """
    left = amount
    rest = due
    while True:
        overdue = rest[INTEREST] + rest[PRINCIPAL]
        going = (left > 0) & (overdue > 0)
        if not going.any():
            break
        unpaid = np.maximum(1, ceil_div(overdue, instalment))
        oldest = overdue - (unpaid - 1) * instalment
        share = ceil_div(rest, unpaid)
        share[INTEREST] = np.minimum(share[INTEREST], oldest)
        share[PRINCIPAL] = oldest - share[INTEREST]
        paid = _in_turn(left * going, share)
        left = left - paid.sum(axis=0)
        rest = rest - paid
    return due - rest + _in_turn(left, rest)
