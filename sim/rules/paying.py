"""Paying: who forgets, who will not, who cannot, and how much comes.

Attention, engagement and means are three things: a reminder acts on the first, a conversation on
the second, relief on the third.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from sim.book import Book, Int64, Mask, Rows, WhyMissed
from sim.clock import MONTH, NEVER
from sim.facts import conditional_waiver_open, settlement_open
from sim.luck import Floats, Purpose, daily_hazard, hazard, offset, uniform
from sim.scenario.schema import Behaviour, Contact, Servicing


def forgets(book: Book, rows: Rows, day: int) -> Mask:
    """Return who forgets the due date ``day``."""
    return uniform(Purpose.FORGETTING, day, book.fate[rows]) < book.forgetting_probability[rows]


def returns(book: Book, rows: Rows, day: int, behaviour: Behaviour) -> Mask:
    """Let some of the disengaged deal with the lender again, unprompted; return who does."""
    u = uniform(Purpose.RETURNING, day, book.fate[rows])
    back: Mask = u < behaviour.returns_per_month
    book.disengage_day[rows[back]] = NEVER
    return back


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


def on_auto_debit(book: Book, rows: Rows, servicing: Servicing) -> Mask:
    """Return from whose account the lender takes what is due."""
    debited: Mask = book.auto_debit_luck[rows] < servicing.auto_debit_share
    return debited


def waits(book: Book, rows: Rows, day: int, behaviour: Behaviour) -> Mask:
    """Return who holds back because a waiver has been announced, and none is held yet."""
    tempted: Mask = book.aware[rows] & (book.waiver_bp[rows] == 0)
    tempted[tempted] = (
        uniform(Purpose.WAITING, day, book.fate[rows[tempted]]) < behaviour.waits_for_waiver
    )
    return tempted


def volunteers(book: Book, rows: Rows, day: int, behaviour: Behaviour) -> Mask:
    """Return who, in a deferral and owing no arrears, pays the due date all the same."""
    willing: Mask = uniform(Purpose.VOLUNTARY, day, book.fate[rows]) < behaviour.pays_in_holiday
    return willing


def wants_to_pay_off(book: Book, rows: Rows, day: int, behaviour: Behaviour) -> Mask:
    """Return who would end the loan today, savings allowing."""
    u = uniform(Purpose.EARLY_PAYOFF, day, book.fate[rows])
    wants: Mask = u < behaviour.early_payoff_per_month
    return wants


def return_from_holiday(book: Book, rows: Rows, day: int, behaviour: Behaviour) -> None:
    """Let habit be lost: some stop paying after a deferral, some put other lenders first.

    Not those whom the relief has won over.

    Source: one more month of a universal moratorium raised default (Dvara Research).
    """
    rows = rows[~book.grateful[rows]]
    months = (book.deferral_until_day[rows] - book.deferral_from_day[rows]) // MONTH
    fate = book.fate[rows]
    stops = uniform(Purpose.STOPPING, day, fate) < np.minimum(
        1.0, behaviour.stops_per_holiday_month * months
    )
    stops &= book.disengage_day[rows] == NEVER
    book.disengage_day[rows[stops]] = day
    demotes = uniform(Purpose.DEMOTING, day, fate) < np.minimum(
        1.0, behaviour.priority_lost_per_holiday_month * months
    )
    book.puts_us_first[rows[demotes]] = False


def looks_again(
    book: Book, rows: Rows, day: int, behaviour: Behaviour, servicing: Servicing
) -> Mask:
    """Return who, due today for any reason, looks at what can be paid.

    Only somebody short of money who reconsiders of its own accord may let the day pass.
    """
    looks = np.ones(len(rows), dtype=np.bool_)
    if behaviour.reconsiders == 1:
        return looks
    by_itself = (
        (book.why_missed[rows] == WhyMissed.UNABLE)
        & _on_one_of(behaviour.reconsider_days)[book.days_since_due(rows, day)]
        & ~on_auto_debit(book, rows, servicing)
        & ~settlement_open(book, rows, day)
        & ~conditional_waiver_open(book, rows, day)
    )
    luck = uniform(Purpose.RECONSIDERS, day, book.fate[rows[by_itself]])
    looks[by_itself] = luck < behaviour.reconsiders
    return looks


def keeps_promise(book: Book, rows: Rows, day: int, contact: Contact) -> Mask:
    """Return who does what it promised for today."""
    kept: Mask = uniform(Purpose.KEEPS_PROMISE, day, book.fate[rows]) < contact.keeps_promise
    return kept


def schedule_reconsidering(
    book: Book, rows: Rows, day: int, behaviour: Behaviour, servicing: Servicing
) -> None:
    """Set the next of the fixed days after the due date on which each will look again.

    An account on auto-debit is tried again on days of the lender's choice, too.
    """
    if not len(rows):
        return
    since_due = book.days_since_due(rows, day)
    wait = _days_to_next(behaviour.reconsider_days)[since_due]
    if servicing.auto_debit_share:
        tried = _days_to_next((*behaviour.reconsider_days, *servicing.retry_days))[since_due]
        wait = np.where(on_auto_debit(book, rows, servicing), tried, wait)
    book.next_payment_day[rows] = np.where(wait == NEVER, NEVER, day + wait)


@lru_cache(maxsize=64)
def _on_one_of(days_after_due: tuple[int, ...]) -> Mask:
    """Return for 0 to 29 days after the due date whether it is one of the days."""
    return np.isin(np.arange(MONTH), days_after_due)


@lru_cache(maxsize=64)
def _days_to_next(days_after_due: tuple[int, ...]) -> Int64:
    """Return for 0 to 29 days after the due date how long the next of the days is off."""
    waits = (
        min((after - since for after in days_after_due if after > since), default=NEVER)
        for since in range(MONTH)
    )
    return np.fromiter(waits, dtype=np.int64, count=MONTH)


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
