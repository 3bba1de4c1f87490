"""The verdict: one sentence for whoever reads no other, which claims no more than intervals allow.

It is about default first, then about what the best policy does to the money. That one policy does
more than another is said only where their own difference can be told from noise, and that it does
the most only where that is so of every other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from sim.experiment.inference import Effect, paired_effect
from sim.rules.measures import METRICS
from sim.scenario.world import FEWEST_REPLICAS
from sim.show.findings import label

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison
    from sim.show.language import Language

DEFAULT: Final = "default_rate"
MONEY: Final = "net_recovered"
NAMED: Final = 3
"""More policies than so many are counted, not named."""


def verdict(comparison: Comparison, language: Language) -> str:
    """Return the verdict on all policies, a sentence."""
    effects = {policy: each[DEFAULT] for policy, each in comparison.effects.items()}
    if not effects:
        return language.say("verdict.alone")
    lower, higher, open_, unjudged = (
        [policy for policy, each in effects.items() if each.verdict in verdicts]
        for verdicts in (
            ("better",),
            ("worse",),
            ("not_distinguishable", "identical"),
            ("no_interval",),
        )
    )
    if len(unjudged) == len(effects):
        return language.say("verdict.not_yet", fewest=FEWEST_REPLICAS)
    if not lower and not higher and not unjudged:
        return language.say("verdict.none_told")
    clauses = list(_lowered(comparison, lower, language))
    if not lower:
        clauses.append(language.say("verdict.none_lowers"))
    for said, names in (("raise", higher), ("open", open_), ("unjudged", unjudged)):
        if names:
            clauses.append(_of(said, comparison, names, language))
    return language.say("verdict.end", said=language.say("sentence.and").join(clauses))


def _lowered(comparison: Comparison, lower: Sequence[str], language: Language) -> Iterator[str]:
    """Yield what the policy does that lowers default most, then what the others do beside it."""
    if not lower:
        return
    effects = comparison.effects
    best = min(lower, key=lambda policy: effects[policy][DEFAULT].difference)
    level = [each for each in effects if each != best and not _differ(comparison, best, each)]
    is_most = len(lower) > 1 and not level
    yield language.say(
        "verdict.lowers_most" if is_most else "verdict.lowers",
        name=label(comparison, best, language),
        size=_size(effects[best][DEFAULT], DEFAULT, language),
        money=_money(effects[best][MONEY], language),
    )
    too = [each for each in lower if each in level]
    less = [each for each in lower if each not in level and each != best and not is_most]
    if too:
        yield _of("too", comparison, too, language, best=label(comparison, best, language))
    if less:
        yield _of("less", comparison, less, language)


def _of(
    said: str, comparison: Comparison, policies: Sequence[str], language: Language, **more: str
) -> str:
    """Return what is said of one policy, or of several."""
    number = "one" if len(policies) == 1 else "many"
    names = _names(comparison, policies, language)
    return language.say(f"verdict.{said}.{number}", names=names, **more)


def _differ(comparison: Comparison, one: str, other: str) -> bool:
    """Return whether two policies' default rates can be told apart."""
    ours, theirs = (comparison.metrics[policy][DEFAULT] for policy in (one, other))
    return paired_effect(ours, theirs, METRICS[DEFAULT].better).verdict in {"better", "worse"}


def _money(effect: Effect, language: Language) -> str:
    if effect.verdict not in {"better", "worse"}:
        return language.say(f"verdict.money_{effect.verdict}")
    ends = (effect.low or 0.0, effect.high or 0.0)
    size = language.difference(abs(effect.difference), METRICS[MONEY].unit, beside=ends)
    return language.say(f"verdict.money_{effect.verdict}", size=size.removeprefix("+"))


def _size(effect: Effect, metric: str, language: Language) -> str:
    """Return the size of a fall with its interval, both as they are said: above zero."""
    low, high = sorted((abs(effect.low or 0.0), abs(effect.high or 0.0)))
    unit = METRICS[metric].unit
    size = language.difference(abs(effect.difference), unit, beside=(low, high))
    ends = language.interval(low, high, unit, beside=(effect.difference,))
    return f"{size.removeprefix('+')} {ends.replace('+', '')}"


def _names(comparison: Comparison, policies: Sequence[str], language: Language) -> str:
    names = [
        language.say("verdict.quoted", name=label(comparison, policy, language))
        for policy in policies
    ]
    if len(names) > NAMED:
        return language.say("verdict.counted", count=len(names))
    if len(names) == 1:
        return names[0]
    *first, last = names
    return language.say("verdict.both", first=language.say("listed").join(first), last=last)
