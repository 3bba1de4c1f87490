"""Luck: a pure function of who, what for and when - addressed, never drawn in sequence.

The same borrower therefore meets the same layoff, the same missed call and the same reviewer under
every policy, in any batch, at any number of workers. A chance ``p`` happens when ``uniform < p``,
always in that direction, so that raising ``p`` can only add events.

Mixing is the SplitMix64 finaliser (Steele, Lea and Flood, OOPSLA 2014; constants of Stafford's
variant 13). Distributions come from tables of 4,096 quantiles, rounded when they are made, because
``exp`` and ``log`` differ in their last bit between processors and libraries.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from math import exp, log
from statistics import NormalDist
from typing import Final

import numpy as np
import numpy.typing as npt

from sim.clock import MONTH

Fate = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.int64]

MASK: Final = 2**64 - 1
GOLDEN: Final = 0x9E3779B97F4A7C15
QUANTILES: Final = 4096
CASE_REPLICA: Final = 2**20
"""Scripted cases are replicas of one borrower, numbered from here."""


class Purpose(IntEnum):
    """What a draw decides. The numbers are part of every result: never reuse or renumber one."""

    CYCLE = 1
    AGE = 2
    INCOME = 3
    INSTALMENT_SHARE = 4
    TERM = 5
    ESSENTIALS = 6
    OTHER_DEBT = 7
    BUFFER_KIND = 8
    BUFFER_SIZE = 9
    ATTENTION = 10
    REACHABILITY = 11
    AWARENESS = 12
    OPPORTUNISM = 13
    PRIORITY = 14
    REGION = 15
    SECTOR = 16
    SCORE = 17
    AUTO_DEBIT = 18

    JOB_LOSS = 20
    SEARCH_TYPE = 21
    REEMPLOYMENT = 22
    ILLNESS = 23
    RECOVERY = 24
    INCOME_PERMANENT = 25
    INCOME_TRANSITORY = 26
    EXPENSE = 27
    EXPENSE_SIZE = 28

    FORGETTING = 30
    REMEMBERING = 31
    SKIPPING = 32
    DISENGAGEMENT = 33
    WAITING = 34
    STOPPING = 35
    DEMOTING = 36
    VOLUNTARY = 37
    EARLY_PAYOFF = 38
    RECONSIDERS = 39

    APPLY_DEFERRAL = 40
    PROOF_DEFERRAL = 41
    DECIDE_DEFERRAL = 42
    APPLY_WAIVER = 43
    PROOF_WAIVER = 44
    DECIDE_WAIVER = 45
    RETURNING = 46
    REMINDER = 47

    MESSAGE_SENT = 50
    MESSAGE_WORKS = 51
    CALL_ATTEMPTED = 52
    CALL_CONNECTS = 53
    REENGAGED = 54
    PERSUADED = 55
    COOPERATES = 56
    INFORMED = 57
    MORAL = 58
    PROMISES = 59

    LAYOFF = 60
    LAYOFF_SEARCH = 61
    EPIDEMIC = 62
    DISASTER = 63
    DISASTER_LOSS = 64

    RECIPROCITY = 70
    GRANT_REENGAGES = 71
    ENCOURAGED = 72
    OUTREACH = 73
    APPLY_REDUCTION = 74
    PROOF_REDUCTION = 75
    DECIDE_REDUCTION = 76
    APPLY_EXTENSION = 77
    PROOF_EXTENSION = 78
    DECIDE_EXTENSION = 79
    APPLY_ARRANGEMENT = 80
    PROOF_ARRANGEMENT = 81
    DECIDE_ARRANGEMENT = 82
    APPLY_SETTLEMENT = 83
    PROOF_SETTLEMENT = 84
    DECIDE_SETTLEMENT = 85

    KEEPS_PROMISE = 90
    ASKS_TO_STOP = 91
    COMPLAINS = 92
    SQUEEZES = 93
    PROMOTES = 94
    VISIT_ATTEMPTED = 95
    VISIT_CONNECTS = 96
    NOTICE_SENT = 97
    NOTICE_WORKS = 98
    COMPLAINS_OF_NOTICE = 99

    FILING = 100
    APPEARS = 101
    CONTESTED = 102
    ENFORCEMENT = 103

    LATE_PAYS = 110


_THIRTY, _TWENTY_SEVEN, _THIRTY_ONE = np.uint64(30), np.uint64(27), np.uint64(31)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


def mix(z: int) -> int:
    """Return the SplitMix64 finaliser of one 64-bit integer."""
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def mix_each(z: Fate) -> None:
    """Replace every element of ``z`` by its SplitMix64 finaliser."""
    z ^= z >> _THIRTY
    z *= _FIRST
    z ^= z >> _TWENTY_SEVEN
    z *= _SECOND
    z ^= z >> _THIRTY_ONE


def fates(seed: int, replica: int, borrowers: int) -> Fate:
    """Return the fate of borrowers 0 to ``borrowers`` - 1 of one replica; prefixes agree."""
    replica_seed = mix((mix((seed + GOLDEN) & MASK) + (replica + 1) * GOLDEN) & MASK)
    z = np.arange(1, borrowers + 1, dtype=np.uint64) * np.uint64(GOLDEN)
    z += np.uint64(replica_seed)
    mix_each(z)
    return z


def uniform(purpose: Purpose, day: int | Days, fate: Fate, ordinal: int = 0) -> Floats:
    """Return one number in [0, 1) a borrower, for this purpose, day and ordinal.

    ``day`` is one day for all, or one a borrower. The ordinal tells apart events that can repeat on
    a day.
    """
    if isinstance(day, int):
        packed = (purpose << 48) | ((day + 2**31) << 16) | ordinal
        z = fate + np.uint64(mix((packed + GOLDEN) & MASK))
    else:
        z = (day + 2**31).astype(np.uint64) << np.uint64(16)
        z += np.uint64(((purpose << 48) + ordinal + GOLDEN) & MASK)
        mix_each(z)
        z += fate
    mix_each(z)
    z >>= np.uint64(11)
    return z.astype(np.float64) * 2.0**-53


def uniforms(
    purposes: tuple[Purpose, ...], day: int | Days, fate: Fate, ordinal: int | Days = 0
) -> Floats:
    """Return ``uniform`` for each of several purposes at once, a row each.

    The day may also be one a purpose and borrower, the ordinal one a borrower.
    """
    z = _packed(purposes) + (np.asarray(day + 2**31, dtype=np.uint64) << np.uint64(16))
    z = z + np.asarray(ordinal, dtype=np.uint64)
    mix_each(z)
    z = z + fate
    mix_each(z)
    z >>= np.uint64(11)
    return z.astype(np.float64) * 2.0**-53


@lru_cache(maxsize=256)
def _packed(purposes: tuple[Purpose, ...]) -> Fate:
    """Return what purposes alone add to what is mixed, shape (purposes, 1)."""
    packed = np.array(purposes, dtype=np.uint64)[:, np.newaxis] << np.uint64(48)
    return packed + np.uint64(GOLDEN)


def quantile(table: Floats, u: Floats) -> Floats:
    """Return the table's quantile at each ``u``."""
    return table[(u * QUANTILES).astype(np.int64)]


def offset(table: Floats, u: Floats) -> npt.NDArray[np.int64]:
    """Return in how many days the event of a ``hazard`` table comes; 30: not within the month."""
    return np.searchsorted(table, u, side="right")


def _frozen(values: list[float]) -> Floats:
    table = np.array(values, dtype=np.float64)
    table.flags.writeable = False
    return table


NORMAL: Final = _frozen(
    [round(NormalDist().inv_cdf((i + 0.5) / QUANTILES), 6) for i in range(QUANTILES)]
)
EXPONENTIAL: Final = _frozen([round(-log(1 - (i + 0.5) / QUANTILES), 6) for i in range(QUANTILES)])


@lru_cache(maxsize=256)
def lognormal(log_sd: float) -> Floats:
    """Return the quantiles of a lognormal with median 1."""
    return _frozen([round(exp(log_sd * z), 6) for z in NORMAL.tolist()])


def _failure_by_day(daily_survival: float) -> Floats:
    failed, survival = [], 1.0
    for _ in range(MONTH):
        survival = survival * daily_survival
        failed.append(1 - survival)
    return _frozen(failed)


@lru_cache(maxsize=256)
def hazard(monthly: float) -> Floats:
    """Return the chance that an event of chance ``monthly`` a month has come by day 1, ..., 30.

    Time is continuous up to the day: a monthly grid cannot reproduce how long spells last.
    """
    return _failure_by_day(round((1 - monthly) ** (1 / MONTH), 9))


@lru_cache(maxsize=256)
def daily_hazard(daily: float) -> Floats:
    """Return the same for an event of chance ``daily`` a day."""
    return _failure_by_day(round(1 - daily, 9))


@lru_cache(maxsize=64)
def decay(half_life: int) -> Floats:
    """Return what is left of 1 after 0, 1, ..., 720 days, or months, as the half-life is."""
    factor = round(0.5 ** (1 / half_life), 9)
    left = [1.0]
    for _ in range(720):
        left.append(left[-1] * factor)
    return _frozen(left)


@lru_cache(maxsize=64)
def exponential_loss(coefficient: float) -> Floats:
    """Return ``exp(-coefficient x)`` for x = 0, 1/8, ..., 255/8."""
    return _frozen([round(exp(-coefficient * i / 8), 6) for i in range(256)])
