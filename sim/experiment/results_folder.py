"""Results on disk: a folder with one file a finished batch and policy, each there whole or not.

::

    ARM.FIRST-LAST.npz    replicas FIRST to LAST of an arm: days, ledger, segments
    ARM.cases.npz         what became of the scripted cases

Every file names its arm and replicas within and bears checksums; what does not agree with them is
ignored. Two runs may share a folder, and any file of it may be deleted at any time.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar
from warnings import warn

import numpy as np
import numpy.typing as npt

from sim.experiment.atomic import sweep, write_file
from sim.experiment.cases import CaseOutcome
from sim.experiment.results import Result
from sim.parameter import ForbearError

KIND: Final = "forbear result 1"
T = TypeVar("T")
Arrays = dict[str, npt.NDArray[Any]]


class ResultsError(ForbearError):
    """A folder for results cannot be one."""


class InFolder:
    """A store on disk; ``warning`` is told once what is ignored, and once what cannot be kept."""

    def __init__(self, folder: Path, warning: Callable[[str], object] = warn) -> None:
        """Open the folder, made where there is none, and sweep out what writers long dead left.

        Raises ResultsError where it cannot be.
        """
        self.folder = folder
        self._warning = warning
        self._ignores = False
        self._keeps = True
        try:
            folder.mkdir(parents=True, exist_ok=True)
            sweep(folder, "*.npz")
        except OSError as error:
            reason = error.strerror or error
            raise ResultsError(f"{folder}: no results can be kept there: {reason}") from error

    def find(self, arm: str, wanted: range) -> Iterator[Result]:
        """Yield what is kept of an arm for any ``wanted`` replica."""
        for path in sorted(self.folder.glob(f"{arm}.*-*.npz")):
            named = re.fullmatch(rf"{arm}\.(\d+)-(\d+)\.npz", path.name)
            if named is None:
                continue
            replicas = range(int(named[1]), int(named[2]) + 1)
            if range(max(replicas.start, wanted.start), min(replicas.stop, wanted.stop)):
                result = self._believed(path, arm, partial(_result, replicas))
                if result is not None:
                    yield result

    def keep(self, arm: str, result: Result) -> None:
        """Write a result of an arm; its replicas are consecutive."""
        segments = list(result.segments.values())
        stacked = [np.stack(list(entries.values())) for entries in segments]
        arrays = {
            "replicas": np.array(result.replicas, dtype=np.int64),
            "days": np.array(result.days, dtype=np.int64),
            "entries": np.array(list(result.ledger)),
            "ledger": np.stack(list(result.ledger.values())),
            "segments": np.array(list(result.segments)),
            "segment_entries": np.array(list(segments[0])),
            "totals": np.stack(stacked),
        }
        self._write(f"{arm}.{result.replicas[0]}-{result.replicas[-1]}.npz", arm, arrays)

    def find_cases(self, arm: str) -> tuple[CaseOutcome, ...] | None:
        """Return what became of the cases of an arm, None where it is not kept."""
        path = self.folder / f"{arm}.cases.npz"
        return self._believed(path, arm, _outcomes) if path.exists() else None

    def keep_cases(self, arm: str, outcomes: tuple[CaseOutcome, ...]) -> None:
        """Write what became of the cases of an arm."""
        text = json.dumps([asdict(outcome) for outcome in outcomes])
        self._write(f"{arm}.cases.npz", arm, {"outcomes": np.array(text)})

    def _write(self, name: str, arm: str, arrays: Arrays) -> None:
        if not self._keeps:
            return
        content = io.BytesIO()
        named: Arrays = {"kind": np.array(KIND), "arm": np.array(arm), **arrays}
        np.savez_compressed(content, allow_pickle=False, **named)
        try:
            write_file(self.folder / name, content.getvalue())
        except OSError as error:  # it does not cost the reader the run
            self._keeps = False
            reason = error.strerror or error
            self._warning(f"{self.folder}: results are no longer kept: {reason}")

    def _believed(self, path: Path, arm: str, read: Callable[[Arrays], T]) -> T | None:
        """Return what is read from a file, None if it is not whole or not of this arm."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
                whole = {name: arrays[name] for name in arrays.files}  # checks every checksum
            if (str(whole["kind"]), str(whole["arm"])) != (KIND, arm):
                raise ValueError("it names another arm")
            return read(whole)
        except Exception as error:  # a foreign file can break a reader in any way
            if not self._ignores:
                self._warning(f"{path}: is no result that can be read and is ignored: {error}")
            self._ignores = True
            return None


def _result(replicas: range, arrays: Arrays) -> Result:
    """Return the result that the arrays hold; ValueError if their shapes do not go together."""
    days, ledger, totals = (
        arrays[name].astype(np.int64, casting="equiv") for name in ("days", "ledger", "totals")
    )
    entries, segments, segment_entries = (
        arrays[name].tolist() for name in ("entries", "segments", "segment_entries")
    )
    if arrays["replicas"].tolist() != list(replicas):
        raise ValueError("it is of other replicas")
    if ledger.shape != (len(entries), len(days), len(replicas)):
        raise ValueError("its ledger has another shape")
    if totals.shape != (len(segments), len(segment_entries), len(replicas)):
        raise ValueError("its segments have another shape")
    return Result(
        tuple(replicas),
        tuple(days.tolist()),
        dict(zip(entries, ledger, strict=True)),
        {
            segment: dict(zip(segment_entries, of_one, strict=True))
            for segment, of_one in zip(segments, totals, strict=True)
        },
    )


def _outcomes(arrays: Arrays) -> tuple[CaseOutcome, ...]:
    return tuple(CaseOutcome(**outcome) for outcome in json.loads(str(arrays["outcomes"])))
