"""What the ledger takes: by hand on a few loans, and row by row in plain Python on a run."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest
from late_book import note_oldest_due

from sim.book import Book, Status
from sim.clock import MONTH, NEVER
from sim.experiment.simulate import season, simulate, simulate_batch
from sim.facts import days_past_due
from sim.lender import relief_desk
from sim.rules import BALANCES, LONGEST_RUN, ageing
from sim.rules.origination import originate
from sim.rules.relief.granting import grant
from sim.rules.stocktaking import (
    SUMMED_COLUMNS,
    Eve,
    segments,
    totals,
)
from sim.scenario.schema import Behaviour, Policy, Relief, World

DAY = 400


def book_of(count: int, **columns: Any) -> Book:
    """Active loans of one replica that owe 1,000, all current and paying."""
    book = Book(np.zeros(1, dtype=np.int64), count, 0)
    book.principal[:], book.instalment[:] = 1_000, 100
    book.last_billed_due_day[:] = book.last_payment_day[:] = DAY - 20
    for name, values in columns.items():
        getattr(book, name)[:] = values
    note_oldest_due(book)
    return book


def late(*days: int, **columns: Any) -> Book:
    """Loans so many days past due on DAY (0: current) that owe 900 and an arrears of 100."""
    overdue = np.array(days)
    behind = np.where(overdue > 0, 100, 0)
    return book_of(
        len(days),
        arrears_principal=behind,
        principal=1_000 - behind,
        last_billed_due_day=DAY - overdue,
        **columns,
    )


def taken(book: Book, *entries: str, day: int = DAY) -> list[int]:
    all_taken = totals(book, day)
    return [int(all_taken[entry][0]) for entry in entries]


BUCKETS = ("0", "1", "30", "60", "90", "120")
INSTRUMENTS = ("deferral", "waiver", "reduction", "extension", "arrangement", "settlement")


def test_loans_and_balances_by_bucket() -> None:
    book = late(0, 1, 29, 30, 59, 60, 89, 90, 119, 120, 500, 0)
    book.status[-1], book.principal[-1] = Status.PAID_OFF, 0
    book.penalty[1], book.deferred_interest[1], book.costs[3] = 5, 7, 11
    assert taken(book, *(f"dpd_{b}" for b in BUCKETS)) == [1, 2, 2, 2, 2, 2]
    balances = taken(book, *(f"balance_dpd_{b}" for b in BUCKETS))
    assert balances == [1_000, 2_012, 2_011, 2_000, 2_000, 2_000]
    assert sum(balances) == sum(taken(book, *BALANCES))


def test_who_rolls_and_who_does_not() -> None:
    """Bucket before -> bucket now, by days past due; two are charged off, one is settled."""
    moves = [
        (0, 5),
        (0, 95),
        (0, 0),
        (1, 20),
        (1, 35),
        (2, 20),
        (2, 65),
        (3, 90),
        (3, 60),
        (4, 125),
    ]
    book = late(*(days for _, days in moves), 0, 0, 0, 0)
    book.bucket[:10] = [before for before, _ in moves]
    book.status[10:] = (
        Status.CHARGED_OFF,
        Status.CHARGED_OFF,
        Status.CHARGED_OFF,
        Status.SETTLED,
    )
    book.principal[10:] = 0
    book.bucket[10:] = (3, 1, -1, 2)  # the third was charged off before
    rolled = taken(book, "rolled_0", "rolled_1", "rolled_30", "rolled_60")
    assert rolled == [2, 2, 1, 2]


CLASSES = ("normal", "special_mention", "substandard", "doubtful", "loss")


@pytest.mark.parametrize(
    ("days", "restructured_ago", "expected"),
    [
        (0, None, "normal"),
        (1, None, "special_mention"),
        (90, None, "special_mention"),
        (91, None, "substandard"),
        (270, None, "substandard"),
        (271, None, "doubtful"),
        (360, None, "doubtful"),
        (361, None, "loss"),
        (0, 0, "special_mention"),
        (0, 359, "special_mention"),
        (0, 360, "normal"),
        (91, 10, "substandard"),
    ],
)
def test_chinas_five_classes(days, restructured_ago, expected) -> None:
    book = late(days, relieved_day=DAY)
    if restructured_ago is not None:
        book.restructured_day[:] = DAY - restructured_ago
    found = dict(zip(CLASSES, taken(book, *(f"class_{name}" for name in CLASSES)), strict=True))
    assert found == {name: int(name == expected) for name in CLASSES}


def test_what_is_charged_off_is_a_loss_and_what_is_paid_or_settled_is_in_no_class() -> None:
    book = book_of(4, status=(0, 1, 2, 3), principal=(1_000, 0, 0, 0))
    assert taken(book, *(f"class_{name}" for name in CLASSES)) == [1, 0, 0, 0, 1]
    assert taken(book, "stage_1", "stage_2", "stage_3") == [1, 0, 0]


@pytest.mark.parametrize(
    ("days", "restructured_ago", "defaulted", "forborne", "non_performing", "stage"),
    [
        (0, None, False, 0, 0, 1),
        (29, None, False, 0, 0, 1),
        (30, None, False, 0, 0, 2),
        (89, None, False, 0, 0, 2),
        (90, None, False, 0, 1, 3),
        (0, 1_079, False, 1, 0, 2),
        (0, 1_080, False, 0, 0, 1),
        (0, 359, True, 1, 1, 3),
        (0, 360, True, 1, 0, 2),
        (0, None, True, 0, 0, 1),
    ],
)
def test_forborne_non_performing_and_stages(
    days, restructured_ago, defaulted, forborne, non_performing, stage
) -> None:
    book = late(days, relieved_day=DAY)
    if restructured_ago is not None:
        book.restructured_day[:] = DAY - restructured_ago
    if defaulted:
        book.default_day[:] = DAY - 400
    assert taken(book, "eu_forborne", "eu_non_performing") == [forborne, non_performing]
    for each in (1, 2, 3):
        expected = [int(each == stage), 1_000 * (each == stage)]
        assert taken(book, f"stage_{each}", f"balance_stage_{each}") == expected


@pytest.mark.parametrize(
    ("silent_for", "costs", "principal", "silent"),
    [(89, 0, 1_000, 0), (90, 0, 1_000, 1), (90, 0, 0, 0), (90, 1, 0, 1)],
)
def test_silence_is_of_those_who_owe_anything(silent_for, costs, principal, silent) -> None:
    book = book_of(1, last_payment_day=DAY - silent_for, costs=costs, principal=principal)
    book.at_risk[:] = True
    assert taken(book, "no_payment_90", "lost", "defaulted") == [silent, silent, 0]
    book.at_risk[:] = False
    assert taken(book, "no_payment_90", "lost") == [silent, 0]


def test_who_defaults_and_falls_silent_is_lost_once() -> None:
    book = book_of(3, at_risk=True, last_payment_day=(0, DAY, 0), default_day=(9, 9, NEVER))
    assert taken(book, "defaulted", "no_payment_90", "lost") == [2, 2, 3]


def test_a_default_after_the_last_relief_is_a_redefault_and_one_before_it_is_left_out() -> None:
    book = book_of(
        7,
        relieved_day=(-1, 10, 10, 10, 0, 10, NEVER),
        default_day=(20, 20, 10, NEVER, 1, -30, 20),
    )
    assert taken(book, "relieved", "redefaulted") == [3, 2]


def test_a_default_is_put_down_to_a_misfortune_or_not() -> None:
    book = book_of(4, at_risk=(1, 1, 1, 0), default_day=(9, 9, NEVER, 9))
    book.default_after_misfortune[:] = (1, 0, 1, 1)
    assert taken(book, "defaulted", "defaulted_after_misfortune") == [2, 1]


@pytest.mark.parametrize("name", INSTRUMENTS)
def test_taken_up_is_by_the_eligible_and_however_often_granted_counts_once(name) -> None:
    book = book_of(4)
    getattr(book, f"{name}_eligible")[:] = (1, 1, 0, 0)
    getattr(book, f"{name}_taken")[:] = (1, 0, 1, 0)
    getattr(book, f"{name}s_granted")[:] = (3, 2, 1, 0)
    entries = [f"{other}_taken_up" for other in INSTRUMENTS]
    assert taken(book, *entries) == [int(other == name) for other in INSTRUMENTS]


@pytest.mark.parametrize(
    ("days", "unpaid_for", "deferred_until", "arranged_until", "bucket"),
    [
        (0, 20, None, None, "0"),
        (35, 20, None, None, "30"),
        (0, 90, None, None, "90"),
        (0, 89, None, None, "0"),
        (35, 90, None, None, "90"),
        (130, 90, None, None, "120"),
        (0, 20, DAY + 1, None, "1"),
        (0, 20, DAY, None, "0"),
        (0, 20, None, DAY + 1, "1"),
        (0, 20, None, DAY, "0"),
        (0, 200, DAY + 90, None, "1"),
        (35, 200, None, DAY + 90, "30"),
        (35, 200, DAY + 90, None, "30"),
    ],
)
def test_neither_relief_nor_silence_counts_as_new_for_what_a_balance_is_worth(
    days, unpaid_for, deferred_until, arranged_until, bucket
) -> None:
    """The deferrals have not begun, so the days past due go on."""
    book = late(days, last_payment_day=DAY - unpaid_for)
    if deferred_until is not None:
        book.deferral_from_day[:], book.deferral_until_day[:] = deferred_until, deferred_until
    if arranged_until is not None:
        book.arrangement_until_day[:] = arranged_until
    found = taken(book, *(f"balance_worth_{b}" for b in BUCKETS))
    assert found == [1_000 * (b == bucket) for b in BUCKETS]


def test_a_loan_that_has_ended_is_worth_nothing_whatever_relief_it_had() -> None:
    book = book_of(3, status=(1, 2, 3), principal=0, last_payment_day=0)
    book.deferral_from_day[:], book.deferral_until_day[:] = DAY, DAY + 60
    assert taken(book, *(f"balance_worth_{b}" for b in BUCKETS)) == [0] * 6


@pytest.mark.parametrize("instrument", relief_desk.INSTRUMENTS, ids=INSTRUMENTS)
def test_a_grant_is_noted_until_day_0_and_all_but_waiver_and_settlement_restructure(
    instrument,
) -> None:
    book = late(40, 40, term_months=12, billed_instalments=5, rate_bp=1_800, contract_rate_bp=1_800)
    relief = Relief.model_validate(
        {
            "deferral": {"months": 2},
            "penalty_waiver": {"share": 0.5},
            "rate_reduction": {"share": 0.5},
            "term_extension": {"months": 3},
            "arrangement": {"months": 3},
            "settlement": {"haircut": 0.3},
        }
    )
    grant(book, np.array([1]), DAY, instrument, relief, Behaviour())
    flags = {name: getattr(book, f"{name}_taken").tolist() for name in INSTRUMENTS}
    assert flags == {name: [False, name == instrument.name] for name in INSTRUMENTS}
    assert book.relieved_day.tolist() == [NEVER, DAY]
    restructured = instrument.name not in ("waiver", "settlement")
    assert book.restructured_day.tolist() == [NEVER, DAY if restructured else NEVER]
    assert taken(book, "eu_forborne") == [int(restructured)]
    ageing.open_observation(book, 0)
    assert not any(getattr(book, f"{name}_taken").any() for name in INSTRUMENTS)


SPELLS = (
    *("spells_under_5_weeks", "spells_5_to_14_weeks"),
    *("spells_15_to_26_weeks", "spells_27_weeks_on"),
)


@pytest.mark.parametrize(
    ("lost_ago", "works_again_in", "spell"),
    [
        (None, None, None),
        (-1, None, None),
        (0, None, 0),
        (34, 1, 0),
        (34, 0, None),
        (35, None, 1),
        (104, None, 1),
        (105, None, 2),
        (188, None, 2),
        (189, None, 3),
    ],
)
def test_spells_by_completed_weeks_without_a_job(lost_ago, works_again_in, spell) -> None:
    book = book_of(2)
    book.status[1] = Status.CHARGED_OFF
    if lost_ago is not None:
        book.job_loss_day[:] = DAY - lost_ago
    if works_again_in is not None:
        book.reemployed_day[:] = DAY + works_again_in
    assert taken(book, *SPELLS) == [int(place == spell) for place in range(4)]


def test_holidays_that_end_in_the_last_half_year_are_late() -> None:
    book = book_of(5, deferral_from_day=(0, 0, 0, DAY, NEVER))
    book.deferral_until_day[:] = (-1, DAY - 180, DAY - 179, DAY + 90, NEVER)
    assert taken(book, "deferred_ever", "late_holidays", "deferral_in_force") == [3, 2, 1]


def test_a_deferral_granted_but_not_begun_or_of_an_ended_loan_is_not_in_force() -> None:
    book = book_of(2, deferral_from_day=(DAY + 1, DAY), deferral_until_day=DAY + 90)
    book.status[1] = Status.SETTLED
    assert taken(book, "deferred_ever", "deferral_in_force") == [2, 0]


def test_the_claim_of_charged_off_debt_ends_with_its_sale() -> None:
    book = book_of(3, status=(2, 2, 0), principal=(0, 0, 900))
    book.written_off_principal[:2], book.written_off_costs[:2] = 500, 20
    book.late_recovered[:2], book.sold[1] = 70, True
    assert taken(book, "claim_charged_off") == [450]


def test_every_kind_of_file_is_pending() -> None:
    book = book_of(2)
    for file_day in book.file_days():
        file_day[0] = DAY
    assert taken(book, "files_pending") == [6]


@pytest.mark.parametrize("name", ["at_risk", "early_payoffs", "misses", "messages_sent"])
def test_a_narrow_column_of_a_large_replica_is_summed_without_overflow(name) -> None:
    book = book_of(3 * LONGEST_RUN)
    column = getattr(book, name)
    most = True if column.dtype == np.bool_ else np.iinfo(column.dtype).max
    column[:] = most
    assert taken(book, name) == [int(most) * len(book)]


# Row by row

POLICY = {
    "relief": {
        "deferral": {"months": 2, "offer": "universal"},
        "penalty_waiver": {"share": 0.5, "condition_days": 20},
        "arrangement": {"months": 4},
        "settlement": {"haircut": 0.4, "offer": "on_contact"},
    },
    "collections": {"court": {"filing_share": 0.4, "min_claim": 0, "opens_dpd": 60}},
}


def eventful() -> tuple[Book, Book, list[np.ndarray], World]:
    """A book on the eve of day 0 and at the horizon, its buckets month by month, the world."""
    world = World.model_validate(
        {
            "borrowers": 700,
            "replicas": 3,
            "months": 14,
            "burn_in_months": 4,
            "new_loans_per_month": 11,
            "shocks": [{"kind": "disaster", "month": 2, "share": 0.3, "loss_incomes": 1.0}],
            "court": {"delay_months": 2},
            "contact": {"reach_late": 0.2},
        }
    )
    policy = Policy.model_validate(POLICY)
    eve = originate(world, range(3))
    season(eve, world, Policy())
    buckets: list[np.ndarray] = []
    end = simulate(eve, world, policy, lambda book, _: buckets.append(book.bucket.copy()))
    return eve, end, buckets, world


@pytest.fixture(scope="module")
def ran() -> tuple[Book, Book, list[np.ndarray], World]:
    return eventful()


def one_by_one(book: Book, before: np.ndarray, day: int) -> list[Counter[str]]:
    """Every total of each replica, row by row."""
    overdue = days_past_due(book, np.arange(len(book)), day).tolist()
    found: list[Counter[str]] = [Counter() for _ in book.replicas]
    for row in np.flatnonzero(~book.newcomer).tolist():
        got = found[int(np.flatnonzero(book.replicas == book.replica[row])[0])]
        status, days = int(book.status[row]), overdue[row]
        active, charged_off = status == Status.ACTIVE, status == Status.CHARGED_OFF
        balance = sum(int(getattr(book, name)[row]) for name in BALANCES)
        relieved = int(book.relieved_day[row])
        ago = day - int(book.restructured_day[row])
        ago = ago if book.restructured_day[row] != NEVER else 10**6
        silent = active and balance > 0 and day - book.last_payment_day[row] >= 90
        eased = any(day < held[row] < NEVER for held in (book.deferral_until_day,
                                                         book.arrangement_until_day))  # fmt: skip
        defaulted = book.default_day[row] != NEVER
        bucket = max(b for b in (0, 1, 30, 60, 90, 120) if days >= b)
        was = (0, 1, 30, 60, 90, 120, None)[before[row]]

        got["borrowers"] += 1
        got[Status.names()[status]] += 1
        for name in SUMMED_COLUMNS:
            got[name] += int(getattr(book, name)[row])
        if active:
            got[f"dpd_{bucket}"] += 1
            got[f"balance_dpd_{bucket}"] += balance
            counts_as = max(bucket, 1 if eased else 90 if silent else 0)
            got[f"balance_worth_{counts_as}"] += balance
            if book.job_loss_day[row] <= day < book.reemployed_day[row]:
                weeks = (day - int(book.job_loss_day[row])) // 7
                got[SPELLS[sum(weeks >= least for least in (5, 15, 27))]] += 1
            forborne, curing = ago < 1_080, ago < 360 and defaulted
            bad = days >= 90 or curing
            stage = 3 if bad else 2 if days >= 30 or forborne else 1
            got[f"stage_{stage}"] += 1
            got[f"balance_stage_{stage}"] += balance
            got["eu_forborne"] += forborne
            got["eu_non_performing"] += bad
            mild = "special_mention" if days > 0 or ago < 360 else "normal"
            worse = [name for name, d in (("substandard", 90), ("doubtful", 270), ("loss", 360))
                     if days > d]  # fmt: skip
            got[f"class_{worse[-1] if worse else mild}"] += 1
        elif charged_off:
            got["class_loss"] += 1
            written_off = ("principal", "interest", "penalty", "costs")
            claim = sum(int(getattr(book, f"written_off_{name}")[row]) for name in written_off)
            got["claim_charged_off"] += claim - int(book.late_recovered[row])
        if was is not None and (charged_off or (active and bucket > was)):
            got[f"rolled_{was}"] += 1
        got["no_payment_90"] += silent
        got["defaulted"] += bool(book.at_risk[row] and defaulted)
        got["lost"] += bool(book.at_risk[row] and (defaulted or silent))
        after_misfortune = book.at_risk[row] and defaulted and book.default_after_misfortune[row]
        got["defaulted_after_misfortune"] += bool(after_misfortune)
        in_time = bool(0 <= relieved < NEVER and book.default_day[row] > relieved)
        got["relieved"] += in_time
        got["redefaulted"] += bool(in_time and defaulted)
        for name in INSTRUMENTS:
            had = getattr(book, f"{name}_taken")[row] and getattr(book, f"{name}_eligible")[row]
            got[f"{name}_taken_up"] += bool(had)
        until = int(book.deferral_until_day[row])
        got["deferred_ever"] += 0 <= until < NEVER
        got["late_holidays"] += day - 180 < until < NEVER
        got["deferral_in_force"] += active and book.deferral_from_day[row] <= day < until < NEVER
        got["files_pending"] += sum(int(file[row] != NEVER) for file in book.file_days())
    return found


def test_every_total_is_what_the_rows_say(ran) -> None:
    _, end, buckets, _ = ran
    ledger = end.ledger.entries
    expected = one_by_one(end, buckets[-2], end.day - 1)
    for entry, rows in ledger.items():
        if not entry.endswith("_minutes"):
            assert rows[-1].tolist() == [got[entry] for got in expected], entry
    never = {entry for entry, rows in ledger.items() if not rows.any()}
    assert {"lost", "settled", "redefaulted", "eu_non_performing", "rolled_60"}.isdisjoint(never)
    assert {"class_special_mention", "judgments", "waivers_kept", "stage_3"}.isdisjoint(never)
    assert {"deferral_taken_up", "settlement_taken_up", "spells_27_weeks_on"}.isdisjoint(never)
    assert {"defaulted_after_misfortune", "balance_worth_90"}.isdisjoint(never)
    assert (ledger["balance_worth_1"][-1] > ledger["balance_dpd_1"][-1]).all()


def test_stocks_of_each_month_add_up(ran) -> None:
    ledger = ran[1].ledger.entries
    for prefix, whole in (
        ("dpd_", ledger["active"]),
        ("stage_", ledger["active"]),
        ("class_", ledger["active"] + ledger["charged_off"]),
        ("balance_dpd_", sum(ledger[name] for name in BALANCES)),
        ("balance_worth_", sum(ledger[name] for name in BALANCES)),
        ("balance_stage_", sum(ledger[name] for name in BALANCES)),
    ):
        parts = [rows for entry, rows in ledger.items() if entry.startswith(prefix)]
        np.testing.assert_array_equal(sum(parts), whole, err_msg=prefix)
    for bucket in (0, 1, 30, 60):
        assert (ledger[f"rolled_{bucket}"][1:] <= ledger[f"dpd_{bucket}"][:-1]).all()
    assert not any(ledger[f"rolled_{bucket}"][0].any() for bucket in (0, 1, 30, 60))


def test_the_last_policy_of_a_batch_comes_to_what_it_would_as_the_first() -> None:
    world = World(borrowers=200, replicas=2, months=6, burn_in_months=3)
    policies = {"baseline": Policy(), "other": Policy.model_validate(POLICY)}
    one = simulate_batch(world, policies, range(2))
    other = simulate_batch(world, dict(reversed(policies.items())), range(2))
    for name in policies:
        for entry, table in one.ledgers[name].items():
            np.testing.assert_array_equal(table, other.ledgers[name][entry], err_msg=entry)
        for part, entries in one.segments[name].items():
            for entry, totals_of in entries.items():
                np.testing.assert_array_equal(totals_of, other.segments[name][part][entry])
    assert (one.ledgers["baseline"]["deferrals_granted"] == 0).all()
    assert one.ledgers["other"]["deferrals_granted"].any()


def test_taking_stock_changes_nothing(ran) -> None:
    _, end, _, world = ran
    before = end.copy()
    totals(end, MONTH * world.months - 1)
    segments(Eve.of(end), end, MONTH * world.months - 1, world.loans)
    for name, column in vars(before).items():
        if isinstance(column, np.ndarray):
            np.testing.assert_array_equal(column, getattr(end, name), err_msg=name)
