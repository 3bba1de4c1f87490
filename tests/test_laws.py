"""Laws that hold to the cent for every borrower under every policy, on drawn scenarios."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn import Drawn, drawn
from hypothesis import HealthCheck, Phase, given, settings
from oracle_defaults import changed, policy, world

from sim.book import COLUMNS, Book, Status
from sim.clock import MONTH, NEVER, Slot, cycle_due_on
from sim.facts import arrears, balance, days_past_due
from sim.lender import closing, collections, court, due_date, payment, relief_desk
from sim.lender.timetable import run
from sim.rules.origination import originate, originate_cases
from sim.rules.stocktaking import BUCKETS
from sim.scenario.schema import Case, Policy, World

ORDEAL = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    phases=[Phase.generate],  # to shrink takes longer than to read what differs
)


def opening_book(scenario: Drawn) -> tuple[Book, World]:
    settled = World.model_validate(scenario.world)
    if scenario.cases:
        return originate_cases(settled, [Case.model_validate(c) for c in scenario.cases]), settled
    return originate(settled, range(settled.replicas)), settled


def days(scenario: Drawn) -> Iterator[tuple[Book, Book, Policy]]:
    """Run day by day; yield the book before and after each day, and the policy in force."""
    book, settled = opening_book(scenario)
    baseline = Policy.model_validate(scenario.baseline)
    studied = Policy.model_validate(scenario.policy)
    while book.day < MONTH * settled.months:
        before = book.copy()
        in_force = baseline if book.day < 0 else studied
        run(book, settled, in_force, book.day + 1)
        yield before, book, in_force


def assert_balanced(book: Book) -> None:
    """What came in of each component is paid, forgiven, moved, written off, or still there."""
    assert (
        book.opening_principal + book.capitalised_interest
        == book.principal
        + book.arrears_principal
        + book.paid_principal
        + book.forgiven_principal
        + book.written_off_principal
    ).all()
    assert (
        book.interest_charged
        == book.arrears_interest
        + book.late_interest
        + book.deferred_interest
        + book.paid_interest
        + book.capitalised_interest
        + book.forgiven_interest
        + book.written_off_interest
    ).all()
    for component in ("penalty", "costs"):
        charged = getattr(book, f"{component}_charged")
        went = [
            getattr(book, f"{fate}_{component}") for fate in ("paid", "forgiven", "written_off")
        ]
        assert (charged == getattr(book, component) + sum(went)).all()


def assert_recovered_no_more_than_was_lost(book: Book) -> None:
    lost = (
        book.written_off_principal
        + book.written_off_interest
        + book.written_off_penalty
        + book.written_off_costs
    )
    assert (book.late_recovered + book.sale_proceeds <= lost).all()
    assert (book.commissions <= book.late_recovered).all()
    assert (book.sale_proceeds[~book.sold] == 0).all()


def assert_what_is_not_recovered_is_reported(before: Book, after: Book) -> None:
    """At a month's end a charged-off loan counts once, sold or not, until all of it is back."""
    gone = after.status == Status.CHARGED_OFF
    lost = (
        after.written_off_principal
        + after.written_off_interest
        + after.written_off_penalty
        + after.written_off_costs
    )
    counts = gone & (lost > after.late_recovered) & (after.day % MONTH == 0)
    assert (after.months_in_arrears - before.months_in_arrears == counts)[gone].all()
    marked = after.adverse_marks - before.adverse_marks
    judged = after.judgments - before.judgments
    assert (marked == counts + judged)[gone].all()


def assert_misfortunes_are_remembered(book: Book) -> None:
    """Whoever was ever without a job, ill or struck, but by script, has met a misfortune."""
    drawn = ~book.scripted
    for begun in (book.job_loss_day, book.ill_from_day, book.disaster_from_day):
        assert (book.misfortune_day[drawn & (begun != NEVER)] != NEVER).all()
    assert (book.misfortune_day[book.scripted] == NEVER).all()
    assert (book.default_day[book.default_after_misfortune] != NEVER).all()
    assert (book.misfortune_day[drawn & book.default_after_misfortune] != NEVER).all()


def assert_no_negative(book: Book) -> None:
    for name, column in COLUMNS.items():
        if column.dtype == np.int64 and name != "surplus":
            assert (getattr(book, name) >= 0).all(), name


def assert_ended_loans_are_empty(book: Book) -> None:
    ended = np.flatnonzero(book.status != Status.ACTIVE)
    assert (balance(book, ended) == 0).all()
    for clock in (*book.file_days(), book.next_payment_day, book.promise_day):
        assert (clock[ended] == NEVER).all()
    paid_off = book.status == Status.PAID_OFF
    assert (book.billed_instalments[paid_off] == book.term_months[paid_off]).all()
    assert not book.newly_late[paid_off].any(), "who ends a loan late has cured it"
    assert (book.cures <= book.late_starts).all()
    assert (book.written_off_principal[book.status != Status.CHARGED_OFF] == 0).all()
    assert (book.forgiven_principal[book.status != Status.SETTLED] == 0).all()


AFTER_THE_END = {"at_risk", "default_day", "due_dates", "misses", "savings"} | {
    *("late_before", "bucket", "shocks_met"),
    *(name for name in COLUMNS if name.endswith(("_eligible", "_taken"))),
}
"""What is still observed of an ended loan."""
AFTER_CHARGE_OFF = {
    *("late_recovered", "commissions", "sold", "sale_proceeds"),
    *("filed_day", "cases_filed", "hearing_day", "hearings", "court_waiting_days"),
    *("judgment_day", "judgments", "months_in_arrears", "adverse_marks"),
}
"""What goes on with debt that was charged off."""


def assert_ended_loans_stay(before: Book, after: Book) -> None:
    ended = before.status != Status.ACTIVE
    settled = ended & (before.status != Status.CHARGED_OFF)
    for name in set(COLUMNS) - AFTER_THE_END:
        kept = settled if name in AFTER_CHARGE_OFF else ended
        assert (getattr(before, name)[kept] == getattr(after, name)[kept]).all(), name


def assert_capacity(before: Book, after: Book, world: World, policy: Policy) -> None:
    desk, ladder = policy.relief.desk, policy.collections
    for minutes, heads, each in (
        ("desk_minutes", desk.reviewers, desk.minutes_per_reviewer_day),
        ("call_minutes", ladder.agents, ladder.minutes_per_agent_day),
        ("visit_minutes", ladder.visit.visitors, ladder.visit.minutes_per_visitor_day),
    ):
        if heads != "unlimited":
            worked = getattr(after, minutes) - getattr(before, minutes)
            assert (worked <= heads * each).all(), minutes
    if world.court.hearings_per_day != "unlimited":
        for replica in after.replicas:
            held = (after.hearings - before.hearings)[after.replica == replica]
            assert held.sum() <= world.court.hearings_per_day


class Conduct:
    """An observer's own record of every borrower's contacts, held against the limits."""

    def __init__(self) -> None:
        self.calls: list[np.ndarray] = []
        self.talked: list[np.ndarray] = []

    def assert_kept(self, before: Book, after: Book, policy: Policy) -> None:
        limits, called = policy.collections.conduct, after.calls_attempted - before.calls_attempted
        talked = (after.calls_connected - before.calls_connected) + (
            after.visits_connected - before.visits_connected
        )
        visited = after.visits_attempted - before.visits_attempted
        self.calls.append(called)
        self.talked.append(talked)
        assert (called <= limits.rounds_a_day).all()
        assert (talked <= limits.connected_a_day).all()
        if limits.attempts_in_7_days:
            week = np.sum(self.calls[-7:], axis=0)  # burn-in may have had no limit
            assert (week[called > 0] <= limits.attempts_in_7_days).all()
        if limits.quiet_days and len(self.talked) > 1:
            lately = np.sum(self.talked[-1 - limits.quiet_days : -1], axis=0) > 0
            assert (called[lately] + visited[lately] == 0).all()
        if limits.stop_on_request:
            asked = before.stop_requested_day != NEVER
            wrote = after.messages_sent - before.messages_sent
            assert (called + visited + wrote)[asked].sum() == 0


def assert_deferral_freezes(before: Book, after: Book) -> None:
    """No borrower's days past due grow by more than a day, nor at all in a deferral."""
    rows = np.flatnonzero(after.status == Status.ACTIVE)
    day = before.day
    growth = days_past_due(after, rows, day) - days_past_due(before, rows, day - 1)
    frozen = (after.deferral_from_day[rows] < day) & (day < after.deferral_until_day[rows])
    assert (growth <= 1).all()
    assert (growth[frozen] <= 0).all()


@given(drawn())
@settings(ORDEAL, max_examples=60)
def test_the_laws_hold_every_day(scenario: Drawn) -> None:
    world, conduct = World.model_validate(scenario.world), Conduct()
    for before, after, in_force in days(scenario):
        assert_balanced(after)
        assert_recovered_no_more_than_was_lost(after)
        assert_no_negative(after)
        assert_ended_loans_are_empty(after)
        assert_ended_loans_stay(before, after)
        assert_what_is_not_recovered_is_reported(before, after)
        assert_misfortunes_are_remembered(after)
        assert_capacity(before, after, world, in_force)
        conduct.assert_kept(before, after, in_force)
        assert_deferral_freezes(before, after)


@given(drawn())
@ORDEAL
def test_the_laws_hold_at_the_end_and_buckets_partition_the_book(scenario: Drawn) -> None:
    book, settled = opening_book(scenario)
    run(book, settled, Policy.model_validate(scenario.baseline), 0)
    run(book, settled, Policy.model_validate(scenario.policy), MONTH * settled.months)
    assert_balanced(book)
    assert_recovered_no_more_than_was_lost(book)
    assert_no_negative(book)
    assert_ended_loans_are_empty(book)
    entries = book.ledger.entries
    assert book.ledger.days == [-1, *range(29, MONTH * settled.months, MONTH)]
    buckets = sum(entries[f"dpd_{lower}"] for lower in BUCKETS)
    assert (buckets == entries["active"]).all()
    ended = entries["paid_off"] + entries["charged_off"] + entries["settled"]
    assert (entries["active"] + ended == entries["borrowers"]).all()


@given(drawn())
@settings(ORDEAL, max_examples=60)
def test_a_run_saved_at_any_days_end_goes_on_to_the_same_end(
    tmp_path_factory: pytest.TempPathFactory, scenario: Drawn
) -> None:
    path: Path = tmp_path_factory.mktemp("saved") / "book.npz"
    book, settled = opening_book(scenario)
    baseline = Policy.model_validate(scenario.baseline)
    studied = Policy.model_validate(scenario.policy)
    through, end = book.copy(), MONTH * settled.months
    run(through, settled, baseline, 0)
    run(through, settled, studied, end)
    stops = sorted({book.day + 1 + settled.seed % 37, settled.seed % 11, end - 1})
    for stop in stops:
        run(book, settled, baseline, min(stop, 0))
        if stop > 0:
            run(book, settled, studied, stop)
        book.save(path)
        book = Book.load(path)
    run(book, settled, studied, end)
    assert_identical(book, through)


def assert_identical(one: Book, other: Book) -> None:
    assert one.day == other.day
    for name in COLUMNS:
        mine, yours = getattr(one, name), getattr(other, name)
        assert mine.dtype == yours.dtype == COLUMNS[name].dtype
        assert (mine == yours).all(), name
    assert one.ledger.days == other.ledger.days
    for name, totals in one.ledger.entries.items():
        assert (totals == other.ledger.entries[name]).all(), name


NO_RELIEF = {
    "relief__deferral__months": 0,
    "relief__penalty_waiver__share": 0.0,
    "relief__penalty_waiver__bands": [],
    "relief__rate_reduction__share": 0.0,
    "relief__term_extension__months": 0,
    "relief__arrangement__months": 0,
    "relief__settlement__haircut": 0.0,
}
INSTRUMENTS = sorted({key.split("__")[1] for key in NO_RELIEF})


def test_every_instrument_is_in_the_null_policy() -> None:
    assert {instrument.setting for instrument in relief_desk.INSTRUMENTS} == set(INSTRUMENTS)


@given(drawn())
@settings(ORDEAL, max_examples=60)
def test_zero_months_zero_share_and_the_same_intensity_are_the_baseline(scenario: Drawn) -> None:
    nothing = changed(scenario.baseline, **NO_RELIEF)
    null = changed(
        nothing,
        relief__desk__reviewers=1,
        relief__probation_months=3,
        relief__outreach__share_per_month=1.0,
        **{
            f"relief__{instrument}__{key}": value
            for instrument in INSTRUMENTS
            for key, value in {
                "offer": "universal",
                "hardships": ["any"],
                "max_dpd": 360,
                "proof_required": False,
            }.items()
        },
        relief__desk__sensitivity=1.0,
    )
    ends = []
    for variant in (nothing, null):
        book, settled = opening_book(scenario._replace(cases=[]))
        run(book, settled, Policy.model_validate(variant), MONTH * settled.months)
        ends.append(book)
    assert_identical(*ends)


def test_operations_leave_a_book_without_work_untouched() -> None:
    book = originate(World.model_validate(world(borrowers=1, replicas=1)), [0])
    settled, terms = World.model_validate(world()), Policy.model_validate(policy())
    book.status[:] = Status.CHARGED_OFF
    before = book.copy()
    day = 3 * int(book.cycle[0])
    cycle = cycle_due_on(day)
    assert cycle is not None
    due_date.run(book, book.cycle_slices()[cycle], day, settled, terms)
    payment.of_those_due_today(book, day, settled, terms)
    relief_desk.decide_files(book, day, settled, terms)
    collections.work(book, day, settled, terms)
    court.sit(book, day, settled, terms)
    court.file(book, book.cycle_slices()[cycle], day, settled, terms)
    closing.age(book, book.cycle_slices()[cycle], day, terms)
    assert_identical(book, before)


def events(scenario: dict[str, Any], name: str) -> np.ndarray:
    """Whether each borrower has ever had the event that a column counts."""
    settled = World.model_validate(scenario["world"])
    book = originate(settled, range(settled.replicas))
    run(book, settled, Policy.model_validate(scenario["policy"]), MONTH * settled.months)
    column: np.ndarray = getattr(book, name)
    return column


STRESSED = {
    "months": 6,
    "burn_in_months": 0,
    "borrowers": 1_500,
    "replicas": 2,
    "household__job_loss_per_month": 0.08,
    "behaviour__forgetting": 0.15,
}
RELIEVED = {"relief__deferral__months": 3, "relief__penalty_waiver__share": 0.5}


@pytest.mark.parametrize(
    ("key", "values", "counted"),
    [
        ("behaviour__application", (0.1, 0.5, 1.0), "applications"),
        ("behaviour__awareness", (0.0, 0.4, 1.0), "aware"),
        ("behaviour__opportunists", (0.0, 0.1, 0.6), "opportunist"),
        ("household__job_loss_per_month", (0.0, 0.02, 0.2), "job_loss_day"),
        ("household__illness_per_month", (0.0, 0.02, 0.2), "ill_from_day"),
        ("contact__informs", (0.0, 0.5, 1.0), "aware"),
    ],
)
def test_a_higher_chance_only_adds_events_at_its_decision(
    key: str, values: tuple[float, ...], counted: str
) -> None:
    had = []
    for value in values:
        column = events(
            {"world": world(**(STRESSED | {key: value})), "policy": policy(**RELIEVED)}, counted
        )
        had.append(column != NEVER if counted.endswith("_day") else column > 0)
    for fewer, more in pairwise(had):
        if counted == "aware" and key.startswith("contact"):
            # who is called at all may change with relief, so only the decision itself is held
            assert more.sum() >= fewer.sum()
        else:
            assert (more | ~fewer).all()
        assert more.sum() > fewer.sum()


def test_more_sensitive_reviewers_grant_all_that_the_others_would() -> None:
    """At one moment: the same files, decided by a stricter and by a more generous desk."""
    settled = World.model_validate(world(**STRESSED))
    strict = Policy.model_validate(policy(**RELIEVED, relief__desk__sensitivity=0.4))
    generous = Policy.model_validate(policy(**RELIEVED, relief__desk__sensitivity=0.9))
    book = originate(settled, range(settled.replicas))
    more = 0
    for day in range(60, 90):
        run(book, settled, strict, day)
        strictly, generously = book.copy(), book.copy()
        relief_desk.decide_files(strictly, day, settled, strict)
        relief_desk.decide_files(generously, day, settled, generous)
        assert (generously.deferrals_granted >= strictly.deferrals_granted).all()
        more += int((generously.deferrals_granted - strictly.deferrals_granted).sum())
    assert more > 0


def test_no_file_that_has_come_to_the_desk_is_overlooked() -> None:
    """Every file is noted as it is made: the desk finds what a look through the book would."""
    eager = {"behaviour__awareness": 1.0, "behaviour__application": 1.0}
    settled = World.model_validate(world(**STRESSED, **eager))
    terms = Policy.model_validate(
        policy(**RELIEVED, relief__desk__reviewers=1, relief__desk__minutes_per_reviewer_day=60)
    )
    book = originate(settled, range(settled.replicas))
    waiting = []

    def look(day: int, slot: Slot) -> None:
        if slot == Slot.RELIEF_DESK:
            come = np.array(book.file_days()) <= day
            assert set(np.flatnonzero(come.any(axis=0))) <= set(book.files_by(day))
            waiting.append(int(come.sum()))

    run(book, settled, terms, 90, on_operation=look)
    assert max(waiting) > 10


def test_more_intensity_only_adds_attempts_on_the_same_book() -> None:
    settled = World.model_validate(world(**STRESSED))
    mild = Policy.model_validate(policy(collections__intensity=0.7))
    book = originate(settled, range(settled.replicas))
    run(book, settled, mild, 75)
    attempts = []
    for intensity in (0.0, 0.7, 1.0, 1.6, 3.0):
        twin = book.copy()
        firm = Policy.model_validate(
            policy(collections__intensity=intensity, collections__message__dpd=[2])
        )
        collections.work(twin, 75, settled, firm)
        attempts.append(
            (twin.calls_connected - book.calls_connected, twin.messages_sent - book.messages_sent)
        )
    for (calls, messages), (more_calls, more_messages) in pairwise(attempts):
        assert (more_calls >= calls).all()
        assert (more_messages >= messages).all()
    assert attempts[-1][0].sum() > attempts[1][0].sum() > attempts[0][0].sum() == 0


def test_with_infinite_capacity_a_shock_to_one_borrower_changes_one_row() -> None:
    settled = World.model_validate(world(**STRESSED))
    terms = Policy.model_validate(policy(**RELIEVED))
    book = originate(settled, range(settled.replicas))
    run(book, settled, terms, 45)
    struck = book.copy()
    struck.savings[7] = 0
    struck.surplus[7] = -1_000_000
    for each in (book, struck):
        run(each, settled, terms, 180)
    changed_rows = set()
    for name in COLUMNS:
        changed_rows |= set(np.flatnonzero(getattr(book, name) != getattr(struck, name)).tolist())
    assert changed_rows == {7}


def test_a_borrower_is_the_same_in_a_larger_book() -> None:
    terms = Policy.model_validate(policy(**RELIEVED))
    books = []
    for borrowers in (300, 600):
        settled = World.model_validate(world(**(STRESSED | {"borrowers": borrowers})))
        book = originate(settled, range(2))
        run(book, settled, terms, 180)
        books.append(book)
    small, large = books
    within = np.flatnonzero(large.number < 300)
    for name in COLUMNS:
        assert (getattr(small, name) == getattr(large, name)[within]).all(), name


def test_arrears_and_days_past_due_agree() -> None:
    settled = World.model_validate(world(**STRESSED))
    book = originate(settled, range(1))
    run(book, settled, Policy.model_validate(policy()), 180)
    rows = np.arange(len(book))
    late = (arrears(book, rows) > 0) & (book.last_billed_due_day < 179)
    assert late.sum() > 50
    assert ((days_past_due(book, rows, 179) > 0) == late).all()
