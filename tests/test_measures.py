"""Every metric against figures worked out by hand, on a ledger of two replicas."""

import numpy as np
import pytest

from sim.experiment.compare import yardstick
from sim.rules.measures import (
    METRICS,
    Account,
    Staffing,
    UnitCosts,
    Yardstick,
    measure,
    ratio,
)
from sim.rules.origination import originate
from sim.rules.stocktaking import totals
from sim.scenario.schema import Policy, World

COSTS = UnitCosts(
    message=10,
    call=150,
    visit=1_000,
    notice=50,
    complaint=3_000,
    filing=4_000,
    outreach=20,
    desk_minute=100,
)
STICK = Yardstick(
    COSTS,
    Staffing(agents=100, visitors=None, reviewers=40),
    discount_bp=12_000,
    residual_by_status=(1.0, 0.5, 0.25, 0.2, 0.1, 0.05, 0.01),
)

# entry -> its replicas on the eve of day 0, and at the horizon, a month later. Replica 1 has no
# borrower at risk, no file, no due date: whatever is a share of those has no value.
LEDGER = {
    "borrowers": ((100, 4), (100, 4)),
    "active": ((80, 4), (50, 3)),
    "paid_off": ((15, 0), (30, 0)),
    "charged_off": ((5, 0), (15, 1)),
    "settled": ((0, 0), (4, 0)),
    "early_payoffs": ((1, 0), (3, 0)),
    "at_risk": ((75, 0), (75, 0)),
    "lost": ((0, 0), (15, 0)),
    "defaulted": ((0, 0), (12, 0)),
    "defaulted_after_misfortune": ((0, 0), (9, 0)),
    "relieved": ((0, 0), (10, 0)),
    "redefaulted": ((0, 0), (3, 0)),
    "no_payment_90": ((2, 0), (8, 1)),
    "due_dates": ((100, 7), (300, 7)),
    "misses": ((10, 1), (30, 1)),
    "late_starts": ((20, 0), (60, 0)),
    "cures": ((10, 0), (40, 0)),
    "dpd_0": ((50, 4), (30, 2)),
    "dpd_1": ((10, 0), (8, 1)),
    "dpd_30": ((8, 0), (6, 0)),
    "dpd_60": ((4, 0), (3, 0)),
    "dpd_90": ((4, 0), (2, 0)),
    "dpd_120": ((4, 0), (1, 0)),
    "rolled_0": ((7, 7), (5, 1)),
    "rolled_1": ((7, 7), (4, 0)),
    "rolled_30": ((7, 7), (6, 0)),
    "rolled_60": ((7, 7), (3, 0)),
    "class_normal": ((50, 4), (26, 2)),
    "class_special_mention": ((20, 0), (13, 1)),
    "class_substandard": ((10, 0), (5, 0)),
    "class_doubtful": ((0, 0), (4, 0)),
    "class_loss": ((5, 0), (17, 1)),
    "eu_forborne": ((0, 0), (10, 0)),
    "eu_non_performing": ((8, 0), (5, 0)),
    "balance_dpd_0": ((1, 1), (240_000, 99)),
    "balance_dpd_1": ((1, 1), (30_000, 33)),
    "balance_dpd_30": ((1, 1), (12_000, 0)),
    "balance_dpd_60": ((1, 1), (9_000, 0)),
    "balance_dpd_90": ((1, 1), (6_000, 0)),
    "balance_dpd_120": ((1, 1), (3_000, 0)),
    "balance_stage_1": ((1, 1), (150_000, 82)),
    "balance_stage_2": ((1, 1), (100_000, 50)),
    "balance_stage_3": ((1, 1), (50_000, 0)),
    "balance_worth_0": ((1, 1), (100_000, 60)),
    "balance_worth_1": ((1, 1), (80_000, 72)),
    "balance_worth_30": ((1, 1), (60_000, 0)),
    "balance_worth_60": ((1, 1), (30_000, 0)),
    "balance_worth_90": ((1, 1), (20_000, 0)),
    "balance_worth_120": ((1, 1), (10_000, 0)),
    "claim_charged_off": ((1, 1), (40_000, 200)),
    "principal": ((800_000, 900), (300_000, 100)),
    "arrears_principal": ((1_000, 0), (7_000, 20)),
    "arrears_interest": ((100, 0), (700, 2)),
    "late_interest": ((10, 0), (70, 0)),
    "deferred_interest": ((0, 0), (200, 8)),
    "penalty": ((1, 0), (7, 0)),
    "costs": ((0, 0), (30, 2)),
    "capitalised_interest": ((0, 0), (160, 0)),
    "forgone_interest": ((80, 0), (480, 4)),
    "clipped_penalty": ((8, 0), (48, 0)),
    "paid_principal": ((20_000, 50), (500_000, 450)),
    "paid_interest": ((2_000, 5), (34_000, 45)),
    "paid_penalty": ((40, 0), (840, 0)),
    "paid_costs": ((0, 0), (240, 0)),
    "late_recovered": ((100, 0), (740, 4)),
    "sale_proceeds": ((0, 0), (320, 0)),
    "commissions": ((10, 0), (90, 0)),
    "forgiven_principal": ((0, 0), (800, 0)),
    "forgiven_interest": ((10, 0), (90, 0)),
    "forgiven_penalty": ((0, 0), (80, 0)),
    "forgiven_costs": ((0, 0), (40, 0)),
    "written_off_principal": ((3_000, 0), (11_000, 300)),
    "written_off_interest": ((300, 0), (1_100, 40)),
    "written_off_penalty": ((30, 0), (110, 4)),
    "written_off_costs": ((0, 0), (20, 0)),
    "deferral_taken_up": ((0, 0), (6, 0)),
    "deferral_eligible": ((0, 0), (24, 0)),
    "waiver_taken_up": ((0, 0), (3, 0)),
    "waiver_eligible": ((0, 0), (30, 0)),
    "reduction_taken_up": ((0, 0), (4, 0)),
    "reduction_eligible": ((0, 0), (20, 0)),
    "extension_taken_up": ((0, 0), (9, 0)),
    "extension_eligible": ((0, 0), (20, 0)),
    "arrangement_taken_up": ((0, 0), (12, 0)),
    "arrangement_eligible": ((0, 0), (20, 0)),
    "arrangements_kept": ((1, 0), (4, 0)),
    "arrangements_broken": ((0, 0), (9, 0)),
    "settlement_taken_up": ((0, 0), (7, 0)),
    "settlement_eligible": ((0, 0), (10, 0)),
    "outreach_reached": ((4, 0), (12, 1)),
    "voluntary_payments": ((0, 0), (2, 0)),
    "applications": ((0, 0), (16, 0)),
    "abandoned": ((0, 0), (4, 0)),
    "files_decided": ((0, 0), (12, 0)),
    "refused_in_hardship": ((0, 0), (1, 0)),
    "waiting_days": ((0, 0), (30, 0)),
    "files_pending": ((9, 0), (5, 0)),
    "messages_sent": ((40, 2), (200, 6)),
    "calls_attempted": ((100, 0), (500, 4)),
    "calls_connected": ((8, 0), (48, 0)),
    "visits_attempted": ((1, 0), (9, 0)),
    "notices_sent": ((0, 0), (16, 0)),
    "contacts_refused": ((0, 0), (40, 0)),
    "promises_made": ((2, 0), (22, 0)),
    "promises_kept": ((1, 0), (6, 0)),
    "complaints": ((1, 0), (5, 0)),
    "cases_filed": ((0, 0), (6, 0)),
    "hearings": ((0, 0), (5, 0)),
    "judgments": ((0, 0), (4, 0)),
    "court_waiting_days": ((0, 0), (35, 0)),
    "months_in_arrears": ((10, 0), (90, 1)),
    "adverse_marks": ((5, 0), (45, 1)),
    "squeezed": ((0, 0), (160, 0)),
    "other_arrears": ((50, 0), (400, 8)),
    "spells_under_5_weeks": ((3, 1), (2, 0)),
    "spells_5_to_14_weeks": ((3, 1), (1, 0)),
    "spells_15_to_26_weeks": ((3, 1), (4, 0)),
    "spells_27_weeks_on": ((3, 1), (3, 0)),
    "call_minutes": ((400, 0), (2_000, 16)),
    "visit_minutes": ((60, 0), (540, 0)),
    "desk_minutes": ((0, 0), (240, 0)),
    "review_minutes": ((0, 0), (240, 0)),
}

NONE = np.nan
CONTACTS = 160 * 10 + 400 * 150 + 8 * 1_000 + 16 * 50 + 4 * 3_000
COURT = 6 * 4_000 + 80
NET = (480_000 + 32_000 + 800 + 240 + 640 + 320) - CONTACTS - (24_000 + 8 * 20) - COURT
NET_OF_ONE = (400 + 40 + 4) - (4 * 10 + 4 * 150) - 20
RESIDUAL = 100_000 + 40_000 + 15_000 + 6_000 + 2_000 + 500 + 400
EXPECTED = {
    "default_rate": (0.2, NONE),
    "recovered": (514_000 / 80, 111.0),
    "outstanding": (308_007 / 80, 132 / 4),
    "net_recovered": (NET / 80, NET_OF_ONE / 4),
    "value": ((NET + RESIDUAL) / 1.1 / 80, (NET_OF_ONE + 60 + 36 + 2) / 1.1 / 4),
    "ever_90_rate": (0.16, NONE),
    "default_after_shock": (0.75, NONE),
    "redefault_rate": (0.3, NONE),
    "charge_off_rate": (0.125, 0.25),
    "settled_rate": (0.05, 0.0),
    "paid_off_rate": (0.1875, 0.0),
    "early_payoff_rate": (0.025, 0.0),
    "no_payment_90_rate": (0.1, 0.25),
    "miss_rate": (0.1, NONE),
    "cure_rate": (0.75, NONE),
    "overdue_balance_share": (0.2, 0.25),
    "overdue_90_balance_share": (0.03, 0.0),
    "roll_rate_0": (0.1, 0.25),
    "roll_rate_1": (0.4, NONE),
    "roll_rate_30": (0.75, NONE),
    "roll_rate_60": (0.75, NONE),
    "substandard_share": (26 / 65, 0.25),
    "special_mention_share": (0.2, 0.25),
    "forborne_share": (0.2, 0.0),
    "non_performing_share": (0.1, 0.0),
    "stage_2_share": (1 / 3, 50 / 132),
    "stage_3_share": (1 / 6, 0.0),
    "recovered_principal": (6_000.0, 100.0),
    "recovered_interest": (400.0, 10.0),
    "recovered_penalty": (10.0, 0.0),
    "recovered_costs": (3.0, 0.0),
    "late_recovered": (12.0, 1.0),
    "paid_of_due": (512_000 / (512_000 + 880 + 8_800 + 7_770), 440 / (440 + 340 + 22)),
    "present_value": (NET / 1.1 / 80, NET_OF_ONE / 1.1 / 4),
    "residual_value": (RESIDUAL / 80, 98 / 4),
    "claims": (500.0, 50.0),
    "forgiven": (12.5, 0.0),
    "forgiven_penalty": (1.0, 0.0),
    "forgone_by_rate": (5.0, 1.0),
    "clipped_penalty": (0.5, 0.0),
    "capitalised_interest": (2.0, 0.0),
    "written_off": (8_900 / 80, 344 / 4),
    "cost_of_collection": (CONTACTS / 80, (4 * 10 + 4 * 150) / 4),
    "cost_of_desk": (240 * 100 / 80, 0.0),
    "cost_of_outreach": (2.0, 5.0),
    "cost_of_court": (300.0, 0.0),
    "commissions": (1.0, 0.0),
    "deferral_take_up": (0.25, NONE),
    "waiver_take_up": (0.1, NONE),
    "reduction_take_up": (0.2, NONE),
    "extension_take_up": (0.45, NONE),
    "arrangement_take_up": (0.6, NONE),
    "settlement_take_up": (0.7, NONE),
    "arrangements_kept": (0.25, NONE),
    "outreach_reached": (0.1, 0.25),
    "abandoned": (0.25, NONE),
    "refused_in_hardship": (1 / 12, NONE),
    "waiting_days": (2.5, NONE),
    "queue_length": (5.0, 0.0),
    "reviewer_utilisation": (0.2, 0.0),
    "voluntary_payments": (0.025, 0.0),
    "messages_sent": (2.0, 1.0),
    "calls_attempted": (5.0, 1.0),
    "calls_connected": (0.5, 0.0),
    "visits_attempted": (0.1, 0.0),
    "notices_sent": (0.2, 0.0),
    "contacts_refused": (0.5, 0.0),
    "promises_made": (0.25, 0.0),
    "promises_kept": (0.25, NONE),
    "call_minutes": (20.0, 4.0),
    "desk_minutes": (3.0, 0.0),
    "visit_minutes": (6.0, 0.0),
    "agent_utilisation": (1_600 / 3_000, 16 / 3_000),
    "visitor_utilisation": (NONE, NONE),
    "cases_filed": (0.075, 0.0),
    "judgments": (0.05, 0.0),
    "court_waiting_days": (7.0, NONE),
    "months_in_arrears": (1.0, 0.25),
    "adverse_marks": (0.5, 0.25),
    "complaints_per_thousand": (50.0, 0.0),
    "squeezed": (2.0, 0.0),
    "other_arrears": (5.0, 2.0),
    "jobless_share": (0.2, 0.0),
    "spells_under_5_weeks": (0.2, NONE),
    "spells_5_to_14_weeks": (0.1, NONE),
    "spells_15_to_26_weeks": (0.4, NONE),
    "spells_27_weeks_on": (0.3, NONE),
    "satisfaction": (100 - 4 * 1.0 - 2 * 0.5 - 30 * 0.05, 100 - 4 * 0.25 - 2 * 0.25),
}
STOCKS = {
    *("principal", "arrears_principal", "arrears_interest", "late_interest", "deferred_interest"),
    *("penalty", "costs", "claim_charged_off", "other_arrears", "files_pending"),
    *("active", "at_risk", "lost", "defaulted", "defaulted_after_misfortune", "no_payment_90"),
    *("relieved", "redefaulted"),
    *(entry for entry in LEDGER if entry.startswith(("dpd", "rolled", "class", "eu", "balance"))),
    *(entry for entry in LEDGER if entry.startswith("spells")),
}


def ledger(**changes):
    return {name: np.array(rows, dtype=np.int64) for name, rows in (LEDGER | changes).items()}


def test_every_metric_has_a_figure_worked_out_by_hand():
    assert list(METRICS) == list(EXPECTED)


@pytest.mark.parametrize("name", METRICS)
def test_metric_by_hand(name):
    values = measure(ledger(), STICK)[name]
    assert values.dtype == np.float64
    np.testing.assert_allclose(values, EXPECTED[name], rtol=1e-15)


def test_what_happened_in_the_burn_in_counts_for_nothing():
    """Flows before day 0, added to both rows, change no metric."""
    earlier = {
        name: table if name in STOCKS else table + 12_345 for name, table in ledger().items()
    }
    before, after = measure(ledger(), STICK), measure(earlier, STICK)
    for name in METRICS:
        np.testing.assert_array_equal(before[name], after[name], err_msg=name)


OF_EVERY_MONTH = {
    *("value", "present_value", "roll_rate_0", "roll_rate_1", "roll_rate_30", "roll_rate_60"),
    *("queue_length", "agent_utilisation", "reviewer_utilisation", "jobless_share"),
    *("overdue_balance_share", "overdue_90_balance_share"),
    *(name for name in METRICS if name.startswith("spells")),
}


@pytest.mark.parametrize("name", METRICS)
def test_months_in_between_matter_to_what_is_of_every_month_and_to_nothing_else(name):
    longer = {entry: np.insert(table, 1, table[0] + 1, axis=0) for entry, table in ledger().items()}
    same = np.array_equal(measure(longer, STICK)[name], measure(ledger(), STICK)[name], True)
    assert same == (name not in OF_EVERY_MONTH)


def test_what_is_of_every_month_by_hand():
    """Two months: 10 % a month is discounted, rolls, queues and spells are taken by the month."""
    flat = {entry: np.zeros((3, 1), dtype=np.int64) for entry in LEDGER}
    flat["active"][:] = 10
    flat["paid_principal"][:, 0] = (500, 1_500, 1_500)
    flat["messages_sent"][:, 0] = (0, 10, 20)
    flat["dpd_1"][:, 0] = (4, 6, 99)
    flat["rolled_1"][:, 0] = (99, 3, 2)
    flat["files_pending"][:, 0] = (99, 3, 8)
    flat["call_minutes"][:, 0] = (100, 700, 1_300)
    flat["balance_worth_30"][:, 0] = (999, 999, 484)
    flat["spells_under_5_weeks"][:, 0] = (7, 2, 1)
    flat["spells_27_weeks_on"][:, 0] = (7, 0, 1)
    values = measure(flat, STICK)
    assert values["present_value"][0] == pytest.approx((900 / 1.1 - 100 / 1.21) / 10, rel=1e-14)
    assert values["value"][0] == pytest.approx((900 / 1.1 - 100 / 1.21 + 100) / 10, rel=1e-14)
    assert values["jobless_share"][0] == 4 / 20
    assert values["spells_under_5_weeks"][0] == 0.75
    assert values["roll_rate_1"][0] == 0.5
    assert values["queue_length"][0] == 5.5
    assert values["agent_utilisation"][0] == 1_200 / (60 * 100)


def test_satisfaction_never_leaves_its_bounds_and_states_its_weights():
    worst = ledger(complaints=((0, 0), (800, 0)))
    assert measure(worst, STICK)["satisfaction"][0] == 0
    metric = METRICS["satisfaction"]
    assert list(METRICS)[-1] == "satisfaction"
    for text in (metric.meaning.en, metric.meaning.zh):
        assert all(weight in text for weight in ("4", "2", "30"))
    assert "assum" in metric.meaning.en.lower() and "假设" in metric.meaning.zh


def test_a_book_nobody_is_left_on_has_no_value_but_an_empty_queue_and_idle_staff():
    empty = {name: np.zeros_like(table) for name, table in ledger().items()}
    values = measure(empty, STICK)
    idle = {"queue_length", "agent_utilisation", "reviewer_utilisation"}
    assert all((values[name] == 0).all() for name in idle)
    assert all(np.isnan(values[name]).all() for name in METRICS.keys() - idle)


def test_every_entry_of_the_hand_made_ledger_is_one_that_is_taken():
    book = originate(World(borrowers=3, replicas=1), [0])
    assert LEDGER.keys() <= totals(book, -1).keys()


def test_what_is_charged_off_and_not_pursued_is_worth_nothing():
    world, policy = World(), Policy()
    assert yardstick(world, policy).residual_by_status == world.recovery.residual_by_status
    policy = Policy.model_validate({"collections": {"recovery": {"route": "none"}}})
    worth = yardstick(world, policy).residual_by_status
    assert worth == (*world.recovery.residual_by_status[:-1], 0)


def test_a_share_of_nothing_is_nan_and_never_zero():
    values = ratio(np.array([0, 1, 1]), np.array([0, 0, 4]))
    np.testing.assert_array_equal(values, [np.nan, np.nan, 0.25])


def test_money_beyond_the_whole_numbers_of_a_float_stays_exact_until_it_is_divided():
    """2**60 + 1 - 2**60 is 1 in integers and 0 in floats."""
    huge = ledger(paid_principal=((2**60, 0), (2**60 + 1, 0)), paid_interest=((0, 0), (0, 0)))
    account = Account(huge, STICK)
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
