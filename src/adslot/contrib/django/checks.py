"""What `manage.py check` says of the setting `ADSLOT`: every problem of every policy, each with its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004  # Django's name
from django.core.exceptions import ImproperlyConfigured

import adslot
from adslot.contrib._policies import policy_of
from adslot.contrib.django.conf import KEYS, function_of, policies_of, settings_of


def problems_of_settings(**_: object) -> list[CheckMessage]:
    """Every problem, as Django's checks report them."""
    try:
        said = settings_of()
        policies = policies_of(said)
    except ImproperlyConfigured as error:
        return [Error(str(error), id="adslot.E001")]
    return [*_of_keys(said), *_of_policies(policies), *_of_functions(said)]


def _of_keys(said: Mapping[str, Any]) -> Iterator[CheckMessage]:
    if "POLICY" not in said:
        hint = "ADSLOT = {'POLICY': BASE_DIR / 'adslot.toml'}; `adslot init` writes such a file."
        yield Error("ADSLOT names no policy", hint=hint, id="adslot.E001")
    for key in said:
        if key not in KEYS:
            close = get_close_matches(str(key), KEYS, 1)
            hint = f"Did you mean {close[0]!r}?" if close else f"The keys are {', '.join(KEYS)}."
            yield Error(f"ADSLOT has the key {key!r}, which is none", hint=hint, id="adslot.E004")


def _of_policies(policies: Mapping[str, Any]) -> Iterator[CheckMessage]:
    for name, value in policies.items():
        where = f"ADSLOT['POLICIES'][{name!r}]" if name else "ADSLOT['POLICY']"
        try:
            policy = policy_of(value)
        except adslot.PolicyError as error:
            for problem in error.problems:
                hint = f"Did you mean {problem.hint!r}?" if problem.hint else None
                yield Error(f"{where}: {_told(problem)}", hint=hint, id="adslot.E002")
        except TypeError as error:
            yield Error(f"{where}: {error}", id="adslot.E002")
        else:
            yield from (Warning(f"{where}: {warning}", id="adslot.W001") for warning in policy.warnings)


def _told(problem: adslot.Problem) -> str:
    place = ":".join(str(part) for part in (problem.file, problem.line, problem.column) if part is not None)
    where = ": ".join(filter(None, (place, problem.path)))
    return f"{where}: expected {problem.expected}, found {problem.found}"


def _of_functions(said: Mapping[str, Any]) -> Iterator[CheckMessage]:
    for key in ("CONTEXT", "RELATED"):
        if key in said:
            try:
                function_of(said[key])
            except (ImportError, TypeError) as error:
                yield Error(f"ADSLOT[{key!r}]: {error}", id="adslot.E003")
