"""The ledger: what each replica's books say at every month's end."""

from __future__ import annotations

from typing import Self

import numpy as np
import numpy.typing as npt

Totals = npt.NDArray[np.int64]


class Ledger:
    """One row a month's end and one column a replica, for every entry."""

    def __init__(self) -> None:
        """Make an empty ledger."""
        self.days: list[int] = []
        """The last day of each month taken; the first is the eve of day 0."""
        self._months: list[dict[str, Totals]] = []

    def append(self, day: int, totals: dict[str, Totals]) -> None:
        """Add the month that ends with ``day``; each total has shape (replicas,)."""
        self.days.append(day)
        self._months.append(totals)

    @property
    def entries(self) -> dict[str, Totals]:
        """Return every entry as an array of shape (months, replicas)."""
        if not self._months:
            return {}
        return {name: np.stack([month[name] for month in self._months]) for name in self._months[0]}

    def copy(self) -> Self:
        """Return an independent ledger with the same months."""
        twin = type(self)()
        twin.days = list(self.days)
        twin._months = list(self._months)
        return twin
