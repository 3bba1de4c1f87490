"""Stories in words: everything that can happen is said, in both languages, for anybody to read."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest
from rich.cells import cell_len

from sim.book import WhyMissed
from sim.clock import Slot
from sim.doors.cli.main import OK, WRONG_INPUT, main
from sim.experiment.step import CONTACTS, INSTRUMENTS, Event, Kind
from sim.show.language import CATALOGUE, CODES, Language
from sim.show.story_words import sentence

SHIPPED = "shipped:relief_options"


def samples() -> list[Event]:
    """One event of each kind, and of each variant of it that has words of its own."""
    amounts = (
        "amount at_hand owed claim fee forgiven income income_now to essentials_from "
        "instalment_from interest price savings_lost commission principal penalty costs left "
        "month_left older arrears_added from_other_lenders from_essentials from_family"
    )
    money = dict.fromkeys(amounts.split(), 1_234)
    other = {"days": 9, "months": 3, "waited": 2, "until": 95, "begins": 91, "at_desk": 92}
    other |= {"hearing": 400, "day": 99, "share_bp": 5_000, "rate_bp": 900, "rate_bp_from": 1_800}
    other |= {"won": 1, "unpaid": 2, "paid": 0, "early": 0, "complaints": 1, **money}
    other |= dict.fromkeys(CONTACTS, 1)
    found = []
    for kind in get_args(Kind):
        for words in VARIANTS.get(kind, [{}]):
            found.append(Event(64, Slot.CLOSE, kind, other | words))
    return found


EACH_INSTRUMENT: list[dict[str, Any]] = [{"instrument": each} for each in INSTRUMENTS]
VARIANTS: dict[str, list[dict[str, Any]]] = {
    "bill": [{}, {"older": 0}],
    "deferral_begins": [{}, {"arrears_added": 0}],
    "instalment_skipped": [{"treatment": each} for each in ("capitalised", "simple", "waived")],
    "missed": [{"why": name} for why, name in WhyMissed.names().items() if why]
    + [{"why": "unable", "paid": 5, "month_left": -5}],
    "learned_of_relief": [{"by": "campaign"}, {"by": "conversation"}],
    "granted": [each | {"how": "desk"} for each in EACH_INSTRUMENT]
    + [each | {"how": "universal", "waited": 0} for each in EACH_INSTRUMENT]
    + [{"instrument": "deferral", "how": "desk", "waited": 0}],
    "refused": [*EACH_INSTRUMENT, {"instrument": "waiver", "waited": 0}],
    **dict.fromkeys(("applied", "papers_missing", "opted_out", "withdrawn"), EACH_INSTRUMENT),
    "lapsed": [{"instrument": "waiver"}, {"instrument": "settlement"}],
    "hearing": [{"won": 1}, {"won": 0}],
    "late_recovery": [{"occasion": each} for each in ("in_house", "agency", "enforcement")],
    "payment": [
        {"occasion": entry.removeprefix("story.pays.")}
        for entry in CATALOGUE
        if entry.startswith("story.pays.")
    ],
}


@pytest.mark.parametrize("code", CODES)
def test_everything_that_can_happen_has_words_in_which_money_has_a_currency(code: Any) -> None:
    language = Language(code, "CNY")
    currency = "元" if code == "zh" else "CNY"
    for event in samples():
        said = sentence(event, language)
        assert not re.search(r"[{}]|None|True|False", said), event
        assert len(re.findall("12\\.34", said)) == len(re.findall(f"12\\.34 {currency}", said)), (
            said
        )
        assert not re.search("1234|1,234", said), said
        if code == "zh":
            assert not re.search("[A-Za-z]", said), said


# At the command line


def said(capsys: Any, *arguments: str) -> str:
    assert main(["story", SHIPPED, *arguments]) == OK
    out = str(capsys.readouterr().out)
    assert "\x1b" not in out
    return out


@pytest.mark.parametrize("columns", ["80", "160"])
def test_a_story_is_told_one_after_the_other_or_side_by_side(
    capsys: Any, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = said(capsys, "--case", "jobless_briefly")
    assert max(cell_len(line) for line in out.splitlines()) <= int(columns)
    assert "…" not in out
    headings = [line for line in out.splitlines() if line.startswith("Under ")]
    assert len(headings) == (2 if columns == "80" else 1)
    assert out.count("What made the difference: until month 4, day ") == 1


def test_a_story_in_chinese_speaks_chinese(capsys: Any) -> None:
    out = said(capsys, "--case", "jobless_long", "--lang", "zh", "--policy", "waiver")
    assert "在“罚息减半”下" in out
    assert not re.search("[A-Za-z]", out)
    assert "…" not in out


def test_a_loan_lent_later_begins_when_it_is_paid_out(capsys: Any, tmp_path: Path) -> None:
    study = tmp_path / "study.toml"
    study.write_text(
        'format = 1\ntitle = { en = "A", zh = "一" }\nquestion = { en = "B", zh = "二" }\n'
        "world = { months = 6, burn_in_months = 0, borrowers = 9, new_loans_per_month = 1 }\n",
        "utf-8",
    )
    assert main(["story", str(study), "--borrower", "12"]) == OK
    out = capsys.readouterr().out
    assert "The loan is paid out on month 4, day " in out
    assert re.search(r"Months? 5", out)
    assert not re.search(r"Months? [1-4]\b(?! to)", out.partition("Under")[2])
    assert main(["story", str(study), "--borrower", "15"]) == WRONG_INPUT


def test_policies_are_told_as_asked(capsys: Any) -> None:
    def told_of(*arguments: str) -> list[str]:
        out = said(capsys, "--case", "ill", "--json", *arguments)
        return [story["policy"] for story in json.loads(out)["stories"]]

    assert told_of() == ["baseline", "deferral"]
    assert told_of("--policy", "waiver") == ["baseline", "waiver"]
    assert told_of("--policy", "baseline") == ["baseline"]
    assert told_of("--policy", "firm", "--policy", "waiver", "--policy", "firm") == [
        "firm",
        "waiver",
    ]


def test_programs_get_every_event(capsys: Any) -> None:
    summary = json.loads(said(capsys, "--borrower", "5", "--replica", "1", "--json"))
    assert summary["person"] == {"case": None, "number": 5, "replica": 1}
    story = summary["stories"][0]
    paid = Counter(event["kind"] for event in story["events"])["payment"]
    assert paid
    amounts = [e["details"]["amount"] for e in story["events"] if e["kind"] == "payment"]
    assert sum(amounts) == story["ending"]["paid"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["--case", "jobles_long"],
            'no case is called "jobles_long"; did you mean "jobless_long"?',
        ),
        (
            ["--case", "zzz"],
            'no case is called "zzz"; there are: ill, jobless_briefly, jobless_long',
        ),
        (
            ["--case", "ill", "--policy", "deferal"],
            'no policy is called "deferal"; did you mean "deferral"?',
        ),
        (["--borrower", "5000"], "no borrower 5000: they are numbered from 0 to 4999"),
        (["--borrower", "-1"], "no borrower -1: they are numbered from 0 to 4999"),
        (
            ["--borrower", "1", "--replica", "20"],
            "no replica 20: they are numbered from 0 to 19",
        ),
    ],
    ids=str,
)
def test_a_wrong_name_is_said_with_the_nearest(
    capsys: Any, arguments: list[str], message: str
) -> None:
    assert main(["story", SHIPPED, *arguments]) == WRONG_INPUT
    assert capsys.readouterr() == ("", message + "\n")


@pytest.mark.parametrize("arguments", [[], ["--case", "ill", "--borrower", "3"]], ids=str)
def test_a_story_is_of_one_person(arguments: list[str], capsys: Any) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["story", SHIPPED, *arguments])
    assert ended.value.code == WRONG_INPUT
    assert "--case" in capsys.readouterr().err
