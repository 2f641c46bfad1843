"""Policies from TOML and plain mappings.

Written by hand over `tomllib`, so that nothing is coerced in silence (`true` is no number, `3` is no
text) and every problem of a file is found in one run, with its line, path and the nearest known name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs

from adslot import distance
from adslot._lines import line_numbers, line_of, syntax_error
from adslot._source.opaque import SYNTAXES, pattern_fault
from adslot.distance import Distance
from adslot.errors import ExpressionError, PolicyError, Problem, nearest
from adslot.policy import ArticleOptions, Guards, Limits, Policy, Rule, Slot, Spacing
from adslot.selectors import to_xpath
from adslot.terms import Anchor, Term, parse_anchor, parse_term

_TABLES = ("slots", "rules", "spacing", "limits", "article", "guards")


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
    return loads(files("adslot.presets").joinpath(f"{name}.toml").read_text(encoding="utf-8"), file=f"{name}.toml")


@lru_cache(maxsize=1)
def preset_names() -> tuple[str, ...]:
    """The names of the ready policies."""
    found = (entry.name for entry in files("adslot.presets").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in found if name.endswith(".toml")))


def from_mapping(data: Mapping[str, Any]) -> Policy:
    """The policy in a mapping of the same form as the TOML. Raises PolicyError with every problem."""
    reader = _Reader()
    top = reader.table("", data, _TABLES)
    names = reader.table("slots", top.get("slots", {}))
    slots = [reader.slot(name, table) for name, table in names.items()]
    rules = [reader.rule(i, table) for i, table in enumerate(reader.sequence("rules", top.get("rules", [])))]
    spacing = [reader.spacing(i, table) for i, table in enumerate(reader.sequence("spacing", top.get("spacing", [])))]
    limits = reader.fields("limits", top.get("limits", {}), Limits, _LIMITS)
    article = reader.fields("article", top.get("article", {}), ArticleOptions, _ARTICLE)
    guards = reader.fields("guards", top.get("guards", {}), Guards, _GUARDS)
    try:
        policy = Policy(
            tuple(slot for slot in slots if slot),
            tuple(rule for rule in rules if rule),
            tuple(entry for entry in spacing if entry),
            limits or Limits(),
            article or ArticleOptions(),
            guards or Guards(),
        )
    except PolicyError as error:
        # A slot that could not be read is not missed a second time.
        unread = {repr(name) for name, slot in zip(names, slots, strict=True) if slot is None}
        fresh = (p for p in error.problems if not (p.path.endswith(".slot") and p.found in unread))
        reader.problems += [attrs.evolve(p, path=_original(p.path, rules=rules, spacing=spacing)) for p in fresh]
    if reader.problems:
        raise PolicyError(reader.problems)
    return policy


def _original(path: str, **lists: list[Any]) -> str:
    """A path into lists without what could not be read, as a path into the lists as they were written."""
    match = re.match(r"(\w+)\[(\d+)\]", path)
    if match is None or match[1] not in lists:
        return path
    places = [index for index, value in enumerate(lists[match[1]]) if value]
    return f"{match[1]}[{places[int(match[2])]}]{path[match.end() :]}"


class _Reader:
    """Reads values of a mapping; what is wrong is noted, and None or an empty value goes on."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def table(self, path: str, value: Any, known: tuple[str, ...] | None = None) -> Mapping[str, Any]:
        if not isinstance(value, Mapping):
            self._note(path, "a table", value)
            return {}
        for key in value:
            where = f"{path}.{key}" if path else str(key)
            if not isinstance(key, str):
                self._note(where, "a text as key", key)
            elif known is not None and key not in known:
                self.problems.append(
                    Problem(where, f"one of {', '.join(known)}", f"the key {key!r}", nearest(key, known))
                )
        return {key: each for key, each in value.items() if isinstance(key, str)}

    def sequence(self, path: str, value: Any) -> list[Any]:
        if not isinstance(value, list):
            self._note(path, "an array of tables", value)
            return []
        return value

    def fields(
        self, path: str, value: Any, kind: Callable[..., Any], shape: Mapping[str, _Read], needed: tuple[str, ...] = ()
    ) -> Any:
        """An instance of *kind* from a table of *shape*; None where something of it is wrong or a *needed* key is missing."""
        before = len(self.problems)
        table = self.table(path, value, tuple(shape))
        if isinstance(value, Mapping):
            self.problems += [Problem(path, f"the key {key!r}", "none") for key in needed if key not in table]
        values = {key: shape[key](self, f"{path}.{key}", table[key]) for key in table if key in shape}
        if len(self.problems) > before:
            return None
        return kind(**{key.replace("-", "_"): value for key, value in values.items()})

    def slot(self, name: str, value: Any) -> Slot | None:
        found: Slot | None = self.fields(f"slots.{name}", value, lambda **rest: Slot(name, **rest), _SLOT, ("kind",))
        return found

    def rule(self, index: int, value: Any) -> Rule | None:
        found: Rule | None = self.fields(f"rules[{index}]", value, Rule, _RULE, ("name", "slot"))
        return found

    def spacing(self, index: int, value: Any) -> Spacing | None:
        path = f"spacing[{index}]"
        found = self.fields(path, value, dict, _SPACING)
        if found is None:
            return None
        if set(found) not in ({"min", "between"}, {"min", "above", "below"}):
            self.problems.append(
                Problem(path, "'min' and either 'between' or 'above' and 'below'", ", ".join(found) or "none")
            )
            return None
        if "between" not in found:
            return Spacing(found["above"], found["below"], min=found["min"])
        if len(found["between"]) != 2:
            self.problems.append(Problem(f"{path}.between", "two terms", str(len(found["between"]))))
            return None
        return Spacing.between(*found["between"], min=found["min"])

    # ------------------------------------------------------------------------------------- values

    def string(self, path: str, value: Any) -> str:
        if isinstance(value, str):
            return value
        self._note(path, "a text", value)
        return ""

    def integer(self, path: str, value: Any) -> int:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self._note(path, "a whole number", value)
        return 0

    def boolean(self, path: str, value: Any) -> bool:
        if isinstance(value, bool):
            return value
        self._note(path, "true or false", value)
        return False

    def strings(self, path: str, value: Any) -> tuple[str, ...]:
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            self._note(path, "a text or a list of texts", value)
            return ()
        return tuple(value)

    def string_pairs(self, path: str, value: Any) -> tuple[tuple[str, str], ...]:
        table = self.table(path, value)
        return tuple((key, self.string(f"{path}.{key}", each)) for key, each in table.items())

    def distance(self, path: str, value: Any) -> Distance | None:
        found: Distance | None = self._parsed(path, value, distance.parse)
        return found

    def anchors(self, path: str, value: Any) -> tuple[Anchor | None, ...]:
        return tuple(self._parsed(path, each, parse_anchor) for each in self.strings(path, value))

    def terms(self, path: str, value: Any) -> tuple[Term | None, ...]:
        return tuple(self._parsed(path, each, parse_term) for each in self.strings(path, value))

    def selector(self, path: str, value: Any) -> str:
        self._parsed(path, value, to_xpath)
        return value if isinstance(value, str) else ""

    def selectors(self, path: str, value: Any) -> tuple[str, ...]:
        return tuple(self.selector(path, css) for css in self.strings(path, value))

    def short(self, path: str, value: Any) -> int:
        found = self.distance(path, value)
        if found is None:
            return 0
        (first, *rest), *others = found.alternatives
        if rest or others or first.unit != "chars":
            self._note(path, 'a number of chars, such as "40 chars"', value)
        return first.number

    def opaque(self, path: str, value: Any) -> tuple[str, ...]:
        syntaxes = self.strings(path, value)
        for syntax in syntaxes:
            if fault := pattern_fault(syntax):
                expected = f"one of {', '.join(SYNTAXES)} or a regular expression"
                self.problems.append(Problem(path, expected, f"{syntax!r}: {fault}", nearest(syntax, tuple(SYNTAXES))))
        return syntaxes

    def _parsed(self, path: str, value: Any, parse: Callable[[str], Any]) -> Any:
        if not isinstance(value, str):
            self._note(path, "a text", value)
            return None
        try:
            return parse(value)
        except ExpressionError as error:
            self.problems.append(
                Problem(path, error.expected, error.found, error.hint, source=error.text, caret=error.column)
            )
            return None

    def _note(self, path: str, expected: str, value: Any) -> None:
        self.problems.append(Problem(path, expected, repr(value)))


_Read = Callable[[_Reader, str, Any], Any]

_SLOT: dict[str, _Read] = {
    "kind": _Reader.string,
    "label": _Reader.string,
    "html": _Reader.string,
    "tag": _Reader.string,
    "height": _Reader.integer,
    "attributes": _Reader.string_pairs,
}
_RULE: dict[str, _Read] = {
    "name": _Reader.string,
    "slot": _Reader.string,
    "at": _Reader.anchors,
    "after": _Reader.terms,
    "before": _Reader.terms,
    "from_start": _Reader.distance,
    "from_end": _Reader.distance,
    "apart": _Reader.distance,
    "per_section": _Reader.integer,
    "max": _Reader.integer,
    "prefer": _Reader.string,
    "priority": _Reader.integer,
    "stack": _Reader.boolean,
}
_SPACING: dict[str, _Read] = {
    "above": _Reader.terms,
    "below": _Reader.terms,
    "between": _Reader.terms,
    "min": _Reader.distance,
}
_LIMITS: dict[str, _Read] = dict.fromkeys(("ads", "teasers", "promos", "slots"), _Reader.integer)
_GUARDS: dict[str, _Read] = dict.fromkeys(("after-heading", "adjacent"), _Reader.boolean)
_ARTICLE: dict[str, _Read] = {
    "body": _Reader.selector,
    "lead": _Reader.selector,
    "language": _Reader.string,
    "short": _Reader.short,
    "ads": _Reader.selectors,
    "atomic": _Reader.selectors,
    "open": _Reader.selectors,
    "opaque": _Reader.opaque,
}
