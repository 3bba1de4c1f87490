"""Operations: what the policies ask of the lender's people."""

from __future__ import annotations

from typing import Final

from sim.doors.dashboard.answer import answer, draw_chart, look_of_page
from sim.doors.dashboard.plain import heading, paragraph, table
from sim.doors.dashboard.session import Session
from sim.experiment.compare import Comparison
from sim.rules.measures import METRICS
from sim.show import charts
from sim.show.findings import finding

TOLD: Final = (
    "messages_sent",
    "calls_attempted",
    "calls_connected",
    "visits_attempted",
    "notices_sent",
    "complaints_per_thousand",
    "agent_utilisation",
    "reviewer_utilisation",
    "waiting_days",
    "queue_length",
    "abandoned",
    "refused_in_hardship",
    "cost_of_collection",
    "cost_of_desk",
    "cost_of_outreach",
    "cost_of_court",
    "commissions",
)


def page(visitor: Session) -> None:
    """Draw the page."""
    heading(visitor.language.say("app.page.operations"), 1)
    paragraph(visitor.language.say("app.operations_about"))
    answer(visitor, draw)


def draw(visitor: Session, comparison: Comparison) -> None:
    """Draw what a comparison says of operations."""
    language = visitor.language
    queues = charts.queues(comparison, language, look_of_page())
    if queues is not None:
        draw_chart(visitor, queues)
    for metric in TOLD:
        if not any((abs(each[metric]) > 0).any() for each in comparison.metrics.values()):
            continue
        found = finding(comparison, METRICS[metric], language)
        heading(found.heading, 3)
        table(
            tuple(
                language.say(f"chart.head.{each}")
                for each in ("policy", "difference", "interval", "verdict")
            ),
            [
                (each.policy, each.difference, each.interval, each.words)
                for each in found.differences
            ],
        )
