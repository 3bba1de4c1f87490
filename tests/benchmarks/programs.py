"""How whole programs are measured: by the clock on the wall, for they run in several processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from sim.experiment.compare import compare
from sim.experiment.results import InMemory
from sim.scenario.load import to_toml
from sim.scenario.schema import Scenario

ROOT = Path(__file__).parents[2]
LIBRARIES = "numpy, simpy, pydantic"


def study_seconds(jobs: int, scenario: Scenario) -> float:
    """Return the seconds, by the clock on the wall, of a whole comparison."""
    start = perf_counter()
    compare(scenario, jobs=jobs)
    return perf_counter() - start


def command_seconds(scenario: Scenario) -> float:
    """Return the seconds, by the clock on the wall, of ``forbear run`` from start to end."""
    with TemporaryDirectory() as folder:
        return _run_seconds(scenario, folder)


def changed_command_seconds(scenario: Scenario) -> float:
    """Return the seconds of ``forbear run --results`` in a new process, its last policy new."""
    with TemporaryDirectory() as folder:
        _run_seconds(scenario, folder, "--results", "kept")
        return _run_seconds(changed(scenario), folder, "--results", "kept")


def changed_in_memory_seconds(scenario: Scenario) -> float:
    """Return the seconds of ``compare`` in a process that has compared, the last policy new."""
    store = InMemory()
    compare(scenario, store=store)
    start = perf_counter()
    compare(changed(scenario), store=store)
    return perf_counter() - start


def changed(scenario: Scenario) -> Scenario:
    """Return the scenario with another last policy."""
    *others, (name, last) = scenario.policies.items()
    relief = last.relief.model_copy(update={"probation_months": 7})
    policies = {**dict(others), name: last.model_copy(update={"relief": relief})}
    return scenario.model_copy(update={"policies": policies})


def _run_seconds(scenario: Scenario, folder: str, *options: str) -> float:
    file = Path(folder, "how_fast.toml")
    file.write_text(to_toml(scenario), "utf-8")
    command = (sys.executable, "-m", "sim", "run", str(file), "--quiet", *options)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    start = perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    return perf_counter() - start


def import_seconds() -> tuple[float, float]:
    """Return the seconds in which a process imports the libraries, and then all of a run."""
    program = f"""
from time import perf_counter
start = perf_counter()
import {LIBRARIES}
libraries = perf_counter()
import sim.doors.cli.run, sim.experiment.compare, sim.experiment.record, sim.show.tables
print(libraries - start, perf_counter() - libraries)
"""
    tries = []
    for _ in range(3):
        done = subprocess.run(
            (sys.executable, "-c", program), cwd=ROOT, check=True, capture_output=True, text=True
        )
        tries.append(tuple(map(float, done.stdout.split())))
    libraries, ours = map(min, zip(*tries, strict=True))
    return libraries, ours
