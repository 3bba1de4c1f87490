"""Links: short, and whoever opens one sees the same question."""

from __future__ import annotations

import pytest

pytest.importorskip("streamlit")

from sim.doors.dashboard.link import LONGEST, LinkError, packed, unpacked
from sim.scenario.draft import Draft

QUESTION = Draft.shipped("relief_options")
CHANGES = {
    "nothing": QUESTION,
    "a lever": QUESTION.put("deferral.relief.deferral.months", 5),
    "a lever back to the baseline's": QUESTION.put("firm.collections.intensity", 1.0),
    "another type of the same value": QUESTION.put("world.months", 25),
    "a list": QUESTION.put("deferral.relief.deferral.hardships", ["any"]),
    "a policy more and one less": QUESTION.added("a", "b").without("waiver"),
    "another order": QUESTION.moved("package", -2),
    "another baseline": QUESTION.with_baseline("firm"),
    "no policy at all": QUESTION.without("firm")
    .without("waiver")
    .without("deferral")
    .without("package"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_link_holds_the_draft(change):
    draft = CHANGES[change]
    opened = unpacked(packed(draft, QUESTION), QUESTION) if change != "nothing" else QUESTION
    assert opened.table == draft.table
    assert opened.policies == draft.policies
    assert opened.scenario == draft.scenario


def test_a_link_is_short():
    assert packed(QUESTION, QUESTION) == ""
    assert len(packed(CHANGES["a lever"], QUESTION)) < 100


def test_a_file_of_ones_own_travels_whole():
    draft = CHANGES["another baseline"]
    assert unpacked(packed(draft, None), None).table == draft.table


def test_what_is_too_long_for_a_link_is_refused():
    import random

    luck = random.Random(1)
    draft = QUESTION
    for number in range(60):
        words = "".join(luck.choices("abcdefghijklmnopqrstuvwxyz", k=180))
        draft = draft.put(f"policy_{number}.label", {"en": words, "zh": words})
    with pytest.raises(LinkError, match="too long"):
        packed(draft, QUESTION)
    assert LONGEST < 8_000


@pytest.mark.parametrize(
    "link",
    [
        "x",
        "%%%",
        packed(CHANGES["a lever"], QUESTION)[:-9],
        packed(CHANGES["a lever"], QUESTION)[::-1],
        "eJwrTgQAAXoA0g",
        "eJyLjgUAARUAuQ",
    ],
)
def test_a_link_that_was_cut_or_made_up_is_refused(link):
    with pytest.raises(LinkError, match="cannot be read"):
        unpacked(link, QUESTION)


def test_a_bomb_does_not_go_off():
    import zlib
    from base64 import urlsafe_b64encode

    bomb = urlsafe_b64encode(zlib.compress(b" " * 200_000_000, 9)).decode()
    with pytest.raises(LinkError, match="too much"):
        unpacked(bomb, QUESTION)
