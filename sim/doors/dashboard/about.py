"""About: what the model is, what it cannot tell, and where each of its numbers is from."""

from __future__ import annotations

import csv
import io

import streamlit as st

from sim import __version__
from sim.doors.dashboard.answer import answer, follow
from sim.doors.dashboard.plain import heading, paragraph, table
from sim.doors.dashboard.session import Session
from sim.experiment.compare import Comparison
from sim.experiment.record import cell
from sim.show.assumptions import HEAD, Number, numbers
from sim.show.limits import limits, model


def page(visitor: Session) -> None:
    """Draw the page."""
    language, say = visitor.language, visitor.language.say
    heading(say("app.page.about"), 1)
    seen = answer(visitor, versions)
    heading(say("app.model"))
    for line in model(language):
        paragraph(f"· {line}")
    heading(say("app.limits"))
    for line in limits(language):
        paragraph(f"· {line}")
    heading(say("app.assumptions"))
    assumptions(visitor)
    follow(visitor, seen)


def versions(visitor: Session, comparison: Comparison) -> None:
    """Draw what makes the numbers on the screen the same elsewhere."""
    seed = comparison.scenario.world.seed
    said = visitor.language.say(
        "app.versions", version=__version__, seed=seed, digest=comparison.digest
    )
    paragraph(said, "quiet")


def assumptions(visitor: Session) -> None:
    """Draw every number of the draft, with what finds one."""
    say = visitor.language.say
    everything = numbers(visitor.draft.scenario, visitor.language)
    paragraph(
        say(
            "app.assumptions_about",
            all=f"{len(everything):,}",
            assumed=f"{sum(each.is_assumed for each in everything):,}",
            changed=f"{sum(each.is_changed for each in everything):,}",
        )
    )
    words, assumed, changed = st.columns([2, 1, 1], vertical_alignment="bottom")
    with words:
        wanted = st.text_input(say("app.search"), key="search").casefold()
    with assumed:
        only_assumed = st.toggle(say("app.only_assumed"), key="only-assumed")
    with changed:
        only_changed = st.toggle(say("app.only_changed"), key="only-changed")
    shown = [
        each
        for each in everything
        if (each.is_assumed or not only_assumed)
        and (each.is_changed or not only_changed)
        and wanted in " ".join(each.cells).casefold()
    ]
    head = tuple(say(f"app.head.{each}") for each in HEAD)
    st.download_button(
        say("app.csv"),
        _csv(head, everything),
        file_name="assumptions.csv",
        mime="text/csv",
        key="csv-assumptions",
        icon=":material/download:",
        type="tertiary",
        on_click="ignore",
    )
    table(head, [each.cells for each in shown])


def _csv(head: tuple[str, ...], everything: tuple[Number, ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([cell(each) for each in row] for row in (head, *(n.cells for n in everything)))
    return text.getvalue()
