"""How values that are declared show themselves, in a debugger or a log: what is said, and briefly."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from adslot.policy.numbers import brief, how_many

_MOST = 200


def shown(self: attrs.AttrsInstance) -> str:
    """The `__repr__` of a value of attrs: its fields that are not as they are where nothing is said, in at most 200 characters.

    >>> from adslot import Policy, Rule, Slot
    >>> Rule("in-text", slot="ad", max=3, at=["after lead", "end"], apart="700 chars")
    Rule(name='in-text', slot='ad', at=('after lead', 'end'), apart='700 chars', max=3)
    >>> Policy([Slot("mehr", kind="teaser")])
    Policy(slots=<1>)
    """
    name, fields = type(self).__name__, list(_fields(self))
    text = f"{name}({', '.join(fields)})"
    while len(text) > _MOST:
        fields.pop()
        text = f"{name}({', '.join((*fields, '…'))})"
    return text


def _fields(value: attrs.AttrsInstance) -> Iterator[str]:
    """The fields that were said, each as `name=value`."""
    for field in attrs.fields(type(value)):
        found = getattr(value, field.name)
        if field.repr and not _is_default(found, field.default, value):
            yield f"{field.name}={_said(found)}"


def _said(value: object) -> str:
    """Expressions as a policy file has them, other values in lists by their number."""
    if isinstance(value, tuple) and any(map(_is_declared, value)):
        return brief(tuple(map(str, value))) if all(map(_is_expression, value)) else how_many(value)
    return brief(str(value) if _is_expression(value) else value)


def _is_declared(value: object) -> bool:
    return attrs.has(type(value))


def _is_expression(value: object) -> bool:
    return _is_declared(value) and type(value).__str__ is not object.__str__


def _is_default(found: object, default: Any, value: attrs.AttrsInstance) -> bool:
    """Whether a field has what it has where nothing is said, which may depend on the others."""
    factory = getattr(default, "factory", None)
    if factory is not None:
        default = factory(value) if default.takes_self else factory()
    return type(found) is type(default) and found == default
