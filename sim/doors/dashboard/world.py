"""What nobody chooses: borrowers, economy, behaviour; and how large the study is."""

from __future__ import annotations

import streamlit as st

from sim.doors.dashboard import settings
from sim.doors.dashboard.plain import heading, paragraph
from sim.doors.dashboard.session import Session
from sim.parameter import Parameter
from sim.scenario.schema import World


def page(visitor: Session) -> None:
    """Draw the page."""
    language = visitor.language
    heading(language.say("app.page.world"), 1)
    paragraph(language.say("app.world_about"))
    by_group = settings.groups(World)
    own = by_group.pop("")
    heading(language.say("app.study"))
    draw(visitor, own)
    heading(language.say("app.rest_of_world"))
    group = st.selectbox(language.say("app.group"), list(by_group), key="world-group")
    draw(visitor, by_group[group])


def draw(visitor: Session, parameters: list[Parameter]) -> None:
    """Draw the widgets of parameters, side by side where there is room."""
    columns = st.columns(3)
    for position, each in enumerate(parameters):
        with columns[position % len(columns)]:
            settings.widget(visitor, "world", each)
