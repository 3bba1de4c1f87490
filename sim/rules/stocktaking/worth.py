"""Worth: how late each balance counts when what is still to come of it is judged."""

from __future__ import annotations

import numpy as np

from sim.ledger import Totals
from sim.rules import BUCKETS, Stock

EASED, SILENT = BUCKETS.index(1), BUCKETS.index(90)
"""The best buckets in which a loan under relief and a silent one count."""


def worth(stock: Stock) -> dict[str, Totals]:
    """Return balances by the bucket that counts for what they are worth.

    It is that of the days past due, but no relief makes a loan look like one that is paid, nor does
    the calendar make one that nobody pays look new.
    """
    best = np.where(stock.silent, SILENT, 0)
    best[stock.eased & stock.active[stock.apart.rows]] = EASED
    balances = stock.balances_by(np.maximum(best, stock.bucket), len(BUCKETS))
    return {f"balance_worth_{lower}": balances[place] for place, lower in enumerate(BUCKETS)}
