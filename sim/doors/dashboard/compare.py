"""The first page: the question, the answer, and the levers."""

from __future__ import annotations

from typing import Final

import streamlit as st

from sim.doors.dashboard import settings
from sim.doors.dashboard.answer import answer, draw_chart, follow, look_of_page
from sim.doors.dashboard.cards import cards
from sim.doors.dashboard.plain import heading, paragraph
from sim.doors.dashboard.session import Session, questions, shipped
from sim.doors.dashboard.share import share
from sim.experiment.compare import Comparison
from sim.scenario.schema import Policy
from sim.show.charts import differences
from sim.show.findings import design, remarked, sentences
from sim.show.verdict import verdict

OWN: Final = ""
"""What stands for a file of the visitor's own among the questions."""


def page(visitor: Session) -> None:
    """Draw the page."""
    scenario, language = visitor.draft.scenario, visitor.language
    title, choice = st.columns([3, 2], vertical_alignment="center")
    with title:
        heading(language.text(scenario.title), 1)
        paragraph(language.text(scenario.question), "question")
    with choice:
        choose(visitor)
    shown, levers = st.columns(2, gap="medium")
    with shown:
        seen = answer(visitor, draw)
    with levers:
        cards(visitor)
    advanced(visitor)
    share(visitor)
    follow(visitor, seen)


def choose(visitor: Session) -> None:
    """Draw the choice of a question."""
    names = questions() if visitor.question is not None else [OWN, *questions()]
    name = f"{visitor.generation}:question"

    def title(question: str) -> str:
        draft = visitor.draft if question == OWN else shipped(question)
        return visitor.language.text(draft.scenario.title)

    st.selectbox(
        visitor.language.say("app.question"),
        names,
        index=names.index(visitor.question or OWN),
        format_func=title,
        key=name,
        on_change=_asked,
        args=(visitor, name),
    )


def _asked(visitor: Session, name: str) -> None:
    question = st.session_state[name]
    if question != OWN:
        visitor.ask(question)


def draw(visitor: Session, comparison: Comparison) -> None:
    """Draw what a comparison says."""
    language = visitor.language
    paragraph(verdict(comparison, language), "verdict")
    look = look_of_page()
    chart = visitor.once(
        comparison, (language.code, look), lambda: differences(comparison, language, look)
    )
    draw_chart(visitor, chart, heading=False)
    paragraph(design(comparison, language), "quiet")
    with st.expander(language.say("app.each_policy")):
        for line in sentences(comparison, language):
            st.text(line)
        for line in remarked(comparison, language):
            paragraph(line, "quiet")


def advanced(visitor: Session) -> None:
    """Draw all settings of one policy, group by group."""
    language = visitor.language
    with st.expander(language.say("app.advanced"), icon=":material/tune:"):
        paragraph(language.say("app.advanced_about"), "quiet")
        by_group = settings.groups(Policy)
        policies = visitor.draft.policies
        whose, what = st.columns(2)
        with whose:
            policy = st.selectbox(
                language.say("app.policy"),
                policies,
                format_func=lambda name: language.text(visitor.draft.scenario.policies[name].label),
                key=f"{visitor.generation}:advanced-policy",
            )
        with what:
            group = st.selectbox(language.say("app.group"), list(by_group), key="advanced-group")
        columns = st.columns(3)
        for position, each in enumerate(by_group[group]):
            with columns[position % len(columns)]:
                settings.widget(visitor, policy, each)
