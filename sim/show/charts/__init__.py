"""Charts: pure functions from a comparison to a figure, for the browser and for the report.

Each can be read without its colours, in two languages and two looks, and has its numbers with it.
"""

from __future__ import annotations

from sim.experiment.compare import Comparison
from sim.show.charts.chart import Chart, library
from sim.show.charts.findings import findings
from sim.show.charts.intervals import differences, segments
from sim.show.charts.life import life
from sim.show.charts.lines import over_time, queues
from sim.show.charts.money import money
from sim.show.charts.plane import roll_rates, trade_off
from sim.show.charts.read import unit_of
from sim.show.charts.style import Look
from sim.show.language import Language

__all__ = [
    "Chart",
    "Look",
    "differences",
    "every",
    "findings",
    "library",
    "life",
    "money",
    "over_time",
    "queues",
    "roll_rates",
    "segments",
    "trade_off",
    "unit_of",
]


def every(comparison: Comparison, language: Language, look: Look, policy: str) -> list[Chart]:
    """Return all charts in the order in which they are read; some are of one ``policy``."""
    told = (comparison, language, look)
    charts = [
        differences(*told),
        over_time(*told),
        money(*told, policy),
        trade_off(*told),
        segments(*told, policy),
        roll_rates(*told),
        queues(*told),
    ]
    return [chart for chart in charts if chart is not None]
