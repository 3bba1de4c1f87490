"""What a chart is: a figure, the numbers behind it, and what it shows in words."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

import plotly.graph_objects as go
from plotly.offline import get_plotlyjs

from sim.experiment.record import Cell, cell


def library() -> str:
    """Return the script that draws figures in a browser: nothing need be fetched for it."""
    script: str = get_plotlyjs()
    return script


@dataclass(frozen=True)
class Chart:
    """A figure and what stands behind it.

    ``name`` is that of its file; ``head`` and ``rows`` are its numbers in the units shown; ``alt``
    says what it shows to whoever cannot see it, ``note`` how to read it.
    """

    name: str
    title: str
    figure: go.Figure
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    alt: str
    note: str = ""

    def csv(self) -> str:
        """Return its numbers as CSV; no cell is a formula."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([cell(value) for value in row] for row in (self.head, *self.rows))
        return text.getvalue()
