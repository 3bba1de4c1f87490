"""The verdict: one sentence for whoever reads no other, which claims no more than intervals allow.

It is about default first, then about what the best policy does to the money. That one policy does
more than another is said only where their own difference can be told from noise.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    judged = {policy: each for policy, each in effects.items() if each.verdict != "no_interval"}
    if not judged:
        return language.say("verdict.not_yet", fewest=FEWEST_REPLICAS)
    lower, higher, open_ = (
        [policy for policy, each in judged.items() if each.verdict in verdicts]
        for verdicts in (("better",), ("worse",), ("not_distinguishable", "identical"))
    )
    if lower:
        first = _best(comparison, lower, language)
    elif higher:
        first = language.say("verdict.none_lowers", raised=_raised(comparison, higher, language))
        higher = []
    else:
        return language.say("verdict.none_told", count=len(effects))
    rest = []
    if higher:
        rest.append(_raised(comparison, higher, language))
    if open_:
        rest.append(language.say("verdict.open", names=_names(comparison, open_, language)))
    said = language.say("sentence.and").join([first, *rest])
    return language.say("verdict.end", said=said)


def _best(comparison: Comparison, lower: Sequence[str], language: Language) -> str:
    """Return what the policy does that lowers default most, or those that share that place."""
    effects = comparison.effects
    best = min(lower, key=lambda policy: effects[policy][DEFAULT].difference)
    level = [
        best,
        *(each for each in lower if each != best and not _differ(comparison, best, each)),
    ]
    effect = effects[best][DEFAULT]
    size = _size(effect, DEFAULT, language)
    if len(level) > 1:
        named = _names(comparison, level, language)
        return language.say(
            "verdict.level_most" if len(lower) > len(level) else "verdict.level",
            names=named,
            size=size,
        )
    return language.say(
        "verdict.lowers_most" if len(lower) > 1 else "verdict.lowers",
        name=label(comparison, best, language),
        size=size,
        money=_money(effects[best][MONEY], language),
    )


def _raised(comparison: Comparison, higher: Sequence[str], language: Language) -> str:
    return language.say(
        "verdict.raises" if len(higher) == 1 else "verdict.raise",
        names=_names(comparison, higher, language),
    )


def _differ(comparison: Comparison, one: str, other: str) -> bool:
    """Return whether two policies' default rates can be told apart."""
    ours, theirs = (comparison.metrics[policy][DEFAULT] for policy in (one, other))
    return paired_effect(ours, theirs, METRICS[DEFAULT].better).verdict in {"better", "worse"}


def _money(effect: Effect, language: Language) -> str:
    if effect.verdict not in {"better", "worse"}:
        return language.say("verdict.money_open")
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
