"""What is measured: every metric in one registry, with its unit, its direction and its words.

A metric reads the ledger of one policy and gives one number a replica. Flows are counted since day
0: the ledger's entries are cumulative and its first row is the eve of day 0. "A borrower" is one
who is on the book at day 0, whatever becomes of it; new loans are none. Money is in minor units. A
share of nothing is NaN, never 0.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.ledger import Totals
from sim.luck import Floats
from sim.rules.measures.tables import (
    Account,
    Metric,
    Staffing,
    Text,
    UnitCosts,
    Yardstick,
    ratio,
)
from sim.rules.measures.tables.contacts import CONTACTS
from sim.rules.measures.tables.headline import HEADLINE
from sim.rules.measures.tables.losses import LOSSES
from sim.rules.measures.tables.money import MONEY
from sim.rules.measures.tables.people import PEOPLE
from sim.rules.measures.tables.relief import RELIEF

__all__ = [
    "METRICS",
    "Account",
    "Metric",
    "Staffing",
    "Text",
    "UnitCosts",
    "Yardstick",
    "measure",
    "ratio",
]

METRICS: dict[str, Metric] = {
    metric.name: metric
    for table in (HEADLINE, LOSSES, MONEY, RELIEF, CONTACTS, PEOPLE)
    for metric in table
}
"""Every metric by name, in the order in which people read them."""


def measure(entries: Mapping[str, Totals], yardstick: Yardstick) -> dict[str, Floats]:
    """Return every metric of one policy, each of shape (replicas,)."""
    account = Account(entries, yardstick)
    with np.errstate(all="raise"):
        return {name: metric.formula(account) for name, metric in METRICS.items()}
