"""A step: one operation on one borrower, seen from both sides, and the events told of it.

The engine keeps no log. What happened follows from the columns of two moments, each held as a book
of one row, so that what rows imply (``facts``) can be asked of either.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np

from sim import facts
from sim.book import Book, Status
from sim.clock import Slot
from sim.columns import PAID
from sim.scenario.schema import Policy, World

# fmt: off
Kind = Literal[
    "job_lost", "job_found", "fell_ill", "recovered", "disaster", "disaster_over", "prices_rose",
    "deferral_begins", "instalment_skipped", "deferral_ends", "instalment_set_anew", "bill",
    "payment", "missed", "short", "caught_up", "arrangement_kept", "arrangement_broken",
    "stopped_answering", "answers_again", "puts_us_first", "puts_us_last", "learned_of_relief",
    "applied", "papers_missing", "opted_out", "withdrawn", "granted", "refused", "lapsed",
    "waiver_earned", "won_over", "contacts", "promised", "promise_broken", "complained",
    "asked_to_stop", "sued", "hearing", "called_due", "penalty", "defaulted", "adverse_mark",
    "charged_off", "late_recovery", "sold", "paid_off", "settled",
]
# fmt: on

Instrument = Literal["deferral", "waiver", "reduction", "extension", "arrangement", "settlement"]
INSTRUMENTS: Final[tuple[Instrument, ...]] = (
    "deferral",
    "waiver",
    "reduction",
    "extension",
    "arrangement",
    "settlement",
)

CONTACTS: Final[Mapping[str, str]] = {
    "messages": "messages_sent",
    "calls": "calls_attempted",
    "answered": "calls_connected",
    "visits": "visits_attempted",
    "met": "visits_connected",
    "notices": "notices_sent",
    "kept_back": "contacts_refused",
}
ROW: Final = np.zeros(1, dtype=np.int64)
"""The one row of a moment."""


@dataclass(frozen=True)
class Event:
    """One thing that happened; ``details`` holds its amounts (minor units), days, counts, words."""

    day: int
    slot: Slot
    kind: Kind
    details: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One operation on one borrower: two moments, each a book of one row."""

    before: Book
    after: Book
    day_before: int
    """Day of the operation before; it may be the same."""
    day: int
    slot: Slot
    world: World
    policy: Policy

    def event(self, kind: Kind, **details: int | str) -> Event:
        """Return an event of this operation."""
        return Event(self.day, self.slot, kind, details)

    def was(self, column: str) -> int:
        """Return a column before."""
        return int(getattr(self.before, column)[0])

    def now(self, column: str) -> int:
        """Return a column after."""
        return int(getattr(self.after, column)[0])

    def grew(self, *columns: str) -> int:
        """Return by how much the sum of columns has grown."""
        return sum(self.now(column) - self.was(column) for column in columns)

    def set_today(self, column: str) -> bool:
        """Return whether a column of days has become today."""
        return self.now(column) == self.day != self.was(column)

    @property
    def active(self) -> bool:
        """Whether the loan still runs after it."""
        return self.now("status") == Status.ACTIVE

    @property
    def on_due_day(self) -> bool:
        """Whether it is the billing of a due day of a loan that runs."""
        return (
            self.slot == Slot.BILLING
            and self.was("status") == Status.ACTIVE
            and self.was("first_due_day") <= self.day
            and self.before.days_since_due(ROW, self.day)[0] == 0
        )

    @property
    def paid(self) -> int:
        """What was paid in it, from whatever source."""
        return self.grew(*PAID)

    @property
    def at_hand(self) -> int:
        """What the household had when it was asked: on a due day, what the month before left."""
        if self.on_due_day:
            left = self.was("savings") + self.was("surplus") - self.was("paid_since_billing")
            return max(0, left)
        return int(facts.cash(self.before, ROW, self.day)[0])

    @property
    def owed_before_paying(self) -> int:
        """What was asked for."""
        return int(facts.owed(self.after, ROW)[0]) + self.paid
