"""What must hold of every row of the oracle at every month's end (model page, section 12)."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from oracle import OracleRun
from oracle_borrower import COLUMNS
from oracle_columns import ACTIVE, CHARGED_OFF, UNABLE
from oracle_loan import INSTRUMENTS
from oracle_numbers import CENT, NEVER

Row = dict[str, Any]

BALANCES = (
    "principal",
    "arrears_principal",
    "arrears_interest",
    "late_interest",
    "penalty",
    "deferred_interest",
    "costs",
)
NEVER_NEGATIVE = (
    *BALANCES,
    "savings",
    "paid_since_billing",
    "other_arrears",
    "diverted_since_billing",
    "strain",
    "essentials",
    "late_recovered",
)
REMAINDERS = ("interest_remainder", "late_interest_remainder", "penalty_remainder")
GRANTS = tuple(f"{instrument}s_granted" for instrument in INSTRUMENTS)
FILE_DAYS = tuple(f"{instrument}_file_day" for instrument in INSTRUMENTS)
FLOWS = tuple(
    name
    for name in COLUMNS
    if name.startswith(("paid_", "forgiven_", "written_off_")) and name != "paid_since_billing"
)
CUMULATIVE = (
    *FLOWS,
    *GRANTS,
    "interest_charged",
    "penalty_charged",
    "costs_charged",
    "capitalised_interest",
    "forgone_interest",
    "clipped_penalty",
    "late_recovered",
    "commissions",
    "sale_proceeds",
    "sold",
    "early_payoffs",
    "promises_made",
    "promises_kept",
    "due_dates",
    "misses",
    "late_starts",
    "cures",
    "late_before",
    "months_in_arrears",
    "adverse_marks",
    "waivers_kept",
    "arrangements_kept",
    "arrangements_broken",
    "grateful",
    "voluntary_payments",
    "outreach_reached",
    "applications",
    "abandoned",
    "files_decided",
    "refusals",
    "refused_in_hardship",
    "waiting_days",
    "squeezed",
    "aware",
    "messages_sent",
    "calls_attempted",
    "calls_connected",
    "visits_attempted",
    "visits_connected",
    "notices_sent",
    "contacts_refused",
    "complaints",
    "cases_filed",
    "hearings",
    "court_waiting_days",
    "judgments",
    "billed_instalments",
    "term_months",
)
COUNTED_ANEW = (
    *(f"{instrument}_{word}" for instrument in INSTRUMENTS for word in ("eligible", "taken")),
    "shocks_met",
    "default_after_misfortune",
)
AFTER_THE_END = {
    "due_dates",
    "misses",
    "at_risk",
    "late_before",
    "bucket",
    "default_day",
    *COUNTED_ANEW,
}
REPORTED = {"months_in_arrears", "adverse_marks"}
AFTER_CHARGE_OFF = {
    "late_recovered",
    "commissions",
    "sale_proceeds",
    "sold",
    "filed_day",
    "hearing_day",
    "judgment_day",
    "cases_filed",
    "hearings",
    "court_waiting_days",
    "judgments",
} | REPORTED


def assert_lawful_run(run: OracleRun, policy: dict[str, Any]) -> None:
    """The laws hold at every month's end, and every month may follow the one before."""
    for month in run.months:
        for row in month.rows.values():
            assert_lawful(row)
    for before, after in pairwise(run.months):
        for key, row in after.rows.items():
            assert_later(before.rows[key], row, over_day_0=before.day < 0 <= after.day)
        if before.day >= 0:
            for replica, worked in after.replicas.items():
                assert_possible(before.replicas[replica], worked, policy)


def assert_lawful(row: Row) -> None:
    """The laws of section 12, and what else is always true of one borrower."""
    _assert_that_money_is_conserved(row)
    for name in NEVER_NEGATIVE:
        assert row[name] >= 0, name
    for name in REMAINDERS:
        assert 0 <= row[name] < CENT, name
    assert row["billed_instalments"] <= row["term_months"]
    assert row["misses"] <= row["due_dates"]
    assert row["cures"] <= row["late_starts"]
    assert row["promises_kept"] <= row["promises_made"]
    assert row["calls_connected"] <= row["calls_attempted"]
    assert row["visits_connected"] <= row["visits_attempted"]
    assert row["judgments"] <= row["hearings"] <= row["cases_filed"] <= 1
    assert row["arrangements_kept"] + row["arrangements_broken"] <= row["arrangements_granted"]
    assert row["waivers_kept"] <= row["waivers_granted"]
    assert row["refused_in_hardship"] <= row["refusals"] <= row["files_decided"]
    pending = sum(row[name] != NEVER for name in FILE_DAYS)
    assert row["files_decided"] + row["abandoned"] + pending <= row["applications"]
    assert row["files_decided"] - row["refusals"] <= sum(row[name] for name in GRANTS)
    assert row["promise_day"] == NEVER or row["next_payment_day"] <= row["promise_day"]
    assert row["adverse_marks"] <= row["months_in_arrears"] + row["judgments"]
    assert row["default_day"] != NEVER or not row["default_after_misfortune"]
    for instrument in INSTRUMENTS:
        assert row[f"{instrument}s_granted"] > 0 or not row[f"{instrument}_taken"]
    assert row["restructured_day"] in (NEVER, row["relieved_day"]) or (
        row["restructured_day"] < row["relieved_day"] < NEVER
    )
    if row["status"] != ACTIVE:
        _assert_ended(row)
    if row["arrears_principal"] + row["arrears_interest"] == 0 and row["status"] != CHARGED_OFF:
        assert row["why_missed"] != UNABLE
        assert row["promise_day"] == NEVER


def _assert_that_money_is_conserved(row: Row) -> None:
    assert row["opening_principal"] + row["capitalised_interest"] == (
        row["principal"]
        + row["arrears_principal"]
        + row["paid_principal"]
        + row["forgiven_principal"]
        + row["written_off_principal"]
    )
    assert row["interest_charged"] == (
        row["arrears_interest"]
        + row["late_interest"]
        + row["deferred_interest"]
        + row["paid_interest"]
        + row["capitalised_interest"]
        + row["forgiven_interest"]
        + row["written_off_interest"]
    )
    for kind, balance in (("penalty", "penalty"), ("costs", "costs")):
        assert row[f"{kind}_charged"] == (
            row[balance]
            + row[f"paid_{kind}"]
            + row[f"forgiven_{kind}"]
            + row[f"written_off_{kind}"]
        ), kind
    written_off = sum(row[name] for name in COLUMNS if name.startswith("written_off_"))
    assert row["late_recovered"] + row["sale_proceeds"] <= written_off
    assert row["commissions"] <= row["late_recovered"]


def _assert_ended(row: Row) -> None:
    assert not any(row[name] for name in BALANCES)
    assert all(row[name] == NEVER for name in FILE_DAYS)
    assert row["next_payment_day"] == row["promise_day"] == NEVER
    assert row["bucket"] == -1
    if row["status"] != CHARGED_OFF:
        assert row["hearing_day"] == row["charged_off_day"] == NEVER
        assert not row["newly_late"]


def assert_later(before: Row, after: Row, *, over_day_0: bool = False) -> None:
    """The second row may follow the first: counts only grow and closed loans stand still."""
    for name in CUMULATIVE if over_day_0 else (*CUMULATIVE, *COUNTED_ANEW):
        assert before[name] <= after[name], name
    if before["status"] != ACTIVE:
        changed = {name for name in COLUMNS if before[name] != after[name]}
        allowed = AFTER_THE_END
        if before["status"] == CHARGED_OFF and not before["sold"]:
            allowed = allowed | AFTER_CHARGE_OFF
        elif before["sold"]:
            allowed = allowed | REPORTED | {"hearing_day", "hearings", "court_waiting_days"}
        assert changed <= allowed, changed - allowed


def assert_possible(before: dict[str, int], after: dict[str, int], policy: dict[str, Any]) -> None:
    """Nobody worked more in the month than there are minutes."""
    desk, ladder = policy["relief"]["desk"], policy["collections"]
    staff = {
        "desk_minutes": (desk["reviewers"], desk["minutes_per_reviewer_day"]),
        "call_minutes": (ladder["agents"], ladder["minutes_per_agent_day"]),
        "visit_minutes": (
            ladder["visit"]["visitors"],
            ladder["visit"]["minutes_per_visitor_day"],
        ),
    }
    for name, (heads, minutes_each) in staff.items():
        worked = after[name] - before[name]
        assert worked >= 0
        if heads != "unlimited":
            assert worked <= 30 * heads * minutes_each, name
