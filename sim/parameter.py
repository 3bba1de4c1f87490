"""Parameters are documents: meaning, unit, bounds, default, source, and a label in both languages.

One declaration is the key in a file, its validation, its entry in ``forbear describe``, its JSON
Schema and, in a browser, its widget.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel, ConfigDict, Field
from pydantic.fields import FieldInfo

ASSUMPTION: Final = "assumption"
"""The source of what nobody has measured."""


class ForbearError(Exception):
    """The root of what can go wrong for a person: its text is the whole message.

    ``ScenarioError`` (a file), ``RecordError`` (a run record), ``WorkerError`` and ``ClusterError``
    derive from it.
    """


class Group(BaseModel):
    """A frozen group of parameters; unknown keys and loose types are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


def parameter(
    default: Any,
    meaning: str,
    *,
    unit: str,
    source: str,
    en: str,
    zh: str,
    low: float | None = None,
    high: float | None = None,
    plausible: tuple[float, float] | None = None,
) -> Any:
    """Return the declaration of a parameter, with bounds where they are given.

    Beyond the bounds a value is refused; outside what is ``plausible`` a careful reviewer would ask
    where it comes from. The default ``...`` asks for it to be given.
    """
    about: dict[str, Any] = {"unit": unit, "source": source, "label": {"en": en, "zh": zh}}
    if plausible is not None:
        about["plausible"] = list(plausible)
    return Field(default=default, ge=low, le=high, description=meaning, json_schema_extra=about)


def increasing(days: tuple[int, ...]) -> tuple[int, ...]:
    """Return the days; ValueError unless each is later than the one before."""
    if any(later <= earlier for earlier, later in pairwise(days)):
        raise ValueError("must increase from one entry to the next")
    return days


@dataclass(frozen=True)
class Parameter:
    """What is known about one parameter."""

    key: str
    kind: str
    default: Any
    """``None``: it must be given."""
    low: float | None
    high: float | None
    unit: str
    meaning: str
    source: str
    label_en: str
    label_zh: str
    choices: tuple[str, ...] = ()
    """The words it can be, or that its entries can be; numbers may do too (``bounds``)."""
    plausible: tuple[float, float] | None = None
    """What a careful reviewer would believe; narrower than the bounds."""


def parameters(group: type[BaseModel], prefix: str = "") -> Iterator[Parameter]:
    """Yield every parameter of a group and the groups in it, by dotted key; labels are none.

    What a group adds to the one it extends comes first; what a table of a list can say is found
    under ``list[].``.
    """
    common = {name for base in group.__bases__ for name in getattr(base, "model_fields", ())}
    for name in sorted(group.model_fields, key=common.__contains__):
        field = group.model_fields[name]
        inner = field.annotation
        if not (isinstance(inner, type) and issubclass(inner, BaseModel)):
            yield _document(f"{prefix}{name}", field)
            for entry in get_args(inner):
                if isinstance(entry, type) and issubclass(entry, Group):  # a list of tables
                    yield from parameters(entry, f"{prefix}{name}[].")
        elif issubclass(inner, Group):
            yield from parameters(inner, f"{prefix}{name}.")


def _document(key: str, field: FieldInfo) -> Parameter:
    about = field.json_schema_extra
    assert isinstance(about, dict), f"{key} is not declared as a parameter"
    label = about["label"]
    assert isinstance(label, dict)
    plausible: Any = about.get("plausible")
    bounds = {type(bound): bound for bound in field.metadata}
    low, high = bounds.get(Ge), bounds.get(Le)
    return Parameter(
        key=key,
        kind=_kind(field.annotation),
        default=None if field.is_required() else field.default,
        low=None if low is None else low.ge,
        high=None if high is None else high.le,
        unit=str(about["unit"]),
        meaning=field.description or "",
        source=str(about["source"]),
        label_en=str(label["en"]),
        label_zh=str(label["zh"]),
        choices=tuple(_words(field.annotation)),
        plausible=None if plausible is None else (plausible[0], plausible[1]),
    )


def _words(annotation: Any) -> Iterator[str]:
    """Yield the words that an annotation allows, at any depth."""
    for part in get_args(annotation):
        if get_origin(annotation) is Literal:
            yield part
        else:
            yield from _words(part)


def _kind(annotation: Any) -> str:
    if isinstance(annotation, type) and not get_args(annotation):
        return {int: "integer", float: "number", bool: "true or false"}.get(annotation, "text")
    return "list" if "tuple" in str(annotation) else "choice"
