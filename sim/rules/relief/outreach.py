"""Outreach: a campaign tells a share of those who do not know that relief exists."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Rows
from sim.luck import Purpose, uniform
from sim.scenario.schema import Outreach


def reach_out(book: Book, rows: Rows, day: int, outreach: Outreach) -> None:
    """Make relief known to a share of those of ``rows`` who do not know of it."""
    if not outreach.share_per_month:
        return
    unaware = rows[~book.aware[rows]]
    u = uniform(Purpose.OUTREACH, day, book.fate[unaware])
    told = unaware[u < outreach.share_per_month]
    book.aware[told] = True
    book.outreach_reached[told] += np.int16(1)
