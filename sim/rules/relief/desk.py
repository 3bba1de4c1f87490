"""The desk: what reviewers decide on a file, rightly or wrongly."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Mask, Rows, Status
from sim.clock import NEVER
from sim.facts import hardship
from sim.luck import uniform
from sim.rules.relief import Instrument
from sim.scenario.schema import Desk, Offer


def decide(
    book: Book, rows: Rows, day: int, instrument: Instrument, offer: Offer, desk: Desk
) -> Mask:
    """Close the files of ``rows`` and return which are approved.

    A file shows hardship as it is on the day of the decision: who waited until it was over is no
    longer in it. Sensitivity is the chance to grant where there is hardship, specificity the chance
    to refuse where there is none.
    """
    filed = instrument.file_day(book)[rows].astype(np.int64)
    suffers, _ = hardship(book, rows, day, offer.hardships)
    specificity = desk.specificity if offer.proof_required else desk.specificity_without_proof
    chance = np.where(suffers, desk.sensitivity, 1 - specificity)
    approved = uniform(instrument.luck("DECIDE"), filed, book.fate[rows]) < chance
    grantable = book.status[rows] == Status.ACTIVE
    grantable &= instrument.open_to(book, rows, day, offer)
    approved &= grantable

    instrument.file_day(book)[rows] = NEVER
    book.waiting_days[rows] += (day - filed).astype(np.int32)
    book.files_decided[rows] += np.int16(1)
    book.review_minutes[rows] += np.int32(offer.minutes)
    book.refusals[rows] += ~approved
    struck, _ = hardship(book, rows, day, [kind for kind in offer.hardships if kind != "any"])
    book.refused_in_hardship[rows] += ~approved & grantable & struck
    return approved
