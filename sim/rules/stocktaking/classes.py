"""Regulatory classes of active and charged-off loans: China's five, the EU's, IFRS 9's stages."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.clock import YEAR
from sim.ledger import Totals
from sim.rules import Stock, known

CLASSES: Final = ("normal", "special_mention", "substandard", "doubtful", "loss")
"""China's five classes (2023 measures): from their lowest days past due on, or restructured."""
CLASS_FROM_DPD: Final = (1, 91, 271, 361)
OBSERVED_DAYS: Final = YEAR
"""A restructured loan is observed for a year; one in default is cured no sooner after that."""
NON_PERFORMING_DPD: Final = 90
STAGE_2_DPD: Final = 30
STAGES: Final = (1, 2, 3)


def classes(stock: Stock) -> dict[str, Totals]:
    """Return the loans in each regulatory class; most are current, as agreed, and normal."""
    rows, days = stock.apart.rows, stock.overdue
    observed = stock.forborne & (stock.book.restructured_day[rows] > stock.day - OBSERVED_DAYS)
    curing = observed & known(stock.book.default_day[rows])
    non_performing = (days >= NON_PERFORMING_DPD) | curing

    by_days = np.searchsorted(CLASS_FROM_DPD, days, side="right")
    counts = stock.loans_by(np.maximum(by_days, observed), len(CLASSES))
    counts[-1] += stock.loans["charged_off"]

    stage = np.where(non_performing, 2, (days >= STAGE_2_DPD) | stock.forborne)
    stages = stock.loans_by(stage, len(STAGES))
    balances = stock.balances_by(stage, len(STAGES))
    return (
        {f"class_{name}": count for name, count in zip(CLASSES, counts, strict=True)}
        | {
            "eu_forborne": stock.apart.count(stock.forborne),
            "eu_non_performing": stock.apart.count(non_performing),
        }
        | {f"stage_{stage}": count for stage, count in zip(STAGES, stages, strict=True)}
        | {f"balance_stage_{stage}": money for stage, money in zip(STAGES, balances, strict=True)}
    )
