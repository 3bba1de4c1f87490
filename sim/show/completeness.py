"""How complete and how precise a run is, in words: what failed, and what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.rules.measures import METRICS
from sim.show.findings import label

if TYPE_CHECKING:
    from sim.experiment.compare import Comparison
    from sim.experiment.precision import Precision, Reach
    from sim.show.language import Language


def precision(comparison: Comparison, found: Precision, language: Language) -> Iterator[str]:
    """Yield how a run for precision ended, then a line for each metric asked for."""
    yield language.say(f"precision.{found.ended}", replicas=f"{found.replicas:,}")
    by_metric: dict[str, list[Reach]] = {}
    for reach in found.reaches:
        by_metric.setdefault(reach.metric, []).append(reach)
    for metric, reaches in by_metric.items():
        told = (_told(comparison, reach, language) for reach in reaches)
        yield language.say(
            "precision.asked",
            metric=language.text(METRICS[metric].label),
            asked=_size(reaches[0].asked, reaches[0], language),
            reaches=language.say("sentence.and").join(told),
        )
    if found.is_reached:
        yield language.say("precision.decided")


def failures(comparison: Comparison, language: Language) -> Iterator[str]:
    """Yield how much of a run is missing, then a line for each batch that failed; or nothing."""
    if not comparison.failures:
        return
    yield language.say(
        "failures",
        present=f"{len(comparison.replicas):,}",
        replicas=f"{comparison.scenario.world.replicas:,}",
    )
    for failed in comparison.failures:
        first, last = failed.replicas[0], failed.replicas[-1]
        yield language.say(
            "failures.one" if first == last else "failures.batch",
            first=first,
            last=last,
            reason=failed.reason,
        )


def _told(comparison: Comparison, reach: Reach, language: Language) -> str:
    policy = label(comparison, reach.policy, language)
    if reach.would_take is None:
        return language.say("precision.never", policy=policy)
    needed = f"{reach.would_take:,}"
    if reach.half_width is None:
        return language.say("precision.no_interval", policy=policy, would_take=needed)
    half_width = _size(reach.half_width, reach, language)
    if reach.is_reached:
        return language.say("precision.known", policy=policy, half_width=half_width)
    return language.say(
        "precision.lacking", policy=policy, half_width=half_width, would_take=needed
    )


def _size(size: float, reach: Reach, language: Language) -> str:
    """Return a half-width with its unit, exact enough to tell what is known from what is asked."""
    known = reach.asked if reach.half_width is None else reach.half_width
    beside = (reach.asked, known, known - reach.asked)
    told = language.difference(size, METRICS[reach.metric].unit, beside=beside)
    return told.removeprefix("+")
