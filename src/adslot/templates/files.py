"""Templates in files: a policy names them, and takes in their text, so that it stands by itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from adslot.templates import is_written, names


def taken_in(data: Any, folder: Path) -> Any:
    """The *data* of a policy or a case, with the templates that it names in *folder* as texts."""
    if not isinstance(data, Mapping):
        return data
    found = dict(data)
    if isinstance(slots := data.get("slots"), Mapping):
        found["slots"] = {name: _slot(table, folder) for name, table in slots.items()}
    if isinstance(cases := data.get("cases"), list | tuple):
        found["cases"] = [taken_in(case, folder) for case in cases]
    return found


def _slot(table: Any, folder: Path) -> Any:
    name = table.get("template") if isinstance(table, Mapping) else None
    if not isinstance(name, str) or not name or is_written(name) or name in names():
        return table
    try:
        text = (folder / name).read_text(encoding="utf-8-sig")
    except (OSError, ValueError):  # told with the other problems of the policy: no template has this name
        return table
    return {**table, "template": text} if is_written(text) else table
