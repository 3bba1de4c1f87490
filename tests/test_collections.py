"""The ladder of collections and its limits, each situation named by a sentence."""

from __future__ import annotations

import numpy as np
from late_book import (
    CONTACTS,
    COUNTED,
    EAGER,
    EVERY_CYCLE,
    START,
    days,
    falls_due,
    late_book,
    stressed,
    terms,
)

from sim.book import WhyMissed
from sim.clock import NEVER
from sim.facts import days_past_due
from sim.lender import collections
from sim.lender.staff import Shift
from sim.lender.timetable import run
from sim.rules.ladder import conduct

# conduct


def test_no_seven_days_see_more_attempts_than_the_limit() -> None:
    book, settled = late_book(), stressed(contact__reach_early=0.1, contact__reach_late=0.1)
    eager = terms(EAGER, collections__conduct__attempts_in_7_days=7)
    each_day = []
    for day, _, added in days(book, settled, eager, START + 60):
        each_day.append(added["calls_attempted"])
        in_week = np.sum(each_day[-7:], axis=0)
        assert (in_week <= 7).all()
        week = conduct.week_until(book, np.arange(len(book)), day)
        assert (conduct.attempts_in(week) == in_week).all()
    assert in_week.max() == 7
    assert book.contacts_refused.sum() > 0


def test_attempts_are_remembered_for_seven_days_and_no_longer() -> None:
    book, rows = late_book(), np.arange(1)
    made = {100: 3, 101: 25, 103: 1, 106: 25, 107: 2, 120: 5}
    for day in range(100, 130):
        for _ in range(made.get(day, 0)):
            conduct.note_attempts(book, rows, conduct.week_until(book, rows, day), day)
        expected = sum(count for when, count in made.items() if day - 7 < when <= day)
        assert conduct.attempts_in(conduct.week_until(book, rows, day))[0] == expected


def test_after_a_conversation_there_are_quiet_days() -> None:
    book, settled = late_book(), stressed()
    quiet = terms(EAGER, collections__conduct__quiet_days=5)
    last_talk = np.full(len(book), -NEVER)
    for day, _, added in days(book, settled, quiet, START + 40):
        tried = (added["calls_attempted"] > 0) | (added["visits_attempted"] > 0)
        assert (day - last_talk[tried] > 5).all()
        talked = (added["calls_connected"] > 0) | (added["visits_connected"] > 0)
        last_talk[talked] = day
    assert (book.calls_connected + book.visits_connected > 1).any()


def test_silent_hours_leave_so_many_rounds_of_calls() -> None:
    book, settled = late_book(), stressed(contact__reach_early=0.0, contact__reach_late=0.0)
    hours = terms(EAGER, collections__call__early_rate=2.0, collections__conduct__rounds_a_day=2)
    _, _, added = next(days(book, settled, hours, START + 1))
    assert added["calls_attempted"].max() == 2
    called_out = added["calls_attempted"] == 2
    assert added["contacts_refused"].max() == 4
    assert (added["contacts_refused"][~called_out] == 0).all()


def test_nobody_is_talked_to_more_often_a_day_than_allowed() -> None:
    most = []
    for allowed in (1, 2, 4):
        book = late_book()
        settled = stressed(contact__reach_early=0.6, contact__pays_early=0.0)
        chatty = terms(
            EAGER,
            collections__call__early_rate=5.0,
            collections__conduct__connected_a_day=allowed,
        )
        _, _, added = next(days(book, settled, chatty, START + 1))
        talks = added["calls_connected"] + added["visits_connected"]
        assert (book.connected_today[talks > 0] == talks[talks > 0]).all()
        most.append(talks.max())
    assert most == [1, 2, 4]


def test_who_asks_to_stop_hears_only_formal_notices() -> None:
    book, settled = late_book(), stressed(contact__asks_to_stop=1.0)
    respectful = terms(EAGER, collections__conduct__stop_on_request=True)
    notices = 0
    for day, before, added in days(book, settled, respectful, START + 60):
        silent = before.stop_requested_day != NEVER
        for contact in ("messages_sent", "calls_attempted", "visits_attempted"):
            assert (added[contact][silent] == 0).all()
        notices += added["notices_sent"][silent].sum()
        talked = (added["calls_connected"] > 0) & ~silent
        assert (book.stop_requested_day[talked] == day).all()
    assert notices > 0


def test_without_respect_for_it_a_request_to_stop_changes_nothing() -> None:
    ends = []
    for asks in (0.0, 1.0):
        book = late_book()
        run(book, stressed(contact__asks_to_stop=asks), terms(EAGER), START + 30)
        ends.append(book)
    assert (ends[1].stop_requested_day != NEVER).any()
    for name in (*COUNTED, "paid_principal", "strain"):
        assert (getattr(ends[0], name) == getattr(ends[1], name)).all()


# conversations


def test_a_promise_kept_brings_money_and_is_waited_for() -> None:
    settled = stressed(
        contact__promises=1.0,
        contact__keeps_promise=1.0,
        contact__pays_early=0.0,
        contact__pays_late=0.0,
        contact__promise_days=6,
    )
    book = late_book()
    for day, before, added in days(book, settled, terms(EAGER), START + 40):
        waited_for = (before.promise_day != NEVER) & (before.promise_day > day)
        waited_for &= ~falls_due(book, day)  # a due day cancels promises
        for contact in CONTACTS:
            assert (added[contact][waited_for] == 0).all()
        kept = book.promises_kept > before.promises_kept
        assert (before.promise_day[kept] == day).all()
        assert (book.last_payment_day[kept] == day).all()
        made = book.promises_made > before.promises_made
        assert (book.promise_day[made] == day + 6).all()
        assert (book.next_payment_day[made] == day + 6).all()
    assert book.promises_kept.sum() > 0


def test_a_promise_broken_brings_nothing() -> None:
    settled = stressed(contact__promises=1.0, contact__keeps_promise=0.0, contact__pays_early=0.0)
    book = late_book()
    broken = 0
    for day, before, _ in days(book, settled, terms(EAGER), START + 30):
        due = (before.promise_day == day) & ~falls_due(book, day)
        assert (book.promise_day[due] != day).all()
        broken += due.sum()
    assert broken > 0
    assert book.promises_kept.sum() == 0


def test_who_was_reached_by_phone_is_not_visited_that_day() -> None:
    book = late_book()
    settled = stressed(contact__reach_early=0.6, contact__reach_late=0.6)
    eager = terms(EAGER, collections__visit__rate=1.0)
    _, _, added = next(days(book, settled, eager, START + 1))
    reached, visited = added["calls_connected"] > 0, added["visits_attempted"] > 0
    assert reached.any()
    assert visited.any()
    assert not (reached & visited).any()
    rows = np.arange(len(book))
    workable = (days_past_due(book, rows, START) > 0) & (book.promise_day == NEVER)
    assert visited[workable & ~reached].all()


def test_visits_begin_late_and_end_with_the_visitors_minutes() -> None:
    book, settled = late_book(), stressed()
    few = terms(
        collections__visit__rate=1.0,
        collections__visit__opens_dpd=45,
        collections__visit__visitors=1,
        collections__visit__minutes_per_visitor_day=200,
    )
    for day, before, added in days(book, settled, few, START + 10):
        visited = np.flatnonzero(added["visits_attempted"])
        assert (book.visit_minutes - before.visit_minutes <= 180).all()
        assert len(visited) == 6
        assert (days_past_due(book, visited, day) >= 45).mean() > 0.5  # the others paid today
    assert book.visit_minutes.tolist() == [1_800, 1_800]


def test_a_moral_message_wins_back_some_who_have_left() -> None:
    away = late_book().disengage_day <= START
    assert away.any()
    came_back = []
    for tone in ("plain", "moral"):
        book, settled = late_book(), stressed(contact__moral_reengages=1.0)
        writing = terms(
            collections__message__tone=tone,
            collections__message__dpd=EVERY_CYCLE,
            collections__call__early_rate=0.0,
            collections__call__late_rate=0.0,
        )
        collections.work(book, START, settled, writing)
        back = away & (book.disengage_day == NEVER)
        assert (book.messages_sent[back] == 1).all()
        came_back.append(int(back.sum()))
    assert came_back[0] == 0
    assert came_back[1] > 0


def test_strained_borrowers_complain_and_only_of_contacts() -> None:
    complaints = []
    for rate in (0.0, 0.1, 1.0):
        book, settled = late_book(), stressed(strain__complaints=rate)
        run(book, settled, terms(EAGER), START + 20)
        uncontacted = book.calls_connected + book.visits_connected + book.notices_sent == 0
        assert (book.complaints[uncontacted] == 0).all()
        complaints.append(int(book.complaints.sum()))
    assert complaints[0] == 0
    assert 0 < complaints[1] < complaints[2]


def test_squeezed_money_comes_from_essentials_and_only_where_somebody_squeezes() -> None:
    squeezed = []
    for squeezes in (0.0, 1.0):
        book, settled = late_book(), stressed(contact__squeezes=squeezes)
        run(book, settled, terms(EAGER), START + 20)
        squeezed.append(int(book.squeezed.sum()))
    assert squeezed[0] == 0
    assert squeezed[1] > 0


# notices


def test_a_notice_makes_the_unwilling_pay_and_nobody_else() -> None:
    book, settled = late_book(), stressed(contact__notice_pays=1.0, strain__per_notice=0.0)
    formal = terms(
        collections__message__dpd=[],
        collections__call__early_rate=0.0,
        collections__call__late_rate=0.0,
        collections__notice__dpd=EVERY_CYCLE,
    )
    why_missed = book.why_missed.copy()
    collections.work(book, START, settled, formal)
    paid = book.last_payment_day == START
    assert paid.any()
    assert (book.notices_sent[paid] == 1).all()
    assert (why_missed[paid] == WhyMissed.UNWILLING).all()


def test_a_notice_calls_the_whole_loan_due_and_days_past_due_go_on() -> None:
    book, settled = late_book(), stressed()
    strict = terms(EAGER, collections__notice__dpd=EVERY_CYCLE, servicing__acceleration="notice")
    rows = np.arange(len(book))
    overdue = days_past_due(book, rows, START)
    total = book.principal + book.arrears_principal + book.paid_principal
    collections.work(book, START, settled, strict)
    called = (book.accelerated_due_day != NEVER) & (book.last_payment_day < START)
    assert called.any()
    assert (book.notices_sent[called] == 1).all()
    assert (book.principal[called] == 0).all()
    assert (book.billed_instalments[called] == book.term_months[called]).all()
    assert (days_past_due(book, rows, START)[called] == overdue[called]).all()
    assert (book.principal + book.arrears_principal + book.paid_principal == total).all()


# capacity


def test_calls_visits_and_hearings_are_served_in_one_way() -> None:
    book = late_book()
    rows = np.arange(len(book))
    key = (book.number * 7) % 11
    shift = Shift(1, 35, 10, len(book.replicas))
    first = shift.serve(book, rows, book.replica_positions(rows), key)
    for replica in book.replicas:
        mine = np.flatnonzero(book.replica == replica)
        order = mine[np.lexsort((book.number[mine], key[mine]))]
        assert first[order].tolist() == [True] * 3 + [False] * (len(mine) - 3)
    assert not shift.serve(book, rows, book.replica_positions(rows), key).any()
    assert shift.worked.tolist() == [30, 30]
