"""The oracle's numbers: rounding, addressed luck, tables, annuity (model page, section 1)."""

from __future__ import annotations

import math
from functools import cache
from statistics import NormalDist

NEVER = 2**30
CENT = 3_600_000
"""Basis points times days of a year: an amount x bp x days over this is money."""

MASK = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15

PURPOSES = {
    "CYCLE": 1,
    "AGE": 2,
    "INCOME": 3,
    "INSTALMENT_SHARE": 4,
    "TERM": 5,
    "ESSENTIALS": 6,
    "OTHER_DEBT": 7,
    "BUFFER_KIND": 8,
    "BUFFER_SIZE": 9,
    "ATTENTION": 10,
    "REACHABILITY": 11,
    "AWARENESS": 12,
    "OPPORTUNISM": 13,
    "JOB_LOSS": 20,
    "SEARCH_TYPE": 21,
    "REEMPLOYMENT": 22,
    "ILLNESS": 23,
    "RECOVERY": 24,
    "INCOME_PERMANENT": 25,
    "INCOME_TRANSITORY": 26,
    "EXPENSE": 27,
    "EXPENSE_SIZE": 28,
    "FORGETTING": 30,
    "REMEMBERING": 31,
    "SKIPPING": 32,
    "DISENGAGEMENT": 33,
    "APPLY_DEFERRAL": 40,
    "PROOF_DEFERRAL": 41,
    "DECIDE_DEFERRAL": 42,
    "APPLY_WAIVER": 43,
    "PROOF_WAIVER": 44,
    "DECIDE_WAIVER": 45,
    "MESSAGE_SENT": 50,
    "MESSAGE_WORKS": 51,
    "CALL_ATTEMPTED": 52,
    "CALL_CONNECTS": 53,
    "REENGAGED": 54,
    "PERSUADED": 55,
    "COOPERATES": 56,
    "INFORMED": 57,
}


def half_up(value: float) -> int:
    """The nearest integer, halves upwards."""
    return math.floor(value + 0.5)


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


def uniform(purpose: str, day: int, ordinal: int, fate: int) -> float:
    """The borrower's luck in [0, 1) for one purpose on one day."""
    address = PURPOSES[purpose] << 48 | day + 2**31 << 16 | ordinal
    key = mix(address + GOLDEN & MASK)
    return (mix(fate + key & MASK) >> 11) * 2**-53


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
def _decay(half_life_days: float) -> list[float]:
    factor = round(0.5 ** (1 / half_life_days), 9)
    entries = [1.0]
    for _ in range(720):
        entries.append(entries[-1] * factor)
    return entries


def decay(half_life_days: float, days: int) -> float:
    """What is left of 1 after so many days."""
    return _decay(half_life_days)[min(days, 720)]


def cooperation(loss: float, strain: float) -> float:
    """The factor on every chance of cooperating under this strain."""
    return round(math.exp(-loss * min(math.floor(strain * 8), 255) / 8), 6)


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
