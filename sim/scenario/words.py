"""Words of a file in both languages: plain text, never markup."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field

from sim.parameter import Group

UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # control, format, surrogate, separators of lines


def printable(text: str) -> str:
    """Return the text; ValueError if it is blank or would not be seen as it is written."""
    if any(unicodedata.category(character) in UNSEEN for character in text):
        raise ValueError("must not hold control or direction characters")
    if not text.strip():
        raise ValueError("must not be blank")
    return text


BASELINE: Final = "baseline"
"""The name of the policy that all others are compared with; its table in a file is its own."""

Line = Annotated[str, Field(max_length=200), AfterValidator(printable)]


class Label(BaseModel):
    """A line in English and in Chinese: words, so not a group of parameters."""

    model_config = Group.model_config

    en: Line
    zh: Line


def seen(text: str, longest: int = 200) -> str:
    """Return the text on one line, as it is seen: � for what would not be, and not too long."""
    plain = "".join("�" if unicodedata.category(each) in UNSEEN else each for each in text)
    return plain if len(plain) <= longest else plain[: longest - 1] + "…"
