"""Whom segments and cohorts hold, and what they are told of: row by row, and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from late_book import note_oldest_due
from test_stocktaking import book_of, eventful

from sim.book import Book, Status
from sim.facts import days_past_due
from sim.luck import Purpose, lognormal, quantile, uniform
from sim.rules.stocktaking import SEGMENT_ENTRIES, SEGMENTS, Eve, segments
from sim.scenario.schema import Cohort, World


@pytest.fixture(scope="module")
def ran() -> tuple[Book, Book, list[np.ndarray], World]:
    return eventful()


BY_THE_BORROWER = (
    *("paid_principal", "paid_interest", "paid_penalty", "paid_costs"),
    "late_recovered",
)


def counted(eve: Book, end: Book, rows: list[int]) -> dict[str, list[int]]:
    """How the loans of some rows ended, replica by replica, one by one."""
    found: dict[str, list[int]] = {
        name: [0] * len(end.replicas)
        for name in ("charged_off", "paid_off", "behind", "no_payment")
    }
    for row in rows:
        replica = end.replicas.tolist().index(end.replica[row])
        assert eve.status[row] == Status.ACTIVE
        status = int(end.status[row])
        owes = end.arrears_principal[row] + end.arrears_interest[row] > 0
        found["charged_off"][replica] += status == Status.CHARGED_OFF
        found["no_payment"][replica] += not any(
            getattr(end, name)[row] > getattr(eve, name)[row] for name in BY_THE_BORROWER
        )
        found["paid_off"][replica] += status == Status.PAID_OFF
        found["behind"][replica] += status == Status.CHARGED_OFF or bool(
            status == Status.ACTIVE and owes
        )
    return found


def grown(eve: Book, end: Book, rows: np.ndarray, *columns: str) -> list[int]:
    """By how much columns grew together over some rows, replica by replica."""
    growth = sum(
        getattr(end, name)[rows].astype(np.int64) - getattr(eve, name)[rows] for name in columns
    )
    return [int(growth[end.replica[rows] == replica].sum()) for replica in end.replicas.tolist()]


def test_segments_part_the_borrowers_and_their_sums_are_the_ledgers(ran) -> None:
    eve, end, _, world = ran
    found = segments(Eve.of(eve), end, end.day - 1, world.loans)
    assert list(found) == [f"{kind}_{name}" for kind, names in SEGMENTS.items() for name in names]
    ledger = end.ledger.entries
    granted = ["deferrals", "waivers", "reductions", "extensions", "arrangements", "settlements"]
    rows = np.flatnonzero(end.at_risk & ~end.newcomer)
    whole = {
        "members": ledger["at_risk"][-1],
        "at_risk": ledger["at_risk"][-1],
        "lost": ledger["lost"][-1],
        "defaulted": ledger["defaulted"][-1],
        **counted(eve, end, rows.tolist()),
        "paid": grown(eve, end, rows, *BY_THE_BORROWER, "sale_proceeds"),
        "complaints": grown(eve, end, rows, "complaints"),
        "relief_granted": grown(eve, end, rows, *(f"{name}_granted" for name in granted)),
        "adverse_marks": grown(eve, end, rows, "adverse_marks"),
    }
    assert tuple(whole) == SEGMENT_ENTRIES
    assert all(
        more > less for more, less in zip(whole["behind"], whole["charged_off"], strict=True)
    )
    for kind in ("income", "record"):
        for entry, total in whole.items():
            parts = [found[f"{kind}_{name}"][entry] for name in SEGMENTS[kind]]
            assert entry == "no_payment" or all(part.any() for part in parts)
            np.testing.assert_array_equal(sum(parts), total, err_msg=f"{kind} {entry}")


def test_each_segment_holds_whom_it_says(ran) -> None:
    eve, end, _, world = ran
    found = segments(Eve.of(eve), end, end.day - 1, world.loans)
    spread = lognormal(world.loans.income_log_sd)
    income = world.loans.median_income * quantile(spread, uniform(Purpose.INCOME, 0, end.fate))
    met = end.shocks_met
    members = {
        "income_low": income < 0.75 * world.loans.median_income,
        "income_high": income > world.loans.median_income * 4 / 3,
        "record_clean": end.late_before == 0,
        "shock_none": met == 0,
        "shock_job_loss": np.isin(met, (1, 3, 5, 7)),
        "shock_illness": np.isin(met, (2, 3, 6, 7)),
        "shock_disaster": np.isin(met, (4, 5, 6, 7)),
    }
    for segment, who in members.items():
        counted = [
            int((who & end.at_risk & (end.replica == replica)).sum()) for replica in range(3)
        ]
        assert found[segment]["at_risk"].tolist() == counted, segment
    assert (found["shock_disaster"]["at_risk"] > 150).all()


def test_income_segments_are_those_of_origination_whatever_becomes_of_incomes(ran) -> None:
    eve, end, _, world = ran
    before = segments(Eve.of(eve), end, end.day - 1, world.loans)
    richer = end.copy()
    richer.income *= 10
    after = segments(Eve.of(eve), richer, end.day - 1, world.loans)
    assert before["income_low"]["at_risk"].tolist() == after["income_low"]["at_risk"].tolist()


def test_a_cohort_holds_all_who_were_so_late_on_the_eve_at_risk_or_not(ran) -> None:
    eve, end, _, world = ran
    bounds = {"current": (0, 0), "a_month": (1, 30), "bad": (60, 10_000), "everybody": (0, 10_000)}
    cohorts = [
        Cohort(name=name, min_dpd=least, max_dpd=most) for name, (least, most) in bounds.items()
    ]
    found = segments(Eve.of(eve, cohorts), end, end.day - 1, world.loans)
    assert list(found)[-len(bounds) :] == list(bounds)
    overdue = days_past_due(eve, np.arange(len(eve)), -1)
    ledger = end.ledger.entries
    for name, (least, most) in bounds.items():
        rows = [
            row
            for row in range(len(eve))
            if eve.status[row] == Status.ACTIVE
            and eve.first_due_day[row] < 30
            and not eve.newcomer[row]
            and least <= overdue[row] <= most
        ]
        of = [[row for row in rows if end.replica[row] == replica] for replica in range(3)]
        assert found[name]["members"].tolist() == [len(each) for each in of]
        assert all(found[name]["members"] > 0)
        assert found[name]["at_risk"].tolist() == [int(end.at_risk[each].sum()) for each in of]
        for entry, numbers in counted(eve, end, rows).items():
            assert found[name][entry].tolist() == numbers, (name, entry)
        assert found[name]["complaints"].tolist() == [
            int((end.complaints[each] - eve.complaints[each]).sum()) for each in of
        ]
    everybody = found["everybody"]
    np.testing.assert_array_equal(everybody["lost"], ledger["lost"][-1])
    np.testing.assert_array_equal(everybody["defaulted"], ledger["defaulted"][-1])
    assert (everybody["charged_off"] <= ledger["charged_off"][-1] - ledger["charged_off"][0]).all()


def test_how_the_loans_of_a_cohort_end_by_hand() -> None:
    """Days past due on the eve, then how it ended; the last loan was lent later, one was lost."""
    ends = [
        (0, Status.PAID_OFF),
        (1, Status.ACTIVE),
        (59, Status.SETTLED),
        (60, Status.CHARGED_OFF),
        (89, Status.PAID_OFF),
        (90, Status.ACTIVE),
        (300, Status.CHARGED_OFF),
        (0, Status.CHARGED_OFF),
        (0, Status.ACTIVE),
    ]
    overdue = np.array([days for days, _ in ends])
    eve = book_of(
        len(ends),
        arrears_principal=np.where(overdue > 0, 100, 0),
        last_billed_due_day=-1 - overdue,
        first_due_day=-300,
    )
    eve.status[-2], eve.first_due_day[-1] = Status.CHARGED_OFF, 30
    end = eve.copy()
    end.status[:] = [status for _, status in ends]
    end.arrears_principal[end.status != Status.ACTIVE] = 0
    note_oldest_due(end)
    end.at_risk[:] = (overdue < 90) & (eve.status == Status.ACTIVE) & (eve.first_due_day < 30)
    end.default_day[3], end.default_day[6] = 30, -200
    end.sale_proceeds[6] = 7  # a price, not a payment
    end.paid_costs[5] = end.paid_principal[0] = end.late_recovered[7] = 1
    names = (
        "members",
        "at_risk",
        "lost",
        "defaulted",
        "charged_off",
        "paid_off",
        "behind",
        "no_payment",
    )
    cohorts = [
        Cohort(name="all"),
        Cohort(name="some", min_dpd=60, max_dpd=89),
        Cohort(name="bad", min_dpd=90),
    ]
    end.last_payment_day[:] = 700
    found = segments(Eve.of(eve, cohorts), end, 719, World().loans)
    told = {
        name: [int(found[name][entry][0]) for entry in names] for name in ("all", "some", "bad")
    }
    assert [found[cohort.name]["paid"].tolist() for cohort in cohorts] == [[9], [0], [8]]
    assert told == {
        "all": [7, 5, 1, 1, 2, 2, 4, 5],
        "some": [2, 2, 1, 1, 1, 1, 1, 2],
        "bad": [2, 0, 0, 0, 1, 0, 2, 1],
    }
