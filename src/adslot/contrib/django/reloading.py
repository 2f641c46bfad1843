"""`runserver` starts anew when a policy file changes, as it does for code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

import adslot
from adslot.contrib.django.conf import policies_of, settings_of


def watch_policies(sender: Any, **_: object) -> None:
    """Let *sender*, Django's reloader, look after the policy files, and beside them after what they extend and fill in."""
    for folder in {path.resolve().parent for path in _files()}:
        sender.watch_dir(folder, "*.toml")
        sender.watch_dir(folder, "*.html")


def _files() -> Iterator[Path]:
    try:
        policies = policies_of(settings_of())
    except ImproperlyConfigured:  # reported by the system checks
        return
    for value in policies.values():
        if isinstance(value, str | os.PathLike) and value not in adslot.preset_names():
            yield Path(value)
