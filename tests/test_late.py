"""Who is late is known without a look at everybody, and known rightly at any time."""

import numpy as np
import pytest
from oracle_defaults import policy, world

from sim.book import Book
from sim.clock import MONTH, NEVER, Slot
from sim.lender.relief_desk import withdraw_files_of_absent
from sim.lender.timetable import run
from sim.rules.origination import originate
from sim.scenario.schema import Policy, World

WORLD = World.model_validate(world(borrowers=300, replicas=2, months=12, burn_in_months=4))
POLICY = Policy.model_validate(policy(relief__deferral__months=3, servicing__acceleration="notice"))

SLOW = {"relief__deferral__months": 3, "relief__desk__reviewers": 0}


@pytest.fixture
def book():
    return originate(WORLD, range(2))


def assert_known(book):
    late = book.late()
    assert late.rows.tolist() == np.flatnonzero(book.oldest_due_day != NEVER).tolist()
    assert (late.fate == book.fate[late.rows]).all()
    assert (late.reachability == book.reachability[late.rows]).all()
    assert (late.owner == book.replica[late.rows]).all()


def test_who_is_late_is_known_after_every_operation(book):
    seen = []

    def look(day, slot):
        assert_known(book)
        seen.append((slot, len(book.late().rows)))

    run(book, WORLD, POLICY, MONTH * WORLD.months, on_operation=look)
    assert {slot for slot, late in seen if late} >= {Slot.BILLING, Slot.PAYMENTS, Slot.CLOSE}


def test_whoever_is_made_late_between_two_runs_is_seen(book):
    run(book, WORLD, POLICY, 0)
    row = int(np.flatnonzero(book.oldest_due_day == NEVER)[0])
    book.oldest_due_day[row] = -10
    run(book, WORLD, POLICY, 1)
    assert_known(book)


def test_a_book_that_was_saved_knows_as_much_as_before(book, tmp_path):
    day = 2 * MONTH
    run(book, WORLD, Policy.model_validate(policy(**SLOW)), day)
    late, files = book.late(), book.files_by(day)
    assert len(late.rows) and len(files)
    book.save(tmp_path / "book.npz")
    again = Book.load(tmp_path / "book.npz")
    assert again.files_by(day).tolist() == files.tolist()
    for ours, theirs in zip(again.late(), late, strict=True):
        assert (ours == theirs).all()


def test_files_of_what_a_policy_lacks_are_withdrawn_though_the_desk_knew_of_them(book):
    waiver = {"relief__penalty_waiver__share": 0.5}
    waiver_alone = Policy.model_validate(policy(**waiver))
    run(book, WORLD, Policy.model_validate(policy(**SLOW, **waiver)), 0)
    waits = np.flatnonzero(book.waiver_file_day != NEVER).tolist()
    assert len(book.files_by(0)) > len(waits) > 0
    withdraw_files_of_absent(book, waiver_alone)
    assert book.files_by(0).tolist() == waits


def test_a_copy_knows_of_its_own(book):
    run(book, WORLD, POLICY, 0)
    twin = book.copy()
    twin.oldest_due_day[:] = NEVER
    assert not len(twin.late().rows) and len(book.late().rows)
