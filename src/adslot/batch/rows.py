"""Rows: what a row of a table says of one article, as arguments of `adslot.place`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from adslot.errors import AdslotError
from adslot.related.files import related_of
from adslot.related.values import moment


class RowError(AdslotError, ValueError):
    """A value of a row that says nothing of an article."""


def arguments(row: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `adslot.place` that a *row* has; what is None is not given.

    `url`, `now` and `id_prefix` are texts; `context` is a mapping, `related` a list of mappings with the fields of
    `Related`, or either is a text of JSON. Raises RowError and RelatedError.

    >>> arguments({"url": "/bahn", "context": '{"section": "sport"}', "now": None, "title": "Bahn"})
    {'context': {'section': 'sport'}, 'url': '/bahn'}
    """
    return {name: read(row[name]) for name, read in READERS.items() if row.get(name) is not None}


def fault_of(error: Exception) -> str:
    """What an error says."""
    if isinstance(error, AdslotError):
        return str(error)
    name, text = type(error).__name__, str(error)
    return f"{name}: {text}" if text else name


def _as_it_is(value: Any) -> Any:
    return value


def _now(value: Any) -> Any:
    try:
        return moment(value) if isinstance(value, str) else value
    except ValueError as error:
        raise RowError(f"now: expected a date such as 2026-11-05, found {value!r:.80}") from error


def _context(value: Any) -> dict[str, Any]:
    found = _decoded("context", value)
    try:
        table = dict(found)
    except (TypeError, ValueError) as error:
        raise RowError(f"context: expected a mapping of names to values, found {value!r:.80}") from error
    return {key: each for key, each in table.items() if each is not None}


def _related(value: Any) -> Any:
    return related_of(
        [_item(each) for each in found] if isinstance(found := _decoded("related", value), list) else found
    )


def _item(value: Any) -> Any:
    """An article as JSON has it: Arrow has times for dates, and pairs for mappings."""
    if not isinstance(value, Mapping):
        return value
    found = {key: each.isoformat() if isinstance(each, date) else each for key, each in value.items()}
    if isinstance(when := found.get("when"), list):
        found["when"] = dict(when)
    return found


def _decoded(name: str, value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError) as error:
        raise RowError(f"{name}: expected JSON, found {value!r:.80}") from error


READERS: Mapping[str, Callable[[Any], Any]] = {
    "related": _related,
    "context": _context,
    "url": _as_it_is,
    "now": _now,
    "id_prefix": _as_it_is,
}
