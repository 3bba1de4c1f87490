"""Calibration files for the tests: a small scenario, a book, and how a file is put together."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomli_w

from sim.experiment.moments import Bench
from sim.scenario.read_calibration import read_calibration

NOT_HELD = 1
FORGETTING = "world.behaviour.forgetting"
ESSENTIALS = "world.household.essentials_share"
AWARENESS = "world.behaviour.awareness"
APPLICATION = "world.behaviour.application"
COURTS = "world.court.default_judgments"
MISSED, DEFERRED = "baseline.miss_rate", "relief.deferral_take_up"

WORDS = """\
format = 1
title = { en = "A small book", zh = "小组合" }
question = { en = "What then?", zh = "然后呢？" }
"""
STUDY = f"""\
{WORDS}
extends = "book.toml"
[world]
months = 6
burn_in_months = 2
borrowers = 500
replicas = 5
[policy.relief]
label = {{ en = "Relief", zh = "纾困" }}
relief.deferral.months = 3
[policy.unasked]
label = {{ en = "Unasked", zh = "无人问及" }}
collections.intensity = 0.0
[[case]]
name = "ill"
illness = {{ month = 2, months = 2 }}
[[expect]]
that = "unasked.miss_rate"
above = 0.0
"""
BOOK = f"""\
# A small book.
#
# Sources    Our own.

{WORDS}
[world.household]
essentials_share = 0.5  # share of income; our own
[baseline]
servicing.charge_off_dpd = 150  # days past due; our own
"""

Table = dict[str, Any]


def write(folder: Path) -> None:
    """A scenario whose world is the default, and a book that differs from it."""
    (folder / "study.toml").write_text(STUDY.replace('extends = "book.toml"\n', ""), "utf-8")
    (folder / "book.toml").write_text(BOOK, "utf-8")


def ranged(key: str, low: float, high: float) -> Table:
    return {"key": key, "low": low, "high": high}


def moment(that: str, value: float, tolerance: float, **more: Any) -> Table:
    known = {"that": that, "value": value, "tolerance": tolerance}
    return {"scenario": "study.toml", "source": "ours", **known, **more}


FORGETFUL = ranged(FORGETTING, 0.01, 0.2)
OFTEN = moment(MISSED, 0.08, 0.004)


def asked(folder: Path, ranges: list[Table], moments: list[Table], **more: Any) -> Path:
    """A calibration file in ``folder``; what is None is left out."""
    table: Table = {
        "format": 1,
        "title": {"en": "Our own figures", "zh": "自有数据"},
        "book": "book.toml",
        "parameter": ranges,
        "moment": moments,
        **more,
    }
    path = folder / "targets.toml"
    said = {key: value for key, value in table.items() if value is not None}
    path.write_text(tomli_w.dumps(said), "utf-8")
    return path


def shown(folder: Path, values: Mapping[str, float], seed: int, *formulas: str) -> list[Table]:
    """Moments as the book with these values shows them, with the errors of that showing."""
    calibration = read_calibration(
        asked(folder, [FORGETFUL], [moment(that, 0, 1) for that in formulas])
    )
    bench = Bench(calibration, 1, None, 1)
    (found,) = bench.moments([(values, seed)])
    return [
        moment(that, each.value, each.error) for that, each in zip(formulas, found, strict=True)
    ]
