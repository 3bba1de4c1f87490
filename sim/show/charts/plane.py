"""Two measures at once: what a policy does to default and to money; where loans roll to."""

from __future__ import annotations

from math import isnan
from typing import Final

import plotly.graph_objects as go

from sim.experiment.compare import Comparison
from sim.experiment.inference import Effect, mean_of_defined
from sim.rules.measures import METRICS
from sim.scenario.words import BASELINE
from sim.show.charts.chart import Chart
from sim.show.charts.read import name, scaled, short, unit_of
from sim.show.charts.style import (
    FADED,
    GRID,
    INK,
    PALETTE,
    SYMBOLS,
    Look,
    dressed,
)
from sim.show.findings import label
from sim.show.language import Language

TRADED: Final = ("default_rate", "net_recovered")
ROLLS: Final = ("roll_rate_0", "roll_rate_1", "roll_rate_30", "roll_rate_60")
CELL: Final = 38
"""Pixels of a row of the table of rates."""


def trade_off(comparison: Comparison, language: Language, look: Look) -> Chart:
    """Return what each policy changes in default and in net recovered, with both intervals."""
    figure = go.Figure()
    across, up = (METRICS[metric] for metric in TRADED)
    figure.add_hline(y=0, line={"color": FADED[look], "width": 1})
    figure.add_vline(x=0, line={"color": FADED[look], "width": 1})
    rows = []
    for place, (policy, effects) in enumerate(comparison.effects.items(), start=1):
        x, y = (_scaled(effects[each.name], each.unit) for each in (across, up))
        rows.append((name(comparison, policy, language), *x, *y))
        if x[0] is None or y[0] is None:
            continue
        colour = PALETTE[look][place % len(PALETTE[look])]
        figure.add_scatter(
            x=[x[0]],
            y=[y[0]],
            name=short(comparison, policy, language),
            mode="markers",
            marker={"symbol": SYMBOLS[place % len(SYMBOLS)], "size": 13, "color": colour},
            error_x=_whisker(x, colour),
            error_y=_whisker(y, colour),
            hoverinfo="x+y+name",
        )
    figure.add_scatter(
        x=[0],
        y=[0],
        name=short(comparison, BASELINE, language),
        mode="markers",
        marker={"symbol": "circle-open", "size": 13, "color": INK[look], "line": {"width": 2}},
        hoverinfo="name",
    )
    dressed(figure, look, 420 + 22 * len(comparison.effects))
    figure.update_layout(legend={"y": -0.2}, showlegend=True)
    points, amount = (unit_of(each.unit, language, difference=True) for each in (across, up))
    figure.update_xaxes(title_text=language.say("chart.trade_off.x", unit=points))
    figure.update_yaxes(title_text=language.say("chart.trade_off.y", unit=amount))
    figure.add_annotation(
        x=0.01, y=0.99, xref="paper", yref="paper", xanchor="left", yanchor="top",
        text=language.say("chart.trade_off.better"), showarrow=False, font={"size": 12},
    )  # fmt: skip
    head = ("policy", "default", "default_low", "default_high", "net", "net_low", "net_high")
    return Chart(
        "trade_off",
        language.say("chart.trade_off"),
        figure,
        tuple(language.say(f"chart.head.{each}", points=points, money=amount) for each in head),
        tuple(rows),
        language.say("chart.trade_off.alt", baseline=label(comparison, BASELINE, language)),
        language.say("chart.trade_off.note"),
    )


def roll_rates(comparison: Comparison, language: Language, look: Look) -> Chart:
    """Return which share of the loans of each bucket is in a later one a month after."""
    policies = list(comparison.scenario.policies)
    rates = [
        [mean_of_defined(comparison.metrics[policy][metric]) for metric in ROLLS]
        for policy in policies
    ]
    columns = [language.say(f"chart.{metric}") for metric in ROLLS]
    percent = [[None if isnan(rate) else 100 * rate for rate in row] for row in rates]
    figure = go.Figure(
        go.Heatmap(
            x=columns,
            y=list(range(len(policies))),  # not by label: two policies may share one
            z=percent,
            text=[["-" if rate is None else f"{rate:.1f}%" for rate in row] for row in percent],
            texttemplate="%{text}",
            colorscale=[[0, GRID[look]], [1, {"light": "#8cb9d6", "dark": "#2c5d80"}[look]]],
            zmin=0,
            zmax=100,
            showscale=False,
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    dressed(figure, look, CELL * len(policies) + 110)
    figure.update_yaxes(
        autorange="reversed",
        tickvals=list(range(len(policies))),
        ticktext=[short(comparison, policy, language) for policy in policies],
    )
    figure.update_xaxes(title_text=language.say("chart.roll_rates.axis"))
    return Chart(
        "roll_rates",
        language.say("chart.roll_rates"),
        figure,
        (language.say("chart.head.policy"), *(f"{column} (%)" for column in columns)),
        tuple(
            (name(comparison, policy, language), *row)
            for policy, row in zip(policies, percent, strict=True)
        ),
        language.say("chart.roll_rates.alt"),
        language.say("chart.roll_rates.note"),
    )


def _scaled(effect: Effect, unit: str) -> tuple[float | None, float | None, float | None]:
    if isnan(effect.difference):
        return None, None, None
    low, high = (None if end is None else scaled(end, unit) for end in (effect.low, effect.high))
    return scaled(effect.difference, unit), low, high


def _whisker(
    ends: tuple[float | None, float | None, float | None], colour: str
) -> dict[str, object]:
    middle, low, high = ends
    if middle is None or low is None or high is None:
        return {"visible": False}
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - middle],
        "arrayminus": [middle - low],
        "color": colour,
        "thickness": 1.5,
    }
