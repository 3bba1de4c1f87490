"""A visitor's session: quick hands, numbers that are old, people who leave, workers that die."""

from __future__ import annotations

import gc
import os
import signal
import time

import pytest

pytest.importorskip("streamlit")

import streamlit as st

from app import drawn, settled, text_of, visit, widget
from sim.doors.dashboard import link
from sim.doors.dashboard.bounds import MOST_NUMBERS, too_large
from sim.doors.dashboard.link import packed
from sim.doors.dashboard.plain import as_label
from sim.doors.dashboard.session import KEY, office
from sim.doors.dashboard.stories import Asked, Telling
from sim.scenario.draft import Draft
from sim.show.language import Language

ORIGIN = Draft.shipped("relief_options")
SMALL = ORIGIN.put("world.borrowers", 300).put("world.replicas", 6).put("world.months", 6)
LONG = SMALL.put("world.borrowers", 20_000).put("world.months", 60)
LINK = packed(SMALL, ORIGIN)


@pytest.fixture(scope="module", autouse=True)
def _one_office():
    yield
    office().close()
    st.cache_resource.clear()


def test_a_menu_acts_on_what_a_lever_has_just_said():
    app = visit(change=LINK)
    widget(app, "slider", ":deferral.relief.deferral.months:lever").set_value(9)
    widget(app, "button", "copy-deferral").click()
    drawn(app)
    draft = app.session_state[KEY].draft
    assert draft.setting("deferral.relief.deferral.months") == 9
    assert draft.setting("deferral_2.relief.deferral.months") == 9


def test_a_lever_of_a_policy_that_is_gone_does_nothing():
    app = visit(change=LINK)
    visitor = app.session_state[KEY]
    visitor.change(visitor.draft.without("waiver"), redraw=False)
    before = visitor.draft
    widget(app, "slider", ":waiver.relief.penalty_waiver.share:lever").set_value(10)
    drawn(app)
    assert visitor.draft is before
    assert visitor.problem is None


@pytest.mark.parametrize("page", ["compare", "charts", "operations", "about"])
def test_numbers_of_the_question_before_are_marked_and_go_when_no_others_come(page):
    app = settled(visit(page, change=LINK))
    digest = app.session_state[KEY].running().latest.digest
    app.session_state[KEY].change(LONG)
    drawn(app)
    assert "the question before" in " ".join(each.proto.text for each in app.get("progress"))
    widget(app, "button", "cancel").click()
    drawn(app)
    assert "Stopped with 0 of 6 replicas" in text_of(app)
    assert not app.get("plotly_chart")
    assert "of 300 borrowers" not in text_of(app)
    assert digest not in text_of(app)


def test_the_address_never_says_another_question_than_the_page(monkeypatch):
    app = visit(change=LINK)
    assert "change" in app.query_params
    monkeypatch.setattr(link, "LONGEST", 10)
    widget(app, "slider", ":deferral.relief.deferral.months:lever").set_value(9)
    drawn(app)
    assert dict(app.query_params) in ({"lang": "en"}, {"lang": ["en"]})
    assert "too long for a link" in text_of(app)


def test_few_borrowers_in_many_replicas_are_too_many_numbers():
    draft = ORIGIN.put("world.borrowers", 1).put("world.months", 120).put("world.replicas", 5_000)
    assert f"the {MOST_NUMBERS:,} a browser may ask for" in too_large(
        draft.scenario, Language("en")
    )


def asked(scenario):
    return Asked(scenario, ("baseline", "deferral"), "borrower")


def waits(permits):
    until = time.monotonic() + 30
    while any(permit.exists() for permit in permits):
        assert time.monotonic() < until, "somebody is still waited for"
        time.sleep(0.05)


def permits_of(make):
    """Return what ``make`` gives, and the files that say that somebody waits for it."""
    files, permit = [], office().permit
    office().permit = lambda: files.append(permit()) or files[-1]
    try:
        return make(), files
    finally:
        del office().permit


def test_nobody_waits_for_a_story_that_is_told_or_whose_reader_has_gone():
    telling, permits = permits_of(lambda: Telling(asked(SMALL.scenario)))
    assert telling.future.result(60)
    waits(permits)
    telling, permits = permits_of(lambda: Telling(asked(LONG.scenario)))
    assert permits[0].exists()
    del telling
    gc.collect()
    waits(permits)


def test_a_worker_that_dies_takes_no_other_visitors_story_with_it():
    assert Telling(asked(SMALL.scenario)).future.result(60)
    for process in list(office().pool()._processes):
        os.kill(process, signal.SIGKILL)
    time.sleep(0.5)
    assert Telling(asked(SMALL.scenario)).future.result(60)


def test_a_label_says_what_its_text_says():
    assert as_label("Three-month deferral (50%), then nothing!") == (
        "Three-month deferral (50%), then nothing!"
    )
    assert as_label("*a* [b](c) :bug:") == "\\*a\\* \\[b\\](c) \\:\u2060bug\\:\u2060"
    assert as_label("www.x.org <b>") == "www\\.x.org \\<b\\>"
