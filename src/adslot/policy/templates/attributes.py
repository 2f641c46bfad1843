"""What templates may ask values for: the keys of mappings, and a few methods of texts and mappings that change nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from jinja2.runtime import LoopContext
from jinja2.utils import Namespace

from adslot.policy.templates.data import MAPPINGS, TEXTS
from adslot.policy.templates.filters import paid, replaced, stripped

# Each gives less than it is given, or about as much.
OF_TEXTS = frozenset(
    "capitalize count endswith find isdigit lower lstrip removeprefix removesuffix replace rstrip split startswith "
    "strip title upper".split()
)
OF_MAPPINGS = frozenset("get items keys values".split())
OF_LOOPS = frozenset(
    "changed cycle depth depth0 first index index0 last length nextitem previtem revindex revindex0".split()
)

_STRIPPING = frozenset("lstrip rstrip strip".split())

# What a value does not have.
MISSING: Any = object()


class Method:
    """Something that templates can call. It pays for itself."""

    __slots__ = ("run",)

    def __init__(self, run: Callable[..., Any]) -> None:
        self.run = run


def attribute_of(value: Any, name: str) -> Any:
    """What `value.name` is in a template; MISSING where there is no such thing."""
    kind = type(value)
    if kind in MAPPINGS:
        if name in OF_MAPPINGS:
            return _bound(value, dict, name)
        try:
            return value[name]
        except KeyError:
            return MISSING
    if kind in TEXTS:
        if name == "replace":
            return Method(paid(partial(replaced, value)))
        if name in _STRIPPING:
            return Method(paid(partial(stripped(getattr(kind, name)), value)))
        return _bound(value, kind, name) if name in OF_TEXTS else MISSING
    if kind is LoopContext and name in OF_LOOPS:
        found = getattr(value, name)
        return Method(paid(found)) if name in {"changed", "cycle"} else found
    if kind is Namespace:
        return getattr(value, name, MISSING)
    return MISSING


def _bound(value: Any, kind: type, name: str) -> Method:
    return Method(paid(partial(getattr(kind, name), value)))
