"""What the comparison says so far, drawn anew whenever it has grown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from sim.doors.dashboard.plain import heading as plain_heading
from sim.doors.dashboard.plain import paragraph
from sim.doors.dashboard.session import Session, error_in_words
from sim.experiment.compare import Comparison
from sim.show.charts import Chart, Look

LOOK_AGAIN: Final = 0.1
"""Seconds between the end of one look at what grows and the next."""
WAIT: Final = 0.2
"""Seconds that a look waits for news: nothing is drawn meanwhile, and the processors simulate."""

Drawing = Callable[[Session, Comparison], None]


def answer(visitor: Session, draw: Drawing) -> None:
    """Draw what the latest picture says, and again whenever there is another.

    Only this part of the page is drawn again: a menu that is open stays open meanwhile. The picture
    of what was asked before stays, marked, as long as another is on its way, and no longer.
    """
    growing = _grows(visitor)
    seen: list[Comparison | None] = []

    @st.fragment(run_every=LOOK_AGAIN if growing else None)
    def look() -> None:
        live = visitor.running()
        if seen:
            live.has_news(seen[-1], WAIT)
        grows = _grows(visitor)  # before the picture: what comes in between is seen next time
        seen[:] = [live.latest]
        comparison = visitor.comparison()
        outdated = visitor.is_outdated
        mark = "mark outdated" if outdated else "mark"
        with st.container(key="answer"):
            # always there and first: the mark goes with the first new number, not after the last
            paragraph(visitor.language.say("app.outdated") if outdated else "", mark)
            if comparison is not None and (grows or not outdated):
                draw(visitor, comparison)
        if grows:
            progress(visitor)
        else:
            ended(visitor)
        if growing and not grows:
            st.rerun()  # once more, without looking again

    look()


def _grows(visitor: Session) -> bool:
    live = visitor.running()
    return not (live.is_over or live.is_stopped)


def progress(visitor: Session) -> None:
    """Draw how far the comparison is, and what stops it."""
    live, say = visitor.running(), visitor.language.say
    wanted = live.scenario.world.replicas
    there = len(live.latest.replicas) if live.latest else 0
    share = (there + (wanted - there) * live.done / max(live.total, 1) / 2) / wanted
    told = say("app.progress", replicas=f"{there:,}", wanted=f"{wanted:,}")
    if visitor.is_outdated and visitor.shown is not None:
        told = say("app.outdated")
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="progress"):
        st.progress(min(share, 1.0), told)
        st.button(say("app.cancel"), icon=":material/stop:", key="cancel", on_click=live.stop)


def ended(visitor: Session) -> None:
    """Draw what ended a comparison before it was whole, and what begins it again."""
    live, say = visitor.running(), visitor.language.say
    if live.error is not None:
        st.error(say("app.over_broken"))
        paragraph(error_in_words(live.error, visitor.language))
    elif live.is_stopped:
        there = len(live.latest.replicas) if live.latest else 0
        wanted = live.scenario.world.replicas
        st.warning(say("app.over_stopped", replicas=f"{there:,}", wanted=f"{wanted:,}"))
    if live.error is not None or live.is_stopped:
        st.button(say("app.again"), key="again", on_click=visitor.again)


def look_of_page() -> Look:
    """Return whether the page is light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def draw_chart(visitor: Session, chart: Chart, *, heading: bool = True) -> None:
    """Draw a chart with how to read it and the numbers behind it."""
    if heading:
        plain_heading(chart.title, 3)
    st.plotly_chart(
        chart.figure,
        theme=None,
        key=f"chart-{chart.name}",
        alt=chart.alt,
        config={"displaylogo": False, "modeBarButtonsToRemove": ["lasso2d", "select2d"]},
    )
    if chart.note:
        paragraph(chart.note, "quiet")
    st.download_button(
        visitor.language.say("app.csv"),
        chart.csv,
        file_name=f"{chart.name}.csv",
        mime="text/csv",
        key=f"csv-{chart.name}",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
