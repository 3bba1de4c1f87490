"""Stocktaking: the totals of each replica that the ledger takes at a month's end.

Cumulative columns are summed as they stand, stocks are counted, and what rolls from bucket to
bucket is a flow of the month. New loans stand outside every sum; minutes are all that staff worked.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.book import COLUMNS, MINUTES, Book, Int64, Mask, Rows, Status
from sim.clock import NEVER, YEAR
from sim.columns import FORGIVEN, PAID, WRITTEN_OFF
from sim.facts import balance, claim, days_past_due, late_rows
from sim.ledger import Totals
from sim.luck import Purpose, lognormal, quantile, uniform
from sim.rules import (
    BALANCES,
    BUCKETS,
    FELL_ILL,
    JOB_LOST,
    MET_DISASTER,
    Replicas,
    SomeRows,
    bucket_of,
)
from sim.scenario.schema import Loans

SUMMED_COLUMNS: Final = (
    *BALANCES,
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
ROLLING: Final = BUCKETS[:4]
"""The buckets whose roll rates are told."""
WITHOUT_PAYMENT_DAYS: Final = 90
HALF_A_YEAR: Final = YEAR // 2

CLASSES: Final = ("normal", "special_mention", "substandard", "doubtful", "loss")
"""China's five classes (2023 measures): from their lowest days past due on, or after relief."""
CLASS_FROM_DPD: Final = (1, 91, 271, 361)
OBSERVED_DAYS: Final = YEAR
"""A restructured loan is observed for a year; one in default is cured no sooner after relief."""
FORBORNE_DAYS: Final = YEAR + 2 * YEAR
"""The EU's forborne status: a year of cure, then two of probation."""
NON_PERFORMING_DPD: Final = 90
STAGE_2_DPD: Final = 30
STAGES: Final = (1, 2, 3)

SEGMENTS: Final = {
    "income": ("low", "middle", "high"),
    "record": ("clean", "late"),
    "shock": ("none", "job_loss", "illness", "disaster"),
}
"""By income at origination, by record before day 0, by shocks met since."""
LOW_INCOME, HIGH_INCOME = 3 / 4, 4 / 3
"""Bounds of the middle incomes, in medians."""
GROWING: Final = {
    "paid": (*PAID, "late_recovered"),
    "complaints": ("complaints",),
    "relief_granted": tuple(name for name in COLUMNS if name.endswith("s_granted")),
    "adverse_marks": ("adverse_marks",),
}
"""What a segment is told of as the growth of columns since day 0."""
SEGMENT_ENTRIES: Final = ("at_risk", "lost", *GROWING)


def totals(book: Book, day: int) -> dict[str, Totals]:
    """Return what the ledger takes at the close of ``day``, each of shape (replicas,)."""
    replicas = Replicas(book)
    taken = {name: replicas.sum(getattr(book, name)) for name in SUMMED_COLUMNS}
    taken["borrowers"] = replicas.sum(np.ones(len(book), dtype=np.bool_))
    for status in Status:
        taken[status.name.lower()] = replicas.sum(book.status == status)

    late = SomeRows(replicas, late_rows(book))
    overdue = days_past_due(book, late.rows, day)
    taken |= _delinquency(book, late, overdue, taken)
    taken |= _classes(book, late, overdue, day, taken)
    taken |= _losses(book, replicas, day)
    taken |= _relief(book, replicas, day)
    for name in MINUTES:
        taken[name] = getattr(book, name).copy()
    return taken


def _delinquency(
    book: Book, late: SomeRows, overdue: Int64, taken: dict[str, Totals]
) -> dict[str, Totals]:
    """Return loans and balances by bucket, and who has moved to a later one since last month."""
    bucket = bucket_of(overdue)
    loans = late.count_by(bucket, len(BUCKETS))
    balances = late.sum_by(bucket, len(BUCKETS), balance(book, late.rows))
    # whoever is active and not late is current
    loans[0] += taken["active"] - loans.sum(axis=0)
    balances[0] += sum(taken[name] for name in BALANCES) - balances.sum(axis=0)

    charged_off = np.flatnonzero((book.bucket >= 0) & (book.status == Status.CHARGED_OFF))
    worse = bucket > book.bucket[late.rows]
    moved = SomeRows(late.replicas, np.sort(np.concatenate((late.rows[worse], charged_off))))
    rolled = moved.count_by(book.bucket[moved.rows].astype(np.int64), len(BUCKETS))
    return (
        {f"dpd_{lower}": loans[position] for position, lower in enumerate(BUCKETS)}
        | {f"balance_dpd_{lower}": balances[position] for position, lower in enumerate(BUCKETS)}
        | {f"rolled_{lower}": rolled[position] for position, lower in enumerate(ROLLING)}
    )


def _classes(
    book: Book, late: SomeRows, overdue: Int64, day: int, taken: dict[str, Totals]
) -> dict[str, Totals]:
    """Return the loans in each regulatory class; most are current, without relief, and normal."""
    late_days = np.zeros(len(book), dtype=np.int64)
    late_days[late.rows] = overdue
    forborne = _relieved_within(book, FORBORNE_DAYS, day) & (book.status == Status.ACTIVE)
    other = SomeRows(late.replicas, np.flatnonzero((late_days > 0) | forborne))
    days, forborne = late_days[other.rows], forborne[other.rows]
    observed = _relieved_within(book, OBSERVED_DAYS, day)[other.rows]
    curing = observed & (book.default_day[other.rows] != NEVER)
    non_performing = (days >= NON_PERFORMING_DPD) | curing

    by_days = np.searchsorted(CLASS_FROM_DPD, days, side="right")
    classes = other.count_by(np.maximum(by_days, observed), len(CLASSES))
    classes[0] += taken["active"] - classes.sum(axis=0)
    classes[-1] += taken["charged_off"]

    stage = np.where(non_performing, 2, (days >= STAGE_2_DPD) | forborne)
    stages = other.count_by(stage, len(STAGES))
    stages[0] += taken["active"] - stages.sum(axis=0)
    balances = other.sum_by(stage, len(STAGES), balance(book, other.rows))
    balances[0] += sum(taken[name] for name in BALANCES) - balances.sum(axis=0)
    return (
        {f"class_{name}": count for name, count in zip(CLASSES, classes, strict=True)}
        | {"eu_forborne": other.count(forborne), "eu_non_performing": other.count(non_performing)}
        | {f"stage_{stage}": count for stage, count in zip(STAGES, stages, strict=True)}
        | {f"balance_stage_{stage}": money for stage, money in zip(STAGES, balances, strict=True)}
    )


def _losses(book: Book, replicas: Replicas, day: int) -> dict[str, Totals]:
    """Return who is lost, by default or by silence, and what may be claimed after charge-off."""
    silent = _silent(book, day)
    written_off = SomeRows(replicas, np.flatnonzero(book.status == Status.CHARGED_OFF))
    return {
        "no_payment_90": SomeRows(replicas, silent).count(),
        "defaulted": replicas.sum(book.at_risk & (book.default_day != NEVER)),
        "lost": replicas.sum(_lost(book, silent)),
        "claim_charged_off": written_off.sum(claim(book, written_off.rows)),
    }


def _silent(book: Book, day: int) -> Rows:
    """Return who owes on an active loan and has not paid for 90 days; nothing freezes this."""
    unpaid = (book.status == Status.ACTIVE) & (day - book.last_payment_day >= WITHOUT_PAYMENT_DAYS)
    rows = np.flatnonzero(unpaid)
    return rows[balance(book, rows) > 0]


def _lost(book: Book, silent: Rows) -> Mask:
    """Return who of those at risk has defaulted since, or is silent."""
    gone = book.default_day != NEVER
    gone[silent] = True
    lost: Mask = book.at_risk & gone
    return lost


def _relief(book: Book, replicas: Replicas, day: int) -> dict[str, Totals]:
    """Return how many hold relief, how many fell into default after it, and what is pending."""
    until = book.deferral_until_day
    deferred = SomeRows(replicas, np.flatnonzero((until >= 0) & (until != NEVER)))
    begun = book.deferral_from_day[deferred.rows] <= day
    until = until[deferred.rows]
    active = book.status[deferred.rows] == Status.ACTIVE
    granted = (book.relieved_day >= 0) & (book.relieved_day != NEVER)
    relieved = SomeRows(replicas, np.flatnonzero(granted))
    default_day = book.default_day[relieved.rows]
    again = (default_day != NEVER) & (default_day > book.relieved_day[relieved.rows])
    pending = np.zeros(len(book), dtype=np.int8)
    for file_day in book.file_days():
        pending += file_day != NEVER
    return {
        "deferral_in_force": deferred.count(active & begun & (until > day)),
        "deferred_ever": deferred.count(),
        "late_holidays": deferred.count(until > day - HALF_A_YEAR),
        "relieved": relieved.count(),
        "redefaulted": relieved.count(again),
        "files_pending": replicas.sum(pending),
    }


def _relieved_within(book: Book, days: int, day: int) -> Mask:
    relieved: Mask = (book.relieved_day > day - days) & (book.relieved_day != NEVER)
    return relieved


def segments(eve: Book, end: Book, day: int, loans: Loans) -> dict[str, dict[str, Totals]]:
    """Return segment -> entry -> totals since day 0, at the close of ``day``, the horizon.

    ``eve`` is the same book before day 0. Told of are those at risk on day 0. Income and record do
    not depend on the policy; which shocks were met does a little, because a loan that has ended
    meets no more.
    """
    replicas = Replicas(end)
    lost = _lost(end, _silent(end, day))
    growth = {
        entry: sum(getattr(end, name).astype(np.int64) - getattr(eve, name) for name in names)
        for entry, names in GROWING.items()
    }
    taken = {}
    for segment, members in _membership(end, loans).items():
        some = SomeRows(replicas, np.flatnonzero(members & end.at_risk))
        taken[segment] = {
            "at_risk": some.count(),
            "lost": some.count(lost[some.rows]),
        } | {entry: some.sum(values[some.rows]) for entry, values in growth.items()}
    return taken


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
