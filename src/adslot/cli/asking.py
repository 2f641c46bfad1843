"""What another program asks for, an article and what is known of it as JSON, and the answer to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import attrs

import adslot
from adslot.cli.files import ENDS_ALL, told
from adslot.errors import AdslotError, PolicyError, nearest
from adslot.policy.file.json_syntax import json_problem
from adslot.policy.policy import Policy
from adslot.related.files import related_of
from adslot.related.values import moment


class RequestError(ValueError):
    """What is no request."""


@attrs.frozen
class Answer:
    """What is *said*, as JSON has it, or the *error* that it tells of."""

    said: Mapping[str, Any]
    error: Exception | None = None

    @property
    def line(self) -> bytes:
        """It, in one line."""
        return json.dumps(self.said, ensure_ascii=True).encode() + b"\n"


def answer(data: bytes, policy: Policy) -> Answer:
    """The answer to a request, whatever that is."""
    request: Any = None
    try:
        request = json.loads(data, parse_constant=_no_number)
        result = adslot.place(policy=policy, **_arguments(request))
    except ENDS_ALL:
        raise
    except Exception as error:  # noqa: BLE001  # of this request only
        return Answer({**_echo(request), "error": said(error)}, error)
    placements = [_placement(each) for each in result.plan.placements]
    warnings = list(result.plan.warnings)
    return Answer({**_echo(request), "html": result.html, "placements": placements, "warnings": warnings})


def said(error: Exception) -> str:
    """What is answered to an *error*: what is wrong with a request in words for any language, all else with its name."""
    if isinstance(error, json.JSONDecodeError):
        problem = json_problem(error)
        return f"expected {problem.expected}, found {problem.found}"
    return str(error) if is_to_blame(error) and str(error) else told(error)


def is_to_blame(error: Exception) -> bool:
    """Whether who asked is to blame for an *error*: the policy and faults of adslot are not theirs."""
    return isinstance(error, (AdslotError, TypeError, ValueError, RecursionError)) and not isinstance(
        error, PolicyError
    )


def _no_number(name: str) -> None:
    raise RequestError(f"{name} is no number of JSON")


def _echo(request: Any) -> dict[str, Any]:
    """The id of a request, which comes back; but not one that JSON cannot have, such as 1e999."""
    if not isinstance(request, Mapping) or "id" not in request:
        return {}
    try:
        json.dumps(request["id"], allow_nan=False)
    except ValueError:
        return {}
    return {"id": request["id"]}


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
        refuse_unknown(key, (*_KEYS, "id"), "key")
    return {key: _READERS.get(key, _as_it_is)(request[key]) for key in _KEYS if key in request}


def refuse_unknown(name: str, known: tuple[str, ...], what: str) -> None:
    """Raise RequestError for a *name* that is none of the *known* ones; *what* it is one of."""
    if name not in known:
        hint = nearest(name, known)
        raise RequestError(f"unknown {what} {name!r}" + (f" (did you mean {hint!r}?)" if hint else ""))


def _as_it_is(value: Any) -> Any:
    return value


def now_of(value: Any) -> Any:
    """The date or time that a text says; what is no text, as it is. Raises RequestError."""
    try:
        return moment(value) if isinstance(value, str) else value
    except ValueError as error:
        raise RequestError(f"now: expected a date such as 2026-11-05, found {value!r:.80}") from error


# What is read before `place` takes it; all else are its arguments as they are, and it looks at them itself.
_READERS: Mapping[str, Callable[[Any], Any]] = {"related": related_of, "now": now_of}
