"""A policy as the plain mapping, or the TOML text, that makes it: what is not set is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from adslot.patterns import pattern
from adslot.policy.declarations import Spacing
from adslot.policy.file.keys import RULE, SPACING, TABLES, default_of, field_of
from adslot.policy.file.reader import Key
from adslot.policy.file.slot_keys import SLOT
from adslot.policy.frozen import Table, thaw
from adslot.policy.policy import Policy


def to_mapping(policy: Policy) -> dict[str, Any]:
    """*policy* as plain data of the form of the policy file, for JSON and the like; `from_mapping` takes it back.

    >>> from adslot.policy.declarations import Rule
    >>> from adslot.policy.slots import Slot
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
        "context": thaw(policy.context),
        "cases": [{"when": thaw(case.when), **thaw(case.changes)} for case in policy.cases],
    }
    return {name: value for name, value in data.items() if value}


def dumps(policy: Policy) -> str:
    """*policy* as a TOML text; `loads` takes it back. What a policy extended has become part of it."""
    return _toml(to_mapping(policy))


def _table(value: attrs.AttrsInstance, keys: Mapping[str, Key]) -> dict[str, Any]:
    """The keys of *value* that are not at their defaults."""
    found = {}
    for name, key in keys.items():
        field = field_of(name, key)
        own = getattr(value, field)
        if key.needed or own != default_of(value, field):
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
    if field == "guards":
        return {name.replace("_", "-"): each for name, each in value.items()}
    if field == "attributes":
        return dict(value)
    if isinstance(value, Table):
        return {name: _written("", each) for name, each in value.items()}
    if isinstance(value, tuple):
        plain = [_written("", each) for each in value]
        return plain[0] if len(plain) == 1 else plain
    return value if isinstance(value, bool | int | str) else str(value)


_BARE = pattern(r"[A-Za-z0-9_-]+")
_CONTROL = pattern(r"[\x00-\x1f\x7f]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_WIDTH = 80


def _toml(data: Mapping[str, Any]) -> str:
    """*data*, whose values are tables, tables of tables and lists of tables, as TOML.

    >>> print(_toml({"limits": {"ads": 4}, "rules": [{"name": "a", "at": ["start", "end"]}]}), end="")
    [limits]
    ads = 4
    <BLANKLINE>
    [[rules]]
    name = "a"
    at = ["start", "end"]
    """
    tables = []
    for name, value in data.items():
        if isinstance(value, list):
            tables += [_written_table(f"[[{name}]]", each) for each in value]
        elif all(isinstance(each, Mapping) for each in value.values()):
            tables += [_written_table(f"[{name}.{_key(key)}]", each) for key, each in value.items()]
        else:
            tables.append(_written_table(f"[{name}]", value))
    return "\n".join(tables)


def _written_table(header: str, table: Mapping[str, Any]) -> str:
    return "".join(f"{line}\n" for line in (header, *(_line(key, value) for key, value in table.items())))


def _line(key: str, value: Any) -> str:
    line = f"{_key(key)} = {_value(value)}"
    if len(line) <= _WIDTH or not isinstance(value, list):
        return line
    return "\n".join((f"{_key(key)} = [", *(f"    {_value(each)}," for each in value), "]"))


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _basic(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        pairs = ", ".join(f"{_key(key)} = {_value(each)}" for key, each in value.items())
        return f"{{ {pairs} }}" if pairs else "{}"
    return str(value)


def _string(text: str) -> str:
    """A literal string where quotes and backslashes would need escapes, else a basic one."""
    if ('"' in text or "\\" in text) and "'" not in text and not _CONTROL.search(text):
        return f"'{text}'"
    return _basic(text)


def _basic(text: str) -> str:
    escaped = "".join(_ESCAPES.get(char, char) for char in text)
    return '"' + _CONTROL.sub(lambda control: f"\\u{ord(control[0]):04x}", escaped) + '"'
