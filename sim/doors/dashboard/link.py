"""A link holds a draft: the name of the question it began with, and what was changed since.

The change is a JSON merge patch (RFC 7396) with the order of the policies, compressed. Whoever
opens the link has the question, so that it stays short; a file brought along travels whole.
"""

from __future__ import annotations

import binascii
import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any, Final

from sim.parameter import ForbearError
from sim.scenario.draft import Draft
from sim.scenario.files import LARGEST_FILE, Table

LONGEST: Final = 6_000
"""Characters; mail and chat cut what is longer."""
ORDER: Final = "policies in order"


class LinkError(ForbearError):
    """A link cannot be opened: cut short, of another version, or too long to be made."""


def packed(draft: Draft, question: Draft | None) -> str:
    """Return what changed from ``question`` to the draft, all of it where there is none; or "".

    Raises LinkError where that is too long for a link.
    """
    before = question.table if question else {}
    change = _patch(before, draft.table)
    if list(draft.table.get("policy", {})) != _after(before, change):
        change[ORDER] = list(draft.table["policy"])
    if not change:
        return ""
    text = json.dumps(change, ensure_ascii=False, separators=(",", ":"))
    link = urlsafe_b64encode(zlib.compress(text.encode(), 9)).decode().rstrip("=")
    if len(link) > LONGEST:
        raise LinkError(f"the change is too long for a link ({len(link):,} characters)")
    return link


def unpacked(link: str, question: Draft | None) -> Draft:
    """Return the draft of a link. Raises LinkError for what ``packed`` never wrote."""
    try:
        content = urlsafe_b64decode(link + "=" * (-len(link) % 4))
        unpacking = zlib.decompressobj()
        text = unpacking.decompress(content, LARGEST_FILE)
        if not unpacking.eof:
            raise ValueError("is cut short, or unpacks to too much")
        change = json.loads(text)
        if not isinstance(change, dict):
            raise ValueError("holds no change")
        order = change.pop(ORDER, None)
        table = _patched(question.table if question else {}, change)
        if order is not None:
            table["policy"] = {name: table["policy"][name] for name in order}
    except (binascii.Error, zlib.error, ValueError, KeyError, TypeError, RecursionError) as error:
        raise LinkError(f"the link cannot be read; it may have been cut short ({error})") from error
    return Draft(table, question.name if question else "link.toml")


def _patch(before: Mapping[str, Any], after: Mapping[str, Any]) -> Table:
    """Return the merge patch that makes ``after`` of ``before``; None stands for what is gone."""
    patch: Table = {key: None for key in before if key not in after}
    for key, value in after.items():
        old = before.get(key)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            inner = _patch(old, value)
            patch |= {key: inner} if inner else {}
        elif key not in before or type(value) is not type(old) or value != old:
            patch[key] = value
    return patch


def _patched(before: Mapping[str, Any], patch: Mapping[str, Any]) -> Table:
    after = {key: value for key, value in before.items() if patch.get(key, key) is not None}
    for key, value in patch.items():
        if isinstance(value, Mapping):
            old = before.get(key)
            after[key] = _patched(old if isinstance(old, Mapping) else {}, value)
        elif value is not None:
            after[key] = value
    return after


def _after(before: Mapping[str, Any], change: Mapping[str, Any]) -> list[str]:
    """Return the order that the policies have after a change."""
    return list(_patched(before, change).get("policy", {}))
