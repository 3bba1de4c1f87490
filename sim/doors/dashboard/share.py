"""What takes the screen along: a link, the scenario file, the command for the same numbers."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from sim.doors.dashboard.plain import paragraph
from sim.doors.dashboard.session import Session, shipped
from sim.experiment.story import Person
from sim.show.report import report

SIZES = ("borrowers", "replicas", "months", "seed")


def share(visitor: Session) -> None:
    """Draw the link, the file up and down, and the command."""
    language = visitor.language
    with st.expander(language.say("app.share"), icon=":material/share:"):
        said = visitor.link()
        if said is None:
            paragraph(language.say("app.link_too_long"))
        else:
            paragraph(language.say("app.link"))
            st.code(_address(said), language=None, wrap_lines=True)
        paragraph(language.say("app.command"))
        st.code(command(visitor), language=None, wrap_lines=True)
        report_of(visitor)
        down, up = st.columns(2)
        with down:
            st.download_button(
                language.say("app.download"),
                visitor.draft.toml(),
                file_name=file_name(visitor),
                mime="application/toml",
                key="download",
                icon=":material/download:",
                on_click="ignore",
            )
        with up:
            name = f"{visitor.generation}:upload"
            st.file_uploader(
                language.say("app.upload"),
                type="toml",
                key=name,
                max_upload_size=1,
                help=language.say("app.upload_about"),
                on_change=_brought,
                args=(visitor, name),
            )


def report_of(visitor: Session) -> None:
    """Draw what takes the report along, once every replica is in."""
    live = visitor.running()
    comparison = live.latest
    ready = comparison is not None and live.is_whole
    said = shlex.split(command(visitor))
    st.download_button(
        visitor.language.say("app.report"),
        (lambda: report(comparison, said, first=visitor.code)) if comparison and ready else "",
        file_name=f"{file_name(visitor).removesuffix('.toml')}.html",
        mime="text/html",
        key="report",
        icon=":material/description:",
        help=visitor.language.say("app.report_about"),
        disabled=not ready,
        on_click="ignore",
    )


def story_command(visitor: Session, person: Person, policies: Sequence[str]) -> str:
    """Return the command line that tells a person's story."""
    named = (
        ["--case", person.case]
        if person.case is not None
        else ["--borrower", str(person.number), "--replica", str(person.replica)]
    )
    under = [part for policy in dict.fromkeys(policies) for part in ("--policy", policy)]
    lang = [] if visitor.code == "en" else ["--lang", visitor.code]
    is_shipped = visitor.origin is not None and visitor.origin.table == visitor.draft.table
    file = f"shipped:{visitor.question}" if is_shipped else file_name(visitor)
    return shlex.join(["forbear", "story", file, *named, *under, *lang])


def _brought(visitor: Session, name: str) -> None:
    file = st.session_state[name]
    if file is not None:
        visitor.bring(file.getvalue(), file.name)


def _address(said: dict[str, str]) -> str:
    page = urlsplit(st.context.url or "")
    return urlunsplit((page.scheme, page.netloc, "", urlencode(said), ""))


def file_name(visitor: Session) -> str:
    """Return what the scenario file is called when it is taken along."""
    return visitor.draft.name


def command(visitor: Session) -> str:
    """Return the command line that gives the numbers on the screen."""
    lang = [] if visitor.code == "en" else ["--lang", visitor.code]
    world = visitor.draft.scenario.world
    if visitor.question is not None:
        origin = shipped(visitor.question)
        sizes = [
            each for each in SIZES if getattr(world, each) != getattr(origin.scenario.world, each)
        ]
        resized = origin
        for each in sizes:
            resized = resized.put(f"world.{each}", getattr(world, each))
        if resized.scenario == visitor.draft.scenario:
            asked = [part for each in sizes for part in (f"--{each}", str(getattr(world, each)))]
            return shlex.join(["forbear", "run", f"shipped:{visitor.question}", *asked, *lang])
    return shlex.join(["forbear", "run", file_name(visitor), *lang])
