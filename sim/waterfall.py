"""The waterfall: how a payment is split over the components of what is owed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.money import Money, ceil_div

Waterfall = Literal["horizontal", "vertical", "principal_first"]


class Due(NamedTuple):
    """What is owed by component, in the order of a payment, or what is paid of it."""

    costs: Money
    penalty: Money
    late_interest: Money
    interest: Money
    principal: Money


def split(
    amount: Money,
    due: Due,
    instalment: Money,
    waterfall: Waterfall,
    in_default: Callable[[], npt.NDArray[np.bool_]],
) -> Due:
    """Return what of each amount, at most all that is due, goes to each component.

    ``in_default`` tells whose loan is, where the order depends on it.

    Source: ``principal_first`` is what lenders do who want the principal of old debt down first;
    costs, interest, principal is the order of China's Civil Code, article 561.
    """
    if waterfall == "vertical":
        return _in_turn(amount, due)
    paid = _oldest_first(amount, due, instalment)
    if waterfall == "principal_first":
        defaulted = in_default()
        principal, interest, late_interest, penalty, costs = _in_turn(
            amount,
            (due.principal, due.interest, due.late_interest, due.penalty, due.costs),
        )
        reverse = Due(costs, penalty, late_interest, interest, principal)
        paid = Due(*(np.where(defaulted, a, b) for a, b in zip(reverse, paid, strict=True)))
    return paid


def _in_turn(amount: Money, due: tuple[Money, Money, Money, Money, Money]) -> Due:
    """Pay each component in full before the next."""
    left = amount
    paid = []
    for part in due:
        taken = np.minimum(part, left)
        left = left - taken
        paid.append(taken)
    return Due(*paid)


def _oldest_first(amount: Money, due: Due, instalment: Money) -> Due:
    """Pay instalment by instalment, oldest first; the oldest carries an equal share of the rest.

    The book keeps arrears by component, not by instalment.
    """
    left = amount
    rest = due
    while True:
        overdue = rest.interest + rest.principal
        going = (left > 0) & (overdue > 0)
        if not going.any():
            break
        unpaid: Money = np.maximum(1, ceil_div(overdue, instalment))
        oldest = overdue - (unpaid - 1) * instalment
        of_interest = np.minimum(ceil_div(rest.interest, unpaid), oldest)
        share = Due(
            ceil_div(rest.costs, unpaid),
            ceil_div(rest.penalty, unpaid),
            ceil_div(rest.late_interest, unpaid),
            of_interest,
            oldest - of_interest,
        )
        paid = _in_turn(np.where(going, left, 0), share)
        left = left - sum(paid)
        rest = Due(*(a - b for a, b in zip(rest, paid, strict=True)))
    residue = _in_turn(left, rest)
    return Due(*(a - b + c for a, b, c in zip(due, rest, residue, strict=True)))
