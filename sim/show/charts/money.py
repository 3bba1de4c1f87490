"""Where the money comes from and goes: what makes up net recovered, and what a policy changes."""

from __future__ import annotations

from typing import Final

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from sim.experiment.compare import Comparison
from sim.experiment.inference import mean_of_defined
from sim.rules.measures import METRICS
from sim.scenario.words import BASELINE
from sim.show.charts.chart import Chart
from sim.show.charts.read import name, scaled, unit_of
from sim.show.charts.style import BAD, FADED, GOOD, INK, Look, dressed, plain
from sim.show.findings import finding
from sim.show.language import Language

COMES: Final = (
    "recovered_principal",
    "recovered_interest",
    "recovered_penalty",
    "recovered_costs",
    "late_recovered",
)
GOES: Final = (
    "cost_of_collection",
    "cost_of_desk",
    "cost_of_outreach",
    "cost_of_court",
    "commissions",
)
TOTAL: Final = "net_recovered"
GIVEN_UP: Final = ("forgiven", "forgone_by_rate", "written_off")
"""What will not come: shown beside, as it is no part of the sum."""
HEIGHT: Final = 330
UNIT: Final = "money"


def money(comparison: Comparison, language: Language, look: Look, policy: str) -> Chart:
    """Return what makes up net recovered under the baseline, and what a policy changes in it."""
    amounts = {each: _amounts(comparison, each) for each in comparison.scenario.policies}
    changes = {part: amounts[policy][part] - amounts[BASELINE][part] for part in amounts[policy]}
    baseline, ours = (name(comparison, each, language) for each in (BASELINE, policy))
    told = _total(comparison, policy, language)
    unit = unit_of(UNIT, language)
    panels = [(language.say("chart.money.under", policy=baseline), amounts[BASELINE])]
    if policy != BASELINE:
        panels.append((language.say("chart.money.change", policy=ours), changes))
    figure = make_subplots(rows=len(panels), cols=1, vertical_spacing=0.36)
    for number, (heading, parts) in enumerate(panels, start=1):
        _draw(figure, number, heading, parts, language, look)
    dressed(figure, look, HEIGHT * len(panels), showlegend=False)
    figure.update_layout(margin_t=56)
    figure.update_yaxes(title_text=language.say("chart.money.axis", unit=unit))
    figure.update_xaxes(tickangle=-35)
    return Chart(
        "money",
        language.say("chart.money.title", policy=ours),
        figure,
        (language.say("chart.head.part"), *(name(comparison, each, language) for each in amounts)),
        tuple(
            (f"{_called(part, language)} ({unit})", *(amounts[each][part] for each in amounts))
            for part in (*COMES, *GOES, TOTAL, *GIVEN_UP)
        ),
        language.say("chart.money.alt", told=told),
        f"{told} {language.say('chart.money.note')}",
    )


def _total(comparison: Comparison, policy: str, language: Language) -> str:
    """Return what net recovered is, and what a policy changes in it, with the interval."""
    found = finding(comparison, METRICS[TOTAL], language)
    if policy == BASELINE:
        return language.say("chart.money.whole", heading=found.heading)
    place = [*comparison.effects].index(policy)
    change = found.differences[place]
    return language.say(
        "chart.money.total",
        heading=found.heading,
        policy=change.policy,
        difference=change.difference,
        interval=change.interval,
        words=change.words,
    )


def _amounts(comparison: Comparison, policy: str) -> dict[str, float]:
    """Return each part in whole money a borrower; what goes is below zero."""
    metrics = comparison.metrics[policy]
    means = {part: scaled(mean_of_defined(metrics[part]), UNIT) for part in (*COMES, *GOES)}
    signed = {part: -mean if part in GOES else mean for part, mean in means.items()}
    others = {part: scaled(mean_of_defined(metrics[part]), UNIT) for part in (TOTAL, *GIVEN_UP)}
    return signed | others


def _draw(
    figure: go.Figure,
    number: int,
    heading: str,
    parts: dict[str, float],
    language: Language,
    look: Look,
) -> None:
    at = {"row": number, "col": 1}
    shown = [part for part in (*COMES, *GOES) if round(parts[part], 2)] + [TOTAL]
    figure.add_waterfall(
        x=[_called(part, language) for part in shown],
        y=[parts[part] for part in shown],
        measure=["relative"] * (len(shown) - 1) + ["total"],
        text=[_written(parts[part]) for part in shown],
        textposition="outside",
        cliponaxis=False,
        increasing={"marker": {"color": GOOD[look]}},
        decreasing={"marker": {"color": BAD[look]}},
        totals={"marker": {"color": FADED[look]}},
        connector={"line": {"color": FADED[look], "width": 1}},
        hoverinfo="x+y",
        **at,
    )
    given_up = [part for part in GIVEN_UP if round(parts[part], 2)]
    figure.add_bar(
        x=[_called(part, language) for part in given_up],
        y=[parts[part] for part in given_up],
        text=[_written(parts[part]) for part in given_up],
        textposition="outside",
        cliponaxis=False,
        marker={
            "color": "rgba(0,0,0,0)",
            "line": {"color": INK[look], "width": 1},
            "pattern": {"shape": "/", "fgcolor": INK[look]},
        },
        hoverinfo="x+y",
        **at,
    )
    figure.add_annotation(
        x=0,
        xref=f"x{number if number > 1 else ''} domain",
        y=1.12,
        yref=f"y{number if number > 1 else ''} domain",
        text=plain(heading, 60),
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        font={"size": 13},
    )


def _called(part: str, language: Language) -> str:
    return language.text(METRICS[part].label)


def _written(amount: float) -> str:
    return f"{amount:,.0f}" if abs(amount) >= 100 else f"{amount:,.2f}"
