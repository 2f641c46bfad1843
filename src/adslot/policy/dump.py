"""A policy as the plain mapping, or the TOML text, that makes it: what is not set is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from adslot.policy.declarations import Spacing
from adslot.policy.file.keys import RULE, SLOT, SPACING, TABLES, field_of
from adslot.policy.file.reader import Key
from adslot.policy.frozen import Table, thaw
from adslot.policy.policy import Policy
from adslot.policy.toml import write


def to_mapping(policy: Policy) -> dict[str, Any]:
    """*policy* as plain data of the form of the policy file, for JSON and the like; `from_mapping` takes it back.

    >>> from adslot.policy.declarations import Rule, Slot
    >>> to_mapping(Policy([Slot("anzeige", kind="promo")], [Rule("mitte", slot="anzeige", at=["50%", "end"])]))
    {'slots': {'anzeige': {'kind': 'promo'}}, 'rules': [{'name': 'mitte', 'slot': 'anzeige', 'at': ['50%', 'end']}]}
    """
    data = {
        "article": _table(policy.article, TABLES["article"]),
        "layouts": {layout.name: _table(layout, TABLES["layouts"]) for layout in policy.layouts},
        "slots": {slot.name: _table(slot, SLOT) for slot in policy.slots},
        "rules": [_table(rule, RULE) for rule in policy.rules],
        "spacing": [_spacing(spacing) for spacing in policy.spacing],
        "limits": _table(policy.limits, TABLES["limits"]),
        "guards": _table(policy.guards, TABLES["guards"]),
        "cases": [{"when": thaw(case.when), **thaw(case.changes)} for case in policy.cases],
    }
    return {name: value for name, value in data.items() if value}


def dumps(policy: Policy) -> str:
    """*policy* as a TOML text; `loads` takes it back. What a policy extended has become part of it."""
    return write(to_mapping(policy))


def _table(value: attrs.AttrsInstance, keys: Mapping[str, Key]) -> dict[str, Any]:
    """The keys of *value* that are not at their defaults."""
    defaults = attrs.fields_dict(type(value))
    found = {}
    for name, key in keys.items():
        field = field_of(name, key)
        own = getattr(value, field)
        if key.needed or own != defaults[field].default:
            found[name] = _written(field, own)
    return found


def _spacing(spacing: Spacing) -> dict[str, Any]:
    table = _table(spacing, {name: key for name, key in SPACING.items() if name != "between"})
    if not spacing.either:
        return table
    return {"between": [table.pop("above"), table.pop("below")], **table}


def _written(field: str, value: Any) -> Any:
    if field == "short":
        return f"{value} chars"
    if field == "attributes":
        return dict(value)
    if isinstance(value, Table):
        return {name: _written("", each) for name, each in value.items()}
    if isinstance(value, tuple):
        plain = [_written("", each) for each in value]
        return plain[0] if len(plain) == 1 else plain
    return value if isinstance(value, bool | int | str) else str(value)
