"""The setting `ADSLOT`, read when it is first needed, and anew where a test overrides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import attrs
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

import adslot
from adslot.contrib._policies import policy_of
from adslot.contrib._said import Offered

# What reading the settings may raise.
WRONG_SETTINGS = (ImproperlyConfigured, ImportError, TypeError, adslot.PolicyError)

KEYS = ("POLICY", "POLICIES", "CONTEXT", "RELATED")


def _nothing(_request: Any) -> None:
    return None


@attrs.frozen
class Configured:
    """What the settings say: policies by name, "" for the one that is not named, and what is known of a request."""

    policies: Mapping[str, adslot.Policy]
    context: Callable[[Any], Mapping[str, object] | None] = _nothing
    related: Callable[[Any], Offered | None] = _nothing

    def policy(self, name: str) -> adslot.Policy:
        """The policy of this *name*. Raises ImproperlyConfigured."""
        if name not in self.policies:
            known = ", ".join(repr(each) for each in self.policies if each) or "none"
            raise ImproperlyConfigured(f"ADSLOT['POLICIES'] has no policy {name!r}; it has {known}")
        return self.policies[name]


@lru_cache(maxsize=1)
def configured() -> Configured:
    """The settings as values. Raises one of WRONG_SETTINGS: without a policy ImproperlyConfigured."""
    said = settings_of()
    if "POLICY" not in said:
        raise ImproperlyConfigured(
            "ADSLOT = {'POLICY': …} is not set: name a policy file, such as BASE_DIR / 'adslot.toml'"
        )
    functions = {key.lower(): function_of(said[key]) for key in ("CONTEXT", "RELATED") if key in said}
    return Configured({name: policy_of(value) for name, value in policies_of(said).items()}, **functions)


def settings_of() -> Mapping[str, Any]:
    """The setting, empty where there is none. Raises ImproperlyConfigured for what is no mapping."""
    said = getattr(settings, "ADSLOT", {})
    if not isinstance(said, Mapping):
        raise ImproperlyConfigured(f"ADSLOT must be a dictionary with the key 'POLICY', found {said!r}")
    return said


def policies_of(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """The settings of policies, by name; the one of `POLICY` has none. Raises ImproperlyConfigured."""
    named = said.get("POLICIES", {})
    if not isinstance(named, Mapping):
        raise ImproperlyConfigured(f"ADSLOT['POLICIES'] must be a dictionary of policies by name, found {named!r}")
    return {**({"": said["POLICY"]} if "POLICY" in said else {}), **named}


def function_of(value: Any) -> Callable[[Any], Any]:
    """A function, or the one that a dotted path leads to. Raises ImportError, TypeError."""
    found: Any = import_string(value) if isinstance(value, str) else value
    if not callable(found):
        raise TypeError(f"{value!r} is no function of a request")
    function: Callable[[Any], Any] = found
    return function


def _forget(*, setting: str, **_: object) -> None:
    if setting == "ADSLOT":
        configured.cache_clear()


setting_changed.connect(_forget)
