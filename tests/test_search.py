"""Whom a policy saves and harms is found, and is who the default rate counts."""

from __future__ import annotations

import json

import pytest

from sim.doors.cli.main import OK, WRONG_INPUT, main
from sim.experiment.compare import compare
from sim.experiment.search import search
from sim.experiment.story import Person, stories
from sim.parameter import ForbearError
from sim.scenario.load import load

SIZE = {"world.borrowers": 1_500, "world.replicas": 2, "world.months": 15}


@pytest.fixture(scope="module")
def scenario():
    return load("shipped:relief_options", SIZE).model_copy(update={"cases": ()})


def test_saved_less_harmed_is_what_the_comparison_counts(scenario):
    comparison = compare(scenario)
    for policy in ("deferral", "firm"):
        for replica in (0, 1):
            found = search(scenario, policy, replica)
            lost = {
                name: comparison.ledgers[name]["lost"][-1][replica] for name in ("baseline", policy)
            }
            assert len(found.saved) - len(found.harmed) == lost["baseline"] - lost[policy]
            assert found.saved == tuple(sorted(set(found.saved)))


def test_each_story_shows_what_was_found(scenario):
    found = search(scenario, "firm")
    assert found.saved and found.harmed
    for number in (*found.saved[:2], *found.harmed[:2]):
        before, after = stories(scenario, Person(number=number), ["baseline", "firm"])
        assert before.ending != after.ending
        worse = before if number in found.saved else after
        # lost is 90 days past due, or silent at the end
        assert worse.ending.worst_dpd >= 60 or worse.ending.status == "active"


def test_what_is_not_there_is_said(scenario):
    with pytest.raises(ForbearError, match="no policy is called"):
        search(scenario, "nonsense")
    with pytest.raises(ForbearError, match="numbered from 0 to 1"):
        search(scenario, "firm", 2)


def test_months_of_a_story_end_as_the_story_does(scenario):
    (story,) = stories(scenario, Person(number=5), ["deferral"])
    assert [moment.day for moment in story.months] == [30 * month - 1 for month in range(1, 16)]
    assert story.months[-1].status == story.ending.status
    if story.ending.status == "active":
        assert story.months[-1].balance == story.ending.outstanding


FILE = """\
format = 1
title = { en = "T", zh = "题" }
question = { en = "Q", zh = "问" }
extends = "preset:generic_unsecured"
[world]
borrowers = 800
replicas = 1
months = 12
[policy.firm]
collections.intensity = 4.0
"""


def test_the_command_tells_of_whom_it_found(tmp_path, capsys):
    (tmp_path / "q.toml").write_text(FILE)
    found = search(load(tmp_path / "q.toml"), "firm")
    fortune = "saved" if found.saved else "harmed"
    number = found.of(fortune)[0]
    command = ["story", str(tmp_path / "q.toml"), "--find", fortune, "--json"]
    assert main(command) == OK
    out, err = capsys.readouterr()
    assert json.loads(out)["person"]["number"] == number
    assert str(len(found.of(fortune))) in err
    assert main([*command, "--nth", "9999"]) == OK
    out, err = capsys.readouterr()
    assert (out, "borrowers" in err) == ("", True)
    assert (
        main(["story", str(tmp_path / "q.toml"), "--find", "saved", "--replica", "9"])
        == WRONG_INPUT
    )
