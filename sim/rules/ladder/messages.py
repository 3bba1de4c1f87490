"""Messages: reminders on fixed days past due; they act on those who forgot, and on nobody else."""

from __future__ import annotations

import numpy as np

from sim.book import Book, Int64, Mask, Rows, WhyMissed
from sim.luck import Purpose, uniform
from sim.rules.ladder import attempt_chance
from sim.scenario.policy import LAST_MESSAGE_DPD
from sim.scenario.schema import Collections, Contact


def due(overdue: Int64, collections: Collections) -> Mask:
    """Return for whom, by days past due, today is a day of messages."""
    on_day = np.zeros(LAST_MESSAGE_DPD + 2, dtype=np.bool_)
    on_day[list(collections.message.dpd)] = True
    return on_day[np.minimum(overdue, LAST_MESSAGE_DPD + 1)]


def send(book: Book, rows: Rows, day: int, ordinal: int, collections: Collections) -> Rows:
    """Send the day's ``ordinal``-th message to ``rows``; return who got one."""
    chance = attempt_chance(np.array(collections.intensity), ordinal)
    sent = rows[uniform(Purpose.MESSAGE_SENT, day, book.fate[rows], ordinal) < chance]
    book.messages_sent[sent] += np.int32(1)
    return sent


def reminds(book: Book, rows: Rows, day: int, ordinal: int, contact: Contact) -> Mask:
    """Return whom the message makes remember."""
    forgot = book.why_missed[rows] == WhyMissed.FORGOT
    works = uniform(Purpose.MESSAGE_WORKS, day, book.fate[rows], ordinal) < contact.message_works
    reminded: Mask = forgot & works
    return reminded
