"""Words of a file in both languages: plain text, never markup."""

from __future__ import annotations

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from sim.parameter import Group


def _printable(text: str) -> str:
    if any(unicodedata.category(character) in ("Cc", "Cf", "Cs") for character in text):
        raise ValueError("must not hold control or direction characters")
    if not text.strip():
        raise ValueError("must not be blank")
    return text


Line = Annotated[str, Field(max_length=200), AfterValidator(_printable)]


class Label(Group):
    """A line in English and in Chinese."""

    en: Line
    zh: Line
