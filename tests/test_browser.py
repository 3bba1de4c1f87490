"""What a person does in a real browser, from opening the page to taking the numbers along."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import subprocess
import sys
import time
from urllib.parse import parse_qs

import pytest
from browser import PATIENCE, REPOSITORY, answered, browsing, chromium, lever, serving, unfold

if chromium() is None:
    assert not os.environ.get("FORBEAR_NEEDS_BROWSER"), "a Chromium is needed here"
    pytest.skip("there is no Chromium: apt-get install chromium", allow_module_level=True)

from sim.doors.dashboard.cards import LEVERS
from sim.doors.dashboard.link import packed, unpacked
from sim.experiment.compare import compare
from sim.scenario.draft import Draft
from sim.show.language import Language
from sim.show.verdict import verdict

ORIGIN = Draft.shipped("relief_options")
SMALL = ORIGIN.put("world.borrowers", 300).put("world.replicas", 6).put("world.months", 6)
LINK = f"?change={packed(SMALL, ORIGIN)}"
LONG = ORIGIN.put("world.borrowers", 14_000).put("world.seed", 12)

HOSTILE = '<img src=x onerror="window.struck=1"> **b** [l](javascript:window.struck=1) $x$ :bug:'
GOOD = f"""\
format = 1
title = {{ en = '''{HOSTILE}''', zh = "题" }}
question = {{ en = "Mine?", zh = "我的？" }}
extends = "preset:generic_unsecured"
[world]
borrowers = 200
replicas = 5
months = 6
[baseline]
label = {{ en = '''{HOSTILE}''', zh = "基准" }}
[policy.ours]
label = {{ en = '''Ours {HOSTILE}''', zh = "我们的" }}
collections.intensity = 4.0
"""
BROKEN = GOOD.replace("collections.intensity = 4.0", "collections.intensty = 4.0\nrelief.x = 1")


@pytest.fixture(scope="module")
def address():
    with serving() as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser():
    with browsing() as browser:
        yield browser


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    yield page
    context.close()
    assert not said, said


def draft_of(page):
    link = parse_qs(page.evaluate("location.search.slice(1)"))  # page.url lags behind
    return unpacked(link["change"][0], ORIGIN)


def opened(page, address, link=LINK):
    page.goto(f"{address}/{link}")
    return answered(page)


def changed(page, draft):
    """Wait until the address says another draft than this."""
    page.wait_for_function("link => !location.search.includes(link)", arg=packed(draft, ORIGIN))
    return draft_of(page)


def test_the_page_says_what_the_command_line_says(page, address):
    assert opened(page, address) == verdict(compare(SMALL.scenario), Language("en", "CNY"))


def test_question_cards_verdict_and_differences_are_seen_without_scrolling(page, address):
    page.goto(address)
    answered(page)
    for what in ("h1", "p.verdict", ".st-key-card-package", '[data-testid="stPlotlyChart"]'):
        box = page.locator(what).first.bounding_box()
        assert box["y"] + box["height"] <= 900, what


@pytest.mark.parametrize(("number", "value"), [(0, 4), (1, 0.2), (2, 3.0)])
def test_each_lever_moves_its_policy_and_the_answer(page, address, number, value):
    before = opened(page, address)
    thumb = lever(page, "firm", number)
    thumb.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    moved = SMALL.put(f"firm.{list(LEVERS)[number]}", value)
    page.wait_for_function("link => location.search.includes(link)", arg=packed(moved, ORIGIN))
    assert answered(page) == verdict(compare(moved.scenario), Language("en", "CNY"))
    assert before


def test_a_policy_is_added_named_and_compared(page, address):
    opened(page, address)
    page.get_by_role("button", name="Add a policy").click()
    page.wait_for_selector(".st-key-card-policy")
    changed(page, SMALL)
    answered(page)
    page.get_by_role("button", name="make the baseline: New policy").click()
    name = page.get_by_label("Name of the policy")
    name.fill("Ours alone")
    name.press("Enter")
    until = time.monotonic() + 20
    while draft_of(page).scenario.policies["policy"].label.en != "Ours alone":
        assert time.monotonic() < until
        page.wait_for_timeout(200)
    answered(page)
    page.get_by_test_id("stPlotlyChart").filter(has_text="Ours alone").first.wait_for()


def test_the_language_is_switched_on_the_page(page, address):
    opened(page, address)
    page.get_by_text("简体中文").click()
    page.wait_for_selector("p.verdict:text('违约率')")  # what is below the title comes after it
    assert answered(page) == verdict(compare(SMALL.scenario), Language("zh", "CNY"))
    assert "lang=zh" in page.evaluate("location.search")


def test_a_link_opened_fresh_shows_the_same_state_and_numbers(page, address, browser):
    opened(page, address)
    lever(page, "deferral", 0).focus()
    page.keyboard.press("End")
    changed(page, SMALL)
    said = answered(page)
    unfold(page, "Take it along")
    link = page.locator('[data-testid="stCode"]').first.inner_text().strip()
    other = browser.new_context().new_page()
    other.goto(link)
    assert answered(other) == said
    assert lever(other, "deferral", 0).get_attribute("value") == "12"
    other.context.close()


def test_a_broken_file_is_told_with_key_and_rule_and_changes_nothing(page, address, tmp_path):
    before = opened(page, address)
    (tmp_path / "mine.toml").write_text(BROKEN)
    unfold(page, "Take it along")
    page.locator('input[type="file"]').set_input_files(tmp_path / "mine.toml")
    page.wait_for_selector("text=That was not done")
    said = page.locator("body").inner_text()
    assert 'policy.ours.collections.intensty: unknown key; did you mean "intensity"?' in said
    assert "policy.ours.relief.x" in said
    assert answered(page) == before


def test_a_good_file_is_opened_and_nothing_in_it_is_interpreted(page, address, tmp_path):
    opened(page, address)
    (tmp_path / "mine.toml").write_text(GOOD)
    unfold(page, "Take it along")
    page.locator('input[type="file"]').set_input_files(tmp_path / "mine.toml")
    page.wait_for_function(
        "title => document.querySelector('h1')?.innerText === title", arg=HOSTILE
    )
    answered(page)
    for name in ("Charts", "Stories", "Operations", "About"):
        page.get_by_role("link", name=name).click()
        page.wait_for_timeout(1500)
    assert page.evaluate("window.struck") is None
    assert page.locator('img[src="x"]').count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0


def test_a_long_run_is_cancelled(page, address):
    page.goto(f"{address}/?change={packed(LONG, ORIGIN)}")
    page.locator(".st-key-cancel button").click()  # the page's own, not that of Streamlit
    page.wait_for_selector("text=Stopped with", timeout=10_000)
    page.get_by_role("button", name="Run it again").wait_for()


def test_the_server_ends_in_the_middle_of_a_long_run(browser):
    with serving() as (address, server):
        context = browser.new_context()
        page = context.new_page()
        page.goto(f"{address}/?change={packed(LONG.put('world.seed', 13), ORIGIN)}")
        page.locator(".st-key-cancel").wait_for(timeout=PATIENCE)
        server.terminate()
        assert server.wait(30) == 0
        context.close()


def test_what_is_taken_along_gives_the_same_figures_at_the_command_line(page, address, tmp_path):
    opened(page, address)
    lever(page, "waiver", 1).focus()
    page.keyboard.press("ArrowRight")
    changed(page, SMALL)
    answered(page)
    with page.expect_download() as table:
        page.get_by_role("button", name="Numbers (CSV)").first.click()
    unfold(page, "Take it along")
    with page.expect_download() as scenario:
        page.get_by_role("button", name="Scenario file", exact=True).click()
    path = tmp_path / "taken.toml"
    scenario.value.save_as(path)
    command = [sys.executable, "-m", "sim", "run", str(path), "--json", "--no-record"]
    ended = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True)
    effects = json.loads(ended.stdout)["effects"]
    rows = list(csv.reader(io.StringIO(table.value.path().read_text("utf-8"))))
    told = [float(cell) for row in rows[1:] for cell in row if _is_number(cell)]
    for policy in ("deferral", "waiver", "firm", "package"):
        points = 100 * effects[policy]["default_rate"]["difference"]
        assert any(cell == pytest.approx(points, abs=0.006) for cell in told)


def test_the_report_for_stakeholders_is_taken_along(page, address):
    said = opened(page, address)
    unfold(page, "Take it along")
    button = page.get_by_role("button", name="Report for stakeholders", exact=True)
    with page.expect_download() as report:
        button.click()
    text = report.value.path().read_text("utf-8")
    assert html.escape(said) in text
    assert "forbear run shipped:relief_options --borrowers 300 --replicas 6 --months 6" in text
    assert compare(SMALL.scenario).digest in text


def _is_number(cell):
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_keyboard_reaches_every_lever_and_menu(page, address):
    opened(page, address)
    wanted = {f"{kind}:{policy}" for policy in SMALL.policies for kind in ("INPUT", "BUTTON")}
    reached = set()
    for _ in range(400):  # round the page more than once: what is drawn anew may be passed over
        page.keyboard.press("Tab")
        reached.add(
            page.evaluate(
                "() => { const at = document.activeElement; const card = "
                "at.closest('[class*=st-key-card-]'); return at.tagName"
                " + ':' + (card ? card.className.match(/st-key-card-(\\w+)/)[1] : ''); }"
            )
        )
        if wanted <= reached:
            break
    assert wanted <= reached, wanted - reached
