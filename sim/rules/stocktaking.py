"""Stocktaking: the totals of each replica that the ledger takes at a month's end."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Status
from sim.clock import NEVER
from sim.facts import days_past_due, deferral_in_force, late_rows
from sim.ledger import Totals

SUMMED_COLUMNS = (
    "opening_principal",
    "principal",
    "arrears_principal",
    "arrears_interest",
    "late_interest",
    "penalty",
    "interest_charged",
    "penalty_charged",
    "capitalised_interest",
    "paid_principal",
    "paid_interest",
    "paid_penalty",
    "forgiven_penalty",
    "written_off_principal",
    "written_off_interest",
    "written_off_penalty",
    "due_dates",
    "misses",
    "late_starts",
    "cures",
    "deferrals_granted",
    "deferral_eligible",
    "waivers_granted",
    "waiver_eligible",
    "applications",
    "abandoned",
    "files_decided",
    "refusals",
    "refused_in_hardship",
    "waiting_days",
    "messages_sent",
    "calls_attempted",
    "calls_connected",
    "at_risk",
)
BUCKETS = (0, 1, 30, 60, 90, 120)
"""Lower bounds of the delinquency buckets, days past due."""
WITHOUT_PAYMENT_DAYS = 90


def totals(book: Book, day: int) -> dict[str, Totals]:
    """Return what the ledger takes at the close of ``day``, each of shape (replicas,)."""
    sums = _ReplicaSums(book)
    taken = {name: sums(getattr(book, name)) for name in SUMMED_COLUMNS}

    active = book.status == Status.ACTIVE
    taken["borrowers"] = sums(np.ones(len(book), dtype=np.bool_))
    taken["active"] = sums(active)
    taken["paid_off"] = sums(book.status == Status.PAID_OFF)
    taken["charged_off"] = sums(book.status == Status.CHARGED_OFF)

    late = late_rows(book)
    bucket = np.where(active, 0, -1)
    bucket[late] = np.searchsorted(BUCKETS, days_past_due(book, late, day), side="right") - 1
    for position, lower in enumerate(BUCKETS):
        taken[f"dpd_{lower}"] = sums(bucket == position)

    owing = active & (
        book.principal
        + book.arrears_principal
        + book.arrears_interest
        + book.late_interest
        + book.penalty
        > 0
    )
    silent = owing & (day - book.last_payment_day >= WITHOUT_PAYMENT_DAYS)
    defaulted = book.at_risk & (book.default_day >= 0) & (book.default_day != NEVER)
    taken["no_payment_90"] = sums(silent)
    taken["defaulted"] = sums(defaulted)
    taken["lost"] = sums(defaulted | (book.at_risk & silent))
    taken["deferral_in_force"] = sums(active & deferral_in_force(book, np.arange(len(book)), day))
    taken["files_pending"] = sums(book.deferral_file_day != NEVER) + sums(
        book.waiver_file_day != NEVER
    )
    taken["desk_minutes"] = book.desk_minutes.copy()
    taken["call_minutes"] = book.call_minutes.copy()
    return taken


class _ReplicaSums:
    """Sums a column over each replica: rows of a replica are contiguous within each cycle."""

    def __init__(self, book: Book) -> None:
        position = np.searchsorted(book.replicas, book.replica)
        segment = book.cycle.astype(np.int64) * len(book.replicas) + position
        self._starts = np.flatnonzero(np.diff(segment, prepend=-1))
        self._owner = position[self._starts]
        self._replicas = len(book.replicas)

    def __call__(self, column: np.ndarray[tuple[int], np.dtype[np.generic]]) -> Totals:
        totals = np.zeros(self._replicas, dtype=np.int64)
        parts = np.add.reduceat(column, self._starts, dtype=np.int64)
        np.add.at(totals, self._owner, parts)
        return totals
