"""Lives: one borrower's savings, debt and days past due, month by month, under several policies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from plotly.subplots import make_subplots

from sim.clock import MONTH
from sim.experiment.record import Cell
from sim.experiment.step import Event
from sim.experiment.story import Story
from sim.show.charts.chart import Chart
from sim.show.charts.lines import LEGEND_ROW
from sim.show.charts.read import scaled
from sim.show.charts.style import DASHES, PALETTE, SYMBOLS, Look, dressed, plain
from sim.show.language import Language

SHOWN: Final = ("savings", "balance", "days_past_due")
MARKED: Final = ("granted", "charged_off", "paid_off", "settled")
"""Events that are marked where they happen, at the foot of the days past due."""


def life(stories: Sequence[Story], names: Sequence[str], language: Language, look: Look) -> Chart:
    """Return the lives of one borrower on one axis of time; ``names`` are those of the policies."""
    figure = make_subplots(
        rows=len(SHOWN),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.07,
        subplot_titles=[_titled(shown, language) for shown in SHOWN],
    )
    for place, (story, name) in enumerate(zip(stories, names, strict=True)):
        colour = PALETTE[look][place % len(PALETTE[look])]
        months = [moment.day // MONTH + 1 for moment in story.months]
        for row, shown in enumerate(SHOWN, start=1):
            figure.add_scatter(
                x=months,
                y=[_number(getattr(moment, shown), shown) for moment in story.months],
                mode="lines",
                name=plain(name),
                line={"color": colour, "dash": DASHES[place % len(DASHES)], "width": 2},
                legendgroup=str(place),
                showlegend=row == 1,
                row=row,
                col=1,
            )
        marked = [event for event in story.events if event.kind in MARKED]
        figure.add_scatter(
            x=[event.day / MONTH + 1 for event in marked],
            y=[0] * len(marked),
            mode="markers",
            marker={"symbol": SYMBOLS[place % len(SYMBOLS)], "size": 11, "color": colour},
            hovertext=[_called(event, language) for event in marked],
            hoverinfo="text",
            legendgroup=str(place),
            showlegend=False,
            row=len(SHOWN),
            col=1,
        )
    height = 190 * len(SHOWN) + LEGEND_ROW * len(stories) + 70
    dressed(figure, look, height)
    figure.update_layout(legend={"y": -60 / (height - 60)})
    figure.update_yaxes(rangemode="tozero")
    figure.update_xaxes(title_text=language.say("chart.month"), row=len(SHOWN), col=1)
    for title in figure.layout.annotations:
        title.update(x=0, xanchor="left", font_size=13)
    head = (
        language.say("chart.head.policy"),
        language.say("chart.head.month"),
        *(_titled(shown, language) for shown in SHOWN),
    )
    rows: list[tuple[Cell, ...]] = []
    for story, name in zip(stories, names, strict=True):
        for moment in story.months:
            numbers = (_number(getattr(moment, shown), shown) for shown in SHOWN)
            rows.append((name, moment.day // MONTH + 1, *numbers))
    return Chart(
        "life",
        language.say("chart.life"),
        figure,
        head,
        tuple(rows),
        language.say("chart.life.alt", names=language.say("listed").join(names)),
        language.say("chart.life.note"),
    )


def _titled(shown: str, language: Language) -> str:
    return language.say(f"chart.life.{shown}", currency=language.currency_name)


def _number(value: int, shown: str) -> float:
    return value if shown == "days_past_due" else scaled(value, "money")


def _called(event: Event, language: Language) -> str:
    return language.say(f"chart.life.{event.kind}", month=event.day // MONTH + 1)
