"""Drafts: a file in the making says what its author would write, and changes as asked."""

from __future__ import annotations

import pytest

from sim.scenario.draft import Draft
from sim.scenario.files import shipped_folder
from sim.scenario.load import load
from sim.scenario.problems import ScenarioError
from sim.scenario.words import BASELINE

QUESTIONS = sorted(path.stem for path in shipped_folder().glob("*.toml"))


@pytest.fixture(scope="module")
def draft() -> Draft:
    return Draft.shipped("relief_options")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_shipped_draft_asks_what_the_file_asks(question):
    draft = Draft.shipped(question)
    assert draft.scenario == load(f"shipped:{question}")
    assert Draft.read(draft.toml().encode(), "again.toml").scenario == draft.scenario


@pytest.mark.parametrize("question", QUESTIONS)
def test_another_baseline_leaves_every_policy_what_it_was(question):
    draft = Draft.shipped(question)
    for policy in draft.policies[1:]:
        turned = draft.with_baseline(policy)
        assert turned.scenario.baseline == draft.scenario.policies[policy]
        assert turned.scenario.policies["former_baseline"] == draft.scenario.baseline
        for other in draft.policies[1:]:
            if other != policy:
                assert turned.scenario.policies[other] == draft.scenario.policies[other]


def test_expectations_follow_the_baseline(draft):
    turned = draft.with_baseline("deferral")
    said = [each.that for each in turned.scenario.expectations]
    assert said[0] == "baseline.default_rate - former_baseline.default_rate"
    assert said[1] == "waiver.default_rate / former_baseline.default_rate"


def test_turning_the_baseline_twice_comes_back(draft):
    back = draft.with_baseline("deferral").with_baseline("former_baseline")
    assert back.scenario.baseline == draft.scenario.baseline
    assert back.scenario.policies["former_baseline"] == draft.scenario.policies["deferral"]


def test_a_change_leaves_the_draft_before_it_as_it_was(draft):
    before = draft.toml()
    changed = draft.put("deferral.relief.deferral.months", 6)
    assert changed.scenario.policies["deferral"].relief.deferral.months == 6
    assert changed.scenario.policies["package"].relief.deferral.months == 3
    assert draft.toml() == before


def test_what_the_baseline_says_too_is_not_said_again(draft):
    changed = draft.put("firm.collections.intensity", 1.0)
    assert changed.table["policy"]["firm"] == {"label": draft.table["policy"]["firm"]["label"]}
    assert changed.put("baseline.collections.intensity", 3.0).setting(
        "firm.collections.intensity"
    ) == pytest.approx(3.0)


def test_world_and_baseline_have_keys_of_their_own(draft):
    changed = draft.put("world.replicas", 7).put("baseline.relief.desk.reviewers", "unlimited")
    assert changed.scenario.world.replicas == 7
    assert changed.scenario.policies["deferral"].relief.desk.reviewers == "unlimited"


def test_policies_are_added_copied_renamed_moved_and_removed(draft):
    added = draft.added("New", "新").copied("deferral", "Again", "再")
    assert added.policies == [*draft.policies, "policy", "deferral_2"]
    assert added.scenario.policies["policy"].relief == draft.scenario.baseline.relief
    assert added.scenario.policies["deferral_2"].relief == (
        draft.scenario.policies["deferral"].relief
    )
    named = added.called("policy", "Ours")
    assert (
        named.scenario.policies["policy"].label.en,
        named.scenario.policies["policy"].label.zh,
    ) == (
        "Ours",
        "Ours",
    )
    moved = named.moved("policy", -2)
    assert list(moved.scenario.policies) == [
        BASELINE,
        "deferral",
        "waiver",
        "policy",
        "firm",
        "package",
        "deferral_2",
    ]
    assert "policy" not in moved.without("policy").policies


def test_no_new_policy_is_called_as_another_is(draft):
    for _ in range(3):
        draft = draft.added("New", "新").copied("deferral", "x" * 200, "再")
    labels = [policy.label for policy in draft.scenario.policies.values()]
    assert len({each.en for each in labels}) == len({each.zh for each in labels}) == len(labels)
    assert {"New", "New 2", "New 3"} <= {each.en for each in labels}


def test_the_baseline_can_be_copied_and_is_called_as_asked(draft):
    copied = draft.copied(BASELINE, "As now", "照旧")
    new = copied.policies[-1]
    assert copied.scenario.policies[new].label.zh == "照旧"
    assert copied.scenario.policies[new].collections == draft.scenario.baseline.collections


def test_what_is_expected_of_a_policy_goes_with_it(draft):
    without = draft.without("firm")
    assert len(without.scenario.expectations) == 2


def test_a_value_out_of_bounds_is_told_with_its_key(draft):
    with pytest.raises(ScenarioError, match=r"policy\.deferral\.relief\.deferral\.months = 99"):
        _ = draft.put("deferral.relief.deferral.months", 99).scenario


@pytest.mark.parametrize("extended", ["other.toml", "/etc/passwd", "../secret.toml", 7])
def test_a_file_brought_along_extends_presets_alone(extended):
    file = f"format = 1\nextends = {extended!r}\n".encode()
    with pytest.raises(ScenarioError, match="extends"):
        Draft.read(file, "mine.toml")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"a = ", b"x" * 1_000_001, b"format = 1\n"])
def test_what_is_no_scenario_is_told_by_name(content):
    with pytest.raises(ScenarioError, match=r"mine\.toml"):
        Draft.read(content, "mine.toml")
