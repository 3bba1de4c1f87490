"""What became of checked files, for the machines that read it: JUnit, JSON, Markdown, GitHub."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as Tree

from sim import __version__
from sim.experiment import drift
from sim.experiment.expectations import Checked, Outcome, as_table, margin, would_decide
from sim.scenario.words import seen
from sim.show.drift import markdown as of_drift
from sim.show.drift import sentences, spoken
from sim.show.expectations import expected, found, line, measure, subject
from sim.show.language import Language
from sim.show.markdown import plain, table

if TYPE_CHECKING:
    from sim.experiment.drift import Drift
    from sim.show.language import Code

MARKS: Final = {"held": "✅", "contradicted": "❌", "not_proven": "⚠️"}
LONGEST: Final = 10_000
"""Characters of a message."""
NO_XML: Final = re.compile("[\ufffe\uffff]")
"""What XML forbids of what is no control, no format and no surrogate character."""


def as_tables(checks: Sequence[Checked]) -> list[dict[str, Any]]:
    """Return the files as plain data."""
    return [
        {
            "file": seen(check.file, LONGEST),  # a name need be no text
            "problems": [_seen(problem) for problem in check.problems],
            "broke": _seen(check.broke) if check.broke else None,
            "digest": check.comparison.digest if check.comparison else None,
            "replicas": check.replicas,
            "expectations": [
                as_table(outcome)
                | {
                    "label": outcome.expectation.label and outcome.expectation.label.model_dump(),
                    "margin": margin(outcome),
                    "would_decide": would_decide(outcome, check.replicas),
                }
                for outcome in check.outcomes
            ],
            "against": drift.as_table(check.drift) if check.drift else None,
        }
        for check in checks
    ]


def junit(checks: Sequence[Checked], code: Code) -> str:
    """Return the files as JUnit XML: a suite a file, a case an expectation.

    What is not proven is a failure, too: it has not passed.
    """
    root = Tree.Element("testsuites", name="forbear check")
    for check in checks:
        suite = Tree.SubElement(root, "testsuite", name=_xml(check.file))
        properties = Tree.SubElement(suite, "properties")
        for name, value in _properties(check):
            Tree.SubElement(properties, "property", name=name, value=_xml(value))
        failed = 0
        for outcome in check.outcomes:
            language = _spoken(check, code)
            case = Tree.SubElement(
                suite, "testcase", classname=_xml(check.file), name=_xml(what(check, outcome, code))
            )
            if outcome.verdict != "held":
                failed += 1
                said = _xml(told(check, outcome, language))
                failure = Tree.SubElement(case, "failure", type=outcome.verdict, message=said)
                failure.text = _xml(f"{outcome.expectation.that}: {said}")
        if check.drift:
            failed += bool(check.drift.beyond_noise)
            _add_drift(suite, check, check.drift, code)
        wrong = [*check.problems, *([check.broke] if check.broke else [])]
        if wrong:
            case = Tree.SubElement(suite, "testcase", classname=_xml(check.file), name="file")
            error = Tree.SubElement(case, "error", message=_xml(wrong[0]))
            error.text = _xml("\n".join(wrong))
        count = len(check.outcomes) + bool(check.drift) + bool(wrong)
        numbers = {"tests": count, "failures": failed, "errors": int(bool(wrong)), "skipped": 0}
        suite.attrib |= {name: str(number) for name, number in numbers.items()}
    for name in ("tests", "failures", "errors", "skipped"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    Tree.indent(root)
    return Tree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _add_drift(suite: Tree.Element, check: Checked, found: Drift, code: Code) -> None:
    """Add what moved since a record as one case, which fails where it did beyond noise."""
    language = spoken(found, code)
    name = language.say("check.against")
    case = Tree.SubElement(suite, "testcase", classname=_xml(check.file), name=name)
    if found.beyond_noise:
        said = _xml(" ".join(sentences(found, language)))
        failure = Tree.SubElement(case, "failure", type="moved", message=said)
        failure.text = said


def markdown(checks: Sequence[Checked], code: Code) -> str:
    """Return a table fit for a pull request: every expectation, what was found, the margin.

    Below it, what moved since a record, where that was asked for.
    """
    parts = []
    for check in checks:
        language = _spoken(check, code)
        parts.append(f"### {plain(check.file)}")
        if check.problems or check.broke:
            wrong = [*check.problems, *([check.broke] if check.broke else [])]
            parts.append("\n".join(f"- ❌ {plain(problem)}" for problem in wrong))
        elif check.outcomes:
            head = ("", *(language.say(f"check.head.{each}") for each in HEAD))
            parts.append(table(head, [_row(check, each, language) for each in check.outcomes]))
        else:
            parts.append(plain(language.say("check.nothing")))
        if check.drift:
            parts.append(of_drift(check.drift, spoken(check.drift, code)).rstrip("\n"))
    return "\n\n".join(parts) + "\n"


HEAD: Final = ("what", "expected", "found", "margin")


def _row(check: Checked, outcome: Outcome, language: Language) -> tuple[str, ...]:
    room = margin(outcome)
    cells = (
        what(check, outcome, language.code),
        expected(outcome, language),
        found(outcome, language) + _needed(check, outcome, language),
        "" if room is None else measure(room, outcome, language),
    )
    return (MARKS[outcome.verdict], *(plain(cell) for cell in cells))


def github_commands(checks: Sequence[Checked], code: Code) -> Iterator[str]:
    """Yield GitHub's commands that mark what failed in the files, one line each."""
    for check in checks:
        language = _spoken(check, code)
        for problem in check.problems:
            yield _command("error", check.file, None, "forbear check", problem)
        if check.broke:
            yield _command("error", check.file, None, "forbear check", check.broke)
        lines = _lines(check.file, len(check.outcomes))
        for outcome, at in zip(check.outcomes, lines, strict=True):
            if outcome.verdict != "held":
                kind = "error" if outcome.verdict == "contradicted" else "warning"
                title = what(check, outcome, code)
                yield _command(kind, check.file, at, title, told(check, outcome, language))
        if check.drift and check.drift.beyond_noise:
            spoken_of = spoken(check.drift, code)
            said = " ".join(sentences(check.drift, spoken_of))
            yield _command("error", check.file, None, spoken_of.say("check.against"), said)


def what(check: Checked, outcome: Outcome, code: Code) -> str:
    """Return what an expectation is called."""
    language = _spoken(check, code)
    label = outcome.expectation.label
    assert check.scenario is not None, "a file with outcomes was read"
    return language.text(label) if label else subject(check.scenario, outcome, language)


def told(check: Checked, outcome: Outcome, language: Language) -> str:
    """Return an outcome in a line, with what would decide it."""
    assert check.scenario is not None, "a file with outcomes was read"
    said = line(check.scenario, outcome, language)
    room = margin(outcome)
    if room is not None and outcome.verdict == "held" and not outcome.estimate.exact:
        said += language.say("check.margin", margin=measure(room, outcome, language))
    return said + _needed(check, outcome, language)


def _needed(check: Checked, outcome: Outcome, language: Language) -> str:
    """Return how many replicas would decide what is not proven."""
    if outcome.verdict != "not_proven" or outcome.expectation.case is not None:
        return ""
    replicas = would_decide(outcome, check.replicas)
    if replicas is None:
        return language.say("check.never_decided")
    return language.say("check.would_decide", replicas=f"{replicas:,}")


def _spoken(check: Checked, code: Code) -> Language:
    return Language(code, check.scenario.world.currency if check.scenario else "")


def _properties(check: Checked) -> Iterator[tuple[str, str]]:
    yield "forbear", __version__
    if check.scenario:
        world = check.scenario.world
        yield "seed", str(world.seed)
        yield "borrowers", str(world.borrowers)
        yield "replicas", str(world.replicas)
    if check.comparison:
        yield "digest", check.comparison.digest


def _seen(text: str) -> str:
    """Return lines as they are seen."""
    return "\n".join(seen(line, LONGEST) for line in text.split("\n"))


def _xml(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return NO_XML.sub("\ufffd", seen(text, longest=LONGEST))


def _lines(file: str, count: int) -> list[int | None]:
    """Return the line of each [[expect]] of a file, None where that is not sure."""
    try:
        with open(file, encoding="utf-8-sig") as content:
            found = [
                number
                for number, text in enumerate(content, start=1)
                if re.match(r"\s*\[\[\s*expect\s*\]\]", text)
            ]
    except (OSError, UnicodeDecodeError):
        found = []
    return list(found) if len(found) == count else [None] * count


def _command(kind: str, file: str, line_number: int | None, title: str, message: str) -> str:
    said = {"file": file, "line": line_number, "title": title}
    properties = ",".join(
        f"{name}={_escaped(str(value), ':,')}" for name, value in said.items() if value is not None
    )
    return f"::{kind} {properties}::{_escaped(seen(message, longest=LONGEST), '')}"


def _escaped(text: str, more: str) -> str:
    """Return a text as GitHub's commands want it."""
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
