"""Paying: who forgets, who will not, who cannot, and how much comes.

Attention, engagement and means are three things: a reminder acts on the first, a conversation on
the second, relief on the third.
"""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Mask, Rows, WhyMissed
from sim.clock import MONTH, NEVER
from sim.luck import Floats, Purpose, daily_hazard, hazard, offset, uniform
from sim.money import half_up
from sim.scenario.schema import Behaviour


def forgets(book: Book, rows: Rows, day: int) -> Mask:
    """Return who forgets the due date ``day``."""
    return uniform(Purpose.FORGETTING, day, book.fate[rows]) < book.forgetting_probability[rows]


def schedule_remembering(book: Book, rows: Rows, day: int, behaviour: Behaviour) -> None:
    """Set the day each forgetter remembers by itself, where that is before the next due date."""
    book.why_missed[rows] = WhyMissed.FORGOT
    u = uniform(Purpose.REMEMBERING, day, book.fate[rows])
    after = offset(daily_hazard(behaviour.remembering_per_day), u)
    book.next_payment_day[rows] = np.where(after < MONTH - 1, day + 1 + after, NEVER)


def skips(book: Book, rows: Rows, day: int, behaviour: Behaviour) -> Mask:
    """Return the opportunists who skip the due date ``day`` though able."""
    unwilling = book.opportunist[rows].copy()
    u = uniform(Purpose.SKIPPING, day, book.fate[rows[unwilling]])
    unwilling[unwilling] = u < behaviour.skipping
    return unwilling


def affordable(owed: Int64, cash: Int64, instalment: Int64, behaviour: Behaviour) -> Int64:
    """Return what each household pays: all, what it has if that is worth bringing, or nothing."""
    least = np.maximum(1, half_up(behaviour.partial_share * instalment))
    return np.where(cash >= owed, owed, np.where(cash >= least, cash, 0))


def schedule_reconsidering(book: Book, rows: Rows, day: int, behaviour: Behaviour) -> None:
    """Set the next of the fixed days after the due date on which each will look again."""
    if not behaviour.reconsider_days:
        book.next_payment_day[rows] = NEVER
        return
    since_due = book.days_since_due(rows, day)
    again = np.array(behaviour.reconsider_days, dtype=np.int64)
    following = np.searchsorted(again, since_due, side="right")
    days = np.append(again, 0)[following] - since_due + day
    book.next_payment_day[rows] = np.where(following < len(again), days, NEVER)


def schedule_disengagement(
    book: Book,
    rows: Rows,
    unpaid: Int64,
    day: int,
    strain: Floats,
    behaviour: Behaviour,
    gain: float,
) -> None:
    """Set the day in the next 30 on which each stops dealing with the lender, if one comes.

    ``unpaid`` counts instalments; ``strain`` raises the chance by ``gain`` for each unit.
    """
    u = uniform(Purpose.DISENGAGEMENT, day, book.fate[rows]) / (1 + gain * strain)
    by_unpaid = (
        behaviour.disengagement_first,
        behaviour.disengagement_second,
        behaviour.disengagement_later,
    )
    after = np.full(len(rows), MONTH)
    for instalments, monthly in enumerate(by_unpaid, start=1):
        those = np.minimum(unpaid, len(by_unpaid)) == instalments
        after[those] = offset(hazard(monthly), u[those])
    leaves = after < MONTH
    book.disengage_day[rows[leaves]] = day + 1 + after[leaves]
