"""The oracle's numbers: rounding, addressed luck, tables, annuity (model page, section 1)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache, lru_cache
from statistics import NormalDist

NEVER = 2**30
CENT = 3_600_000
"""Basis points times days of a year: an amount x bp x days over this is money."""

MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15


def _numbered(first: int, names: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(names.split(), start=first)}


PURPOSES = {
    **_numbered(
        1,
        "CYCLE AGE INCOME INSTALMENT_SHARE TERM ESSENTIALS OTHER_DEBT BUFFER_KIND BUFFER_SIZE"
        " ATTENTION REACHABILITY AWARENESS OPPORTUNISM PRIORITY REGION SECTOR SCORE AUTO_DEBIT",
    ),
    **_numbered(
        20,
        "JOB_LOSS SEARCH_TYPE REEMPLOYMENT ILLNESS RECOVERY INCOME_PERMANENT INCOME_TRANSITORY"
        " EXPENSE EXPENSE_SIZE",
    ),
    **_numbered(
        30,
        "FORGETTING REMEMBERING SKIPPING DISENGAGEMENT WAITING STOPPING DEMOTING VOLUNTARY"
        " EARLY_PAYOFF RECONSIDERS",
    ),
    **_numbered(40, "APPLY_DEFERRAL PROOF_DEFERRAL DECIDE_DEFERRAL"),
    **_numbered(43, "APPLY_WAIVER PROOF_WAIVER DECIDE_WAIVER"),
    **_numbered(46, "RETURNING REMINDER"),
    **_numbered(
        50,
        "MESSAGE_SENT MESSAGE_WORKS CALL_ATTEMPTED CALL_CONNECTS REENGAGED PERSUADED COOPERATES"
        " INFORMED MORAL PROMISES",
    ),
    **_numbered(60, "LAYOFF LAYOFF_SEARCH EPIDEMIC DISASTER DISASTER_LOSS"),
    **_numbered(70, "RECIPROCITY GRANT_REENGAGES ENCOURAGED OUTREACH"),
    **_numbered(74, "APPLY_REDUCTION PROOF_REDUCTION DECIDE_REDUCTION"),
    **_numbered(77, "APPLY_EXTENSION PROOF_EXTENSION DECIDE_EXTENSION"),
    **_numbered(80, "APPLY_ARRANGEMENT PROOF_ARRANGEMENT DECIDE_ARRANGEMENT"),
    **_numbered(83, "APPLY_SETTLEMENT PROOF_SETTLEMENT DECIDE_SETTLEMENT"),
    **_numbered(
        90,
        "KEEPS_PROMISE ASKS_TO_STOP COMPLAINS SQUEEZES PROMOTES VISIT_ATTEMPTED VISIT_CONNECTS"
        " NOTICE_SENT NOTICE_WORKS COMPLAINS_OF_NOTICE",
    ),
    **_numbered(100, "FILING APPEARS CONTESTED ENFORCEMENT"),
    **_numbered(110, "LATE_PAYS"),
}


def half_up(value: float) -> int:
    """The nearest integer, halves upwards."""
    return math.floor(value + 0.5)


def share_of(amount: int, bp: int) -> int:
    """That many basis points of the amount, halves upwards."""
    return (amount * bp + 5000) // 10000


def ceil_div(amount: int, parts: int) -> int:
    """The quotient, rounded up."""
    return -(-amount // parts)


def mix(z: int) -> int:
    """SplitMix64's finaliser."""
    z ^= z >> 30
    z = z * 0xBF58476D1CE4E5B9 & MASK
    z ^= z >> 27
    z = z * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def fate_of(seed: int, replica: int, number: int) -> int:
    """The 64 bits from which all luck of one borrower comes."""
    replica_seed = mix(mix(seed + GOLDEN & MASK) + (replica + 1) * GOLDEN & MASK)
    return mix(replica_seed + (number + 1) * GOLDEN & MASK)


@lru_cache(maxsize=2**14)
def _key(purpose: str, day: int, ordinal: int) -> int:
    address = PURPOSES[purpose] << 48 | day + 2**31 << 16 | ordinal
    return mix(address + GOLDEN & MASK)


def uniform(purpose: str, day: int, ordinal: int, fate: int) -> float:
    """The borrower's luck in [0, 1) for one purpose on one day."""
    return (mix(fate + _key(purpose, day, ordinal) & MASK) >> 11) * 2**-53


@cache
def _normal() -> list[float]:
    return [round(NormalDist().inv_cdf((i + 0.5) / 4096), 6) for i in range(4096)]


@cache
def _exponential() -> list[float]:
    return [round(-math.log(1 - (i + 0.5) / 4096), 6) for i in range(4096)]


@cache
def _lognormal(sd: float) -> list[float]:
    return [round(math.exp(sd * z), 6) for z in _normal()]


def normal(u: float) -> float:
    """The standard normal quantile at u."""
    return _normal()[math.floor(u * 4096)]


def exponential(u: float) -> float:
    """The quantile at u of the exponential distribution of mean 1."""
    return _exponential()[math.floor(u * 4096)]


def lognormal(sd: float, u: float) -> float:
    """The quantile at u of the lognormal distribution of median 1."""
    return _lognormal(sd)[math.floor(u * 4096)]


@cache
def _cumulated(stay: float) -> list[float]:
    survival = 1.0
    cumulated = []
    for _ in range(30):
        survival = survival * stay
        cumulated.append(1 - survival)
    return cumulated


def _offset(stay: float, u: float) -> int:
    return sum(1 for chance in _cumulated(stay) if chance <= u)


def hazard_offset(per_month: float, u: float) -> int:
    """Days until an event of this chance a month; 30 is not within the next 30 days."""
    return _offset(round((1 - per_month) ** (1 / 30), 9), u)


def daily_offset(per_day: float, u: float) -> int:
    """Days until an event of this chance a day; 30 is not within the next 30 days."""
    return _offset(round(1 - per_day, 9), u)


@cache
def _halving(half_life: float) -> list[float]:
    factor = round(0.5 ** (1 / half_life), 9)
    entries = [1.0]
    for _ in range(720):
        entries.append(entries[-1] * factor)
    return entries


def what_is_left(half_life: float, since: int) -> float:
    """What is left of 1 after so many days, or months, if it halves in so many."""
    return _halving(half_life)[min(since, 720)]


def cooperation(loss: float, strain: float) -> float:
    """The factor on every chance of cooperating under this strain."""
    return round(math.exp(-loss * min(math.floor(strain * 8), 255) / 8), 6)


def path(factors: Sequence[float], day: int) -> float:
    """The factor of an economic path on a day: 1 before day 0, the last entry holds on."""
    if day < 0 or not factors:
        return 1
    return factors[min(day // 30, len(factors) - 1)]


@cache
def annuity(bp: int, instalments: int) -> float:
    """The level instalment of a loan of 1."""
    if bp == 0:
        return 1 / instalments
    rate = bp / 120000
    growth = 1.0
    for _ in range(instalments):
        growth = growth * (1 + rate)
    return rate * growth / (growth - 1)
