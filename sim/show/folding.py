"""Fold a line of English or Chinese where the paper ends; a Chinese character is two wide."""

from __future__ import annotations

import re
from typing import Final

WIDE: Final = "\u2e80-\u9fff\uff00-\uffef\u201c\u201d"
CLOSING: Final = "，。；：、！？）」』”》"
OPENING: Final = "（「『“《"

_PIECE: Final = re.compile(rf"\s+|[{OPENING}]*(?:[{WIDE}]|[^\s{WIDE}]+)[{CLOSING}]*")
"""Between pieces a line may end: at a space, beside a Chinese character, not before a comma."""


def fold(text: str, width: int, first: str = "  ", then: str = "  ") -> str:
    """Return the text folded to ``width`` columns, its first line and the others indented.

    A piece that is longer than a line stays whole.
    """
    from rich.cells import cell_len

    lines, line, used = [], first, cell_len(first)
    for piece in _PIECE.findall(text.strip()):
        size = cell_len(piece)
        if used + cell_len(piece.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line, used = then, cell_len(then)
        if piece.strip() or line.strip():
            line, used = line + piece, used + size
    return "\n".join((*lines, line.rstrip()))
