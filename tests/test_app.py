"""The browser's pages: what a visitor does, what the draft then says, what the page shows."""

from __future__ import annotations

import html
import time

import pytest

pytest.importorskip("streamlit")

import streamlit as st

from app import drawn, settled, text_of, visit, widget
from sim.doors.dashboard.bounds import MOST_LOAN_MONTHS, MOST_LOANS, too_large
from sim.doors.dashboard.link import packed, unpacked
from sim.doors.dashboard.main import PAGES
from sim.doors.dashboard.session import office, questions
from sim.experiment.compare import compare
from sim.rules.measures import METRICS
from sim.scenario.draft import MOST_POLICIES, Draft
from sim.scenario.load import load
from sim.show.language import CODES, Language
from sim.show.verdict import verdict

ORIGIN = Draft.shipped("relief_options")
SMALL = ORIGIN.put("world.borrowers", 300).put("world.replicas", 6).put("world.months", 6)
LINK = packed(SMALL, ORIGIN)

HOSTILE = """<script>alert(1)</script> **bold** [a](javascript:alert(2)) :smile: $x$ =1+1"""
FILE = f"""\
format = 1
title = {{ en = '''{HOSTILE}''', zh = "题" }}
question = {{ en = '''{HOSTILE}''', zh = "问" }}
extends = "preset:generic_unsecured"
[world]
borrowers = 200
replicas = 5
months = 3
[policy.ours]
label = {{ en = '''{HOSTILE}''', zh = "我们的" }}
collections.intensity = 2.0
""".encode()


@pytest.fixture(scope="module", autouse=True)
def _one_office():
    yield
    office().close()
    st.cache_resource.clear()


def draft_of(app):
    return unpacked(said(app, "change"), ORIGIN)


def said(app, key):
    """Return what the address of the page says."""
    value = app.query_params[key]
    return value if isinstance(value, str) else value[0]


def small(**said):
    return visit(change=LINK, **said)


def test_who_opens_the_page_finds_the_verdict_of_the_main_comparison():
    app = settled(small())
    comparison = compare(SMALL.scenario)
    assert html.escape(verdict(comparison, Language("en", "CNY"))) in text_of(app)
    assert "6 replicas of 300 borrowers over 6 months" in text_of(app)
    assert app.get("plotly_chart")


def test_a_lever_moves_the_policy_and_the_answer():
    app = settled(small())
    before = text_of(app)
    widget(app, "slider", "deferral.relief.deferral.months:lever").set_value(9)
    settled(app)
    assert draft_of(app).setting("deferral.relief.deferral.months") == 9
    assert text_of(app) != before


def test_each_of_the_three_levers_says_what_it_moves():
    app = small()
    for key, shown, value in (
        ("relief.deferral.months", 2, 2),
        ("relief.penalty_waiver.share", 35, 0.35),
        ("collections.intensity", 2.5, 2.5),
    ):
        widget(app, "slider", f":waiver.{key}:lever").set_value(shown)
        drawn(app)
        assert draft_of(app).setting(f"waiver.{key}") == pytest.approx(value)


def test_policies_are_added_copied_renamed_moved_and_removed_and_all_of_it_undone():
    app = small()
    for key, names in (
        ("add", ["baseline", "deferral", "waiver", "firm", "package", "policy"]),
        (
            "copy-deferral",
            ["baseline", "deferral", "waiver", "firm", "package", "policy", "deferral_2"],
        ),
        ("remove-waiver", ["baseline", "deferral", "firm", "package", "policy", "deferral_2"]),
        ("up-firm", ["baseline", "firm", "deferral", "package", "policy", "deferral_2"]),
        (
            "baseline-firm",
            ["baseline", "former_baseline", "deferral", "package", "policy", "deferral_2"],
        ),
    ):
        widget(app, "button", key).click()
        drawn(app)
        assert draft_of(app).policies == names
    widget(app, "text_input", ":policy.label").set_value("Ours")
    drawn(app)
    assert draft_of(app).scenario.policies["policy"].label.en == "Ours"
    for _ in range(6):
        widget(app, "button", "undo").click()
        drawn(app)
    assert draft_of(app).table == SMALL.table
    assert widget(app, "button", "undo").disabled


def test_no_more_policies_than_can_be_read():
    app = small()
    for _ in range(MOST_POLICIES - 5):
        widget(app, "button", "add").click()
        drawn(app)
    assert widget(app, "button", "add").disabled
    assert not [button for button in app.button if str(button.key).startswith("copy-")]


def test_every_setting_of_a_policy_can_be_changed_where_it_is_declared():
    app = small()
    app.selectbox(key="advanced-group").set_value("servicing")
    drawn(app)
    widget(app, "number_input", ":baseline.servicing.grace_days").set_value(5)
    drawn(app)
    assert draft_of(app).setting("firm.servicing.grace_days") == 5
    widget(app, "text_area", ":baseline.servicing.retry_days").set_value("[2, 4]")
    drawn(app)
    assert draft_of(app).setting("baseline.servicing.retry_days") == (2, 4)


@pytest.mark.parametrize("written", ["[4, 2]", "4, 2", "[[[[", '["a"]', "import os"])
def test_a_list_that_is_none_is_refused_and_nothing_changes(written):
    app = small()
    app.selectbox(key="advanced-group").set_value("servicing")
    drawn(app)
    widget(app, "text_area", ":baseline.servicing.retry_days").set_value(written)
    drawn(app)
    assert "That was not done" in text_of(app)
    assert draft_of(app).table == SMALL.table


def test_the_pages_speak_the_language_asked_for():
    app = small(lang="zh")
    assert "借款人遇到困难时" in text_of(app)
    widget(app, "segmented_control", "code").set_value("en")
    drawn(app)
    assert "Which relief for borrowers in hardship?" in text_of(app)
    assert said(app, "lang") == "en"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_drawn_in_both_languages(page, code):
    settled(visit(page, change=LINK, lang=code))


def test_the_world_has_a_place_of_its_own_and_changes_every_policy():
    app = visit("world", change=LINK)
    widget(app, "number_input", ":world.months").set_value(9)
    drawn(app)
    widget(app, "text_input", ":world.seed").set_value("77")
    drawn(app)
    world = draft_of(app).scenario.world
    assert (world.months, world.seed) == (9, 77)


def test_what_would_take_the_machine_down_is_refused_with_the_numbers():
    app = visit("world", change=LINK)
    widget(app, "number_input", ":world.borrowers").set_value(900_000)
    drawn(app)
    assert f"more than the {MOST_LOANS:,}" in text_of(app)
    assert draft_of(app).scenario.world.borrowers == 300


def test_every_shipped_question_fits_into_the_browser():
    for question in questions():
        assert too_large(load(f"shipped:{question}"), Language("en")) is None
    assert MOST_LOAN_MONTHS > MOST_LOANS


def test_another_question_begins_anew():
    app = small()
    widget(app, "selectbox", ":question").set_value("penalty_waiver")
    drawn(app)
    assert said(app, "question") == "penalty_waiver"
    widget(app, "button", "cancel").click()
    drawn(app)


def test_a_stopped_comparison_says_so_and_can_be_run_again():
    app = visit(change=packed(ORIGIN.put("world.seed", 4711), ORIGIN))
    widget(app, "button", "cancel").click()
    drawn(app)
    assert "Stopped with" in text_of(app)
    assert widget(app, "button", "again")


@pytest.mark.parametrize(
    "change", ["nonsense", LINK[:-12], "eNqrVkrOT0lVslIyMjBT0lFKKkpNLFbSUcpMUbIyqgUAaWcHlg"]
)
def test_a_link_that_cannot_be_read_says_so_and_the_main_comparison_is_shown(change):
    app = visit(change=change)
    assert "That was not done" in text_of(app)
    assert "Which relief" in text_of(app)


def test_a_link_to_no_question_says_so():
    assert "no such shipped scenario" in text_of(visit(question="../../etc/passwd"))


def test_text_of_a_file_is_text():
    draft = Draft.read(FILE, "mine.toml")
    app = settled(visit(file=packed(draft, None)))
    bodies = [each.proto.body for each in app.get("html")]
    assert any(html.escape(HOSTILE) in body for body in bodies)
    assert not any("<script>alert" in body for body in bodies)
    markdown = [
        str(each.value) for kind in ("markdown", "error", "caption") for each in app.get(kind)
    ]
    labels = [
        each.label for kind in ("button", "slider", "text_input") for each in getattr(app, kind)
    ]
    assert not any("javascript:" in text for text in [*markdown, *labels])


def test_a_story_is_told_of_a_case_and_of_whom_the_policy_saves():
    app = told(visit("stories", change=LINK))
    assert "Falls ill in month 4" in text_of(app)
    assert "In the end" in text_of(app)
    large = packed(SMALL.put("world.borrowers", 3_000).put("world.months", 12), ORIGIN)
    app = visit("stories", change=large)
    app.selectbox(key="who").set_value("saved")
    app = told(app)
    said = text_of(app)
    assert "are lost under the baseline and not under “Three-month deferral”" in said
    assert "forbear story relief_options.toml --borrower" in said


def told(app):
    """Return the page when its story is told."""
    until = time.monotonic() + 60
    while "forbear story" not in text_of(drawn(app)):
        assert time.monotonic() < until
        time.sleep(0.1)
    return app


def test_evidence_shows_doubts_and_what_lies_outside():
    said = text_of(visit("evidence", change=LINK))
    assert "11 of 12 targets inside" in said
    assert "doubt" in said.casefold()
    assert "forbear evidence 03_universal_moratorium" in said


@pytest.mark.parametrize("code", ["en", "zh"])
def test_operations_tell_each_policy_beside_the_baseline(code):
    said = text_of(settled(visit("operations", change=LINK, lang=code)))
    comparison = compare(SMALL.scenario)
    language = Language(code, "CNY")
    told = METRICS["calls_attempted"]
    assert language.text(told.label) in said
    for policy, settings in SMALL.scenario.policies.items():
        assert language.text(settings.label) in said
        if policy != "baseline":
            effect = comparison.effects[policy]["calls_attempted"]
            assert language.interval(effect.low, effect.high, told.unit) in said


def test_about_finds_a_number_by_its_name():
    app = visit("about", change=LINK)
    app.text_input(key="search").set_value("grace_days")
    said = text_of(drawn(app))
    assert "baseline.servicing.grace_days" in said
    assert "world.months" not in said


def test_two_visitors_do_not_see_each_others_drafts():
    one, other = small(), small()
    widget(one, "button", "add").click()
    drawn(one)
    drawn(other)
    assert len(draft_of(one).policies) == 6
    assert len(draft_of(other).policies) == 5
