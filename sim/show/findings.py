"""What a comparison says, in words: one sentence a policy, one finding a metric.

Nothing here claims more than an interval allows: a difference whose interval holds zero "cannot be
told from noise", and without an interval nothing is judged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Final

from sim.experiment.inference import Effect, Verdict, mean_of_defined, paired_effect
from sim.experiment.remarks import remarks
from sim.luck import Floats
from sim.rules.measures import METRICS, Metric, ratio
from sim.rules.stocktaking import SEGMENTS
from sim.scenario.words import BASELINE
from sim.scenario.world import FEWEST_REPLICAS

if TYPE_CHECKING:
    from sim.experiment.cases import CaseOutcome
    from sim.experiment.compare import Comparison
    from sim.scenario.schema import Case, Scenario
    from sim.show.language import Language

JUDGED_BY: Final = ("default_rate", "net_recovered")
"""What the sentence of a policy is about: who is lost, and what comes back after costs."""

HEADLINE: Final = ("default_rate", "recovered", "outstanding", "net_recovered", "value")
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
class Part:
    """One segment of the borrowers: the baseline's default rate, every policy's difference.

    A segment too small to be told of has no value and no differences.
    """

    name: str
    value: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Parting:
    """One way to part the borrowers into segments."""

    heading: str
    parts: tuple[Part, ...]


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
        replicas=f"{len(comparison.replicas):,}",
        borrowers=f"{world.borrowers:,}",
        months=world.months,
        burn_in=world.burn_in_months,
        seed=world.seed,
        baseline=label(comparison, BASELINE, language),
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


def empty(comparison: Comparison) -> tuple[str, ...]:
    """Return the metrics that are zero or without a value in every replica of every policy."""
    return tuple(
        metric
        for metric in METRICS
        if not any((abs(values[metric]) > 0).any() for values in comparison.metrics.values())
    )


def finding(comparison: Comparison, metric: Metric, language: Language) -> Finding:
    """Return what is known of one metric: the baseline's value and each policy's difference."""
    heading = language.say(
        "metric",
        metric=language.text(metric.label),
        value=language.value(
            mean_of_defined(comparison.metrics[BASELINE][metric.name]), metric.unit
        ),
        baseline=label(comparison, BASELINE, language),
    )
    if metric.better:
        heading += language.say(f"metric.{metric.better}")
    differences = tuple(
        difference(
            label(comparison, policy, language),
            effects[metric.name],
            comparison.metrics[policy][metric.name],
            metric,
            language,
        )
        for policy, effects in comparison.effects.items()
    )
    return Finding(heading, differences)


def difference(
    policy: str, effect: Effect, values: Floats, metric: Metric, language: Language
) -> Difference:
    """Return how a policy differs, or its own value where the baseline has none."""
    own = mean_of_defined(values)
    if isnan(effect.difference) and not isnan(own):
        value, words = language.value(own, metric.unit), language.say("own_value")
        return Difference(policy, value, "", effect.verdict, words)
    ends = () if effect.low is None or effect.high is None else (effect.low, effect.high)
    return Difference(
        policy,
        language.difference(effect.difference, metric.unit, beside=ends),
        language.interval(*ends, metric.unit, beside=[effect.difference]) if ends else "",
        effect.verdict,
        language.say(f"verdict.{effect.verdict}"),
    )


def partings(comparison: Comparison, language: Language) -> tuple[Parting, ...]:
    """Return the default rate of the segments, for each way to part the borrowers; of cohorts."""
    kinds = {kind: [f"{kind}_{name}" for name in names] for kind, names in SEGMENTS.items()} | {
        "cohort": [cohort.name for cohort in comparison.scenario.cohorts]
    }
    return tuple(
        Parting(
            language.say(f"parting.{kind}", baseline=label(comparison, BASELINE, language)),
            tuple(part(comparison, name, language) for name in names),
        )
        for kind, names in kinds.items()
        if names
    )


def part(comparison: Comparison, segment: str, language: Language) -> Part:
    """Return what is known of the default rate of one segment or cohort."""
    name = part_called(segment, comparison.scenario, language)
    if segment not in comparison.segments[BASELINE]:
        return Part(name, language.say("too_few"), ())
    metric = METRICS["default_rate"]
    rates = {
        policy: ratio(segments[segment]["lost"], segments[segment]["at_risk"])
        for policy, segments in comparison.segments.items()
    }
    baseline = rates.pop(BASELINE)
    differences = tuple(
        difference(
            label(comparison, policy, language),
            paired_effect(rate, baseline, metric.better),
            rate,
            metric,
            language,
        )
        for policy, rate in rates.items()
    )
    return Part(name, language.value(mean_of_defined(baseline), metric.unit), differences)


def part_called(segment: str, scenario: Scenario, language: Language) -> str:
    """Return what a segment or cohort is called."""
    labels = {cohort.name: cohort.label for cohort in scenario.cohorts}
    if segment not in labels:
        return language.say(f"segment.{segment}")
    label = labels[segment]
    return language.text(label) if label else segment


def remarked(comparison: Comparison, language: Language) -> tuple[str, ...]:
    """Return what a reader should know of this comparison, a sentence each."""
    cases = {case.name: case for case in comparison.scenario.cases}
    sentences = []
    for remark in remarks(comparison):
        values = dict(remark.values)
        if "policy" in values:
            values["policy"] = label(comparison, str(values["policy"]), language)
        if "case" in values:
            values["case"] = called(cases[str(values["case"])], language)
        if "share" in values:
            values["share"] = language.value(float(values["share"]), "share")
        sentences.append(language.say(f"remark.{remark.key}", **values))
    return tuple(sentences)


def lives(comparison: Comparison, language: Language) -> tuple[Life, ...]:
    """Return the scripted cases in their order, each under every policy."""
    columns = ("", *(language.say(f"life.{column}") for column in LIFE_COLUMNS))
    cases = {case.name: case for case in comparison.scenario.cases}
    return tuple(
        Life(
            called(case, language),
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


def called(case: Case, language: Language) -> str:
    """Return what a scripted case is called."""
    return language.text(case.label) if case.label else case.name
