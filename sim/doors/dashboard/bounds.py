"""How large a question may be here, so that no visitor takes the machine from the others."""

from __future__ import annotations

from typing import Final

from sim.scenario.draft import MOST_POLICIES
from sim.scenario.schema import Scenario
from sim.show.language import Language

MOST_LOANS: Final = 300_000
"""Borrowers and new loans, in all replicas together."""
MOST_LOAN_MONTHS: Final = 60_000_000
"""The same, times months, times policies: about a minute of two processors."""
MOST_NUMBERS: Final = 100_000
"""Months, times replicas, times policies: so many numbers of each kind are kept, 120 MB."""


def too_large(scenario: Scenario, language: Language) -> str | None:
    """Return why a question is too large for a browser, None if it is not."""
    world, policies = scenario.world, len(scenario.policies)
    loans = (world.borrowers + world.new_loans_per_month * world.months) * world.replicas
    months = loans * (world.months + world.burn_in_months) * policies
    numbers = (world.months + world.burn_in_months) * world.replicas * policies
    for what, number, most in (
        ("policies", policies, MOST_POLICIES),
        ("loans", loans, MOST_LOANS),
        ("months", months, MOST_LOAN_MONTHS),
        ("numbers", numbers, MOST_NUMBERS),
    ):
        if number > most:
            return language.say(f"app.too_many_{what}", number=f"{number:,}", most=f"{most:,}")
    return None
