"""Stories: every event follows from the columns, every cent is told, and anybody can read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from drawn import Drawn, drawn
from hypothesis import given, settings
from oracle_defaults import policy, world
from test_laws import ORDEAL, opening_book

from sim.book import Book, Status, WhyMissed
from sim.clock import NEVER, Slot
from sim.experiment.events import events_of
from sim.experiment.simulate import season
from sim.experiment.step import CONTACTS, INSTRUMENTS, Event, Kind, Step
from sim.experiment.story import Person, Story, Watcher, parting, stories
from sim.lender import timetable
from sim.scenario.load import load
from sim.scenario.schema import Policy, Scenario, World
from sim.show.language import Language
from sim.show.story import ending_rows
from sim.show.story_lines import lines
from sim.show.story_words import sentence

SHIPPED = "shipped:relief_options"
WORLD, POLICY = World.model_validate(world()), Policy.model_validate(policy())
ENGLISH, CHINESE = Language("en", "CNY"), Language("zh", "CNY")


# Hand-made columns: one operation, what is told of it


def row(**columns: Any) -> Book:
    """A book of one row with these columns, a loan of 24 instalments of 100 in its third month."""
    one = Book(np.zeros(1, dtype=np.int64), 1, 0)
    usual = {
        "instalment": 100,
        "term_months": 24,
        "billed_instalments": 3,
        "last_billed_due_day": 60,
        "principal": 2_000,
        "rate_bp": 1_800,
        "contract_rate_bp": 1_800,
        "income": 5_000,
        "accrued_through_day": 60,
    }
    for name, value in (usual | columns).items():
        getattr(one, name)[0] = value
    return one


LATE = {"arrears_principal": 80, "arrears_interest": 20, "why_missed": WhyMissed.UNABLE}


def kinds(
    before: dict[str, Any], change: dict[str, Any], day: int, slot: Slot, terms: Policy = POLICY
) -> list[Event]:
    step = Step(row(**before), row(**(before | change)), day - 1, day, slot, WORLD, terms)
    return list(events_of(step))


def only(events: Sequence[Event], kind: Kind) -> dict[str, int | str]:
    (event,) = [event for event in events if event.kind == kind]
    return dict(event.details)


# what happened -> (columns before, what changed, day, slot, the kinds of events in order)
HAPPENED: dict[str, tuple[dict[str, Any], dict[str, Any], int, Slot, list[Kind]]] = {
    "nothing": ({}, {}, 65, Slot.PAYMENTS, []),
    "a job lost on the day drawn before": ({"job_loss_day": 65}, {}, 65, Slot.CLOSE, ["job_lost"]),
    "a job lost is told once": ({"job_loss_day": 64}, {}, 65, Slot.CLOSE, []),
    "work found": (
        {"job_loss_day": 10, "reemployed_day": 65},
        {},
        65,
        Slot.CLOSE,
        ["job_found"],
    ),
    "an illness by a shock": ({}, {"ill_from_day": 90}, 90, Slot.SHOCKS, ["fell_ill"]),
    "well again": ({"ill_from_day": 1, "ill_until_day": 65}, {}, 65, Slot.CLOSE, ["recovered"]),
    "a disaster": (
        {"savings": 90},
        {"disaster_from_day": 90, "savings": 40},
        90,
        Slot.SHOCKS,
        ["disaster"],
    ),
    "prices": ({"essentials": 50}, {"essentials": 60}, 90, Slot.SHOCKS, ["prices_rose"]),
    "a payment remembered": (
        LATE | {"why_missed": WhyMissed.FORGOT, "next_payment_day": 65},
        {"arrears_principal": 0, "arrears_interest": 0, "paid_principal": 80, "paid_interest": 20},
        65,
        Slot.PAYMENTS,
        ["payment", "caught_up"],
    ),
    "tried again in vain": (
        LATE | {"next_payment_day": 65},
        {"next_payment_day": 74},
        65,
        Slot.PAYMENTS,
        ["short"],
    ),
    "no longer here to try again": (
        LATE | {"next_payment_day": 65, "disengage_day": 62},
        {"next_payment_day": NEVER},
        65,
        Slot.PAYMENTS,
        [],
    ),
    "a promise not kept": (
        LATE | {"next_payment_day": 65, "promise_day": 65},
        {"next_payment_day": 74, "promise_day": NEVER},
        65,
        Slot.PAYMENTS,
        ["promise_broken"],
    ),
    "calls and a promise": (
        LATE,
        {
            "calls_attempted": 2,
            "calls_connected": 1,
            "promises_made": 1,
            "promise_day": 70,
            "next_payment_day": 70,
        },
        65,
        Slot.COLLECTIONS,
        ["contacts", "promised"],
    ),
    "a reminder to somebody without money": (
        LATE | {"why_missed": WhyMissed.FORGOT},
        {"messages_sent": 1, "why_missed": WhyMissed.UNABLE},
        65,
        Slot.COLLECTIONS,
        ["contacts", "short"],
    ),
    "turning away": (LATE | {"disengage_day": 65}, {}, 65, Slot.PAYMENTS, ["stopped_answering"]),
    "coming back": (
        LATE | {"disengage_day": 60},
        {"calls_attempted": 1, "calls_connected": 1, "disengage_day": NEVER},
        65,
        Slot.COLLECTIONS,
        ["contacts", "answers_again"],
    ),
    "an application in a conversation": (
        LATE,
        {
            "calls_attempted": 1,
            "calls_connected": 1,
            "aware": True,
            "applications": 1,
            "deferral_spell_day": 50,
            "deferral_file_day": 70,
        },
        65,
        Slot.COLLECTIONS,
        ["contacts", "learned_of_relief", "applied"],
    ),
    "no papers": (
        LATE,
        {"applications": 1, "abandoned": 1, "waiver_spell_day": 50},
        65,
        Slot.COLLECTIONS,
        ["papers_missing"],
    ),
    "a deferral granted": (
        {"deferral_file_day": 60},
        {
            "deferral_file_day": NEVER,
            "deferrals_granted": 1,
            "files_decided": 1,
            "deferral_from_day": 90,
            "deferral_until_day": 180,
        },
        65,
        Slot.RELIEF_DESK,
        ["granted"],
    ),
    "a deferral refused": (
        {"deferral_file_day": 60},
        {"deferral_file_day": NEVER, "files_decided": 1, "refusals": 1},
        65,
        Slot.RELIEF_DESK,
        ["refused"],
    ),
    "a file that the new policy has no use for": (
        {"settlement_file_day": 3},
        {"settlement_file_day": NEVER},
        0,
        Slot.OPENING,
        ["withdrawn"],
    ),
    "an offer that lapses": (
        LATE | {"settlement_until_day": 64, "settlement_amount": 900},
        {},
        65,
        Slot.PAYMENTS,
        ["lapsed"],
    ),
    "a case filed": (
        LATE,
        {"cases_filed": 1, "filed_day": 90, "hearing_day": 450, "costs": 7, "costs_charged": 7},
        90,
        Slot.COURT,
        ["sued"],
    ),
    "a case won on debt written off": (
        {"status": Status.CHARGED_OFF, "written_off_principal": 900, "hearing_day": 90},
        {
            "hearing_day": NEVER,
            "hearings": 1,
            "judgments": 1,
            "judgment_day": 90,
            "adverse_marks": 1,
            "late_recovered": 200,
        },
        90,
        Slot.COURT,
        ["hearing", "late_recovery"],
    ),
    "default": (LATE, {"default_day": 150}, 150, Slot.CLOSE, ["defaulted"]),
    "a mark": (LATE, {"adverse_marks": 1}, 89, Slot.CLOSE, ["adverse_mark"]),
    "charge-off": (
        LATE,
        {
            "status": Status.CHARGED_OFF,
            "arrears_principal": 0,
            "arrears_interest": 0,
            "principal": 0,
            "written_off_principal": 2_080,
            "written_off_interest": 20,
        },
        240,
        Slot.CLOSE,
        ["charged_off"],
    ),
    "a debt sold": (
        {"status": Status.CHARGED_OFF, "written_off_principal": 900},
        {"sold": True, "sale_proceeds": 99},
        300,
        Slot.BILLING,
        ["sold"],
    ),
    "a loan that is over goes on without us": (
        {"status": Status.PAID_OFF, "job_loss_day": 65},
        {},
        65,
        Slot.CLOSE,
        [],
    ),
}


@pytest.mark.parametrize("case", HAPPENED)
def test_what_happened_is_told(case: str) -> None:
    before, change, day, slot, expected = HAPPENED[case]
    assert [event.kind for event in kinds(before, change, day, slot)] == expected


def test_a_due_date_missed_for_want_of_money_says_how_much_there_was() -> None:
    before = {"savings": 30, "surplus": -10, "paid_since_billing": 5, "last_billed_due_day": 60}
    bill = {"arrears_principal": 71, "arrears_interest": 30, "principal": 1_929}
    billed = {"billed_instalments": 4, "last_billed_due_day": 90, "paid_since_billing": 0}
    missed = {"why_missed": WhyMissed.UNABLE, "savings": 15}
    events = kinds(before, bill | billed | missed, 90, Slot.BILLING)
    assert [event.kind for event in events] == ["bill", "missed"]
    assert only(events, "bill") == {"amount": 100, "older": 1}
    assert only(events, "missed") == {
        "why": "unable",
        "unpaid": 2,
        "month_left": -10,
        "at_hand": 15,
        "owed": 101,
        "paid": 0,
    }
    assert sentence(events[1], ENGLISH) == (
        "cannot pay: 0.15 CNY at hand, 1.01 CNY owed, the month before cost 0.10 CNY more than it "
        "brought"
    )


def test_a_payment_says_of_what_it_was_and_where_it_came_from() -> None:
    paid = {
        "paid_principal": 50,
        "paid_interest": 20,
        "paid_penalty": 7,
        "paid_costs": 3,
        "arrears_principal": 30,
        "arrears_interest": 0,
        "squeezed": 15,
        "diverted_since_billing": 12,
    }
    before = LATE | {"penalty": 7, "costs": 3, "diverted_since_billing": 2}
    after = paid | {"penalty": 0, "costs": 0, "visits_attempted": 1, "visits_connected": 1}
    payment = only(kinds(before, after, 65, Slot.COLLECTIONS), "payment")
    assert payment == {
        "amount": 80,
        "principal": 50,
        "interest": 20,
        "penalty": 7,
        "costs": 3,
        "from_other_lenders": 10,
        "from_essentials": 15,
        "from_family": 0,
        "left": 30,
        "occasion": "met",
    }
    assert sentence(Event(65, Slot.COLLECTIONS, "payment", payment), ENGLISH) == (
        "visited, pays 0.80 CNY (0.50 CNY principal, 0.20 CNY interest, 0.07 CNY penalty, 0.03 CNY "
        "costs), 0.10 CNY of it by putting off other lenders, 0.15 CNY of it by cutting "
        "essentials, 0.30 CNY is still owed"
    )


def test_what_was_kept_from_other_lenders_is_counted_anew_on_each_due_date() -> None:
    before = {"diverted_since_billing": 30, "savings": 80}
    billed = {"billed_instalments": 4, "last_billed_due_day": 90, "principal": 1_930}
    paid = {"paid_principal": 70, "paid_interest": 30, "diverted_since_billing": 20, "savings": 0}
    payment = only(kinds(before, billed | paid, 90, Slot.BILLING), "payment")
    assert (payment["amount"], payment["from_other_lenders"]) == (100, 20)


def test_a_settlement_says_what_family_gave_and_what_was_forgiven() -> None:
    before = LATE | {"settlement_amount": 900, "settlement_until_day": 80, "savings": 150}
    after = {
        "status": Status.SETTLED,
        "arrears_principal": 0,
        "arrears_interest": 0,
        "principal": 0,
        "paid_principal": 900,
        "forgiven_principal": 1_180,
        "forgiven_interest": 20,
        "savings": 0,
    }
    events = kinds(before, after, 65, Slot.PAYMENTS)
    assert [event.kind for event in events] == ["payment", "settled"]
    assert only(events, "payment")["from_family"] == 750
    assert only(events, "settled") == {"amount": 900, "forgiven": 1_200}


def test_a_skipped_instalment_says_what_becomes_of_its_interest() -> None:
    before = {"deferral_from_day": 90, "deferral_until_day": 180}
    for treatment, column in (
        ("capitalised", "capitalised_interest"),
        ("simple", "deferred_interest"),
        ("waived", "forgiven_interest"),
    ):
        terms = Policy.model_validate(policy(relief__deferral__interest=treatment))
        events = kinds(before, {column: 30, "interest_charged": 30}, 90, Slot.BILLING, terms)
        assert [event.kind for event in events] == ["deferral_begins", "instalment_skipped"]
        assert only(events, "instalment_skipped") == {"interest": 30, "treatment": treatment}


# Laws over drawn scenarios


def total(events: Sequence[Event], kind: Kind, detail: str) -> int:
    return sum(int(event.details[detail]) for event in events if event.kind == kind)


def number(events: Sequence[Event], *wanted: Kind, instrument: str | None = None) -> int:
    return sum(
        event.kind in wanted and instrument in (None, event.details.get("instrument"))
        for event in events
    )


@given(drawn())
@settings(ORDEAL, max_examples=60)
def test_every_cent_and_every_contact_is_told(scenario: Drawn) -> None:
    book, settled = opening_book(scenario)
    season(book, settled, Policy.model_validate(scenario.baseline))
    studied = Policy.model_validate(scenario.policy)
    end = book.copy()
    watched = sorted({0, len(book) // 3, len(book) // 2, len(book) - 1})
    watchers = [Watcher(end, one, settled, studied) for one in watched]

    def look(day: int, slot: Slot) -> None:
        for watcher in watchers:
            watcher.look(day, slot)

    timetable.run(end, settled, studied, until_day=30 * settled.months, on_operation=look)
    for one, watcher in zip(watched, watchers, strict=True):
        story = watcher.story("a")

        def grew(*columns: str, row: int = one) -> int:
            return sum(
                int(getattr(end, name)[row]) - int(getattr(book, name)[row]) for name in columns
            )

        events = story.events
        for part in ("principal", "interest", "penalty", "costs"):
            assert total(events, "payment", part) == grew(f"paid_{part}")
        assert story.ending.paid == total(events, "payment", "amount")
        assert total(events, "payment", "from_essentials") == grew("squeezed")
        assert total(events, "late_recovery", "amount") == grew("late_recovered")
        assert total(events, "late_recovery", "commission") == grew("commissions")
        assert total(events, "sold", "price") == grew("sale_proceeds")
        assert total(events, "charged_off", "amount") == story.ending.written_off
        assert total(events, "sued", "fee") == grew("costs_charged")
        for contact, column in CONTACTS.items():
            assert total(events, "contacts", contact) == grew(column)
        asked = number(events, "applied", "papers_missing")
        assert asked == grew("applications")
        assert number(events, "refused") == grew("refusals")
        for instrument in INSTRUMENTS:
            granted = number(events, "granted", instrument=instrument)
            assert granted == grew(f"{instrument}s_granted")
        assert number(events, "arrangement_broken") == grew("arrangements_broken")
        assert number(events, "hearing") == grew("hearings")
        assert total(events, "hearing", "won") == grew("judgments")
        judged = total(events, "hearing", "won")
        told = number(events, "adverse_mark") + judged
        untold = grew("adverse_marks") - told  # those of a written-off loan, one a month
        written_off = 0
        if end.status[one] == Status.CHARGED_OFF:
            written_off = settled.months - max(0, int(end.charged_off_day[one])) // 30
        recovered = story.ending.written_off <= int(end.late_recovered[one])
        assert 0 <= untold <= written_off
        assert recovered or untold == written_off
        for event in events:
            if event.kind == "payment":
                sources = ("from_other_lenders", "from_essentials", "from_family")
                given_by_others = [int(event.details[source]) for source in sources]
                assert min(given_by_others) >= 0
                assert sum(given_by_others) <= int(event.details["amount"])
        check_readable(story)


def check_readable(story: Story) -> None:
    """Every line is told in both languages, without a hole, in the order of time."""
    for language in (ENGLISH, CHINESE):
        found = lines(story.events, language)
        assert [line.month for line in found] == sorted(line.month for line in found)
        assert all(line.text and line.when for line in found)
        text = "\n".join(line.text for line in found)
        assert not re.search(r"[{}]|None", text)
        if language is CHINESE:
            assert not re.search("[A-Za-z]", text)
        assert ending_rows([story.ending], language)


def test_watching_changes_nothing_and_a_story_is_the_same_told_twice() -> None:
    scenario = small()
    first = stories(scenario, Person(number=3, replica=1), ["baseline", "package"])
    again = stories(scenario, Person(number=3, replica=1), ["package", "baseline"])
    assert again == (first[1], first[0])


# Real people


def small() -> Scenario:
    return load(SHIPPED, {"world.borrowers": 60, "world.replicas": 2})


@pytest.fixture(scope="module")
def jobless() -> tuple[Story, ...]:
    return stories(load(SHIPPED), Person(case="jobless_briefly"), ["baseline", "deferral"])


def test_the_briefly_unemployed_are_carried_over_by_a_deferral(
    jobless: tuple[Story, ...],
) -> None:
    alone, helped = jobless
    assert alone.ending.worst_dpd > helped.ending.worst_dpd
    assert number(helped.events, "deferral_begins") == number(helped.events, "deferral_ends") == 1
    assert number(helped.events, "instalment_skipped") == 3
    assert number(alone.events, "missed") > 0
    (lost,) = [event for event in alone.events if event.kind == "job_lost"]
    assert lost.day == 90
    (found,) = [event for event in alone.events if event.kind == "job_found"]
    assert found.details == {"days": 90}


def test_two_lives_part_where_the_first_difference_is(jobless: tuple[Story, ...]) -> None:
    parts = parting(*jobless)
    assert parts is not None
    there = [event for event in parts if event is not None and event.kind == "applied"]
    assert [event.details["instrument"] for event in there] == ["deferral"]
    assert parting(jobless[0], jobless[0]) is None
    shorter = replace(jobless[0], events=jobless[0].events[:-1])
    assert parting(shorter, jobless[0]) == (None, jobless[0].events[-1])


def test_quiet_months_are_one_line(jobless: tuple[Story, ...]) -> None:
    found = lines(jobless[1].events, ENGLISH)
    assert found[0].when == "Months 1 to 3"
    assert found[0].text.startswith("Every instalment of ")
    assert len(found) < len(jobless[1].events) / 2
