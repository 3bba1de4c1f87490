"""How charts look: two looks, colours that need not be told apart, text that is only text."""

from __future__ import annotations

import html
from typing import Any, Final, Literal

import plotly.graph_objects as go

Look = Literal["light", "dark"]

FONT: Final = "'Noto Sans', 'Source Sans Pro', 'Noto Sans CJK SC', 'PingFang SC', sans-serif"
INK: Final = {"light": "#26272b", "dark": "#f2f2ee"}
GRID: Final = {"light": "#dcdcd8", "dark": "#44443f"}
FADED: Final = {"light": "#63646a", "dark": "#b3b3ad"}
GOOD: Final = {"light": "#00629b", "dark": "#6db6f0"}
BAD: Final = {"light": "#b04100", "dark": "#ff9a5c"}
PALETTE: Final = {
    "light": (
        "#5a5b61", "#00629b", "#b04100", "#00735a", "#8e3b7b", "#7a5c00",
        "#2b6f97", "#a01c3a", "#006d77", "#5b6b00", "#3f478d", "#26272b",
    ),
    "dark": (
        "#b3b3ad", "#6db6f0", "#ff9a5c", "#4fd1a5", "#e39bd0", "#e5c04b",
        "#9ad8ff", "#ff8fa3", "#5fd3dc", "#c3d45a", "#a8b4f0", "#ffffff",
    ),
}  # fmt: skip
"""One colour a policy, the baseline's first; each at least 4.5 to 1 against the page."""
DASHES: Final = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS: Final = (
    "circle", "square", "diamond", "triangle-up", "triangle-down", "cross",
    "star", "hexagon", "pentagon", "bowtie", "hourglass", "x",
)  # fmt: skip
LONGEST_LABEL: Final = 34


def plain(text: str, longest: int = LONGEST_LABEL) -> str:
    """Return a text of a file as Plotly shows it as it is: no markup, and not too long."""
    short = text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
    return html.escape(short, quote=False)


def faint(colour: str, share: float = 0.16) -> str:
    """Return a colour to lay over others."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{share})"


def dressed(figure: go.Figure, look: Look, height: int, **layout: Any) -> go.Figure:
    """Return the figure in a look, so many pixels high and as wide as there is room."""
    figure.update_layout(
        template=None,
        height=height,
        autosize=True,
        margin={"l": 8, "r": 12, "t": 28, "b": 8},
        font={"family": FONT, "size": 13, "color": INK[look]},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={"orientation": "h", "yanchor": "top", "y": -0.22, "x": 0, "itemwidth": 40},
        hoverlabel={"font": {"family": FONT}},
        dragmode=False,
        **layout,
    )
    axes = {
        "gridcolor": GRID[look],
        "linecolor": GRID[look],
        "zeroline": False,
        "automargin": True,
        "title_font_size": 12,
        "tickfont_size": 12,
        "fixedrange": True,
    }
    figure.update_xaxes(**axes)
    figure.update_yaxes(**axes)
    return figure
