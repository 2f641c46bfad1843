"""Recipes: all that decides what becomes of a page, but the page itself, as a short digest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

from adslot._version import VERSION
from adslot.policy.dump import to_mapping
from adslot.policy.policy import Policy

_SIZE = 16  # bytes: no two of a billion are the same


def digest(*parts: bytes) -> bytes:
    """What tells *parts* from all others, in 16 bytes.

    >>> digest(b"ab", b"c") == digest(b"a", b"bc")
    False
    """
    made = blake2b(digest_size=_SIZE)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.digest()


def recipe(policy: Policy, told: Mapping[str, Any]) -> bytes:
    """The digest of this version, a *policy* with its templates, and what else `adslot.place` is *told*.

    What is told must show itself in full: texts, numbers, dates, articles.
    """
    return digest(VERSION.encode(), json.dumps(to_mapping(policy), sort_keys=True, default=repr).encode(), said(told))


def said(told: Mapping[str, Any]) -> bytes:
    """What is *told*, in bytes that are the same for the same."""
    return repr(sorted((name, _plain(value)) for name, value in told.items())).encode(errors="surrogatepass")


def _plain(value: Any) -> str:
    return repr(sorted(value.items())) if isinstance(value, Mapping) else repr(value)
