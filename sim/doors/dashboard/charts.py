"""Every chart of the comparison, with the numbers behind it."""

from __future__ import annotations

import streamlit as st

from sim.doors.dashboard.answer import answer, draw_chart, follow, look_of_page
from sim.doors.dashboard.plain import heading, paragraph
from sim.doors.dashboard.session import Session
from sim.experiment.compare import Comparison
from sim.scenario.words import BASELINE
from sim.show import charts
from sim.show.findings import design


def page(visitor: Session) -> None:
    """Draw the page."""
    heading(visitor.language.say("app.page.charts"), 1)
    paragraph(visitor.language.text(visitor.draft.scenario.title), "question")
    names = visitor.draft.policies
    policy = st.selectbox(
        visitor.language.say("app.policy_of_charts"),
        names,
        index=min(1, len(names) - 1),
        format_func=lambda name: visitor.language.text(visitor.draft.scenario.policies[name].label),
        key=f"{visitor.generation}:charts-policy",
    )

    def draw(visitor: Session, comparison: Comparison) -> None:
        told = policy if policy in comparison.scenario.policies else BASELINE
        paragraph(design(comparison, visitor.language), "quiet")
        language, look = visitor.language, look_of_page()
        for chart in visitor.once(
            comparison,
            (language.code, look, told),
            lambda: charts.every(comparison, language, look, told),
        ):
            draw_chart(visitor, chart)

    follow(visitor, answer(visitor, draw))
