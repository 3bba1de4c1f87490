"""A conversation, by phone or at the door: it may bring back, promote, persuade, bind, inform."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from sim.book import Book, Mask, Rows, WhyMissed
from sim.clock import NEVER
from sim.facts import disengaged
from sim.luck import Floats, Purpose, uniforms
from sim.rules.ladder import unwilling
from sim.scenario.schema import Contact

_PURPOSES: Final = (
    Purpose.REENGAGED,
    Purpose.PROMOTES,
    Purpose.PERSUADED,
    Purpose.COOPERATES,
    Purpose.SQUEEZES,
    Purpose.PROMISES,
    Purpose.INFORMED,
    Purpose.ASKS_TO_STOP,
    Purpose.COMPLAINS,
)
_PLACE: Final = {purpose: place for place, purpose in enumerate(_PURPOSES)}


class Talk(NamedTuple):
    """Borrowers who are spoken to, and all that luck holds for their conversations."""

    rows: Rows
    pays: Floats
    """Each one's chance to pay now."""
    cooperation: Floats
    drawn: Floats
    """One row for each purpose: drawing them together is several times as quick."""

    def luck(self, purpose: Purpose) -> Floats:
        """Return each borrower's draw for a purpose."""
        drawn: Floats = self.drawn[_PLACE[purpose]]
        return drawn


def begin(book: Book, rows: Rows, pays: Floats, cooperation: Floats, day: int) -> Talk:
    """Note and return conversations with borrowers, who may have had others on ``day``."""
    spoken_to = book.last_connected_day[rows] == day
    ordinal = np.where(spoken_to, book.connected_today[rows], np.int8(0))
    book.last_connected_day[rows] = day
    book.connected_today[rows] = ordinal + np.int8(1)
    drawn = uniforms(_PURPOSES, day, book.fate[rows], ordinal)
    return Talk(rows, pays, cooperation, drawn)


def reengages(book: Book, talk: Talk, day: int, contact: Contact) -> Rows:
    """Return the rows of the disengaged who deal with the lender again."""
    listens = talk.luck(Purpose.REENGAGED) < contact.reengaged * talk.cooperation
    back: Rows = talk.rows[disengaged(book, talk.rows, day) & listens]
    return back


def promote(book: Book, talk: Talk, listens: Mask, contact: Contact) -> None:
    """Let some who listen put this lender before others."""
    promotes = listens & (talk.luck(Purpose.PROMOTES) < contact.promotes)
    book.puts_us_first[talk.rows[promotes]] = True


def will_pay(book: Book, talk: Talk, contact: Contact) -> Mask:
    """Return who pays now if able: who forgot always, others if persuaded, or else at ``pays``."""
    persuaded = talk.luck(Purpose.PERSUADED) < contact.persuaded * talk.cooperation
    cooperates = talk.luck(Purpose.COOPERATES) < talk.pays * talk.cooperation
    agrees: Mask = np.where(unwilling(book, talk.rows), persuaded, cooperates)
    agrees |= book.why_missed[talk.rows] == WhyMissed.FORGOT
    return agrees


def squeezes(talk: Talk, agrees: Mask, contact: Contact) -> Mask | None:
    """Return which of those who agree to pay cut essentials to do so; None where nobody does."""
    return talk.luck(Purpose.SQUEEZES)[agrees] < contact.squeezes if contact.squeezes else None


def promise(book: Book, talk: Talk, asked: Mask, day: int, contact: Contact) -> None:
    """Let some who do not pay now promise to, on a day that is then waited for."""
    promises = asked & (talk.luck(Purpose.PROMISES) < contact.promises * talk.cooperation)
    promised = talk.rows[promises]
    book.promises_made[promised] += 1
    book.promise_day[promised] = day + contact.promise_days
    book.next_payment_day[promised] = day + contact.promise_days


def inform(book: Book, talk: Talk, listens: Mask, contact: Contact) -> None:
    """Tell those who listen that relief exists; some take it in."""
    informed = listens & (talk.luck(Purpose.INFORMED) < contact.informs)
    book.aware[talk.rows[informed]] = True


def ask_to_stop(book: Book, talk: Talk, day: int, strain: Floats, contact: Contact) -> None:
    """Let some ask not to be contacted again, the sooner the more strained they are."""
    asks = talk.rows[talk.luck(Purpose.ASKS_TO_STOP) < contact.asks_to_stop * (1 + strain)]
    book.stop_requested_day[asks[book.stop_requested_day[asks] == NEVER]] = day
