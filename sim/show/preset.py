"""A book as a preset file: its whole world written out, each number with its unit and its source.

What a file says besides its world - its header, title and question, its baseline - stays as it is;
a file that is not there yet gets a header of its own.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING, Any, Final

import tomli_w

from sim.parameter import ForbearError, parameters
from sim.scenario.files import read_document
from sim.scenario.schema import World

if TYPE_CHECKING:
    from sim.scenario.calibration import Values
    from sim.scenario.words import Label

NO_SOURCE: Final = "the study's choice"
FITTED: Final = "; fitted: "
COLUMN: Final = 37
"""Where comments begin, at least."""
WIDTH: Final = 100

_TABLE: Final = re.compile(r"^\[+ *([^\]]*?) *\]+", re.MULTILINE)
_LINE: Final = re.compile(r"^(\w+) = (.*?) +# (.*)$")


class PresetError(ForbearError):
    """A book cannot be written where it was asked for."""


def preset(path: Path, book: Path, values: Values, title: Label) -> str:
    """Return the text of a preset at ``path``: ``book`` with ``values``, fitted to ``title``.

    What is at ``path`` already stays, but for its world. Raises PresetError where that is not to be
    had.
    """
    document = read_document(book)
    world = _with(document.table.get("world", {}), values)
    old = _text(path)
    notes = {**_notes(_text(book) or ""), **_notes(old or "")}
    head, tail = _beside_the_world(old) if old else _new(document.table, title)
    lines = _world(World.model_validate(world), values, notes, title.en, book.stem)
    text = head + "".join(f"{line}\n" for line in lines) + tail
    if not _holds(text, World.model_validate(world), old):
        raise PresetError(f"{path}: its world cannot be replaced: choose another file")
    return text


def check_replaceable(path: Path) -> None:
    """Raise PresetError if there is anything at ``path`` but a scenario file."""
    if path.is_dir():
        raise PresetError(f"{path} is a folder: choose a file")
    old = _text(path)
    if old is None:
        return
    try:
        known = tomllib.loads(old).get("format") == 1
    except tomllib.TOMLDecodeError:
        known = False
    if not known:
        raise PresetError(f"{path} exists and is no scenario file: choose another place")


def _text(path: Path) -> str | None:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise PresetError(f"{path} cannot be read: {error}") from error


def _with(world: Mapping[str, Any], values: Values) -> dict[str, Any]:
    """Return the table of a world with values by dotted key in it."""
    whole = {
        name: dict(entry) if isinstance(entry, dict) else entry for name, entry in world.items()
    }
    for key, value in values.items():
        *groups, last = key.split(".")[1:]
        table: dict[str, Any] = whole
        for group in groups:
            table = table.setdefault(group, {})
        table[last] = value
    return whole


def _world(
    world: World, values: Values, notes: Mapping[str, tuple[str, str]], title: str, book: str
) -> Iterator[str]:
    """Yield the lines of a world; ``notes`` holds value and comment of a key as they were."""
    group = None
    for one in parameters(World, "world."):
        if one.key.startswith("world.shocks"):
            continue
        table, _, name = one.key.rpartition(".")
        if table != group:
            yield from ([] if group is None else [""])
            yield f"[{table}]"
            group = table
        value: Any = world
        for part in one.key.split(".")[1:]:
            value = getattr(value, part)
        literal = _literal(value)
        before, note = notes.get(one.key, ("", ""))
        said = one.unit if one.source == NO_SOURCE else f"{one.unit}; {one.source}"
        if one.key in values:
            said = f"{one.unit}{FITTED}{title}"
        elif before == literal and (FITTED in note or value != one.default):
            said = note
        elif value != one.default:
            said = f"{one.unit}; from {book}"
        yield f"{f'{name} = {literal}':<{COLUMN}} # {said}"


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"{value:_}" if isinstance(value, int) and abs(value) >= 10_000 else str(value)


def _notes(text: str) -> dict[str, tuple[str, str]]:
    """Return the literal and the comment of every number that has one on its line."""
    found, table = {}, ""
    for line in text.splitlines():
        if head := _TABLE.match(line):
            table = head[1]
        elif entry := _LINE.match(line):
            found[f"{table}.{entry[1]}"] = (entry[2], entry[3])
    return found


def _beside_the_world(text: str) -> tuple[str, str]:
    """Return what a file says before its first table, and its tables that are not the world's."""
    heads = list(_TABLE.finditer(text))
    starts = [head.start() for head in heads]
    kept = [
        text[head.start() : end].rstrip("\n") + "\n"
        for head, end in zip(heads, [*starts, len(text)][1:], strict=True)
        if not f"{head[1]}.".startswith("world.") or head[0].startswith("[[")
    ]
    before = text[: starts[0]] if starts else text.rstrip("\n") + "\n\n"
    return before, "".join(f"\n{table}" for table in kept)


def _new(table: Mapping[str, Any], title: Label) -> tuple[str, str]:
    """Return the beginning of a new file and what its book says besides the world."""
    said_first = {"title": title.model_dump(), "question": table["question"]}
    parts = {
        "Question": said_first["question"]["en"],
        "Marks": "V seen in the source, W weak or secondary source, D derived from V figures; "
        "assumption: nobody has measured it; fitted: set by forbear calibrate.",
        "Expect": "What it was fitted to.",
    }
    comment = [f"# {title.en}", "#"]
    for part, words in parts.items():
        comment.append(
            fill(
                words,
                WIDTH,
                initial_indent=f"# {part:<11}",
                subsequent_indent="#" + 12 * " ",
                break_on_hyphens=False,
            )
        )
    said = {
        key: entry
        for key, entry in table.items()
        if key not in ("format", "title", "question", "world", "expect", "evidence")
    }
    lines = (f"{key} = {_in_both(label)}" for key, label in said_first.items())
    head = "\n".join((*comment, "", "format = 1", *lines, "", ""))
    parts_kept = [tomli_w.dumps(said)] if said else []
    for shock in table.get("world", {}).get("shocks", []):
        parts_kept.append(f"[[world.shocks]]\n{tomli_w.dumps(shock)}")
    return head, "".join(f"\n{part}" for part in parts_kept)


def _in_both(label: Mapping[str, str]) -> str:
    en, zh = (json.dumps(label[code], ensure_ascii=False) for code in ("en", "zh"))
    return f"{{ en = {en}, zh = {zh} }}"


def _holds(text: str, world: World, old: str | None) -> bool:
    """Return whether a text is a file that says this world, and else what it said before."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    said = table.pop("world")
    if old is not None:
        before = tomllib.loads(old)
        shocks = before.pop("world", {}).get("shocks", [])
        return table == before and World.model_validate(said) == world.model_copy(
            update={"shocks": World.model_validate({"shocks": shocks}).shocks}
        )
    return World.model_validate(said) == world
