"""Differences with their intervals, a row each: what is said stands above what is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Final

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from sim.experiment.compare import Comparison
from sim.experiment.inference import Effect, paired_effect
from sim.rules.measures import METRICS, ratio
from sim.rules.stocktaking import SEGMENTS
from sim.scenario.words import BASELINE
from sim.show.charts.chart import Chart
from sim.show.charts.read import name, scaled, unit_of
from sim.show.charts.style import BAD, FADED, GOOD, INK, Look, dressed, plain
from sim.show.findings import difference, label, part_called
from sim.show.language import Language

ROW: Final = 46
"""Pixels of a row: a line of text and an interval below it."""
AROUND: Final = 92
"""Pixels of a panel besides its rows: its heading, its axis."""
ROOM: Final = 0.06
"""Of an axis, beyond the outermost ends."""
SYMBOLS: Final = {"better": "circle", "worse": "diamond", "different": "square"}
OPEN: Final = "circle-open"
"""What cannot be told from nothing."""


@dataclass(frozen=True)
class Row:
    """One interval: what it is of, in which effect; None where there is too little to tell."""

    name: str
    effect: Effect | None
    words: str
    brief: str = ""
    """As much of the words as a narrow page has room for: an open mark says the rest."""


@dataclass(frozen=True)
class Panel:
    """Rows on one axis."""

    heading: str
    axis: str
    unit: str
    rows: Sequence[Row]


def differences(
    comparison: Comparison,
    language: Language,
    look: Look,
    metrics: Sequence[str] = ("default_rate", "net_recovered"),
) -> Chart:
    """Return how each policy differs from the baseline, with 95 % intervals."""
    panels = [_panel(comparison, metric, language) for metric in metrics]
    baseline = label(comparison, BASELINE, language)
    head = ("policy", "metric", "difference", "low", "high", "unit", "verdict")
    return Chart(
        "differences",
        language.say("chart.differences", baseline=baseline),
        _drawn(panels, language, look),
        tuple(language.say(f"chart.head.{each}") for each in head),
        tuple(
            (row.name, panel.heading, *_numbers(row.effect, panel.unit), panel.axis, row.words)
            for panel in panels
            for row in panel.rows
        ),
        language.say(
            "chart.differences.alt",
            baseline=baseline,
            told=_told(panels, language),
        ),
        language.say("chart.differences.note"),
    )


def segments(comparison: Comparison, language: Language, look: Look, policy: str) -> Chart:
    """Return how the default rate of each segment and cohort differs under a policy."""
    kinds = {kind: [f"{kind}_{each}" for each in names] for kind, names in SEGMENTS.items()}
    kinds["cohort"] = [cohort.name for cohort in comparison.scenario.cohorts]
    metric = METRICS["default_rate"]
    panels = [
        Panel(
            language.say(f"chart.parting.{kind}"),
            unit_of(metric.unit, language, difference=True),
            metric.unit,
            [_segment(comparison, policy, segment, language) for segment in names],
        )
        for kind, names in kinds.items()
        if names
    ]
    called = name(comparison, policy, language)
    head = ("segment", "difference", "low", "high", "unit", "verdict")
    return Chart(
        "segments",
        language.say("chart.segments", policy=called),
        _drawn(panels, language, look),
        tuple(language.say(f"chart.head.{each}") for each in head),
        tuple(
            (row.name, *_numbers(row.effect, panel.unit), panel.axis, row.words)
            for panel in panels
            for row in panel.rows
        ),
        language.say("chart.segments.alt", policy=called, told=_told(panels, language)),
        language.say("chart.segments.note"),
    )


def _panel(comparison: Comparison, metric: str, language: Language) -> Panel:
    about = METRICS[metric]
    heading = language.text(about.label)
    if about.better:
        heading += language.say(f"metric.{about.better}")
    return Panel(
        heading,
        unit_of(about.unit, language, difference=True),
        about.unit,
        [
            _row(name(comparison, policy, language), effects[metric], metric, language)
            for policy, effects in comparison.effects.items()
        ],
    )


def _segment(comparison: Comparison, policy: str, segment: str, language: Language) -> Row:
    called = part_called(segment, comparison.scenario, language)
    if segment not in comparison.segments[BASELINE]:
        return Row(called, None, language.say("too_few"))
    ours, theirs = (
        ratio(of_one[segment]["lost"], of_one[segment]["at_risk"])
        for of_one in (comparison.segments[policy], comparison.segments[BASELINE])
    )
    effect = paired_effect(ours, theirs, METRICS["default_rate"].better)
    return _row(called, effect, "default_rate", language)


def _row(called: str, effect: Effect, metric: str, language: Language) -> Row:
    if isnan(effect.difference):
        return Row(called, None, language.say("not_available"))
    # the own value is asked for only where there is no difference
    told = difference(called, effect, np.full(1, np.nan), METRICS[metric], language)
    numbers = " ".join(filter(None, (told.difference, told.interval)))
    words = f"{numbers} {told.words}"
    return Row(called, effect, words, words if effect.verdict in SYMBOLS else numbers)


def _told(panels: Sequence[Panel], language: Language) -> str:
    rows = [
        language.say("chart.told", heading=panel.heading, name=row.name, words=row.words)
        for panel in panels
        for row in panel.rows
    ]
    return language.say("sentence.and").join(rows)


def _numbers(effect: Effect | None, unit: str) -> tuple[float | None, float | None, float | None]:
    if effect is None:
        return None, None, None
    ends = (effect.low, effect.high)
    low, high = (None if end is None else scaled(end, unit) for end in ends)
    return scaled(effect.difference, unit), low, high


def _drawn(panels: Sequence[Panel], language: Language, look: Look) -> go.Figure:
    heights = [ROW * max(1, len(panel.rows)) for panel in panels]
    total = sum(heights) + AROUND * len(panels)
    figure = make_subplots(
        rows=len(panels),
        cols=1,
        row_heights=heights,
        vertical_spacing=AROUND / total if len(panels) > 1 else 0,
    )
    for number, panel in enumerate(panels, start=1):
        _draw(figure, number, panel, look)
    dressed(figure, look, total, showlegend=False)
    figure.update_yaxes(visible=False)
    return figure


def _draw(figure: go.Figure, number: int, panel: Panel, look: Look) -> None:
    at = {"row": number, "col": 1}
    count = max(1, len(panel.rows))
    figure.add_vline(
        x=0, line={"color": INK[look], "width": 1.5}, exclude_empty_subplots=False, **at
    )
    for place, row in enumerate(panel.rows):
        y = count - place - 0.72
        figure.add_annotation(
            x=0,
            xref=f"x{number if number > 1 else ''} domain",
            y=y + 0.22,
            yref=f"y{number if number > 1 else ''}",
            text=f"<b>{plain(row.name, 24)}</b>  {plain(row.brief or row.words, 60)}",
            showarrow=False,
            xanchor="left",
            yanchor="bottom",
            align="left",
            font={"size": 12},
        )
        if row.effect is None:
            continue
        middle, low, high = _numbers(row.effect, panel.unit)
        verdict = row.effect.verdict
        colour = {"better": GOOD, "worse": BAD}.get(verdict, FADED)[look]
        if low is not None:
            figure.add_scatter(
                x=[low, high], y=[y, y], mode="lines", line={"color": colour, "width": 3},
                hoverinfo="skip", **at,
            )  # fmt: skip
        figure.add_scatter(
            x=[middle],
            y=[y],
            mode="markers",
            marker={
                "symbol": SYMBOLS.get(verdict, OPEN),
                "size": 11,
                "color": colour,
                "line": {"width": 2, "color": colour},
            },
            hovertext=f"{plain(row.name, 200)}: {plain(row.words, 200)}",
            hoverinfo="text",
            **at,
        )
    figure.update_yaxes(range=[0, count], **at)
    figure.update_xaxes(title_text=panel.axis, range=_range(panel), **at)
    figure.add_annotation(
        x=0,
        xref=f"x{number if number > 1 else ''} domain",
        y=1,
        yref=f"y{number if number > 1 else ''} domain",
        text=plain(panel.heading, 80),
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        font={"size": 13},
    )


def _range(panel: Panel) -> tuple[float, float]:
    """Return what an axis shows: zero, every end, and some room around."""
    numbers = [_numbers(row.effect, panel.unit) for row in panel.rows]
    ends = [0.0, *(end for row in numbers for end in row if end is not None)]
    low, high = min(ends), max(ends)
    room = ROOM * (high - low) or 1.0
    return low - room, high + room
