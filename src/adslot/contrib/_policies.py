"""What a setting may name a policy by."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import adslot

Setting = str | os.PathLike[str] | Mapping[str, Any] | adslot.Policy


def policy_of(value: Setting, folder: str | os.PathLike[str] = "") -> adslot.Policy:
    """The policy that a setting gives: the name of a preset, a file in *folder*, a mapping of the file's form, or itself.

    Raises PolicyError with every problem, TypeError for what is none of these.

    >>> policy_of("de-news") == policy_of(adslot.preset("de-news"))
    True
    """
    if isinstance(value, adslot.Policy):
        return value
    if isinstance(value, Mapping):
        return adslot.from_mapping(value)
    if value in adslot.preset_names():
        return adslot.preset(str(value))
    if isinstance(value, str | os.PathLike):
        return adslot.load(Path(folder, value))
    raise TypeError(f"expected a policy: a file, the name of a preset, a mapping or an adslot.Policy, found {value!r}")
