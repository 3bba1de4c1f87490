"""Recovery: what charged-off debt still brings: late payments, or the price of a sale.

A claim pays less the older it is, and is priced accordingly.
"""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Rows, Status
from sim.clock import MONTH
from sim.facts import claim
from sim.luck import Floats, Purpose, decay, uniform
from sim.money import half_up
from sim.scenario.schema import AfterChargeOff, Policy, Recovery


def bring_in(book: Book, rows: Rows, day: int, recovery: Recovery, policy: Policy) -> None:
    """Sell charged-off debt on its due day, or take what it pays this month."""
    after = policy.collections.recovery
    if after.route == "none":
        return
    rows = rows[(book.status[rows] == Status.CHARGED_OFF) & (book.charged_off_day[rows] < day)]
    claimed = claim(book, rows)
    rows, claimed = rows[claimed > 0], claimed[claimed > 0]
    since = (day - book.charged_off_day[rows]).astype(np.int64)
    if after.route == "sale":
        ready = since >= MONTH * after.sell_after_months
        age = since + policy.servicing.charge_off_dpd
        _sell(book, rows[ready], claimed[ready], age[ready], after)
        rows, claimed, since = rows[~ready], claimed[~ready], since[~ready]
    _collect(book, rows, claimed, since, day, recovery, after)


def _sell(book: Book, rows: Rows, claimed: Int64, age: Int64, after: AfterChargeOff) -> None:
    """Sell debt at the price of its age in days; nothing more comes of it."""
    price = _by_age(
        age, (365, 730), (after.price_first_year, after.price_second_year, after.price_later)
    )
    book.sale_proceeds[rows] = half_up(claimed * price)
    book.sold[rows] = True


def _collect(
    book: Book,
    rows: Rows,
    claimed: Int64,
    since: Int64,
    day: int,
    recovery: Recovery,
    after: AfterChargeOff,
) -> None:
    """Take what some pay of the claim, fewer the older it is; collecting it has its price."""
    left = decay(recovery.half_life_months)
    chance = recovery.pays_per_month * left[np.minimum(since // MONTH, len(left) - 1)]
    cost = after.in_house_cost
    if after.route == "agency":
        chance = chance * recovery.agency_factor
        cost = after.agency_commission
    pays = uniform(Purpose.LATE_PAYS, day, book.fate[rows]) < chance
    payers, claimed = rows[pays], claimed[pays]
    amount = np.minimum(claimed, np.maximum(1, half_up(claimed * recovery.part)))
    book.late_recovered[payers] += amount
    book.commissions[payers] += half_up(amount * cost)


def _by_age(age: Int64, below: tuple[int, int], values: tuple[float, float, float]) -> Floats:
    """Return the first value below the first age, the second below the second, else the last."""
    return np.array(values)[np.searchsorted(below, age, side="right")]
