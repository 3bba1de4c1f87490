"""Text of a file as plain text: no markup of it is ever interpreted."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from typing import Final

import streamlit as st

MARKUP: Final = re.compile(r"([\\`*_\[\]<>&~$|@:]|(?<=www)\.)", re.IGNORECASE)
"""What may have a meaning within a line of Markdown."""
WORD_JOINER: Final = "\u2060"
"""Takes no room; after a colon it keeps a word from being taken for a picture's name."""


def as_label(text: str) -> str:
    """Return Markdown that says exactly ``text`` in a line, for widgets that take nothing else."""
    return MARKUP.sub(r"\\\1", text).replace(":", f":{WORD_JOINER}")


def heading(text: str, level: int = 2) -> None:
    """Draw a heading that says exactly ``text``."""
    st.html(f"<h{level}>{html.escape(text)}</h{level}>")


def paragraph(text: str, kind: str = "") -> None:
    """Draw a paragraph that says exactly ``text``; ``kind`` names its style."""
    st.html(f'<p class="{html.escape(kind)}">{html.escape(text)}</p>')


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Draw a table whose cells say exactly what they hold."""
    top = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    st.html(
        f'<div class="wide"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )
