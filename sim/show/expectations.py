"""Expectations in words: what was expected, what the run says, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isinf
from typing import TYPE_CHECKING, Any, Final

from sim.clock import MONTH
from sim.experiment.expectations import Outcome, tally
from sim.rules.measures import METRICS
from sim.scenario.measured import DAY, NEVER, STATUS
from sim.scenario.world import FEWEST_REPLICAS
from sim.show.findings import part_called

if TYPE_CHECKING:
    from rich.console import Console

    from sim.scenario.formula import Term
    from sim.scenario.schema import Scenario
    from sim.show.language import Language

COLOURS: Final = {"held": "green", "contradicted": "red", "not_proven": "yellow"}
INDENT: Final = 2
GAP: Final = 2


def print_expectations(
    scenario: Scenario, done: Sequence[Outcome], language: Language, console: Console
) -> None:
    """Print a line for each expectation, folded where the console ends."""
    print_lines(
        [(outcome.verdict, line(scenario, outcome, language)) for outcome in done],
        language,
        console,
    )


def print_lines(lines: Sequence[tuple[str, str]], language: Language, console: Console) -> None:
    """Print verdicts and what is said of each."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, GAP, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for verdict, said in lines:
        word = Text(language.say(f"expect.{verdict}"), style=COLOURS[verdict])
        table.add_row(word, Text(said))
    with console.capture() as printed:
        console.print(Padding(table, (0, 0, 0, INDENT)))
    for text in printed.get().splitlines():
        print(text.rstrip(), file=console.file)


def counted(done: Sequence[Outcome], language: Language) -> str:
    """Return how many expectations held, failed and were not proven."""
    return language.say("expect.tally", total=len(done), **tally(done))


def line(scenario: Scenario, outcome: Outcome, language: Language) -> str:
    """Return one expectation and what was found."""
    expectation = outcome.expectation
    what = (
        language.text(expectation.label)
        if expectation.label
        else subject(scenario, outcome, language)
    )
    return language.say(
        "expect.line",
        what=what,
        expected=expected(outcome, language),
        found=found(outcome, language),
    )


def subject(scenario: Scenario, outcome: Outcome, language: Language) -> str:
    """Return what an expectation speaks of: a metric of a policy, or how two compare."""
    expectation = outcome.expectation
    of_a_case = expectation.case is not None
    said = expectation.formula
    if said.shape == "other":
        return said.text
    policies = [language.text(scenario.policies[term.policy].label) for term in said.terms]
    metrics = [_metric(term, scenario, language, of_a_case=of_a_case) for term in said.terms]
    if len(set(metrics)) == 1 and said.shape != "value":
        entry = "expect.minus" if said.shape == "difference" else "expect.over"
        what = language.say(entry, metric=metrics[0], first=policies[0], second=policies[-1])
    else:
        parts = [
            language.say("expect.term", metric=metric, policy=policy)
            for metric, policy in zip(metrics, policies, strict=True)
        ]
        what = parts[0]
        if said.shape != "value":
            entry = "expect.minus_other" if said.shape == "difference" else "expect.over_other"
            what = language.say(entry, first=parts[0], second=parts[1])
    if not of_a_case:
        return what
    labels = {case.name: case.label for case in scenario.cases}
    label = labels[str(expectation.case)]
    name = language.text(label) if label else str(expectation.case)
    return language.say("expect.of_case", case=name, what=what)


def _metric(term: Term, scenario: Scenario, language: Language, *, of_a_case: bool) -> str:
    if of_a_case:
        return language.say(f"figure.{term.metric}")
    if term.segment is not None:
        metric = language.say(f"of_segment.{term.metric}")
        segment = part_called(term.segment, scenario, language)
        return language.say("expect.of_segment", metric=metric, segment=segment)
    metric = language.text(METRICS[term.metric].label)
    if term.month is None:
        return metric
    return language.say("expect.of_month", metric=metric, month=term.month)


def expected(outcome: Outcome, language: Language) -> str:
    """Return the bounds that were expected."""
    expectation = outcome.expectation
    if expectation.equals is not None:
        return language.say("expect.equals", equals=_shown(expectation.equals, outcome, language))
    ends = {
        name: _shown(end, outcome, language)
        for name, end in (("above", expectation.above), ("below", expectation.below))
        if end is not None
    }
    side = "between" if len(ends) == 2 else "below" if expectation.above is None else "above"
    if outcome.unit == DAY and expectation.formula.shape == "value":
        side = {"below": "before", "above": "after"}.get(side, side)
    return language.say(f"expect.{side}", **ends)


def found(outcome: Outcome, language: Language) -> str:
    """Return the estimate with as much of its bounds as the outcome rests on."""
    estimate, expectation = outcome.estimate, outcome.expectation
    if estimate.value is None:
        return language.say(f"found.{estimate.reason}")
    value = _shown(estimate.value, outcome, language)
    if estimate.reason is not None:
        return language.say(f"found.{estimate.reason}", value=value, fewest=FEWEST_REPLICAS)
    if estimate.exact:
        entry = "found.same" if expectation.case is None else "found.exactly"
        return language.say(entry, value=value)
    assert estimate.low is not None and estimate.high is not None
    words: Mapping[str, Any] = {
        "value": value,
        "low": _shown(estimate.low, outcome, language),
        "high": _shown(estimate.high, outcome, language),
        "confidence": f"{expectation.confidence:.1%}".replace(".0%", "%"),
    }
    return language.say(f"found.{_side(outcome)}", **words)


def _side(outcome: Outcome) -> str:
    """Return which of the bounds decided."""
    estimate, expectation = outcome.estimate, outcome.expectation
    low, high = estimate.low or 0.0, estimate.high or 0.0
    asks_below, asks_above = expectation.below is not None, expectation.above is not None
    if outcome.verdict == "held":
        return "between" if asks_below and asks_above else "at_most" if asks_below else "at_least"
    if outcome.verdict == "contradicted":
        too_high = expectation.below is not None and low >= expectation.below
        return "at_least" if too_high else "at_most"
    too_high = expectation.below is not None and high >= expectation.below
    too_low = expectation.above is not None and low <= expectation.above
    return "anywhere" if too_high and too_low else "up_to" if too_high else "down_to"


def measure(number: float, outcome: Outcome, language: Language) -> str:
    """Return a margin in the unit of what was expected."""
    return _shown(number, outcome, language)


def _shown(value: float | str, outcome: Outcome, language: Language) -> str:
    """Return a number with its unit, exact enough to be told from the others of its line."""
    if value == NEVER or (isinstance(value, float) and isinf(value)):
        return language.say("never")
    if outcome.unit == STATUS or isinstance(value, str):
        return language.say(f"status.{value}")
    if outcome.unit == DAY and outcome.expectation.formula.shape == "value":
        month, day = divmod(int(value), MONTH)
        return language.say("day", month=month + 1, day=day + 1)
    estimate, expectation = outcome.estimate, outcome.expectation
    numbers = [estimate.value, estimate.low, estimate.high, expectation.below, expectation.above]
    told = sorted({number for number in numbers if isinstance(number, int | float)})
    apart = [b - a for a, b in pairwise(told)]
    unit = "days" if outcome.unit == DAY else outcome.unit
    if expectation.formula.shape == "difference":
        return language.difference(value, unit, beside=apart)
    return language.value(value, unit, beside=apart)
