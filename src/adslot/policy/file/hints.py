"""Hints: what somebody meant who wrote a part of a policy in the wrong form of table, or a key in the wrong part."""

from __future__ import annotations

from collections.abc import Sequence

from adslot.errors import KeyPath, nearest

# What is there several times, each time under a name of its own.
_NAMED = ("slots", "layouts")


def array_header(path: KeyPath) -> str:
    """How TOML begins a table of the array at *path*.

    >>> array_header(("cases", 0, "rules"))
    '[[cases.rules]]'
    """
    return f"[[{_dotted(path)}]]"


def table_hint(path: KeyPath, value: object, known: Sequence[str]) -> str | None:
    """How TOML begins the table that is due at *path*, where an array of tables stands there, or a slot without its name.

    >>> table_hint(("slots",), [{"name": "anzeige"}], []), table_hint(("cases", 0, "limits"), [{"ads": 2}], [])
    ('[slots.NAME]', '[cases.limits]')
    >>> table_hint(("slots", "kind"), "ad", ["kind", "label"])
    '[slots.NAME]'
    """
    if not path or isinstance(path[-1], int):
        return None
    if path[-1] in known and path[-2:-1] and path[-2] in _NAMED:
        return f"[{_dotted(path[:-1])}.NAME]"
    if not isinstance(value, list | tuple):
        return None
    return f"[{_dotted(path)}.NAME]" if path[-1] in _NAMED else f"[{_dotted(path)}]"


def key_hint(key: str, known: Sequence[str]) -> str | None:
    """What *key* was probably meant to be, in a table of *known* keys: a condition belongs to a case."""
    return array_header(("cases",)) if key == "when" else nearest(key, known)


def _dotted(path: KeyPath) -> str:
    return ".".join(part for part in path if isinstance(part, str))
