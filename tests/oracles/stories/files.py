"""A policy of plain data as the text of its file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def toml(policy: Mapping[str, Any]) -> str:
    """The text of a file."""
    tables = [(f"[slots.{name}]", slot) for name, slot in policy["slots"].items()]
    tables += [(f"[{name}]", policy[name]) for name in ("article", "limits", "guards")]
    tables += [(f"[[{name}]]", each) for name in ("rules", "spacing") for each in policy[name]]
    return "\n".join(
        f"{head}\n" + "".join(f"{key} = {_value(it)}\n" for key, it in body.items()) for head, body in tables
    )


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f'"{key}" = {_value(each)}' for key, each in value.items()) + " }"
    return json.dumps(value)
