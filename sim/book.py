"""The Book: one row a loan and its borrower, one column a fact; the only mutable state there is.

A Book holds several *replicas* side by side: independent portfolios, each with its own desk and
agents. Rows lie by billing cycle, then replica, then borrower number, so that a due day is one
contiguous slice. Facts are stored as *when*, never as a countdown; whatever can be derived (days
past due, unpaid instalments, cash) is derived.
"""

from __future__ import annotations

import json
from enum import IntEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from sim.clock import CYCLE_STEP, CYCLES, MONTH, NEVER
from sim.ledger import Ledger

Rows = npt.NDArray[np.int64]
"""Positions of rows in a Book."""
Mask = npt.NDArray[np.bool_]
Int8 = npt.NDArray[np.int8]
Int16 = npt.NDArray[np.int16]
Int32 = npt.NDArray[np.int32]
Int64 = npt.NDArray[np.int64]
Fate = npt.NDArray[np.uint64]
Float = npt.NDArray[np.float64]


class Status(IntEnum):
    """What became of a loan; all but ACTIVE absorb."""

    ACTIVE = 0
    PAID_OFF = 1
    CHARGED_OFF = 2


class WhyMissed(IntEnum):
    """Why the last due date was not paid in full."""

    NONE = 0
    DISENGAGED = 1
    FORGOT = 2
    UNWILLING = 3
    UNABLE = 4


class Column:
    """The declaration of a column: its type, its unit and meaning, and what it starts at."""

    def __init__(self, dtype: type[np.generic], meaning: str, start: int = 0) -> None:
        """Declare a column."""
        self.dtype = np.dtype(dtype)
        self.meaning = meaning
        self.start = start


def _column(dtype: type[np.generic], meaning: str, start: int = 0) -> Any:
    """Return a declaration, typed as the array that each Book puts in its place."""
    return Column(dtype, meaning, start)


class Book:
    """A table of borrowers with the minutes their lenders worked and the ledger of their months.

    Money is in minor units; a column named ``_day`` holds a day, NEVER where it has not come.
    """

    # who
    replica: Int32 = _column(np.int32, "number of the replica")
    number: Int32 = _column(np.int32, "number of the borrower in its replica")
    fate: Fate = _column(np.uint64, "what all luck of the borrower is computed from")
    cycle: Int8 = _column(np.int8, "billing cycle: due days are 3 x cycle + 30 j")
    scripted: Mask = _column(np.bool_, "misfortunes come from a script, not from luck")

    # contract
    original_principal: Int64 = _column(np.int64, "money lent")
    rate_bp: Int32 = _column(np.int32, "annual contract rate, basis points")
    term_months: Int16 = _column(np.int16, "number of instalments")
    instalment: Int64 = _column(np.int64, "level instalment, money")
    first_due_day: Int32 = _column(np.int32, "due day of the first instalment")
    billed_instalments: Int16 = _column(np.int16, "instalments billed so far")
    last_billed_due_day: Int32 = _column(np.int32, "due day of the instalment billed last")
    status: Int8 = _column(np.int8, "active, paid off or charged off (Status)")

    # balances
    principal: Int64 = _column(np.int64, "principal not yet billed")
    interest_remainder: Int64 = _column(np.int64, "interest below a minor unit, numerator")
    arrears_principal: Int64 = _column(np.int64, "principal billed and unpaid")
    arrears_interest: Int64 = _column(np.int64, "interest billed and unpaid")
    late_interest: Int64 = _column(np.int64, "ordinary interest on overdue principal, unpaid")
    late_interest_remainder: Int64 = _column(np.int64, "the same below a minor unit, numerator")
    penalty: Int64 = _column(np.int64, "penalty accrued and unpaid")
    penalty_remainder: Int64 = _column(np.int64, "the same below a minor unit, numerator")
    accrued_through_day: Int32 = _column(np.int32, "last close counted in overdue accrual")

    # flows of money, cumulative
    opening_principal: Int64 = _column(np.int64, "principal when the run starts")
    interest_charged: Int64 = _column(np.int64, "interest billed, accrued late or capitalised")
    penalty_charged: Int64 = _column(np.int64, "penalty accrued")
    capitalised_interest: Int64 = _column(np.int64, "interest moved into principal")
    paid_principal: Int64 = _column(np.int64, "principal paid")
    paid_interest: Int64 = _column(np.int64, "interest paid")
    paid_penalty: Int64 = _column(np.int64, "penalty paid")
    forgiven_penalty: Int64 = _column(np.int64, "penalty waived")
    written_off_principal: Int64 = _column(np.int64, "principal written off")
    written_off_interest: Int64 = _column(np.int64, "interest written off")
    written_off_penalty: Int64 = _column(np.int64, "penalty written off")

    # delinquency
    was_current: Mask = _column(np.bool_, "owed no arrears before the last bill")
    newly_late: Mask = _column(np.bool_, "fell into arrears at the last due date")
    why_missed: Int8 = _column(np.int8, "reason for the last miss (WhyMissed)")
    default_day: Int32 = _column(np.int32, "first close at 90 days past due", NEVER)
    at_risk: Mask = _column(np.bool_, "active and below 90 days past due when day 0 opens")
    last_payment_day: Int32 = _column(np.int32, "day of the last payment")
    next_payment_day: Int32 = _column(np.int32, "day it remembers or reconsiders", NEVER)
    due_dates: Int16 = _column(np.int16, "due dates of a current account past their grace")
    misses: Int16 = _column(np.int16, "of these, unpaid at the end of grace")
    late_starts: Int16 = _column(np.int16, "due dates at which a current account fell late")
    cures: Int16 = _column(np.int16, "of these, current again by the next due date")

    # relief
    deferral_from_day: Int32 = _column(np.int32, "first due day skipped", NEVER)
    deferral_until_day: Int32 = _column(np.int32, "due day at which billing resumes", NEVER)
    deferrals_granted: Int16 = _column(np.int16, "deferrals granted")
    deferral_file_day: Int32 = _column(np.int32, "day the file reaches the desk", NEVER)
    deferral_spell_day: Int32 = _column(np.int32, "hardship spell last applied for", NEVER)
    deferral_eligible: Mask = _column(np.bool_, "ever eligible for a deferral on a due day")
    waiver_bp: Int32 = _column(np.int32, "share of penalty waived, basis points")
    waiver_file_day: Int32 = _column(np.int32, "day the file reaches the desk", NEVER)
    waiver_spell_day: Int32 = _column(np.int32, "hardship spell last applied for", NEVER)
    waiver_eligible: Mask = _column(np.bool_, "ever eligible for a waiver on a due day")
    waivers_granted: Int16 = _column(np.int16, "waivers granted")
    applications: Int16 = _column(np.int16, "applications made")
    abandoned: Int16 = _column(np.int16, "applications given up for want of proof")
    files_decided: Int16 = _column(np.int16, "files the desk decided")
    refusals: Int16 = _column(np.int16, "files refused")
    refused_in_hardship: Int16 = _column(np.int16, "files refused though in hardship")
    waiting_days: Int32 = _column(np.int32, "days that decided files waited at the desk")

    # household, per 30 days where an amount
    income: Int64 = _column(np.int64, "income when at work, money")
    essentials: Int64 = _column(np.int64, "essential spending, money")
    other_debt: Int64 = _column(np.int64, "debt service to other lenders, money")
    buffer: Int64 = _column(np.int64, "savings kept at most, money")
    savings: Int64 = _column(np.int64, "savings on the last due day, after paying, money")
    surplus: Int64 = _column(np.int64, "what the 30 days after it leave, before us, money")
    paid_since_billing: Int64 = _column(np.int64, "paid to us since, money")
    job_loss_day: Int32 = _column(np.int32, "first day without the last job lost", NEVER)
    reemployed_day: Int32 = _column(np.int32, "first day in work again", NEVER)
    slow_finder: Mask = _column(np.bool_, "of the slow type in its last search")
    ill_from_day: Int32 = _column(np.int32, "first day of the last illness", NEVER)
    ill_until_day: Int32 = _column(np.int32, "first day recovered", NEVER)
    forgetting_probability: Float = _column(np.float64, "chance to forget a due date")
    reachability: Float = _column(np.float64, "multiplies the chance that a call connects")
    aware: Mask = _column(np.bool_, "knows that relief exists")
    sure_to_apply: Mask = _column(np.bool_, "by script applies as soon as it may, with papers")
    opportunist: Mask = _column(np.bool_, "skips payments and pretends hardship")
    disengage_day: Int32 = _column(np.int32, "first day it no longer deals with us", NEVER)

    # collections
    strain: Float = _column(np.float64, "strain from contacts, as of strain_day")
    strain_day: Int32 = _column(np.int32, "day of the last change of strain")
    messages_sent: Int32 = _column(np.int32, "messages sent")
    calls_attempted: Int32 = _column(np.int32, "calls attempted")
    calls_connected: Int32 = _column(np.int32, "calls that reached the borrower")
    last_connected_day: Int32 = _column(np.int32, "day of the last connected call", NEVER)

    def __init__(self, replicas: Int64, rows: int, day: int) -> None:
        """Make a Book of ``rows`` rows at their start values, about to run ``day``."""
        for name, column in COLUMNS.items():
            setattr(self, name, np.full(rows, column.start, dtype=column.dtype))
        self.replicas = replicas
        self.day = day
        self.desk_minutes = np.zeros(len(replicas), dtype=np.int64)
        self.call_minutes = np.zeros(len(replicas), dtype=np.int64)
        self.ledger = Ledger()

    def __len__(self) -> int:
        """Return the number of borrowers."""
        return len(self.fate)

    def sort_rows(self) -> None:
        """Lay the rows by cycle, then replica, then number."""
        order = np.lexsort((self.number, self.replica, self.cycle))
        for name in COLUMNS:
            setattr(self, name, getattr(self, name)[order])

    def cycle_slices(self) -> list[slice]:
        """Return where each billing cycle lies."""
        edges = np.searchsorted(self.cycle, np.arange(CYCLES + 1)).tolist()
        return [slice(start, stop) for start, stop in pairwise(edges)]

    def replica_positions(self, rows: Rows) -> Int64:
        """Return for each row the position of its replica in ``replicas``."""
        return np.searchsorted(self.replicas, self.replica[rows])

    def days_since_due(self, rows: Rows, day: int) -> Int64:
        """Return the days since each row's last due day, 0 to 29."""
        since: Int64 = (day - CYCLE_STEP * self.cycle[rows].astype(np.int64)) % MONTH
        return since

    def active_rows(self, within: slice) -> Rows:
        """Return the rows of active loans within a slice."""
        rows: Rows = np.flatnonzero(self.status[within] == Status.ACTIVE) + within.start
        return rows

    def copy(self) -> Self:
        """Return an independent Book in the same state."""
        twin = object.__new__(type(self))
        for name in (*COLUMNS, "replicas", "desk_minutes", "call_minutes"):
            setattr(twin, name, getattr(self, name).copy())
        twin.day = self.day
        twin.ledger = self.ledger.copy()
        return twin

    def save(self, path: Path) -> None:
        """Write the Book to ``path`` (NumPy's npz); loaded again, it runs on to the same end."""
        arrays = {name: getattr(self, name) for name in COLUMNS}
        arrays |= {f"ledger.{name}": table for name, table in self.ledger.entries.items()}
        about = json.dumps({"day": self.day, "ledger_days": self.ledger.days})
        with path.open("wb") as file:
            np.savez(
                file,
                allow_pickle=False,
                about=np.array(about),
                replicas=self.replicas,
                desk_minutes=self.desk_minutes,
                call_minutes=self.call_minutes,
                **arrays,
            )

    @classmethod
    def load(cls, path: Path) -> Self:
        """Return the Book that ``save`` wrote to ``path``."""
        with np.load(path, allow_pickle=False) as stored:
            about = json.loads(stored["about"].item())
            book = cls(stored["replicas"], 0, about["day"])
            for name in COLUMNS:
                setattr(book, name, stored[name])
            book.desk_minutes = stored["desk_minutes"]
            book.call_minutes = stored["call_minutes"]
            ledger = {
                name.removeprefix("ledger."): stored[name]
                for name in stored.files
                if name.startswith("ledger.")
            }
            for month, day in enumerate(about["ledger_days"]):
                book.ledger.append(day, {name: table[month] for name, table in ledger.items()})
        return book


COLUMNS = {name: value for name, value in vars(Book).items() if isinstance(value, Column)}
"""The columns by name, in the order of their declaration."""
