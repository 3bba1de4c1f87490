"""The program by its code: whose numbers they are, and whether another has the same.

The code is that of the files when this module is imported, beside those that decide numbers, and
stays so however they are edited while the process lives.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Final, TypeVar

import numpy as np

import sim
from sim.parameter import ForbearError

T = TypeVar("T")

PROGRAM: Final = Path(sim.__file__).parent
UNDECIDING: Final = ("experiment", "show", "doors")
"""The floors whose code decides no number of a result, but for the modules named next."""
DECIDING: Final = ("experiment/simulate.py", "experiment/cases.py")


class ProgramError(ForbearError):
    """Another process was started from other files than this one."""


def code_of(program: Path = PROGRAM) -> str:
    """Return a hash of the source files that decide numbers: floors 0 to 3, and what runs them.

    It is taken when this program first asks, which is before its first simulation. Whoever edits a
    rule while a program runs starts it anew, as for any change to take effect.
    """

    def decides(name: Path) -> bool:
        return name.parts[0] not in UNDECIDING or name.as_posix() in DECIDING

    return _hash(program, decides)


def called() -> str:
    """Return what the whole program is called, by its code and by the library that computes."""
    code = _hash(PROGRAM, lambda _: True)
    return f"forbear {sim.__version__} (code {code[:12]}) with NumPy {np.__version__}"


def _hash(program: Path, counts: Callable[[Path], bool]) -> str:
    total = sha256()
    for path in sorted(program.rglob("*.py")):
        name = path.relative_to(program)
        if counts(name):
            text = path.read_text("utf-8")  # whatever ends its lines
            for part in (name.as_posix().encode(), text.encode()):
                total.update(len(part).to_bytes(8, "little"))
                total.update(part)
    return total.hexdigest()


CODE: Final = code_of()
"""The code of this process."""


def by_code(code: str, work: Callable[[], T]) -> T:
    """Return what ``work`` comes to; ProgramError where this process is of another code."""
    if code != CODE:
        raise ProgramError(
            "the program's files were changed after it was started, and its workers are of the "
            "new ones: start it again"
        )
    return work()
