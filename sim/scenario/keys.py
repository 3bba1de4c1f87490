"""Keys: what a file can say besides the parameters of its world and of its policies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from sim.parameter import Group
from sim.scenario.load import ScenarioFile
from sim.scenario.schema import Policy, World

Kind = Literal[
    "integer",
    "number",
    "true or false",
    "text",
    "text or whole number",
    "choice",
    "label",
    "table",
    "tables",
]

PLAIN: Final[dict[Any, Kind]] = {
    int: "integer",
    float: "number",
    bool: "true or false",
    str: "text",
}


@dataclass(frozen=True)
class Key:
    """What is known about one key; ``label`` is a text in both languages."""

    key: str
    kind: Kind
    meaning: str
    required: bool
    default: Any
    """``None``: it must be given, or nothing is said where it is left out."""
    low: float | None
    high: float | None
    choices: tuple[str, ...]


def file_keys() -> Iterator[Key]:
    """Yield every key by its dotted name, a table before what it holds.

    What a table of a list can say is found under ``list[].``; what world and policies can say are
    parameters.
    """
    yield from keys_of(ScenarioFile)


def keys_of(group: type[BaseModel], prefix: str = "") -> Iterator[Key]:
    """Yield the keys of a group and of the groups in it."""
    for name, field in group.model_fields.items():
        inner, many = _entry(field.annotation)
        yield _document(prefix + name, field, inner, many)
        if inner is Policy and many:  # the parameters of a policy begin with "policy." as well
            label = Policy.model_fields["label"]
            yield _document(f"{prefix}{name}.label", label, label.annotation, many=False)
        elif _is_table(inner) and inner not in (World, Policy):
            yield from keys_of(inner, f"{prefix}{name}{'[]' if many else ''}.")


def _entry(annotation: Any) -> tuple[Any, bool]:
    """Return what a key holds, and whether it holds many of it."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _entry(inner[0])
    if origin in (Union, UnionType):
        given = [part for part in inner if part is not NoneType]
        return _entry(given[0]) if len(given) == 1 else (annotation, False)
    if origin in (tuple, dict):
        return (inner[1] if origin is dict else inner[0]), True
    return annotation, False


def _document(key: str, field: FieldInfo, inner: Any, many: bool) -> Key:
    bounds = {type(bound): bound for bound in field.metadata}
    low, high = bounds.get(Ge), bounds.get(Le)
    return Key(
        key=key,
        kind=_kind(inner, many),
        meaning=field.description or "",
        required=field.is_required(),
        # what a factory makes is a table, and says itself what is in it
        default=None if field.default in (PydanticUndefined, ()) else field.default,
        low=None if low is None else low.ge,
        high=None if high is None else high.le,
        choices=tuple(map(str, get_args(inner))) if get_origin(inner) is Literal else (),
    )


def _kind(inner: Any, many: bool) -> Kind:
    if _is_table(inner):
        return "tables" if many else "table"
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return "label"
    if get_origin(inner) is Literal:
        return "choice" if str in map(type, get_args(inner)) else "integer"
    return PLAIN.get(inner, "text or whole number")


def _is_table(inner: Any) -> bool:
    return isinstance(inner, type) and issubclass(inner, Group)
