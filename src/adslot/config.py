"""Policies from TOML and plain mappings.

Read by hand over `tomllib`, so that nothing is coerced in silence (`true` is no number, `3` is no
text) and every problem of a file is found in one run, with its line, path and the nearest known name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import attrs

from adslot import presets
from adslot._keys import RULE, SLOT, SPACING, TABLES
from adslot._lines import line_numbers, line_of, syntax_error
from adslot._reader import Reader
from adslot.distance import chars
from adslot.errors import PolicyError, Problem, nearest
from adslot.policy import ArticleOptions, Guards, Limits, Policy, Rule, Slot, Spacing
from adslot.terms import Term

_SIDES = ("between", "above", "below", "min")
# Stands in for what a spacing does not say, or not in words that can be read.
_NO_SPACING = {"above": Term("ad"), "below": Term("ad"), "min": chars(0)}


def load(path: str | Path) -> Policy:
    """The policy in a TOML file. Raises PolicyError with every problem, also for a file that cannot be read."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise PolicyError([Problem("", "a policy file", error.strerror or str(error), file=str(path))]) from error
    except UnicodeDecodeError as error:
        raise PolicyError(
            [Problem("", "TOML in UTF-8", f"byte {error.start}: {error.reason}", file=str(path))]
        ) from error
    return loads(text, file=str(path))


def loads(text: str, *, file: str | None = None) -> Policy:
    r"""The policy in a TOML text; *file* is named in errors. Raises PolicyError with every problem.

    >>> loads('[slots.anzeige]\nkind = "add"')
    Traceback (most recent call last):
    adslot.errors.PolicyError: 2: slots.anzeige.kind: expected one of ad, teaser, promo, found 'add' (did you mean 'ad'?)
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, line, column = syntax_error(error, text)
        raise PolicyError([Problem("", "TOML", message, file=file, line=line, column=column)]) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a thousand brackets
        raise PolicyError([Problem("", "TOML of a sensible size", str(error), file=file)]) from error
    try:
        return from_mapping(data)
    except PolicyError as error:
        lines = line_numbers(text)
        located = [attrs.evolve(p, file=file, line=line_of(lines, p.path)) for p in error.problems]
        raise PolicyError(sorted(located, key=lambda problem: problem.line or 0)) from None


@lru_cache(maxsize=64)
def preset(name: str) -> Policy:
    """A ready policy. Raises PolicyError for a name that is none."""
    if name not in preset_names():
        known = ", ".join(preset_names())
        raise PolicyError([Problem("preset", f"one of {known}", repr(name), nearest(name, preset_names()))])
    return loads(presets.text_of(name), file=f"{name}.toml")


def preset_names() -> tuple[str, ...]:
    """The names of the ready policies."""
    return presets.names()


def from_mapping(data: Mapping[str, Any]) -> Policy:
    """The policy in a mapping of the same form as the TOML. Raises PolicyError with every problem."""
    reader = Reader()
    top = reader.table("", data, tuple(TABLES))
    slots = reader.table("slots", top.get("slots", {}))
    rules = reader.sequence("rules", top.get("rules", []))
    spacing = reader.sequence("spacing", top.get("spacing", []))
    fixed = [reader.fields(name, top.get(name, {}), TABLES[name]) for name in ("limits", "article", "guards")]
    parts = (
        [Slot(name, **reader.fields(f"slots.{name}", table, SLOT)) for name, table in slots.items()],
        [Rule(**reader.fields(f"rules[{index}]", table, RULE)) for index, table in enumerate(rules)],
        [_spacing(reader, f"spacing[{index}]", table) for index, table in enumerate(spacing)],
        Limits(**fixed[0]),
        ArticleOptions(**fixed[1]),
        Guards(**fixed[2]),
    )
    try:
        policy = Policy(*parts)
    except PolicyError as error:
        fresh = (problem for problem in error.problems if problem.path not in reader.unread)
        raise PolicyError([*reader.problems, *fresh]) from None
    if reader.problems:
        raise PolicyError(reader.problems)
    return policy


def _spacing(reader: Reader, path: str, value: Any) -> Spacing:
    """The spacing of a table, which has `between`, or `above` and `below`."""
    found = {**_NO_SPACING, **reader.fields(path, value, SPACING)}
    given = [key for key in value if key in _SIDES] if isinstance(value, Mapping) else None
    if given is not None and set(given) not in ({"min", "between"}, {"min", "above", "below"}):
        expected = "'min' and either 'between' or 'above' and 'below'"
        reader.problems.append(Problem(path, expected, ", ".join(given) or "none"))
    if sides := found.pop("between", None):
        found |= {"above": sides[0], "below": sides[1], "either": True}
    return Spacing(**found)
