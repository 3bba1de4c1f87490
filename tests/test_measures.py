"""Every metric against figures worked out by hand, on a ledger of two replicas."""

import numpy as np
import pytest

from sim.rules.measures import METRICS, Account, UnitCosts, measure, ratio

COSTS = UnitCosts(message=10, call=150, desk_minute=100)

# entry -> its replicas on the eve of day 0, and at the horizon. Replica 1 has no borrower at risk,
# no file, no due date: whatever is a share of those has no value.
LEDGER = {
    "borrowers": ((100, 4), (100, 4)),
    "active": ((80, 4), (50, 3)),
    "paid_off": ((15, 0), (35, 0)),
    "charged_off": ((5, 0), (15, 1)),
    "at_risk": ((75, 0), (75, 0)),
    "lost": ((0, 0), (15, 0)),
    "defaulted": ((0, 0), (12, 0)),
    "no_payment_90": ((2, 0), (8, 1)),
    "due_dates": ((100, 7), (300, 7)),
    "misses": ((10, 1), (30, 1)),
    "late_starts": ((20, 0), (60, 0)),
    "cures": ((10, 0), (40, 0)),
    "opening_principal": ((900_000, 1_000), (900_000, 1_000)),
    "principal": ((800_000, 900), (300_000, 100)),
    "arrears_principal": ((1_000, 0), (7_000, 20)),
    "arrears_interest": ((100, 0), (700, 2)),
    "late_interest": ((10, 0), (70, 0)),
    "penalty": ((1, 0), (7, 0)),
    "interest_charged": ((5_000, 10), (60_000, 100)),
    "penalty_charged": ((50, 0), (900, 0)),
    "capitalised_interest": ((0, 0), (160, 0)),
    "paid_principal": ((20_000, 50), (500_000, 450)),
    "paid_interest": ((2_000, 5), (34_000, 45)),
    "paid_penalty": ((40, 0), (840, 0)),
    "forgiven_penalty": ((0, 0), (80, 0)),
    "written_off_principal": ((3_000, 0), (11_000, 300)),
    "written_off_interest": ((300, 0), (1_100, 40)),
    "written_off_penalty": ((30, 0), (110, 4)),
    "deferrals_granted": ((0, 0), (6, 0)),
    "deferral_eligible": ((0, 0), (24, 0)),
    "waivers_granted": ((0, 0), (3, 0)),
    "waiver_eligible": ((0, 0), (30, 0)),
    "applications": ((0, 0), (16, 0)),
    "abandoned": ((0, 0), (4, 0)),
    "files_decided": ((0, 0), (12, 0)),
    "refusals": ((0, 0), (3, 0)),
    "refused_in_hardship": ((0, 0), (1, 0)),
    "waiting_days": ((0, 0), (30, 0)),
    "messages_sent": ((40, 2), (200, 6)),
    "calls_attempted": ((100, 0), (500, 4)),
    "calls_connected": ((8, 0), (48, 0)),
    "call_minutes": ((400, 0), (2_000, 16)),
    "desk_minutes": ((0, 0), (240, 0)),
}

NONE = np.nan
EXPECTED = {
    "default_rate": (0.2, NONE),
    "recovered": ((480_000 + 32_000 + 800) / 80, 110.0),
    "ever_90_rate": (0.16, NONE),
    "charge_off_rate": (0.125, 0.25),
    "no_payment_90_rate": (0.1, 0.25),
    "miss_rate": (0.1, NONE),
    "cure_rate": (0.75, NONE),
    "recovered_principal": (6_000.0, 100.0),
    "recovered_interest": (400.0, 10.0),
    "recovered_penalty": (10.0, 0.0),
    "forgiven_penalty": (1.0, 0.0),
    "capitalised_interest": (2.0, 0.0),
    "written_off": (8_880 / 80, 344 / 4),
    "outstanding": (307_777 / 80, 122 / 4),
    "cost_of_collection": ((160 * 10 + 400 * 150) / 80, (4 * 10 + 4 * 150) / 4),
    "cost_of_desk": (240 * 100 / 80, 0.0),
    "net_recovered": ((512_800 - 61_600 - 24_000) / 80, (440 - 640) / 4),
    "deferral_take_up": (0.25, NONE),
    "waiver_take_up": (0.1, NONE),
    "abandoned": (0.25, NONE),
    "refused_in_hardship": (1 / 12, NONE),
    "waiting_days": (2.5, NONE),
    "messages_sent": (2.0, 1.0),
    "calls_attempted": (5.0, 1.0),
    "calls_connected": (0.5, 0.0),
    "call_minutes": (20.0, 4.0),
    "desk_minutes": (3.0, 0.0),
}


def ledger(**changes):
    return {name: np.array(rows, dtype=np.int64) for name, rows in (LEDGER | changes).items()}


def test_every_metric_has_a_figure_worked_out_by_hand():
    assert list(METRICS) == list(EXPECTED)


@pytest.mark.parametrize("name", METRICS)
def test_metric_by_hand(name):
    values = measure(ledger(), COSTS)[name]
    assert values.dtype == np.float64
    np.testing.assert_allclose(values, EXPECTED[name], rtol=1e-15)


def test_what_happened_in_the_burn_in_counts_for_nothing():
    """Flows before day 0, added to both rows, change no metric."""
    stocks = {"principal", "arrears_principal", "arrears_interest", "late_interest", "penalty"}
    counts = {"active", "at_risk", "lost", "defaulted", "no_payment_90"}
    earlier = {
        name: table if name in stocks | counts else table + 12_345
        for name, table in ledger().items()
    }
    before, after = measure(ledger(), COSTS), measure(earlier, COSTS)
    for name in METRICS:
        np.testing.assert_array_equal(before[name], after[name], err_msg=name)


def test_months_in_between_do_not_matter():
    longer = {name: np.insert(table, 1, 0, axis=0) for name, table in ledger().items()}
    for name, values in measure(longer, COSTS).items():
        np.testing.assert_array_equal(values, measure(ledger(), COSTS)[name], err_msg=name)


def test_a_book_nobody_is_left_on_has_no_value_at_all():
    empty = {name: np.zeros_like(table) for name, table in ledger().items()}
    assert all(np.isnan(values).all() for values in measure(empty, COSTS).values())


def test_a_share_of_nothing_is_nan_and_never_zero():
    values = ratio(np.array([0, 1, 1]), np.array([0, 0, 4]))
    np.testing.assert_array_equal(values, [np.nan, np.nan, 0.25])


def test_money_beyond_the_whole_numbers_of_a_float_stays_exact_until_it_is_divided():
    """2**60 + 1 - 2**60 is 1 in integers and 0 in floats."""
    huge = ledger(paid_principal=((2**60, 0), (2**60 + 1, 0)), paid_interest=((0, 0), (0, 0)))
    account = Account(huge, COSTS)
    assert account.since("paid_principal").tolist() == [1, 0]


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
def test_a_metric_says_in_both_languages_what_it_is(metric):
    assert metric.name == metric.name.lower()
    assert metric.label.en and not metric.label.en.endswith(".")
    assert metric.label.zh and not metric.label.zh.isascii()
    assert metric.meaning.en.endswith(".")
    assert metric.meaning.zh.endswith("。")


def test_labels_are_told_apart_in_both_languages():
    for language in ("en", "zh"):
        labels = [getattr(metric.label, language) for metric in METRICS.values()]
        assert len(set(labels)) == len(labels)


def test_the_headline_comes_first():
    assert list(METRICS)[:2] == ["default_rate", "recovered"]
