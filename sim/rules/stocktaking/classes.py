"""Regulatory classes of active and charged-off loans: China's five, the EU's, IFRS 9's stages."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.book import Book, Int64, Mask, Status
from sim.clock import NEVER, YEAR
from sim.facts import balance
from sim.ledger import Totals
from sim.rules import BALANCES, SomeRows

CLASSES: Final = ("normal", "special_mention", "substandard", "doubtful", "loss")
"""China's five classes (2023 measures): from their lowest days past due on, or restructured."""
CLASS_FROM_DPD: Final = (1, 91, 271, 361)
OBSERVED_DAYS: Final = YEAR
"""A restructured loan is observed for a year; one in default is cured no sooner after that."""
FORBORNE_DAYS: Final = YEAR + 2 * YEAR
"""The EU's forborne status: a year of cure, then two of probation."""
NON_PERFORMING_DPD: Final = 90
STAGE_2_DPD: Final = 30
STAGES: Final = (1, 2, 3)


def classes(
    book: Book, late: SomeRows, overdue: Int64, day: int, taken: dict[str, Totals]
) -> dict[str, Totals]:
    """Return the loans in each regulatory class; most are current, as agreed, and normal."""
    late_days = np.zeros(len(book), dtype=np.int64)
    late_days[late.rows] = overdue
    forborne = _restructured_within(book, FORBORNE_DAYS, day) & (book.status == Status.ACTIVE)
    other = SomeRows(late.replicas, np.flatnonzero((late_days > 0) | forborne))
    days, forborne = late_days[other.rows], forborne[other.rows]
    observed = _restructured_within(book, OBSERVED_DAYS, day)[other.rows]
    curing = observed & (book.default_day[other.rows] != NEVER)
    non_performing = (days >= NON_PERFORMING_DPD) | curing

    by_days = np.searchsorted(CLASS_FROM_DPD, days, side="right")
    counts = other.count_by(np.maximum(by_days, observed), len(CLASSES))
    counts[0] += taken["active"] - counts.sum(axis=0)
    counts[-1] += taken["charged_off"]

    stage = np.where(non_performing, 2, (days >= STAGE_2_DPD) | forborne)
    stages = other.count_by(stage, len(STAGES))
    stages[0] += taken["active"] - stages.sum(axis=0)
    balances = other.sum_by(stage, len(STAGES), balance(book, other.rows))
    balances[0] += sum(taken[name] for name in BALANCES) - balances.sum(axis=0)
    return (
        {f"class_{name}": count for name, count in zip(CLASSES, counts, strict=True)}
        | {"eu_forborne": other.count(forborne), "eu_non_performing": other.count(non_performing)}
        | {f"stage_{stage}": count for stage, count in zip(STAGES, stages, strict=True)}
        | {f"balance_stage_{stage}": money for stage, money in zip(STAGES, balances, strict=True)}
    )


def _restructured_within(book: Book, days: int, day: int) -> Mask:
    changed: Mask = (book.restructured_day > day - days) & (book.restructured_day != NEVER)
    return changed
