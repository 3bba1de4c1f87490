"""The page of evidence: everything the files say and what was measured, as Markdown.

Where nothing was run a ``HOLE`` stands for what would have been measured, so that a test can tell
the page's fixed parts from its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sim.experiment.evidence import Trial, shipped, tally
from sim.show.evidence import band, interval, number, verdict
from sim.show.markdown import listed, table

if TYPE_CHECKING:
    from sim.show.language import Language

HOLE: Final = "⟨⟩"

COLUMNS: Final = ("mark", "finding", "published", "band", "measured", "interval", "verdict")


def page(trials: Sequence[Trial], language: Language) -> str:
    """Return the whole page."""
    parts = [
        "# " + language.say("evidence.page.title"),
        language.say("evidence.page.about"),
        language.say("evidence.page.marks"),
        language.say("evidence.page.bands"),
        language.say("evidence.page.measured"),
        f"**{language.say('evidence.tally', **tally(trials)) if _ran(trials) else HOLE}**",
        overview(trials, language),
    ]
    for trial in trials:
        parts += section(trial, language)
    return "\n\n".join(parts) + "\n"


def overview(trials: Sequence[Trial], language: Language) -> str:
    """Return a line for each file."""
    head = [language.say(f"evidence.head.{name}") for name in ("question", "inside")]
    rows = [
        (
            str(trial.note.target),
            f"{language.text(trial.scenario.title)} ({trial.note.source})",
            _inside(trial, language),
        )
        for trial in trials
    ]
    return table(("", *head), rows)


def section(trial: Trial, language: Language) -> Iterator[str]:
    """Yield what is said of one file."""
    note = trial.note
    title = language.text(trial.scenario.title)
    yield "## " + language.say("evidence.heading", target=note.target, title=title)
    yield language.text(trial.scenario.question)
    policies = [language.text(policy.label) for policy in trial.scenario.policies.values()]
    facts = {
        "source": note.source,
        "population": language.text(note.population),
        "randomised": language.text(note.randomised),
        "policies": language.say("listed").join(policies),
        "run": size(trial, language),
        "doubt": language.text(note.doubt),
    }
    yield listed([(language.say(f"evidence.page.{name}"), said) for name, said in facts.items()])
    yield table(
        [language.say(f"evidence.head.{name}") for name in COLUMNS],
        [
            (
                each.finding.mark,
                language.text(each.finding.label),
                language.text(each.finding.published),
                band(each.finding, language),
                number(each.value, each.finding, language) if trial.digest else HOLE,
                interval(each) if trial.digest else HOLE,
                _bold(verdict(each, language), each.verdict == "outside") if trial.digest else HOLE,
            )
            for each in trial.measured
        ],
    )
    for each in trial.measured:
        if each.finding.missed:
            label, missed = language.text(each.finding.label), language.text(each.finding.missed)
            yield language.say("evidence.expected_miss", label=label, missed=missed)


def size(trial: Trial, language: Language) -> str:
    """Return the file, with a link to it if it comes along, and how large its run is."""
    world, name = trial.scenario.world, Path(trial.file).stem
    file = f"[{name}](../scenarios/evidence/{name}.toml)" if trial.file in shipped() else name
    return language.say(
        "evidence.page.size",
        file=file,
        months=world.months,
        burn_in=world.burn_in_months,
        replicas=world.replicas,
        borrowers=f"{world.borrowers:,}",
        seed=world.seed,
    )


def _inside(trial: Trial, language: Language) -> str:
    if trial.digest is None:
        return HOLE
    verdicts = [each.verdict for each in trial.measured if each.finding.is_judged]
    return language.say("evidence.of", inside=verdicts.count("inside"), total=len(verdicts))


def _bold(text: str, wanted: bool) -> str:
    return f"**{text}**" if wanted else text


def _ran(trials: Sequence[Trial]) -> bool:
    return all(trial.digest for trial in trials)
