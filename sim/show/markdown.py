"""Tables and lists of a Markdown page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sim.scenario.words import seen


def plain(text: str) -> str:
    """Return anybody's text so that a page shows it as it is: no markup, link, image or mention.

    A word joiner keeps those away that are looked for in what is shown: @name, #12, www. A bar is
    left to the table it stands in.
    """
    escaped = re.sub(r"([\\`*_{}\[\]<>()#!~&:@$])", r"\\\1", seen(text, longest=100_000))
    escaped = re.sub(r"^(\s*\d*)([-+=.)])", r"\1\\\2", escaped)  # neither list nor rule
    return re.sub(r"([@#]|www(?=\.))", "\\1\u2060", escaped, flags=re.IGNORECASE)


def code(text: str) -> str:
    """Return anybody's text as code on one line: nothing in it ends that."""
    fence = "`" * (1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; no cell can end its row or begin another column."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def listed(facts: Iterable[tuple[str, str]]) -> str:
    """Return a list of facts by name."""
    return "\n".join(f"- **{name}**: {said}" for name, said in facts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
