"""Stories: one borrower under two policies, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from weakref import finalize

import streamlit as st

from sim.doors.dashboard.answer import WAIT, draw_chart, look_of_page
from sim.doors.dashboard.plain import heading, paragraph, table
from sim.doors.dashboard.session import Session, error_in_words, office
from sim.doors.dashboard.share import story_command
from sim.experiment.live import AbandonedError, is_done, tell
from sim.experiment.search import Fortune
from sim.experiment.story import Person
from sim.scenario.schema import Scenario
from sim.show.charts import life
from sim.show.story import differences, ending_rows, opening, who
from sim.show.story_lines import lines

Who = Literal["case", "saved", "harmed", "borrower"]
WHO: Final[tuple[Who, ...]] = ("case", "saved", "harmed", "borrower")
ASKED: Final = "forbear-story"


@dataclass(frozen=True)
class Asked:
    """What a visitor wants to be told."""

    scenario: Scenario
    policies: tuple[str, str]
    who: Who
    case: str | None = None
    number: int = 0
    replica: int = 0


def page(visitor: Session) -> None:
    """Draw the page."""
    language = visitor.language
    heading(language.say("app.page.stories"), 1)
    paragraph(language.say("app.stories_about"))
    asked = choose(visitor)
    telling = request(asked)
    place = st.empty()  # or the story before would stay until this one is told
    if not telling.future.done():
        place.progress(0.5, language.say("app.telling"))
        if not visitor.stays:
            return
        while not is_done(telling.future, WAIT):
            place.progress(0.5, language.say("app.telling"))  # a visitor's next move ends it here
    with place.container():
        draw(visitor, asked, telling)


def choose(visitor: Session) -> Asked:
    """Draw the choice of a person and two policies; return it."""
    say, scenario = visitor.language.say, visitor.draft.scenario
    names = list(scenario.policies)

    def label(name: str) -> str:
        return visitor.language.text(scenario.policies[name].label)

    whom, first, second = st.columns(3)
    possible = [each for each in WHO if each != "case" or scenario.cases]
    with whom:
        kind = st.selectbox(
            say("app.who"), possible, format_func=lambda each: say(f"app.who.{each}"), key="who"
        )
    with first:
        one = st.selectbox(
            say("app.under_first"), names, format_func=label, key=f"{visitor.generation}:first"
        )
    with second:
        other = st.selectbox(
            say("app.under_second"),
            names,
            index=min(1, len(names) - 1),
            format_func=label,
            key=f"{visitor.generation}:second",
        )
    if kind == "case":
        labels = {case.name: case.label for case in scenario.cases}
        case = st.selectbox(
            say("app.case"),
            list(labels),
            format_func=lambda name: _case(labels[name], name, visitor),
            key=f"{visitor.generation}:case",
        )
        return Asked(scenario, (one, other), kind, case=case)
    world = scenario.world
    which, where = st.columns(2)
    by_number = kind == "borrower"
    with which:
        number = st.number_input(
            say("app.number") if by_number else say("app.which"),
            min_value=0 if by_number else 1,
            max_value=world.borrowers - 1 if by_number else None,
            step=1,
            key=f"number-{kind}",
        )
    with where:
        replica = st.number_input(
            say("app.replica"), min_value=0, max_value=world.replicas - 1, step=1, key="replica"
        )
    return Asked(scenario, (one, other), kind, number=int(number), replica=int(replica))


def _case(label: object, name: str, visitor: Session) -> str:
    return name if label is None else visitor.language.text(label)  # type: ignore[arg-type]


class Telling:
    """A story on its way; whoever asks for another, or is gone, gives it up."""

    def __init__(self, asked: Asked) -> None:
        """Have a worker tell it."""
        self.asked = asked
        permit = office().permit()
        self.give_up = finalize(self, permit.unlink, missing_ok=True)
        """Has the worker stop at the end of the month that it simulates."""
        self.future = office().submit(tell, permit, asked.scenario, asked.policies, _wanted(asked))
        self.future.add_done_callback(lambda _: permit.unlink(missing_ok=True))


def _wanted(asked: Asked) -> Person | tuple[Fortune, int, int]:
    if asked.who == "saved" or asked.who == "harmed":
        return asked.who, asked.number, asked.replica
    return Person(asked.case, asked.number, asked.replica)


def request(asked: Asked) -> Telling:
    """Return the story that the visitor asked for, begun now if it has not been."""
    telling: Telling | None = st.session_state.get(ASKED)
    if telling is None or telling.asked != asked:
        if telling is not None:
            telling.give_up()
        telling = Telling(asked)
        st.session_state[ASKED] = telling
    return telling


def forget() -> None:
    """Have the story told anew."""
    del st.session_state[ASKED]


def draw(visitor: Session, asked: Asked, telling: Telling) -> None:
    """Draw the story: who it is, where the lives part, how they went, how they ended."""
    language, scenario = visitor.language, asked.scenario
    try:
        found, person, told = telling.future.result()
    except AbandonedError:
        return
    except Exception as error:  # told to the visitor: there is nobody above
        st.error(language.say("app.over_broken"))
        paragraph(error_in_words(error, language))
        st.button(language.say("app.again"), key="tell-again", on_click=forget)
        return
    names = [language.text(scenario.policies[policy].label) for policy in asked.policies]
    if found is not None:
        kind: Fortune = "saved" if asked.who == "saved" else "harmed"
        paragraph(
            language.say(
                f"search.{kind}",
                count=f"{len(found.of(kind)):,}",
                policy=names[1],
                replica=asked.replica,
            ),
            "quiet",
        )
    if person is None:
        paragraph(language.say("app.nobody"))
        return
    heading(who(scenario, person, language))
    for line in opening(told[0].opening, language):
        paragraph(line)
    for line in differences(names, told, language):
        paragraph(line, "verdict")
    shown, ends = st.columns([3, 2], gap="medium")
    with shown:
        draw_chart(visitor, life(told, names, language, look_of_page()))
    with ends:
        heading(language.say("app.ending"), 3)
        rows = ending_rows([story.ending for story in told], language)
        table(("", *names), [(name, *cells) for name, cells in rows])
    heading(language.say("app.days"), 3)
    for column, name, story in zip(st.columns(len(told)), names, told, strict=True):
        with column:
            heading(name, 4)
            for each in lines(story.events, language):
                st.text(f"{each.when}: {each.text}")
    paragraph(language.say("app.story_command"))
    st.code(story_command(visitor, person, asked.policies), language=None, wrap_lines=True)
