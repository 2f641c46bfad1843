"""Writes the mapping of a policy as TOML: a header for each slot, rule, spacing and case, the rest in lines."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_WIDTH = 80


def write(data: Mapping[str, Any]) -> str:
    """*data*, whose values are tables, tables of tables and lists of tables, as TOML.

    >>> print(write({"limits": {"ads": 4}, "rules": [{"name": "a", "at": ["start", "end"]}]}), end="")
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
            tables += [_table(f"[[{name}]]", each) for each in value]
        elif all(isinstance(each, Mapping) for each in value.values()):
            tables += [_table(f"[{name}.{_key(key)}]", each) for key, each in value.items()]
        else:
            tables.append(_table(f"[{name}]", value))
    return "\n".join(tables)


def _table(header: str, table: Mapping[str, Any]) -> str:
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
