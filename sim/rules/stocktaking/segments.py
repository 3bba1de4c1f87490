"""Segments and cohorts: what a whole run came to for some of the borrowers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt

from sim.book import COLUMNS, Book, Mask, Status
from sim.clock import MONTH
from sim.columns import PAID
from sim.facts import days_past_due, late_rows
from sim.ledger import Totals
from sim.luck import Purpose, lognormal, quantile, uniform
from sim.rules import FELL_ILL, JOB_LOST, MET_DISASTER, Stock
from sim.scenario.schema import Cohort, Loans

Integers = npt.NDArray[Any]

SEGMENTS: Final = {
    "income": ("low", "middle", "high"),
    "record": ("clean", "late"),
    "shock": ("none", "job_loss", "illness", "disaster"),
}
"""By income at origination, by record before day 0, by shocks met since."""
LOW_INCOME, HIGH_INCOME = 3 / 4, 4 / 3
"""Bounds of the middle incomes, in medians."""
GROWING: Final = {
    "paid": (*PAID, "late_recovered", "sale_proceeds"),
    "complaints": ("complaints",),
    "relief_granted": tuple(name for name in COLUMNS if name.endswith("s_granted")),
    "adverse_marks": ("adverse_marks",),
}
"""What a segment is told of as the growth of columns since day 0."""
SEGMENT_ENTRIES: Final = (
    "members",
    "at_risk",
    "lost",
    "defaulted",
    "charged_off",
    "paid_off",
    "behind",
    "no_payment",
    *GROWING,
)


@dataclass(frozen=True)
class Eve:
    """What segments have to know of the book before day 0; it is the same for every policy."""

    active: Mask
    cohorts: Mapping[str, Mask]
    """Who belongs to each cohort."""
    totals: Mapping[str, Integers]
    """Row by row, the columns of ``GROWING`` summed."""

    @classmethod
    def of(cls, book: Book, cohorts: Sequence[Cohort] = ()) -> Self:
        """Return the eve of day 0 as a seasoned book has it."""
        totals = {entry: _summed(book, names) for entry, names in GROWING.items()}
        return cls(book.status == Status.ACTIVE, _cohorts(book, cohorts), totals)


def segments(eve: Eve, end: Book, day: int, loans: Loans) -> dict[str, dict[str, Totals]]:
    """Return segment or cohort -> entry -> totals since day 0, at the close of ``day``, the end.

    Told of are the ``members``: in a segment those at risk on day 0, in a cohort all with an active
    loan. Income, record and cohort do not depend on the policy; which shocks were met does a
    little, because a loan that has ended meets no more.
    """
    parts = {name: who & end.at_risk for name, who in _membership(end, loans).items()}
    parts |= eve.cohorts
    stock = Stock(end, day)
    paid = _summed(end, (*PAID, "late_recovered"))
    ended = {
        "at_risk": end.at_risk,
        "lost": stock.lost(),
        "defaulted": stock.defaulted(),
        **_endings(eve, stock),
        "no_payment": paid == eve.totals["paid"],  # no loan of a member was sold before day 0
    }
    taken = {
        part: {"members": stock.sum(members)}
        | {entry: stock.sum(members & who) for entry, who in ended.items()}
        for part, members in parts.items()
    }
    for entry, names in GROWING.items():
        growth = _summed(end, names) - eve.totals[entry]
        for part, members in parts.items():
            taken[part][entry] = stock.sum(growth * members)
    return taken


def _summed(book: Book, names: Iterable[str]) -> Integers:
    """Return the sum of columns row by row, in 32 bits where none of them has more."""
    columns = [getattr(book, name) for name in names]
    total: Integers = np.zeros(len(book), dtype=np.result_type(np.int32, *columns))
    for column in columns:
        total += column
    return total


def _endings(eve: Eve, stock: Stock) -> dict[str, Mask]:
    """Return how loans that were active on the eve have ended, and whose are behind now."""
    charged_off = eve.active & stock.charged_off
    paid_off = eve.active & (stock.book.status == Status.PAID_OFF)
    behind = charged_off | (eve.active & stock.late)
    return {"charged_off": charged_off, "paid_off": paid_off, "behind": behind}


def _cohorts(eve: Book, cohorts: Sequence[Cohort]) -> dict[str, Mask]:
    """Return who belongs to each cohort: by days past due on the eve of day 0."""
    late = late_rows(eve)
    overdue = np.zeros(len(eve), dtype=np.int32)
    overdue[late] = days_past_due(eve, late, -1)
    lent = (eve.status == Status.ACTIVE) & (eve.first_due_day < MONTH)
    return {
        cohort.name: lent & (overdue >= cohort.min_dpd) & (overdue <= cohort.max_dpd)
        for cohort in cohorts
    }


def _membership(book: Book, loans: Loans) -> dict[str, Mask]:
    """Return who belongs to each of ``SEGMENTS``; a borrower meets any number of shocks."""
    draw = uniform(Purpose.INCOME, 0, book.fate)
    income = quantile(lognormal(loans.income_log_sd), draw)  # at origination, in medians
    low, high = income < LOW_INCOME, income > HIGH_INCOME
    late = book.late_before > 0
    met = book.shocks_met
    members = (
        (low, ~low & ~high, high),
        (~late, late),
        (met == 0, (met & JOB_LOST) > 0, (met & FELL_ILL) > 0, (met & MET_DISASTER) > 0),
    )
    return {
        f"{kind}_{name}": mask
        for (kind, names), masks in zip(SEGMENTS.items(), members, strict=True)
        for name, mask in zip(names, masks, strict=True)
    }
