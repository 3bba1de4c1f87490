"""Tables and lists of a Markdown page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table; no cell can end its row or begin another column."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def listed(facts: Iterable[tuple[str, str]]) -> str:
    """Return a list of facts by name."""
    return "\n".join(f"- **{name}**: {said}" for name, said in facts)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
