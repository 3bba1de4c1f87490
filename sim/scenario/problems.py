"""Problems: what is wrong with a file, in words that name file, key, value and rule."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from sim.parameter import ForbearError

Location = tuple[str | int, ...]
ABSENT: Final = object()
LONGEST_VALUE: Final = 60


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the file, the key, its value, and the rule it breaks."""

    file: str
    rule: str
    key: str = ""
    value: object = ABSENT

    def __str__(self) -> str:
        """Return the problem as one line."""
        shown = "" if self.value is ABSENT else f" = {in_toml(self.value)}"
        where = (_printable(self.file), self.key + shown, self.rule)
        return ": ".join(part for part in where if part)


class ScenarioError(ForbearError):
    """A scenario file cannot be used; ``problems`` holds everything that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Hold the problems, one line each in the message."""
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def in_toml(value: object) -> str:
    """Return a value as its author wrote it, about; on one line and not too long."""
    if isinstance(value, Mapping):
        return "a table"
    try:
        text = json.dumps(value, ensure_ascii=False, default=str)
    except ValueError:  # a number of thousands of digits
        return "a number too long to show"
    return _shortened(_printable(text))


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else "�" for character in text)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def dotted(location: Location) -> str:
    """Return a key as it is written: ``case[2].illness.month``, numbered from 1."""
    key = ""
    for part in location:
        if isinstance(part, int):
            key += f"[{part + 1}]"
        else:
            key += f".{_quoted(part)}" if key else _quoted(part)
    return key


def _quoted(part: str) -> str:
    bare = part.isascii() and part.replace("_", "").replace("-", "").isalnum()
    return _shortened(part) if bare else in_toml(part)


def problem_of(error: ErrorDetails, model: type[BaseModel], file: str) -> Problem:
    """Return a validation error in words."""
    location, kind, context = error["loc"], error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return Problem(file, unknown_key(str(location[-1]), model, location[:-1]), dotted(location))
    if kind == "missing":
        return Problem(file, "must be given", dotted(location))
    if kind == "string_pattern_mismatch":  # the only keys that are free, the last part is "[key]"
        rule = "a policy's name is a small letter and up to 39 more small letters, digits or _"
        return Problem(file, rule, dotted(location[:-1]))
    rule, value = RULES[kind](context) if kind in RULES else error["msg"], error["input"]
    if kind == "literal_error" and isinstance(value, str):
        rule += nearest(value, re.findall("'(.*?)'", context["expected"]))
    if kind == "value_error" and isinstance(value, Mapping):
        return Problem(file, rule, dotted(location))  # the rule names the keys that disagree
    return Problem(file, rule, dotted(location), value)


def _plain(bound: float) -> str:
    """Return a bound without a needless fraction."""
    return str(int(bound) if bound == int(bound) else bound)


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


RULES: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "int_type": lambda _: "must be a whole number",
    "int_from_float": lambda _: "must be a whole number",
    "float_type": lambda _: "must be a number",
    "finite_number": lambda _: "must be a finite number",
    "bool_type": lambda _: "must be true or false",
    "string_type": lambda _: "must be text in quotes",
    "tuple_type": lambda _: "must be a list",
    "dict_type": lambda _: "must be a table",
    "model_type": lambda _: "must be a table",
    "model_attributes_type": lambda _: "must be a table",
    "greater_than_equal": lambda context: f"must be at least {_plain(context['ge'])}",
    "less_than_equal": lambda context: f"must be at most {_plain(context['le'])}",
    "literal_error": lambda context: f"must be {context['expected']}".replace("'", '"'),
    "too_short": lambda context: f"must have at least {_entries(context['min_length'])}",
    "too_long": lambda context: f"must have at most {context['max_length']} entries",
    "string_too_long": lambda context: f"must have at most {context['max_length']} characters",
    "multiple_of": lambda context: f"must be a multiple of {context['multiple_of']}",
    "value_error": lambda context: str(context["error"]),
}


def unknown_key(name: str, model: type[BaseModel], location: Location) -> str:
    """Return the rule broken by a key that does not exist at ``location`` of a model."""
    names = names_at(model, location)
    near = nearest(name, names)
    return "unknown key" + (near or f"; there are: {', '.join(names)}")


def nearest(name: str, names: Iterable[str]) -> str:
    """Return a question after the nearest valid name, or nothing."""
    near = get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f'; did you mean "{near[0]}"?' if near else ""


def names_at(model: type[BaseModel], location: Location) -> list[str]:
    """Return the keys that a model has at a location."""
    here: Any = model
    for part in location:
        if isinstance(here, type) and issubclass(here, BaseModel):
            here = _inner(here.model_fields[str(part)].annotation)
        else:  # inside a list, or below the name of a policy
            here = _inner(get_args(here)[-1 if isinstance(part, str) else 0])
    return list(here.model_fields)


def _inner(annotation: Any) -> Any:
    """Return an annotation without ``None``."""
    if get_origin(annotation) in (Union, UnionType):
        (annotation,) = (part for part in get_args(annotation) if part is not type(None))
    return annotation
