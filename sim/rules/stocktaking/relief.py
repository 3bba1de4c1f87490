"""Relief: who holds it, who took it of those who could, what became of them, what is pending."""

from __future__ import annotations

from typing import Final

import numpy as np

from sim.book import COLUMNS
from sim.clock import YEAR
from sim.ledger import Totals
from sim.rules import Stock, known

HALF_A_YEAR: Final = YEAR // 2
"""A deferral that ends later before the horizon leaves too little to be seen of what follows."""
INSTRUMENTS: Final = tuple(
    name.removesuffix("_taken") for name in COLUMNS if name.endswith("_taken")
)


def relief(stock: Stock) -> dict[str, Totals]:
    """Return who holds or took relief, who fell into default only after it, what is pending.

    A grant to who has been in default already can prevent no default: it counts in neither.
    """
    book, day = stock.book, stock.day
    until = book.deferral_until_day
    deferred = stock.some((until >= 0) & known(until))
    begun = book.deferral_from_day[deferred.rows] <= day
    until = until[deferred.rows]
    relieved_day, default_day = book.relieved_day, book.default_day
    relieved = (relieved_day >= 0) & known(relieved_day) & (default_day > relieved_day)
    return {
        "deferral_in_force": deferred.count(stock.active[deferred.rows] & begun & (until > day)),
        "deferred_ever": deferred.count(),
        "late_holidays": deferred.count(until > day - HALF_A_YEAR),
        "relieved": stock.sum(relieved),
        "redefaulted": stock.sum(relieved & known(default_day)),
        "files_pending": np.sum([stock.sum(known(each)) for each in book.file_days()], axis=0),
        **{
            f"{name}_taken_up": stock.sum(
                getattr(book, f"{name}_eligible") & getattr(book, f"{name}_taken")
            )
            for name in INSTRUMENTS
        },
    }
