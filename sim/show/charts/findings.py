"""Evidence at a glance: each finding on the scale of its band, which reaches from 0 to 1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import plotly.graph_objects as go

from sim.experiment.evidence import Measured, Trial
from sim.experiment.record import Cell
from sim.scenario.words import Label
from sim.show.charts.chart import Chart
from sim.show.charts.intervals import ROW
from sim.show.charts.style import BAD, GOOD, Look, dressed, faint, plain
from sim.show.evidence import numbers
from sim.show.language import Language

AROUND: Final = 90
FARTHEST: Final = 2.5
"""Bands: what lies beyond is drawn at the edge."""


def findings(trials: Sequence[Trial], language: Language, look: Look) -> Chart:
    """Return where each finding with a band on both sides lies in it."""
    shown = [
        (trial, each)
        for trial in trials
        for each in trial.measured
        if each.finding.low is not None and each.finding.high is not None
    ]
    names = _names(trials, language)
    figure = go.Figure()
    figure.add_vrect(x0=0, x1=1, fillcolor=faint(GOOD[look], 0.14), line_width=0, layer="below")
    count = len(shown)
    for place, (trial, measured) in enumerate(shown):
        y = count - place - 0.72
        inside = measured.verdict == "inside"
        colour = (GOOD if inside else BAD)[look]
        middle, low, high = _places(measured)
        said = plain(names[trial.file, measured.finding.label], 56)
        figure.add_annotation(
            x=0, xref="paper", xanchor="left", y=y + 0.2, yanchor="bottom", showarrow=False,
            text=f"<b>{trial.note.target}</b>  {said}", font={"size": 12},
        )  # fmt: skip
        if low is not None and high is not None:
            figure.add_scatter(
                x=[low, high], y=[y, y], mode="lines", line={"color": colour, "width": 3},
                hoverinfo="skip",
            )  # fmt: skip
        if middle is not None:
            figure.add_scatter(
                x=[middle],
                y=[y],
                mode="markers",
                marker={"symbol": "circle" if inside else "x", "size": 10, "color": colour},
                hoverinfo="skip",
            )
    dressed(figure, look, ROW * count + AROUND, showlegend=False)
    figure.update_yaxes(visible=False, range=[0, count])
    figure.update_xaxes(
        title_text=language.say("chart.findings.axis"), range=[1 - FARTHEST, FARTHEST]
    )
    head = ("target", "finding", "band", "measured", "interval", "verdict")
    count_inside = sum(measured.verdict == "inside" for _, measured in shown)
    outside = [
        f"{trial.note.target} {names[trial.file, measured.finding.label]}"
        for trial, measured in shown
        if measured.verdict == "outside"
    ]
    rows: list[tuple[Cell, ...]] = [
        (trial.note.target, names[trial.file, each.finding.label], *numbers(each, language))
        for trial in trials
        for each in trial.measured
    ]
    return Chart(
        "findings",
        language.say("chart.findings"),
        figure,
        tuple(language.say(f"chart.head.{each}") for each in head),
        tuple(rows),
        language.say("chart.findings.alt", count=count, inside=count_inside)
        + language.say("chart.findings.alt_outside", names=language.say("listed").join(outside))
        * bool(outside),
        language.say("chart.findings.note"),
    )


def _names(trials: Sequence[Trial], language: Language) -> dict[tuple[str, Label], str]:
    """Return what a file's findings are called: by the file's title where two share a label."""
    labels = Counter(
        (trial.note.target, each.finding.label) for trial in trials for each in trial.measured
    )
    return {
        (trial.file, each.finding.label): language.text(
            each.finding.label
            if labels[trial.note.target, each.finding.label] == 1
            else trial.scenario.title
        )
        for trial in trials
        for each in trial.measured
    }


def _places(measured: Measured) -> tuple[float | None, float | None, float | None]:
    """Return where number and interval lie on the scale of the band."""
    finding, found = measured.finding, measured.estimate
    first, last = finding.low, finding.high
    assert first is not None and last is not None, "it is drawn on its band"
    if found is None or measured.value is None:
        return None, None, None

    def place(number: float) -> float:
        return min(max((number - first) / (last - first), 1 - FARTHEST), FARTHEST)

    ends = (found.low, found.high)
    low, high = (None if end is None else place(end) for end in ends)
    return place(measured.value), low, high
