"""What charts read from a comparison: names, units, a metric month by month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from sim.experiment.compare import Comparison, yardstick
from sim.experiment.inference import interval
from sim.ledger import Totals
from sim.luck import Floats
from sim.rules.measures import METRICS, Account
from sim.scenario.world import FEWEST_REPLICAS
from sim.show.charts.style import plain
from sim.show.language import NOTATIONS, Language


def name(comparison: Comparison, policy: str, language: Language) -> str:
    """Return what a policy is called, as it is."""
    return language.text(comparison.scenario.policies[policy].label)


def short(comparison: Comparison, policy: str, language: Language) -> str:
    """Return what a policy is called, for a figure."""
    return plain(name(comparison, policy, language))


def with_unit(metric: str, language: Language, *, difference: bool = False) -> str:
    """Return what a metric is called, with its unit."""
    about = METRICS[metric]
    unit = unit_of(about.unit, language, difference=difference)
    called = language.text(about.label)
    return f"{called} ({unit})" if unit else called


def unit_of(unit: str, language: Language, *, difference: bool = False) -> str:
    """Return the word of a unit."""
    if unit == "share":
        return language.say("chart.points") if difference else "%"
    if unit == "money":
        return language.say("chart.money", currency=language.currency_name)
    return language.say(f"chart.unit.{unit}")


def scaled(value: float, unit: str) -> float:
    """Return a value in the unit shown: per cent, whole money."""
    return value * NOTATIONS[unit].factor


def by_month(comparison: Comparison, policy: str, metric: str, *, alone: bool) -> list[Floats]:
    """Return a metric at each month's end, from month 1, one number a replica.

    ``alone``: of that month's flows; else of all since day 0.
    """
    ledger = comparison.ledgers[policy]
    worth = yardstick(comparison.scenario.world, comparison.scenario.policies[policy])
    formula = METRICS[metric].formula
    with np.errstate(all="raise"):
        return [formula(Account(cut, worth)) for cut in _cuts(ledger, len(comparison.days), alone)]


def _cuts(ledger: Mapping[str, Totals], months: int, alone: bool) -> Iterator[Mapping[str, Totals]]:
    for month in range(1, months):
        first = month - 1 if alone else 0
        yield {entry: rows[first : month + 1] for entry, rows in ledger.items()}


def band(values: Floats) -> tuple[float, float] | None:
    """Return the interval of a mean over replicas, None where there is none."""
    told = values.tolist()
    if len(told) < FEWEST_REPLICAS or any(np.isnan(told)):
        return None
    return interval(told)
