"""The worked example of a team holds, and its story is what the commands say."""

from __future__ import annotations

import re
from pathlib import Path

from sim.doors.cli.main import OK, main, parser

TEAM = Path(__file__).parents[1] / "scenarios" / "team"
NOT_HELD = 1


def test_the_policy_holds_what_its_team_expects(capsys):
    assert main(["check", str(TEAM / "hardship_policy.toml")]) == OK
    assert "4 of 4 expectations held" in capsys.readouterr().out


def test_the_story_of_the_pull_request_is_what_is_said_of_it(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    text = (TEAM / "hardship_policy.toml").read_text("utf-8")
    story = (TEAM / "README.md").read_text("utf-8")
    before, after = re.search(r"^-(relief.*)\n\+(relief.*)$", story, re.MULTILINE).groups()
    assert before in text
    Path("hardship_policy.toml").write_text(text, "utf-8")
    assert main(["run", "hardship_policy.toml", "--out", "record", "--quiet"]) == OK
    Path("hardship_policy.toml").write_text(text.replace(before, after), "utf-8")
    capsys.readouterr()
    assert main(["check", "hardship_policy.toml", "--against", "record"]) == NOT_HELD
    said = " ".join(capsys.readouterr().out.split())
    told = [
        line
        for block in re.findall(r"```text\n(.*?)```", story, re.DOTALL)
        for line in block.splitlines()
    ]
    assert len(told) == 5
    for line in told:
        assert " ".join(line.split()) in said


def test_every_command_of_the_workflow_is_one():
    workflow = (TEAM / "forbear.yml").read_text("utf-8")
    commands = re.findall(r"forbear ((?:run|check|diff|report) [^\n|>]*)", workflow)
    assert len(commands) == 5
    for command in commands:
        assert parser().parse_args(command.replace('"', "").split())
