"""`adslot serve`: articles of a program in another language, one JSON object to a line in, one out.

A line that is wrong, or that cannot be placed, is answered with an error and costs no other one. The process ends
with its input.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import click

import adslot
from adslot.cli.files import ENDS_ALL, told
from adslot.cli.options import policy_file_option, policy_of, preset_option
from adslot.cli.program import Command
from adslot.cli.streams import put
from adslot.errors import nearest
from adslot.policy.policy import Policy
from adslot.related.files import related_of
from adslot.related.values import moment


class RequestError(ValueError):
    """A line that is no request."""


@click.command(cls=Command)
@policy_file_option
@preset_option
def serve(policy_file: str | None, preset: str | None) -> None:
    """Fill articles of another program: each line of standard input is one, as a JSON object.

    Its keys are "html", and if you like "related", "context", "url", "now", "mode" and "id_prefix"; "id" comes back
    with the answer, which has "html", "placements" and "warnings", or "error".
    """
    policy = policy_of(policy_file, preset)
    for line in sys.stdin.buffer:
        if line.strip():
            put(json.dumps(_answer(line, policy), ensure_ascii=True).encode() + b"\n")


def _answer(line: bytes, policy: Policy) -> dict[str, Any]:
    request: Any = None
    try:
        request = json.loads(line)
        result = adslot.place(policy=policy, **_arguments(request))
    except ENDS_ALL:
        raise
    except Exception as error:  # noqa: BLE001  # of this line only
        return {**_echo(request), "error": told(error)}
    placements = [_placement(each) for each in result.plan.placements]
    return {**_echo(request), "html": result.html, "placements": placements, "warnings": list(result.plan.warnings)}


def _echo(request: Any) -> dict[str, Any]:
    return {"id": request["id"]} if isinstance(request, Mapping) and "id" in request else {}


def _placement(placement: adslot.Placement) -> dict[str, Any]:
    names = ("id", "rule", "slot", "gap", "anchor")
    shown = attrs.asdict(placement, filter=lambda field, _: field.name in names)
    return {**shown, "items": [item.url for item in placement.items]}


_KEYS = ("html", "related", "context", "url", "now", "mode", "id_prefix")


def _arguments(request: Any) -> dict[str, Any]:
    """What a request says, as arguments of `place`. Raises RequestError, RelatedError."""
    if not isinstance(request, Mapping) or "html" not in request:
        raise RequestError('expected an object with the key "html"')
    for key in request:
        if key not in (*_KEYS, "id"):
            hint = nearest(key, [*_KEYS, "id"])
            raise RequestError(f"unknown key {key!r}" + (f" (did you mean {hint!r}?)" if hint else ""))
    return {key: _READERS.get(key, _as_it_is)(request[key]) for key in _KEYS if key in request}


def _as_it_is(value: Any) -> Any:
    return value


def _now(value: Any) -> Any:
    try:
        return moment(value) if isinstance(value, str) else value
    except ValueError as error:
        raise RequestError(f"now: expected a date such as 2026-11-05, found {value!r:.80}") from error


# What is read before `place` takes it; all else are its arguments as they are, and it looks at them itself.
_READERS: Mapping[str, Callable[[Any], Any]] = {"related": related_of, "now": _now}
