"""Staff: a number of people, or as many as the work needs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

MOST_STAFF = 10_000


def _staff(number: object) -> object:
    whole = isinstance(number, int) and not isinstance(number, bool)
    if number == "unlimited" or (whole and 0 <= number <= MOST_STAFF):  # type: ignore[operator]
        return number
    raise ValueError(f'must be "unlimited" or a whole number from 0 to {MOST_STAFF:,}')


Staff = Annotated[
    Literal["unlimited"] | Annotated[int, Field(ge=0, le=MOST_STAFF)], BeforeValidator(_staff)
]
