"""Strain: what contacts add and time takes away; why intensity saturates and turns."""

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


def cooperation(level: Floats, strain: Strain) -> Floats:
    """Return the factor by which strain of such levels lowers the chance to cooperate."""
    loss = exponential_loss(strain.cooperation_loss)
    step = np.minimum(level * 8, len(loss) - 1)
    return loss[step.astype(np.int64)]


def bear(book: Book, rows: Rows, day: int, level: Floats) -> None:
    """Set the strain that each bears from ``day`` on: what was left and what a contact added."""
    book.strain[rows] = level
    book.strain_day[rows] = day


def complain(book: Book, rows: Rows, level: Floats, luck: Floats, strain: Strain) -> None:
    """Let some complain of a contact, the sooner the more strained they are after it."""
    book.complaints[rows[luck < strain.complaints * level]] += 1
