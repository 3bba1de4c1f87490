"""A page of Markdown, printed or written to a file."""

from __future__ import annotations

from pathlib import Path


def put(text: str, place: str) -> None:
    """Print a page, or write it to a file; ForbearError where that cannot be."""
    from sim.parameter import ForbearError

    if place == "-":
        print(text, end="")
        return
    try:
        Path(place).write_text(text, "utf-8", newline="\n")
    except OSError as error:
        reason = error.strerror or error
        raise ForbearError(f"{place}: the page cannot be written: {reason}") from error
