"""The policies as cards: name, three levers, and what can be done with a policy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import streamlit as st

from sim.doors.dashboard import settings
from sim.doors.dashboard.plain import as_label, heading, paragraph
from sim.doors.dashboard.session import Session
from sim.parameter import Parameter, parameters
from sim.scenario.draft import LONGEST_LABEL, MOST_POLICIES, Draft
from sim.scenario.schema import Policy
from sim.scenario.words import BASELINE

LEVERS: Final = {
    "relief.deferral.months": 1.0,
    "relief.penalty_waiver.share": 0.05,
    "collections.intensity": 0.25,
}
"""The levers people ask about first, and the step of each."""


def cards(visitor: Session) -> None:
    """Draw a card for each policy, and what adds one."""
    for policy in visitor.draft.scenario.policies:
        with st.container(border=True, key=f"card-{policy}", gap="xsmall"):
            card(visitor, policy)
    for _ in range(MOST_POLICIES - len(visitor.draft.policies)):
        st.empty()  # or a policy that is removed would stay until the page is whole
    with st.container(horizontal=True):
        full = len(visitor.draft.policies) >= MOST_POLICIES
        say = visitor.language.say
        st.button(
            say("app.add"),
            icon=":material/add:",
            key="add",
            disabled=full,
            on_click=_add,
            args=(visitor,),
        )
        st.button(
            say("app.undo"),
            icon=":material/undo:",
            key="undo",
            disabled=not visitor.before,
            on_click=visitor.undo,
        )


def card(visitor: Session, policy: str) -> None:
    """Draw one policy: its name, its levers, and what can be done with it."""
    called, *levers, menu = st.columns([5, 4, 4, 4, 1.6], gap="small", vertical_alignment="center")
    with called:
        if policy == BASELINE:
            paragraph(visitor.language.say("app.baseline"), "quiet")
        heading(visitor.language.text(visitor.draft.scenario.policies[policy].label), 2)
    by_key = {each.key: each for each in parameters(Policy)}
    for column, (key, step) in zip(levers, LEVERS.items(), strict=True):
        with column:
            lever(visitor, policy, by_key[key], step)
    with menu:
        _menu(visitor, policy)


def lever(visitor: Session, policy: str, each: Parameter, step: float) -> None:
    """Draw a slider; what lies beyond its step, a file or the settings below can say."""
    assert each.low is not None and each.high is not None, "a lever has bounds"
    key = f"{policy}.{each.key}"
    name = f"{visitor.generation}:{key}:lever"
    say = visitor.language.say
    whose = as_label(visitor.language.text(visitor.draft.scenario.policies[policy].label))
    value = visitor.draft.setting(key)
    of_hundred = each.key == "relief.penalty_waiver.share"
    whole = each.kind == "integer"
    shown = round(100 * value) if of_hundred else value
    high = 100 if of_hundred else each.high
    number: type = int if whole or of_hundred else float
    st.slider(
        f"{say(f'app.lever.{each.key}')} *{whose}*",  # who sees the card need not read whose it is
        min_value=number(each.low),
        max_value=number(high),
        value=number(shown),
        step=number(100 * step if of_hundred else step),
        format="%d%%" if of_hundred else ("%d" if whole else "%.2f×"),
        key=name,
        help=settings.help_of(key, each, visitor.language),
        on_change=_moved,
        args=(visitor, key, name, of_hundred),
    )


def _moved(visitor: Session, key: str, name: str, of_hundred: bool) -> None:
    value = st.session_state[name]
    visitor.put(key, value / 100 if of_hundred else value)


def _rename(visitor: Session, policy: str, name: str) -> None:
    label = st.session_state[name].strip()
    if label and policy in visitor.draft.policies:
        visitor.change(visitor.draft.called(policy, label), redraw=False)


def _add(visitor: Session) -> None:
    visitor.change(visitor.draft.added("New policy", "新政策"))


def _menu(visitor: Session, policy: str) -> None:
    """Draw what can be done with a policy."""
    draft, say = visitor.draft, visitor.language.say
    at, last = draft.policies.index(policy), len(draft.policies) - 1
    label = draft.scenario.policies[policy].label
    possible = {
        "copy": last + 1 < MOST_POLICIES,
        "up": at > 1,
        "down": 0 < at < last,
        "baseline": at > 0,
        "remove": at > 0,
    }
    with st.popover(
        f"*{say('app.menu')}: {as_label(visitor.language.text(label))}*",
        icon=":material/more_horiz:",
        help=say("app.menu"),
        type="tertiary",
        key=f"menu-{visitor.generation}-{policy}",
    ):
        name = f"{visitor.generation}:{policy}.label"
        st.text_input(
            say("app.name"),
            value=visitor.language.text(label),
            max_chars=LONGEST_LABEL,
            key=name,
            on_change=_rename,
            args=(visitor, policy, name),
        )
        for act, is_possible in possible.items():
            if is_possible:
                st.button(
                    say(f"app.menu.{act}"),
                    key=f"{act}-{policy}",
                    type="tertiary",
                    on_click=_act,
                    args=(visitor, act, policy),
                )


def _copied(draft: Draft, policy: str) -> Draft:
    label = draft.scenario.policies[policy].label
    return draft.copied(policy, _copy_of(label.en, " (copy)"), _copy_of(label.zh, "（副本）"))


def _copy_of(label: str, mark: str) -> str:
    return label[: LONGEST_LABEL - len(mark)] + mark


ACTS: Final[dict[str, Callable[[Draft, str], Draft]]] = {
    "copy": _copied,
    "up": lambda draft, policy: draft.moved(policy, -1),
    "down": lambda draft, policy: draft.moved(policy, 1),
    "baseline": Draft.with_baseline,
    "remove": Draft.without,
}


def _act(visitor: Session, act: str, policy: str) -> None:
    """Do it to the draft as it is now: a lever may have moved since the menu was drawn."""
    if policy in visitor.draft.policies:
        visitor.change(ACTS[act](visitor.draft, policy))
