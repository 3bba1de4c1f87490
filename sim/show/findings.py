"""What a comparison says, in words: one sentence a policy, one finding a metric.

Nothing here claims more than an interval allows: a difference whose interval holds zero "cannot be
told from noise", and without an interval nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Final

from sim.experiment.inference import FEWEST_REPLICAS, Effect, Verdict, mean_of_defined
from sim.rules.measures import METRICS, Metric

if TYPE_CHECKING:
    from sim.experiment.cases import CaseOutcome
    from sim.experiment.compare import Comparison
    from sim.show.language import Language

JUDGED_BY: Final = ("default_rate", "net_recovered")
"""What the sentence of a policy is about: who is lost, and what comes back after costs."""

HEADLINE: Final = ("default_rate", "recovered", "outstanding", "net_recovered")
"""What a reader sees first; ``METRICS`` has the rest."""

LIFE_COLUMNS: Final = (
    "status",
    "worst_dpd",
    "paid",
    "paid_penalty",
    "forgiven_penalty",
    "deferred_months",
)


@dataclass(frozen=True)
class Difference:
    """One policy against the baseline in one metric, as it is read."""

    policy: str
    difference: str
    interval: str
    verdict: Verdict
    words: str


@dataclass(frozen=True)
class Finding:
    """One metric: a heading with the baseline's value, and every policy's difference from it."""

    heading: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Life:
    """One scripted case: what became of that person under each policy, a row of cells each."""

    heading: str
    columns: tuple[str, ...]
    fates: tuple[tuple[str, ...], ...]


def design(comparison: Comparison, language: Language) -> str:
    """Return how the numbers were made, in one or two sentences."""
    world = comparison.scenario.world
    return language.say(
        "design",
        replicas=f"{world.replicas:,}",
        borrowers=f"{world.borrowers:,}",
        months=world.months,
        burn_in=world.burn_in_months,
        seed=world.seed,
        baseline=label(comparison, "baseline", language),
    )


def sentences(comparison: Comparison, language: Language) -> tuple[str, ...]:
    """Return the verdict on each policy, one sentence a policy."""
    return tuple(
        language.say(
            "sentence",
            policy=label(comparison, policy, language),
            clauses=language.say("sentence.and").join(
                clause(METRICS[metric], effects[metric], language) for metric in JUDGED_BY
            ),
        )
        for policy, effects in comparison.effects.items()
    )


def findings(
    comparison: Comparison, language: Language, metrics: Iterable[str] = HEADLINE
) -> tuple[Finding, ...]:
    """Return a finding for each of the metrics, in their order."""
    return tuple(finding(comparison, METRICS[metric], language) for metric in metrics)


def finding(comparison: Comparison, metric: Metric, language: Language) -> Finding:
    """Return what is known of one metric: the baseline's value and each policy's difference."""
    heading = language.say(
        "metric",
        metric=language.text(metric.label),
        value=language.value(
            mean_of_defined(comparison.metrics["baseline"][metric.name]), metric.unit
        ),
        baseline=label(comparison, "baseline", language),
    )
    if metric.better:
        heading += language.say(f"metric.{metric.better}")
    differences = []
    for policy, effects in comparison.effects.items():
        effect = effects[metric.name]
        own = mean_of_defined(comparison.metrics[policy][metric.name])
        if isnan(effect.difference) and not isnan(own):
            value = language.value(own, metric.unit)
            words = language.say("own_value")
            name = label(comparison, policy, language)
            differences.append(Difference(name, value, "", effect.verdict, words))
            continue
        ends = () if effect.low is None or effect.high is None else (effect.low, effect.high)
        differences.append(
            Difference(
                label(comparison, policy, language),
                language.difference(effect.difference, metric.unit, beside=ends),
                language.interval(*ends, metric.unit, beside=[effect.difference]) if ends else "",
                effect.verdict,
                language.say(f"verdict.{effect.verdict}"),
            )
        )
    return Finding(heading, tuple(differences))


def lives(comparison: Comparison, language: Language) -> tuple[Life, ...]:
    """Return the scripted cases in their order, each under every policy."""
    columns = ("", *(language.say(f"life.{column}") for column in LIFE_COLUMNS))
    cases = {case.name: case for case in comparison.scenario.cases}
    return tuple(
        Life(
            language.text(case.label) if case.label else name,
            columns,
            tuple(
                fate(outcome, label(comparison, outcome.policy, language), language)
                for outcome in comparison.cases
                if outcome.case == name
            ),
        )
        for name, case in cases.items()
    )


def fate(outcome: CaseOutcome, policy: str, language: Language) -> tuple[str, ...]:
    """Return one row: the policy, how it ended, days late at worst, money, months deferred."""
    money = (outcome.paid, outcome.paid_penalty, outcome.forgiven_penalty)
    return (
        policy,
        language.say(f"status.{outcome.status}"),
        str(outcome.worst_dpd),
        *(language.number(amount, "money") for amount in money),
        str(outcome.deferred_months),
    )


def clause(metric: Metric, effect: Effect, language: Language) -> str:
    """Return what one interval allows to be said, to stand inside a sentence."""
    name = language.text(metric.label)
    name = name[0].lower() + name[1:]
    if effect.verdict in {"better", "worse", "different"}:
        beside = [effect.low or 0.0, effect.high or 0.0]
        size = language.difference(abs(effect.difference), metric.unit, beside=beside)
        return language.say(
            "clause.up" if effect.difference > 0 else "clause.down",
            metric=name,
            size=size.removeprefix("+"),
            verdict=language.say(f"verdict.{effect.verdict}"),
        )
    return language.say(f"clause.{effect.verdict}", metric=name, fewest=FEWEST_REPLICAS)


def label(comparison: Comparison, policy: str, language: Language) -> str:
    """Return what a policy is called."""
    return language.text(comparison.scenario.policies[policy].label)
