"""What the comparison says so far, and again whenever it has grown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st

from sim.doors.dashboard.plain import heading as plain_heading
from sim.doors.dashboard.plain import paragraph
from sim.doors.dashboard.session import Session, error_in_words
from sim.experiment.compare import Comparison
from sim.experiment.live import Live
from sim.show.charts import Chart, Look

WAIT: Final = 0.2
"""Seconds between two looks at how far it is; so soon a visitor's next move is noticed."""

Drawing = Callable[[Session, Comparison], None]


@dataclass(frozen=True)
class Seen:
    """What a visitor sees of a comparison: a ``picture``, and whether it ``is_last``."""

    live: Live
    picture: Comparison | None
    is_last: bool


def answer(visitor: Session, draw: Drawing) -> Seen:
    """Draw what the latest picture says; ``follow`` at the end of the page waits for another.

    The picture of what was asked before stays, marked, as long as another is on its way, and no
    longer.
    """
    live = visitor.running()
    is_last = live.is_over or live.is_stopped  # before the picture: what comes since is seen next
    seen = Seen(live, live.latest, is_last)
    comparison = visitor.comparison()
    outdated = visitor.is_outdated and comparison is not None
    mark = "mark outdated" if outdated else "mark"
    with st.container(key="answer"):
        # always there and first: the mark goes with the first new number, not after the last
        paragraph(visitor.language.say("app.outdated") if outdated else "", mark)
        if comparison is not None and not (outdated and is_last):
            draw(visitor, comparison)
        elif not is_last:
            paragraph(visitor.language.say("app.first_numbers"), "quiet")
    end = st.empty()
    if is_last:
        with end.container():
            ended(visitor)
    return seen


def follow(visitor: Session, seen: Seen) -> None:
    """Stay at the end of a page until there is another picture, then have the page drawn again.

    No timer in the browser asks for it: one that strikes as a run of the page ends has Streamlit
    drop what that run drew and had not sent yet, and a page stays half drawn.
    """
    if seen.is_last:
        return
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="progress"):
        bar = st.progress(*progress(visitor, seen.live))
        cancel = visitor.language.say("app.cancel")
        st.button(cancel, icon=":material/stop:", key="cancel", on_click=seen.live.stop)
    if not visitor.stays:
        return
    while not seen.live.has_news(seen.picture, WAIT):
        bar.progress(*progress(visitor, seen.live))  # a visitor's next move ends this run here
    st.rerun()


def progress(visitor: Session, live: Live) -> tuple[float, str]:
    """Return how far a comparison is, from 0 to 1, and in words."""
    say, wanted = visitor.language.say, live.scenario.world.replicas
    there = len(live.latest.replicas) if live.latest else 0
    share = (there + (wanted - there) * live.done / max(live.total, 1) / 2) / wanted
    if live.latest is None and visitor.shown is not None:
        return min(share, 1.0), say("app.outdated")
    return min(share, 1.0), say("app.progress", replicas=f"{there:,}", wanted=f"{wanted:,}")


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
