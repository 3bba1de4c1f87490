"""Strain: what each contact adds and time takes away; it is why intensity saturates and turns."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Rows
from sim.luck import Floats, decay, exponential_loss
from sim.scenario.schema import Strain


def strain_now(book: Book, rows: Rows, day: int, strain: Strain) -> Floats:
    """Return what is left of strain on ``day``."""
    left = decay(strain.half_life_days)
    days = np.minimum(day - book.strain_day[rows], len(left) - 1)
    return book.strain[rows] * left[days]


def add_strain(book: Book, rows: Rows, day: int, amount: float, strain: Strain) -> None:
    """Add ``amount`` to the strain that is left on ``day``."""
    book.strain[rows] = strain_now(book, rows, day, strain) + amount
    book.strain_day[rows] = day


def cooperation(book: Book, rows: Rows, day: int, strain: Strain) -> Floats:
    """Return the factor by which strain lowers the chance to cooperate."""
    loss = exponential_loss(strain.cooperation_loss)
    step = np.minimum(strain_now(book, rows, day, strain) * 8, len(loss) - 1)
    return loss[step.astype(np.int64)]
