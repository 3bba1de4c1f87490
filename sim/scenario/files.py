"""Files: read TOML, follow ``extends``, merge; remember which file each key came from."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sim
from sim.scenario.problems import Location, Problem, ScenarioError, nearest

Table = dict[str, Any]

SHIPPED: Final = "shipped:"
PRESET: Final = "preset:"
BOOK: Final = "book"
"""What stands for a file where a key came with a book."""
LARGEST_FILE: Final = 1_000_000
LONGEST_CHAIN: Final = 8
DEEPEST_NESTING: Final = 20

_PART: Final = r"""(?:[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_LONG_KEY: Final = re.compile(
    rf"(?:^|[\[{{,])[ \t]*{_PART}(?:[ \t]*\.[ \t]*{_PART}){{{DEEPEST_NESTING}}}", re.MULTILINE
)
"""A dotted key of too many parts: the parser's time and memory grow with their square."""


@dataclass
class Document:
    """A file with all it extends merged in.

    ``origins`` names the file of each key, ``presets`` those files that a preset is made of.
    """

    file: str
    table: Table = field(default_factory=dict)
    origins: dict[Location, str] = field(default_factory=dict)
    presets: set[str] = field(default_factory=set)

    def origin(self, location: Location) -> str:
        """Return the file that says something at a location, or at the nearest key above it."""
        while location and location not in self.origins:
            location = location[:-1]
        return self.origins.get(location, self.file)

    def put(self, values: Mapping[str, Any], file: str) -> None:
        """Merge values by dotted key, as if ``file`` said them."""
        for key, value in values.items():
            *groups, name = key.split(".")
            said: Table = {name: value}
            for group in reversed(groups):
                said = {group: said}
            merge(self.table, said, self.origins, file)

    def states(self, location: Location) -> bool:
        """Return whether a file that is no preset says something at a location, or below it.

        A list or a number says all that could lie below it.
        """
        own = [at for at, file in self.origins.items() if file not in self.presets]
        return location in own or any(
            location[: len(at)] == at and not isinstance(self._value(at), dict) for at in own
        )

    def _value(self, location: Location) -> object:
        value: object = self.table
        for part in location:
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def forget(self, *keys: str) -> None:
        """Drop keys, and where they came from."""
        self.table = {key: value for key, value in self.table.items() if key not in keys}
        self.origins = {at: file for at, file in self.origins.items() if at[0] not in keys}


def shipped_folder() -> Path:
    """Return where the shipped scenarios are: installed with the package, or in the checkout."""
    package = Path(sim.__file__).parent
    installed = package / "shipped"
    return installed if installed.is_dir() else package.parent / "scenarios"


def read_document(source: str | Path, book: Mapping[str, Any] | None = None) -> Document:
    """Return the document of a path or of ``shipped:NAME``; ScenarioError if it is unreadable.

    ``book`` holds values by dotted key that stand over those of presets and below all others.
    """
    name = str(source)
    if name.startswith(SHIPPED):
        path = _shipped(name.removeprefix(SHIPPED), shipped_folder(), name, name)
    else:
        path = Path(source)
    return _read_chain(name, path, (), book or {})


def document_of(table: Mapping[str, Any], name: str) -> Document:
    """Return the document of a table that lies in no folder, and so can extend presets alone.

    Raises ScenarioError, under ``name``, for another file.
    """
    extended = table.get("extends")
    if extended is not None and not str(extended).startswith(PRESET):
        raise _failure(
            name, "must be a preset here, where no other file is at hand", "extends", extended
        )
    return _extended(name, deepcopy(dict(table)), Path(name), (), {})


def own_table(source: str) -> Table:
    """Return what a shipped file says itself, presets apart; with all it extends if that is more.

    Raises ScenarioError if there is no such file.
    """
    path = _shipped(source.removeprefix(SHIPPED), shipped_folder(), source, source)
    table = read_table(source, path)
    if str(table.get("extends", PRESET)).startswith(PRESET):
        return table
    whole = read_document(source)
    return whole.table


def _read_chain(
    name: str, path: Path, before: tuple[Path, ...], book: Mapping[str, Any]
) -> Document:
    if "\0" in name:
        raise _failure(name.replace("\0", "�"), "is not a path: it holds a NUL character")
    table, real = read_table(name, path), path.resolve()
    if real in before:
        raise _failure(name, "extends itself, directly or through other files")
    if len(before) == LONGEST_CHAIN:
        raise _failure(name, f"extends a chain of more than {LONGEST_CHAIN} files")
    return _extended(name, table, path, (*before, real), book)


def _extended(
    name: str, table: Table, path: Path, chain: tuple[Path, ...], book: Mapping[str, Any]
) -> Document:
    """Return the document of a table, which is used up, with what it extends below it."""
    document = Document(name)
    extended = table.pop("extends", None)
    is_preset = isinstance(extended, str) and extended.startswith(PRESET)
    if extended is not None:
        parent_name, parent_path = _parent(name, path, extended)
        below = {} if is_preset else book
        document = _read_chain(parent_name, parent_path, chain, below)
        if is_preset:
            document.presets = set(document.origins.values())
        version = document.table.get("format", 1)
        if version != 1:
            raise _failure(parent_name, "must be 1", "format", version)
        # every file asks its own question, expects its own answer and has its own evidence
        document.forget("format", "title", "question", "expect", "evidence")
        document.file = name
    if extended is None or is_preset:
        document.put(book, BOOK)
    merge(document.table, table, document.origins, name)
    return document


def merge(
    base: Table, more: Mapping[str, Any], origins: dict[Location, str], file: str, at: Location = ()
) -> None:
    """Merge ``more`` into ``base``: tables by key, everything else replaces."""
    for key, value in more.items():
        here = (*at, key)
        origins[here] = file
        if isinstance(value, Mapping) and isinstance(base.get(key), dict):
            merge(base[key], value, origins, file, here)
        elif isinstance(value, Mapping):
            base[key] = {}
            merge(base[key], value, origins, file, here)
        else:
            base[key] = value


def _parent(name: str, path: Path, extended: object) -> tuple[str, Path]:
    """Return the name and path of the file that ``path`` extends."""
    if not isinstance(extended, str):
        raise _failure(name, "must be text in quotes", "extends", extended)
    if extended.startswith(PRESET):
        folder = shipped_folder() / "presets"
        return extended, _shipped(extended.removeprefix(PRESET), folder, extended, name)
    if "\0" in extended:
        raise _failure(name, "must not hold a NUL character", "extends", extended)
    folder = path.parent.resolve()
    parent = folder / extended
    try:
        inside, found = parent.resolve().is_relative_to(folder), parent.is_file()
    except (OSError, RuntimeError):  # a name too long, a link to itself
        inside, found = True, False
    if Path(extended).is_absolute() or not inside:
        rule = "must be a preset or a file inside this file's own folder"
        raise _failure(name, rule, "extends", extended)
    if not found:
        raise _failure(name, "no such file", "extends", extended)
    return str(path.parent / extended), parent


def _shipped(wanted: str, folder: Path, asked: str, file: str) -> Path:
    """Return the path of a shipped file by its name alone."""
    names = sorted(path.stem for path in folder.glob("*.toml"))
    if wanted in names:
        return folder / f"{wanted}.toml"
    kind = "preset" if asked.startswith(PRESET) else "shipped scenario"
    hint = nearest(wanted, names) or f"; there are: {', '.join(names)}"
    if asked == file:
        raise _failure(file, f"no such {kind}{hint}")
    raise _failure(file, f"no such {kind}{hint}", "extends", asked)


def read_table(name: str, path: Path) -> Table:
    """Return what a TOML file says; ScenarioError, under ``name``, if it is unreadable."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except FileNotFoundError:
        raise _failure(name, "no such file") from None
    except IsADirectoryError:
        raise _failure(name, "is a folder, not a file") from None
    except OSError as error:
        raise _failure(name, f"cannot be read: {error.strerror}") from None
    return parse(name, content)


def parse(name: str, content: bytes) -> Table:
    """Return what the content of a TOML file says; ScenarioError, under ``name``, if it is none."""
    if len(content) > LARGEST_FILE:
        raise _failure(name, f"is larger than {LARGEST_FILE:,} bytes")
    try:
        text = content.decode("utf-8-sig")
        if _LONG_KEY.search(text):
            raise _failure(name, "is nested too deeply")
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise _failure(name, f"is not UTF-8 text (byte {error.start + 1})") from None
    except tomllib.TOMLDecodeError as error:
        raise _failure(name, f"is not valid TOML: {error}") from None
    except ValueError:  # thousands of digits
        raise _failure(name, "holds a number too long to read") from None
    except RecursionError:
        raise _failure(name, "is nested too deeply") from None
    if _depth(table) > DEEPEST_NESTING:
        raise _failure(name, "is nested too deeply")
    return table


def _depth(value: object) -> int:
    """Return how many tables and lists lie inside each other, level by level."""
    depth, level = 0, [value]
    while level:
        depth += 1
        inner: list[object] = []
        for each in level:
            if isinstance(each, dict):
                inner.extend(each.values())
            elif isinstance(each, list):
                inner.extend(each)
        level = inner
    return depth


def _failure(file: str, rule: str, key: str = "", *value: object) -> ScenarioError:
    return ScenarioError([Problem(file, rule, key, *value)])
