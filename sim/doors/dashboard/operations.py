"""Operations: what the policies ask of the lender's people."""

from __future__ import annotations

from typing import Final

from sim.doors.dashboard.answer import answer, draw_chart, follow, look_of_page
from sim.doors.dashboard.plain import heading, paragraph, table
from sim.doors.dashboard.session import Session
from sim.experiment.compare import Comparison
from sim.experiment.inference import mean_of_defined
from sim.rules.measures import METRICS
from sim.scenario.words import BASELINE
from sim.show import charts
from sim.show.findings import empty, finding, label
from sim.show.language import Language

TOLD: Final = {
    "contacts": (
        "messages_sent",
        "calls_attempted",
        "calls_connected",
        "visits_attempted",
        "notices_sent",
        "cases_filed",
        "complaints_per_thousand",
    ),
    "people": (
        "call_minutes",
        "agent_utilisation",
        "visit_minutes",
        "visitor_utilisation",
        "desk_minutes",
        "reviewer_utilisation",
    ),
    "queues": (
        "waiting_days",
        "queue_length",
        "abandoned",
        "refused_in_hardship",
        "court_waiting_days",
    ),
    "costs": (
        "cost_of_collection",
        "cost_of_desk",
        "cost_of_outreach",
        "cost_of_court",
        "commissions",
    ),
}
"""Metrics by what they are about."""


def page(visitor: Session) -> None:
    """Draw the page."""
    heading(visitor.language.say("app.page.operations"), 1)
    paragraph(visitor.language.say("app.operations_about"))
    follow(visitor, answer(visitor, draw))


def draw(visitor: Session, comparison: Comparison) -> None:
    """Draw what a comparison says of operations; what never happens is left out."""
    language = visitor.language
    queues = charts.queues(comparison, language, look_of_page())
    if queues is not None:
        draw_chart(visitor, queues)
    never = empty(comparison)
    for about, metrics in TOLD.items():
        shown = [metric for metric in metrics if metric not in never]
        if shown:
            heading(language.say(f"app.operations.{about}"), 3)
            table(
                (
                    language.say("chart.head.metric"),
                    *(label(comparison, name, language) for name in comparison.scenario.policies),
                ),
                [row(comparison, metric, language) for metric in shown],
            )
    paragraph(language.say("app.operations.note"), "quiet")


def row(comparison: Comparison, metric: str, language: Language) -> tuple[str, ...]:
    """Return a metric's name, its value under the baseline, and each policy's difference."""
    told = METRICS[metric]
    value = mean_of_defined(comparison.metrics[BASELINE][metric])
    differences = finding(comparison, told, language).differences
    return (
        language.text(told.label),
        language.value(value, told.unit),
        *(f"{each.difference} {each.interval} {each.words}" for each in differences),
    )
