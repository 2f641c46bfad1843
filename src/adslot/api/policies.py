"""A policy as a caller gives it: itself, a file, the name of a ready one, or a mapping of the file's form."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from adslot.errors import PolicyError, Problem, nearest, wrong_type
from adslot.policy.policy import Policy

PolicyLike = Policy | str | os.PathLike[str] | Mapping[str, Any]

_SUFFIXES = (".toml", ".json")


def policy_of(value: PolicyLike) -> Policy:
    """The policy that *value* gives. A file is read anew each time: who places often loads it once.

    Raises PolicyError with every problem, TypeError for what is nothing of the kind.

    >>> policy_of("de-newz")
    Traceback (most recent call last):
    adslot.errors.PolicyError: policy: expected a file, whose name ends in .toml or .json, or the name of a preset, found 'de-newz' (did you mean 'de-news'?)
    """
    if isinstance(value, Policy):
        return value
    # Imported here: who makes a policy in Python needs no readers of files.
    from adslot.api import loading  # noqa: PLC0415

    if isinstance(value, Mapping):
        return loading.from_mapping(value)
    if isinstance(value, os.PathLike):
        return loading.load(os.fspath(value))
    if not isinstance(value, str):
        raise wrong_type("policy", "a Policy, a file, the name of a preset or a mapping", value)
    if value.endswith(_SUFFIXES):
        return loading.load(value)
    if value in loading.preset_names():
        return loading.preset(value)
    expected = "a file, whose name ends in .toml or .json, or the name of a preset"
    raise PolicyError([Problem("policy", expected, f"{value!r:.80}", nearest(value, loading.preset_names()))])


def resolved(policy: PolicyLike, context: Mapping[str, object] | None) -> tuple[tuple[str, ...], Policy]:
    """What the *context* lacks or nearly has, and the policy of the cases that it meets."""
    whole = policy_of(policy)
    return whole.lacks(context), whole.resolve(context)
