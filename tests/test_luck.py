"""Luck: known bits, independent of order and batch, uniform and uncorrelated, monotone."""

from __future__ import annotations

import hashlib
import itertools

import numpy as np
import pytest

from sim.clock import MONTH
from sim.luck import (
    EXPONENTIAL,
    NORMAL,
    Purpose,
    daily_hazard,
    decay,
    exponential_loss,
    fates,
    hazard,
    lognormal,
    mix,
    offset,
    quantile,
    uniform,
    uniforms,
)

BORROWERS = 20_000


def textbook_splitmix(seed: int, draws: int) -> list[int]:
    """SplitMix64 as published by Steele, Lea and Flood, one state and one output at a time."""
    outputs, state, mask = [], seed, 2**64 - 1
    for _ in range(draws):
        state = (state + 0x9E3779B97F4A7C15) & mask
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        outputs.append(z ^ (z >> 31))
    return outputs


def test_the_published_first_outputs_of_splitmix() -> None:
    assert textbook_splitmix(1234567, 3) == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


def test_fates_are_a_splitmix_stream_from_the_replica_seed() -> None:
    golden, mask = 0x9E3779B97F4A7C15, 2**64 - 1
    replica_seed = mix((mix((2026 + golden) & mask) + 3 * golden) & mask)
    assert fates(2026, 2, 50).tolist() == textbook_splitmix(replica_seed, 50)


def test_known_bits() -> None:
    fate = fates(2026, 0, 3)
    assert uniform(Purpose.JOB_LOSS, -7, fate, 2).tolist() == KNOWN_UNIFORMS
    tables = (
        NORMAL,
        EXPONENTIAL,
        lognormal(0.45),
        hazard(0.013),
        daily_hazard(0.035),
        decay(30),
        exponential_loss(0.3),
    )
    digest = hashlib.sha256(b"".join(table.tobytes() for table in tables)).hexdigest()
    assert digest == KNOWN_TABLES


KNOWN_UNIFORMS = [0.6816774853954163, 0.5998935748816803, 0.9684440492193254]
KNOWN_TABLES = "26cdedf5ebe49d8eba62a33dd60b7659509c5612bb8f7cfdc8d5698eb1c88933"


def test_a_day_for_each_borrower_agrees_with_one_day_for_all() -> None:
    fate = fates(1, 0, 400)
    days = np.arange(-200, 200)
    each = uniform(Purpose.APPLY_DEFERRAL, days, fate)
    alone = [uniform(Purpose.APPLY_DEFERRAL, int(d), fate[[i]])[0] for i, d in enumerate(days)]
    assert each.tolist() == alone


def test_neither_order_nor_company_changes_a_draw() -> None:
    fate = fates(5, 0, 1_000)
    shuffled = np.random.default_rng(0).permutation(1_000)
    drawn = uniform(Purpose.EXPENSE, 30, fate)
    assert (uniform(Purpose.EXPENSE, 30, fate[shuffled]) == drawn[shuffled]).all()
    assert (uniform(Purpose.EXPENSE, 30, fates(5, 0, 2_000))[:1_000] == drawn).all()


def draws() -> dict[str, np.ndarray]:
    """Draws that differ in one coordinate each: purpose, day, ordinal, replica, seed."""
    fate = fates(2026, 0, BORROWERS)
    return {
        "origin": uniform(Purpose.CALL_CONNECTS, 0, fate, 1),
        "next day": uniform(Purpose.CALL_CONNECTS, 1, fate, 1),
        "a month on": uniform(Purpose.CALL_CONNECTS, MONTH, fate, 1),
        "day before": uniform(Purpose.CALL_CONNECTS, -1, fate, 1),
        "second attempt": uniform(Purpose.CALL_CONNECTS, 0, fate, 2),
        "other purpose": uniform(Purpose.CALL_ATTEMPTED, 0, fate, 1),
        "neighbour": uniform(Purpose.CALL_CONNECTS, 0, np.roll(fate, 1), 1),
        "other replica": uniform(Purpose.CALL_CONNECTS, 0, fates(2026, 1, BORROWERS), 1),
        "other seed": uniform(Purpose.CALL_CONNECTS, 0, fates(2027, 0, BORROWERS), 1),
    }


@pytest.mark.parametrize("name", list(draws()))
def test_uniform(name: str) -> None:
    # Chi-square over 64 cells, 63 degrees of freedom: 118 is exceeded by chance once in 30,000.
    counts = np.bincount((draws()[name] * 64).astype(int), minlength=64)
    expected = BORROWERS / 64
    assert ((counts - expected) ** 2 / expected).sum() < 118


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(draws(), 2)))
def test_uncorrelated(one: str, other: str) -> None:
    # Over 36 pairs, 4.5 standard errors are exceeded by chance once in 4,000 runs of new luck.
    a, b = draws()[one], draws()[other]
    assert abs(np.corrcoef(a, b)[0, 1]) < 4.5 / np.sqrt(BORROWERS)
    counts = np.histogram2d(a, b, bins=8, range=((0, 1), (0, 1)))[0]
    expected = BORROWERS / 64
    assert ((counts - expected) ** 2 / expected).sum() < 130


def test_serial_correlation_of_a_borrower_over_days_is_nil() -> None:
    fate = fates(3, 0, 200)
    lives = np.stack([uniform(Purpose.CALL_CONNECTS, day, fate, 1) for day in range(400)])
    centred = lives - 0.5
    for lag in (1, 2, 3, 30, 64):
        correlation = (centred[:-lag] * centred[lag:]).mean() * 12
        assert abs(correlation) < 4.5 / np.sqrt(200 * (400 - lag))


def test_every_bit_of_the_address_moves_half_of_the_outcomes() -> None:
    fate = fates(9, 0, 5_000)
    origin = uniform(Purpose.FORGETTING, 0, fate) < 0.5
    for bit in range(16):
        for moved in (
            uniform(Purpose.FORGETTING, 1 << bit, fate) < 0.5,
            uniform(Purpose.FORGETTING, 0, fate ^ np.uint64(1 << (4 * bit))) < 0.5,
        ):
            assert abs((origin ^ moved).mean() - 0.5) < 4.5 * 0.5 / np.sqrt(5_000)


def test_raising_a_chance_only_adds_events() -> None:
    u = uniform(Purpose.JOB_LOSS, 0, fates(11, 0, BORROWERS))
    comes = [offset(hazard(p), u) < MONTH for p in (0.0, 0.013, 0.2, 0.9)]
    assert not comes[0].any()
    for rarer, likelier in itertools.pairwise(comes):
        assert (likelier | ~rarer).all()
        assert likelier.sum() > rarer.sum()


@pytest.mark.parametrize("monthly", [0.004, 0.013, 0.167, 0.59])
def test_a_hazard_has_its_monthly_chance_and_is_memoryless(monthly: float) -> None:
    table = hazard(monthly)
    assert table[-1] == pytest.approx(monthly, abs=1e-6)
    survival = 1 - table
    assert survival[1:] / survival[:-1] == pytest.approx(np.full(29, survival[0]), rel=1e-9)


def test_the_tables_have_their_moments() -> None:
    assert NORMAL.mean() == pytest.approx(0, abs=1e-6)
    assert NORMAL.std() == pytest.approx(1, abs=2e-3)
    assert EXPONENTIAL.mean() == pytest.approx(1, abs=1e-3)
    assert np.median(lognormal(0.45)) == pytest.approx(1, abs=1e-3)
    assert decay(30)[30] == pytest.approx(0.5, abs=1e-6)
    u = uniform(Purpose.INCOME, 0, fates(1, 0, BORROWERS))
    assert quantile(NORMAL, u).mean() == pytest.approx(0, abs=4.5 / np.sqrt(BORROWERS))


def test_drawn_together_luck_is_what_it_is_drawn_alone() -> None:
    """Several purposes, each with a day a borrower, who are at different ordinals."""
    purposes = (Purpose.APPLY_DEFERRAL, Purpose.APPLY_WAIVER)
    fate = fates(7, 0, 5)
    days = np.array([[-360, 0, 30, 31, 400], [3, 3, 60, -1, 2]])
    ordinals = np.array([0, 1, 2, 0, 3])
    together = uniforms(purposes, days, fate, ordinals)
    for purpose, of_purpose, drawn in zip(purposes, days.tolist(), together, strict=True):
        alone = [
            uniform(purpose, day, fate[[one]], ordinal)[0]
            for one, (day, ordinal) in enumerate(zip(of_purpose, ordinals.tolist(), strict=True))
        ]
        assert drawn.tolist() == alone
