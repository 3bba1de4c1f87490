"""What a record is made of: which files, how long and with which checksum, and what is amiss."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sim.experiment.atomic import locked, recover
from sim.parameter import ForbearError
from sim.scenario.words import seen

FORMAT: Final = 3
KIND: Final = "forbear run record"
MANIFEST: Final = "manifest.json"
TABLES: Final = tuple(
    f"tables/{name}.csv" for name in ("monthly", "metrics", "effects", "segments", "cases")
)
FILES: Final = frozenset({MANIFEST, "scenario.toml", "summary.json", "digest.txt", *TABLES})
PARQUET: Final = frozenset(name.replace(".csv", ".parquet") for name in TABLES)
"""The tables once more, where pyarrow was installed."""

MOST_BYTES: Final = 1_000_000
MOST_BYTES_OF: Final = {"summary.json": 100_000_000} | dict.fromkeys(
    (*TABLES, *PARQUET), 4_000_000_000
)
"""What is larger is not read."""

Kind = Literal[
    "edited",
    "missing",
    "extra",
    "irregular",
    "too_large",
    "unreadable",
    "digest",
    "value",
    "copy",
    "apart",
    "unknown",
    "unheld",
    "unopened",
    "rerun_digest",
    "rerun_value",
]
"""``apart``: another program's number is not what this one makes of the record's own numbers;
``unknown``: it has numbers of which this one makes none; ``unheld``: nothing could be made of it.
``copy``: a table as Parquet is not its CSV; ``unopened``: it could not be looked at."""


class RecordError(ForbearError):
    """A run record could not be written where it was asked for, or is none that can be read."""


class Seal(BaseModel):
    """What a file was when it was written."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    bytes: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What ``manifest.json`` says: every other file of the record with its seal."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    kind: Literal["forbear run record"]
    format: Literal[3]
    files: dict[str, Seal]


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written, or does not follow from the rest.

    ``at`` says where in a file: a column's name -> what stands there, or a dotted key. ``said`` is
    what the record says, ``found`` what it should say, ``reason`` why a file cannot be read or held
    against anything.
    """

    kind: Kind
    file: str
    at: Mapping[str, str] = field(default_factory=dict)
    said: str = ""
    found: str = ""
    reason: str = ""

    def __str__(self) -> str:
        """Return the file and the rule it breaks as one line."""
        rules = {
            "edited": "was changed after it was written: its checksum is not the manifest's",
            "missing": "is missing",
            "extra": "is none of the record's files",
            "irregular": "is a link, or no plain file: it is not read",
            "too_large": f"is larger than {self.found} bytes: it is not read",
            "unreadable": f"cannot be used: {self.reason}",
            "unknown": f"says {self.said}, of which this Forbear knows nothing",
            "unheld": f"could be held against nothing: {self.reason}",
            "unopened": "could not be compared with its CSV: pyarrow is not installed",
        }
        where = ", ".join(f"{name} {value}" for name, value in self.at.items())
        told = f"says {self.said}, not {self.found}" + (f" ({where})" if where else "")
        if self.kind == "apart":
            told += ": differs from what this Forbear makes of the record's own numbers"
        return f"{seen(self.file)}: {rules.get(self.kind, seen(told, 2_000))}"


@dataclass(frozen=True)
class Held:
    """A record's folder as it was found: what can be read of it, and what is amiss."""

    folder: Path
    manifest: Manifest
    contents: Mapping[str, bytes]
    faults: tuple[Fault, ...]


def sealed(contents: Mapping[str, bytes]) -> bytes:
    """Return the manifest of a record's other files."""
    files = {
        name: Seal(bytes=len(content), sha256=sha256(content).hexdigest())
        for name, content in contents.items()
    }
    manifest = Manifest(kind=KIND, format=FORMAT, files=files)
    return (json.dumps(manifest.model_dump(), indent=2) + "\n").encode()


def held(folder: Path) -> Held:
    """Return what ``folder`` holds, read while nobody writes it and never outside of it.

    Raises RecordError if it is no record, or one of another format.
    """
    folder = Path(os.path.abspath(folder))
    recover(folder)
    with locked(folder.parent, shared=True):
        try:
            return _held(folder)
        except OSError as error:
            raise RecordError(f"{folder}: cannot be read: {error.strerror or error}") from error


def _held(folder: Path) -> Held:
    if not folder.is_dir():
        raise RecordError(f"{folder}: is not a run record: there is no such folder")
    manifest = _manifest(folder)
    contents, faults = {}, []
    for name in sorted({*FILES - {MANIFEST}, *manifest.files}):
        content = _content(folder, name)
        if isinstance(content, Fault):
            faults.append(content)
            continue
        contents[name] = content
        seal = manifest.files.get(name)
        if seal is None or (seal.bytes, seal.sha256) != (len(content), sha256(content).hexdigest()):
            faults.append(Fault("edited", name))
    known = {MANIFEST, "tables", *FILES, *manifest.files}
    faults += [Fault("extra", name) for name in inside(folder) if name not in known]
    return Held(folder, manifest, contents, tuple(faults))


def inside(folder: Path) -> Iterator[str]:
    """Yield what lies in a record's folder, and in its folder of tables, by relative path."""
    for path in sorted(folder.iterdir()):
        yield path.name
        if path.name == "tables" and path.is_dir() and not path.is_symlink():
            yield from sorted(f"tables/{inner.name}" for inner in path.iterdir())


def _manifest(folder: Path) -> Manifest:
    content = _content(folder, MANIFEST)
    if isinstance(content, Fault):
        if content.kind == "missing":
            _refuse_old(folder)
        raise RecordError(f"{folder}: is not a run record: {content}")
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("kind") != KIND:
        raise RecordError(f"{folder}: is not a run record: {MANIFEST}: does not say it is one")
    _refuse_format(folder, said.get("format"))
    try:
        manifest = Manifest.model_validate(said)
    except ValidationError as error:
        raise RecordError(f"{folder}: {MANIFEST}: {first_of(error)}") from None
    strangers = sorted(manifest.files.keys() - FILES - PARQUET)
    if strangers or MANIFEST in manifest.files:
        name = seen((strangers or [MANIFEST])[0])
        raise RecordError(f"{folder}: {MANIFEST}: names {name!r}, which is no file of a record")
    return manifest


def _refuse_old(folder: Path) -> None:
    """Raise RecordError if ``folder`` is a record of before there were manifests."""
    content = _content(folder, "summary.json")
    if isinstance(content, Fault):
        return
    try:
        said = json.loads(content)
    except (ValueError, RecursionError):
        return
    if isinstance(said, dict) and said.get("kind") == KIND and said.get("format") != FORMAT:
        _refuse_format(folder, said.get("format"))


def _refuse_format(folder: Path, number: Any) -> None:
    if type(number) is not int:
        raise RecordError(f"{folder}: {MANIFEST}: format must be a whole number")
    if number != FORMAT:
        how = "run its scenario.toml again" if number < FORMAT else "use the Forbear that wrote it"
        raise RecordError(
            f"{folder}: is a run record of format {number}, and this Forbear reads "
            f"format {FORMAT}: {how}"
        )


def _content(folder: Path, name: str) -> bytes | Fault:
    """Return what stands in a file of the folder itself, or why that is not read."""
    path, most = folder / name, MOST_BYTES_OF.get(name, MOST_BYTES)
    if path.parent.is_symlink() and path.parent != folder:
        return Fault("irregular", name)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return Fault("irregular", name)
        with open(path, "rb", opener=_without_following) as file:
            content = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Fault("missing", name)
    except OSError as error:
        return Fault("unreadable", name, reason=error.strerror or str(error))
    return Fault("too_large", name, found=f"{most:,}") if len(content) > most else content


def _without_following(path: str, flags: int) -> int:
    """Open a file, but no link and no pipe that has taken its place meanwhile."""
    more = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    return os.open(path, flags | more)


def first_of(error: ValidationError) -> str:
    """Return the first thing that is wrong with what a file says."""
    first = error.errors()[0]
    return seen(f"{'.'.join(map(str, first['loc']))}: {first['msg']}")
