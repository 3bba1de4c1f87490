"""Widgets for parameters, made from their declarations: name, unit, bounds, meaning and source.

A widget shows what the draft says and changes it when it is released. What a widget cannot say, a
list of tables, is written as in a file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from typing import Any, Final

import streamlit as st
import tomli_w

from sim.doors.dashboard.session import Session
from sim.parameter import ASSUMPTION, Parameter, parameters
from sim.scenario.schema import Policy, World
from sim.show.language import Language
from sim.show.parameters import meaning_of, name_of, source_of, unit_of

UNLIMITED: Final = "unlimited"
STEPS: Final = 100
"""A step is the width of the bounds through so many, rounded."""
LARGEST_IN_A_BROWSER: Final = 2**53 - 1
"""A browser's numbers are exact up to here; what may be larger is written as text."""


def groups(of: type[World] | type[Policy]) -> dict[str, list[Parameter]]:
    """Return the parameters by group, as ``relief.deferral``; "" for those in none."""
    found: dict[str, list[Parameter]] = {}
    for each in parameters(of):
        if "[]" not in each.key:  # what the tables of a list say is written in the list
            found.setdefault(each.key.rpartition(".")[0], []).append(each)
    return found


def widget(visitor: Session, owner: str, each: Parameter) -> None:
    """Draw the widget of a parameter of the world or of the policy ``owner``."""
    key = f"{owner}.{each.key}"
    value = visitor.draft.setting(key)
    name = f"{visitor.generation}:{key}"
    draw = _drawn(each)
    draw(visitor, key, name, each, value)


Draw = Callable[[Session, str, str, Parameter, Any], None]


def _drawn(each: Parameter) -> Draw:
    if UNLIMITED in each.choices:
        return _staff
    if each.kind == "choice":
        return _choice
    if each.kind == "list":
        return _words if each.choices else _list
    if each.kind == "integer" and (each.high is None or each.high > LARGEST_IN_A_BROWSER):
        return _digits
    return {"true or false": _toggle, "text": _text}.get(each.kind, _number)


def label(each: Parameter, language: Language) -> str:
    """Return what a parameter is called, with its unit, and whether nobody has measured it."""
    called, unit = name_of(each, language), unit_of(each, language)
    mark = language.say("app.assumed") if ASSUMPTION in each.source else ""
    if each.kind not in {"choice", "true or false", "text"} and unit not in called.lower():
        called = language.say("app.in_unit", name=called, unit=unit)
    return f"{called}{mark}"


def help_of(key: str, each: Parameter, language: Language) -> str:
    """Return what a parameter means, between what bounds it lies, and where its default is from."""
    lines = [meaning_of(each, language)]
    if each.low is not None and each.high is not None:
        low, high = f"{each.low:,}", f"{each.high:,}"
        lines.append(language.say("app.bounds", low=low, high=high))
    lines.append(language.say("app.source", source=source_of(each, language)))
    lines.append(f"`{key}`")
    return "\n\n".join(lines)


def _common(
    visitor: Session,
    key: str,
    name: str,
    each: Parameter,
    released: Callable[[Session, str, str], None] | None = None,
) -> dict[str, Any]:
    """Return what the widgets of all kinds are given; ``released`` reads the widget."""
    return {
        "label": label(each, visitor.language),
        "key": name,
        "help": help_of(key, each, visitor.language),
        "on_change": released or _released,
        "args": (visitor, key, name),
    }


def _released(visitor: Session, key: str, name: str) -> None:
    visitor.put(key, st.session_state[name])


def _number(visitor: Session, key: str, name: str, each: Parameter, value: Any) -> None:
    whole = each.kind == "integer"
    as_number: Callable[[float], float] = int if whole else float
    st.number_input(
        min_value=None if each.low is None else as_number(each.low),
        max_value=None if each.high is None else as_number(each.high),
        value=as_number(value),
        step=1 if whole else _step(each),
        format=None if whole else "%.6g",
        **_common(visitor, key, name, each),
    )


def _step(each: Parameter) -> float:
    if each.low is None or each.high is None:
        return 0.1
    width = (each.high - each.low) / STEPS
    return float(f"{width:.0e}")


def _toggle(visitor: Session, key: str, name: str, each: Parameter, value: Any) -> None:
    st.toggle(value=value, **_common(visitor, key, name, each))


def _choice(visitor: Session, key: str, name: str, each: Parameter, value: Any) -> None:
    st.selectbox(
        options=each.choices, index=each.choices.index(value), **_common(visitor, key, name, each)
    )


def _words(visitor: Session, key: str, name: str, each: Parameter, value: Any) -> None:
    st.multiselect(options=each.choices, default=list(value), **_common(visitor, key, name, each))


def _text(visitor: Session, key: str, name: str, each: Parameter, value: Any) -> None:
    st.text_input(value=value, max_chars=200, **_common(visitor, key, name, each))


def _digits(visitor: Session, key: str, name: str, each: Parameter, value: Any) -> None:
    st.text_input(
        value=str(value), max_chars=19, **_common(visitor, key, name, each, _digits_released)
    )


def _digits_released(visitor: Session, key: str, name: str) -> None:
    written = st.session_state[name].strip()
    value = int(written) if written.isascii() and written.isdigit() else written
    visitor.put(key, value)


def _staff(visitor: Session, key: str, name: str, each: Parameter, value: Any) -> None:
    """Draw how many there are; an empty field stands for as many as it takes."""
    st.number_input(
        min_value=0,
        value=None if value == UNLIMITED else value,
        step=1,
        placeholder=visitor.language.say("app.unlimited"),
        **_common(visitor, key, name, each, _staff_released),
    )


def _staff_released(visitor: Session, key: str, name: str) -> None:
    number = st.session_state[name]
    value = UNLIMITED if number is None else number
    visitor.put(key, value)


def _list(visitor: Session, key: str, name: str, each: Parameter, value: Any) -> None:
    st.text_area(
        value=_in_toml(value), max_chars=20_000, **_common(visitor, key, name, each, _list_released)
    )


def _list_released(visitor: Session, key: str, name: str) -> None:
    written = st.session_state[name]
    try:
        value = tomllib.loads(f"value = {written}")["value"]
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        visitor.problem = visitor.language.say("app.no_list", key=key, reason=str(error))
        return
    visitor.put(key, value)


def _in_toml(value: Any) -> str:
    """Return a list as a file says it, on one line where it holds no tables."""
    plain = [
        each.model_dump(mode="json") if hasattr(each, "model_dump") else each for each in value
    ]
    tables = any(isinstance(each, dict) for each in plain)
    if tables:
        rows = (
            "{ " + ", ".join(tomli_w.dumps({k: v}).strip() for k, v in row.items()) + " }"
            for row in plain
        )
        return "[\n" + "".join(f"  {row},\n" for row in rows) + "]"
    return (
        "["
        + ", ".join(tomli_w.dumps({"v": each}).removeprefix("v = ").strip() for each in plain)
        + "]"
    )
