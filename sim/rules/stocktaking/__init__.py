"""Stocktaking: the totals of each replica that the ledger takes at a month's end.

Cumulative columns are summed as they stand, stocks are counted, and what rolls from bucket to
bucket is a flow of the month. New loans stand outside every sum; minutes are all that staff worked.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.book import MINUTES, Book
from sim.columns import FORGIVEN, PAID, WRITTEN_OFF
from sim.facts import claim
from sim.ledger import Totals
from sim.rules import BALANCES, BUCKETS, SPELLS, SomeRows, Stock
from sim.rules.stocktaking.classes import classes
from sim.rules.stocktaking.relief import relief
from sim.rules.stocktaking.segments import (
    SEGMENT_ENTRIES,
    SEGMENTS,
    Eve,
    segments,
)
from sim.rules.stocktaking.worth import worth

__all__ = [
    "ROLLING",
    "SEGMENTS",
    "SEGMENT_ENTRIES",
    "SUMMED_COLUMNS",
    "Eve",
    "segments",
    "totals",
]

FLOWS: Final = (
    "opening_principal",
    "interest_charged",
    "penalty_charged",
    "capitalised_interest",
    "costs_charged",
    "forgone_interest",
    "clipped_penalty",
    *PAID,
    *FORGIVEN,
    *WRITTEN_OFF,
    "late_recovered",
    "commissions",
    "sale_proceeds",
    "early_payoffs",
    "at_risk",
    "due_dates",
    "misses",
    "late_starts",
    "cures",
    "promises_made",
    "promises_kept",
    "months_in_arrears",
    "adverse_marks",
    "deferrals_granted",
    "deferral_eligible",
    "waivers_granted",
    "waiver_eligible",
    "waivers_kept",
    "reductions_granted",
    "reduction_eligible",
    "extensions_granted",
    "extension_eligible",
    "arrangements_granted",
    "arrangement_eligible",
    "arrangements_kept",
    "arrangements_broken",
    "settlements_granted",
    "settlement_eligible",
    "voluntary_payments",
    "outreach_reached",
    "applications",
    "abandoned",
    "files_decided",
    "review_minutes",
    "refusals",
    "refused_in_hardship",
    "waiting_days",
    "other_arrears",
    "squeezed",
    "messages_sent",
    "calls_attempted",
    "calls_connected",
    "visits_attempted",
    "visits_connected",
    "notices_sent",
    "contacts_refused",
    "complaints",
    "cases_filed",
    "hearings",
    "court_waiting_days",
    "judgments",
)
"""Cumulative columns and counts."""
SUMMED_COLUMNS: Final = (*BALANCES, *FLOWS)
ROLLING: Final = BUCKETS[:4]
"""The buckets whose roll rates are told."""

SPELL_FROM_DAYS: Final = (35, 105, 189)
"""Lower bounds of the longer spells, days since the job was lost."""


def totals(book: Book, day: int) -> dict[str, Totals]:
    """Return what the ledger takes at the close of ``day``, each of shape (replicas,)."""
    stock = Stock(book, day)
    return (
        stock.owing
        | {name: stock.sum(getattr(book, name)) for name in FLOWS}
        | stock.loans
        | _delinquency(stock)
        | worth(stock)
        | classes(stock)
        | _losses(stock)
        | relief(stock)
        | _spells(stock)
        | {name: getattr(book, name).copy() for name in MINUTES}
    )


def _delinquency(stock: Stock) -> dict[str, Totals]:
    """Return loans and balances by bucket, and who has moved to a later one since last month."""
    rows, before = stock.apart.rows, stock.book.bucket
    loans = stock.loans_by(stock.bucket, len(BUCKETS))
    balances = stock.balances_by(stock.bucket, len(BUCKETS))

    charged_off = np.flatnonzero((before >= 0) & stock.charged_off)
    worse = rows[stock.bucket > before[rows]]
    moved = SomeRows(stock.replicas, np.sort(np.concatenate((worse, charged_off))))
    rolled = moved.count_by(before[moved.rows].astype(np.int64), len(BUCKETS))
    return (
        {f"dpd_{lower}": loans[position] for position, lower in enumerate(BUCKETS)}
        | {f"balance_dpd_{lower}": balances[position] for position, lower in enumerate(BUCKETS)}
        | {f"rolled_{lower}": rolled[position] for position, lower in enumerate(ROLLING)}
    )


def _losses(stock: Stock) -> dict[str, Totals]:
    """Return who is lost, by default or by silence, and what may be claimed after charge-off."""
    defaulted = stock.defaulted()
    written_off = stock.some(stock.charged_off)
    return {
        "no_payment_90": stock.apart.count(stock.silent),
        "defaulted": stock.sum(defaulted),
        "defaulted_after_misfortune": stock.sum(defaulted & stock.book.default_after_misfortune),
        "lost": stock.sum(stock.lost()),
        "claim_charged_off": written_off.sum(claim(stock.book, written_off.rows)),
    }


def _spells(stock: Stock) -> dict[str, Totals]:
    """Return who with an active loan is without a job, by the days since it was lost."""
    book, day = stock.book, stock.day
    jobless = stock.some(stock.active & (book.job_loss_day <= day) & (day < book.reemployed_day))
    days = day - book.job_loss_day[jobless.rows]
    spells = np.searchsorted(SPELL_FROM_DAYS, days, side="right")
    counts = jobless.count_by(spells, len(SPELLS))
    return dict(zip(SPELLS, counts, strict=True))
