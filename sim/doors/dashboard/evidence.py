"""Evidence: what was published, what the model gives, and why one might doubt the comparison."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Final

import streamlit as st

from sim.doors.dashboard.answer import draw_chart, look_of_page
from sim.doors.dashboard.plain import paragraph
from sim.doors.dashboard.session import Session
from sim.experiment.evidence import Trial, kept
from sim.show.charts import findings
from sim.show.evidence_page import overview, section
from sim.show.evidence_page import page as whole_page

LINK_TO_FILE: Final = re.compile(r"\[([^\]]*)\]\(\.\./[^)]*\)")
"""A link that leads somewhere in a checkout, and nowhere from here."""


@st.cache_data(show_spinner=False)
def measured() -> tuple[Trial, ...]:
    """Return the evidence that comes along, measured."""
    return kept()


def page(visitor: Session) -> None:
    """Draw the page; all of its texts come along with the program, none from a visitor."""
    language, trials = visitor.language, measured()
    introduction, _, _ = whole_page(trials, language).partition("\n\n|")
    st.markdown(introduction)
    st.markdown(overview(trials, language))
    paragraph(language.say("app.evidence_command"))
    st.code("forbear evidence", language=None)
    draw_chart(visitor, findings(trials, language, look_of_page()))
    for trial in trials:
        st.markdown(LINK_TO_FILE.sub(r"\1", "\n\n".join(section(trial, language))))
        st.code(shlex.join(["forbear", "evidence", Path(trial.file).stem]), language=None)
