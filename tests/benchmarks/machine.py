"""The machine: what it is, and how fast NumPy moves memory on it."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

LARGE = 2**24
"""Numbers of eight bytes in an array that no cache holds: 134 MB."""
FEW = 10
REPEATS = 5


@dataclass(frozen=True)
class Speed:
    """What limits one process: ``copy`` and ``triad`` in bytes a second, the rest in seconds."""

    copy: float
    triad: float
    gather: float
    gather_at_random: float
    call: float


def processor() -> str:
    """Return the name of the processor, as the system tells it."""
    told = Path("/proc/cpuinfo")
    if told.exists():
        for line in told.read_text("utf-8").splitlines():
            key, _, name = line.partition(":")
            if key.strip() == "model name":
                return name.strip()
    return platform.processor() or platform.machine()


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS or Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def caches() -> str:
    """Return the caches of the first core; "not told" where the system is silent."""
    folders = sorted(Path("/sys/devices/system/cpu/cpu0/cache").glob("index*"))
    told = [[(folder / name).read_text().strip() for name in CACHE] for folder in folders]
    return ", ".join(f"L{level} {size}" for level, kind, size in told if kind != "Instruction") or (
        "not told"
    )


CACHE = ("level", "type", "size")


def versions() -> str:
    """Return what the numbers depend on besides the machine."""
    return f"Python {platform.python_version()}, NumPy {np.__version__}, {sys.platform}"


def measure(numbers: int = LARGE) -> Speed:
    """Return how fast this process moves arrays of so many ``numbers``, best of a few tries."""
    a, b, c = (np.full(numbers, float(each)) for each in range(3))

    def triad() -> None:
        np.multiply(c, 3.0, out=a)
        np.add(a, b, out=a)

    in_order = np.arange(0, numbers, 8)  # each in a line of the cache of its own
    luck = np.random.default_rng(0)
    at_random = luck.integers(0, numbers, numbers // 8)
    few, out = np.arange(FEW), np.empty(FEW, dtype=np.int64)
    calls = 100_000
    return Speed(
        copy=2 * a.nbytes / best(lambda: np.copyto(a, b)),
        triad=5 * a.nbytes / best(triad),  # two read by one call and three by two: see the table
        gather=best(lambda: b[in_order]) / len(in_order),
        gather_at_random=best(lambda: b[at_random]) / len(at_random),
        call=best(lambda: [np.add(few, few, out=out) for _ in range(calls)]) / calls,
    )


def best(action: Callable[[], object]) -> float:
    """Return the seconds of the fastest of a few tries."""
    tries = []
    for _ in range(REPEATS):
        start = perf_counter()
        action()
        tries.append(perf_counter() - start)
    return min(tries)
