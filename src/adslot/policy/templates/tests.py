"""The tests that templates have: Jinja's, but for those that look at more than a value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2.tests import TESTS as JINJA

from adslot.policy.templates.filters import paid

# These look at no more than what kind of thing it is.
_BLIND = (
    "boolean defined escaped false float integer iterable mapping none number sequence string true undefined".split()
)
_PAID = "!= < <= == > >= divisibleby eq equalto even ge greaterthan gt in le lessthan lower lt ne odd upper".split()

_ALL: dict[str, Any] = dict(JINJA)

TESTS: dict[str, Callable[..., Any]] = {
    **{name: _ALL[name] for name in _BLIND},
    **{name: paid(_ALL[name]) for name in _PAID},
}
