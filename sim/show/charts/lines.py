"""Months: what adds up over time, what stands still, and how busy the lender's people are."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from sim.experiment.compare import Comparison
from sim.experiment.inference import mean_of_defined
from sim.luck import Floats
from sim.rules.measures import METRICS
from sim.show.charts.chart import Chart
from sim.show.charts.read import band, by_month, name, scaled, short, with_unit
from sim.show.charts.style import DASHES, FADED, PALETTE, Look, dressed, faint
from sim.show.language import Language

HEIGHT: Final = 250
"""Pixels of a panel."""
LEGEND_ROW: Final = 22
SHADED_FROM: Final = 0.01
"""A month is shaded where at least this share of the borrowers are in a deferral."""
OPERATIONS: Final = (
    "agent_utilisation",
    "visitor_utilisation",
    "reviewer_utilisation",
    "queue_length",
    "waiting_days",
    "court_waiting_days",
)

Lines = dict[str, list[Floats]]
"""Policy -> one number a replica, month by month."""


def over_time(comparison: Comparison, language: Language, look: Look) -> Chart:
    """Return cumulative default and the stock without payment, with bands."""
    metrics = ("default_rate", "no_payment_90_rate")
    lines = {metric: _lines(comparison, metric, alone=False) for metric in metrics}
    shaded = _months_of_deferral(comparison)
    figure = _drawn(comparison, lines, language, look)
    for first, last in _spans(shaded):
        figure.add_vrect(
            x0=first - 0.5,
            x1=last + 0.5,
            fillcolor=faint(FADED[look]),
            line_width=0,
            layer="below",
            row="all",
            col=1,
        )
    ends = [
        language.say(
            "chart.at_the_end",
            policy=name(comparison, policy, language),
            value=language.value(mean_of_defined(months[-1]), "share"),
        )
        for policy, months in lines["default_rate"].items()
    ]
    return _chart(
        "over_time",
        language.say("chart.over_time"),
        figure,
        comparison,
        lines,
        language,
        language.say("chart.over_time.alt", told=language.say("sentence.and").join(ends)),
        language.say(
            "chart.over_time.shaded" if shaded else "chart.over_time.unshaded",
            share=language.value(SHADED_FROM, "share"),
        ),
    )


def queues(comparison: Comparison, language: Language, look: Look) -> Chart | None:
    """Return how busy people are and what waits, month by month; None where nothing is limited."""
    lines = {
        metric: months
        for metric in OPERATIONS
        if _says_something(months := _lines(comparison, metric, alone=True))
    }
    if not lines:
        return None
    unlimited = [metric for metric in OPERATIONS[:3] if metric not in lines]
    names = language.say("listed").join(language.text(METRICS[each].label) for each in unlimited)
    return _chart(
        "queues",
        language.say("chart.queues"),
        _drawn(comparison, lines, language, look),
        comparison,
        lines,
        language,
        language.say("chart.queues.alt"),
        language.say("chart.queues.note", names=names) if unlimited else "",
    )


def _lines(comparison: Comparison, metric: str, *, alone: bool) -> Lines:
    return {
        policy: by_month(comparison, policy, metric, alone=alone)
        for policy in comparison.scenario.policies
    }


def _says_something(lines: Lines) -> bool:
    means = [mean_of_defined(values) for months in lines.values() for values in months]
    return any(not isnan(mean) and mean > 0 for mean in means)


def _months_of_deferral(comparison: Comparison) -> list[int]:
    """Return the months at whose end more than a few are in a deferral, under any policy."""
    shares = [
        entries["deferral_in_force"][1:] / entries["borrowers"][0]
        for entries in comparison.ledgers.values()
    ]
    months = range(1, len(comparison.days))
    return [
        month
        for month in months
        if max(float(share[month - 1].mean()) for share in shares) >= SHADED_FROM
    ]


def _spans(months: Sequence[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for month in months:
        if spans and spans[-1][1] == month - 1:
            spans[-1] = (spans[-1][0], month)
        else:
            spans.append((month, month))
    return spans


def _drawn(
    comparison: Comparison, lines: dict[str, Lines], language: Language, look: Look
) -> go.Figure:
    policies = list(comparison.scenario.policies)
    height = HEIGHT * len(lines) + LEGEND_ROW * len(policies) + 40
    figure = make_subplots(
        rows=len(lines),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.12 / max(1, len(lines) - 1) if len(lines) > 1 else 0,
        subplot_titles=[with_unit(metric, language) for metric in lines],
    )
    for number, (metric, by_policy) in enumerate(lines.items(), start=1):
        unit = METRICS[metric].unit
        for place, policy in enumerate(policies):
            _line(
                figure,
                number,
                short(comparison, policy, language),
                [scaled(mean_of_defined(values), unit) for values in by_policy[policy]],
                [band(values) for values in by_policy[policy]],
                scaled(1.0, unit),
                place,
                look,
            )
        figure.update_yaxes(rangemode="tozero", row=number, col=1)
    dressed(figure, look, height)
    figure.update_layout(legend={"y": -60 / (height - 60), "entrywidth": 0})
    figure.update_xaxes(title_text=language.say("chart.month"), row=len(lines), col=1)
    for title in figure.layout.annotations[: len(lines)]:
        title.update(x=0, xanchor="left", font_size=13)
    return figure


def _line(
    figure: go.Figure,
    number: int,
    policy: str,
    means: Sequence[float],
    bands: Sequence[tuple[float, float] | None],
    factor: float,
    place: int,
    look: Look,
) -> None:
    months = list(range(1, len(means) + 1))
    colour = PALETTE[look][place % len(PALETTE[look])]
    at = {"row": number, "col": 1}
    if all(each is not None for each in bands):
        ends = [each for each in bands if each is not None]
        figure.add_scatter(
            x=[*months, *reversed(months)],
            y=[factor * high for _, high in ends]
            + [max(0.0, factor * low) for low, _ in reversed(ends)],  # nothing here is below zero
            fill="toself",
            fillcolor=faint(colour, 0.12),
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
            showlegend=False,
            legendgroup=str(place),
            **at,
        )
    figure.add_scatter(
        x=months,
        y=means,
        mode="lines",
        name=policy,
        line={"color": colour, "dash": DASHES[place % len(DASHES)], "width": 2},
        legendgroup=str(place),  # two policies may share a label
        showlegend=number == 1,
        hovertemplate="%{y:.2f}",
        **at,
    )


def _chart(
    called: str,
    title: str,
    figure: go.Figure,
    comparison: Comparison,
    lines: dict[str, Lines],
    language: Language,
    alt: str,
    note: str,
) -> Chart:
    head = ["metric", "policy", "month", "mean", "low", "high"]
    rows = []
    for metric, by_policy in lines.items():
        unit = METRICS[metric].unit
        for policy, months in by_policy.items():
            for month, values in enumerate(months, start=1):
                ends = band(values) or (None, None)
                rows.append(
                    (
                        with_unit(metric, language),
                        name(comparison, policy, language),
                        month,
                        scaled(mean_of_defined(values), unit),
                        *(None if end is None else scaled(end, unit) for end in ends),
                    )
                )
    said = tuple(language.say(f"chart.head.{each}") for each in head)
    return Chart(called, title, figure, said, tuple(rows), alt, note)
