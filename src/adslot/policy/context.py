"""What a policy declares of its caller's context: the keys that there are, and for each a type or the allowed values.

Where a policy declares nothing, any context will do, and what was probably meant for a case is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from adslot.errors import KeyPath, Problem, nearest
from adslot.policy.conditions import are_both_possible, fits, is_nearly
from adslot.policy.frozen import thaw
from adslot.policy.numbers import LARGEST_ID, told

# The types that a key may have, each with its words.
TYPES: Mapping[str, str] = {"bool": "true or false", "text": "a text", "number": "a whole number"}
# Bools are numbers too, to Python.
_KINDS: Mapping[type, str] = {str: "a text", bool: "a bool", int: "a number"}
_EXPECTED = '"bool", "text", "number" or a list of the allowed values'


def written(value: object) -> str:
    """*value* as a policy has it.

    >>> written(True), written("sport*"), written((1, "a"))
    ('true', '"sport*"', '[1, "a"]')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{value}"'
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(written, value))}]"
    return told(value)


def described(value: object) -> str:
    """*value* and what it is.

    >>> described("true"), described(5), described(None)
    ('"true", which is a text', '5, which is a number', 'None')
    """
    kind = next((words for type_, words in _KINDS.items() if isinstance(value, type_)), None)
    return f"{written(value)}, which is {kind}" if kind else f"{told(value):.100}"


# -------------------------------------------------------------------------------------- declarations


def problems_of_declarations(declared: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the table `[context]` itself."""
    for key, value in declared.items():
        if not isinstance(key, str):
            yield Problem(("context",), "texts as keys", told(key))
        elif not _is_declaration(value):
            yield Problem(("context", key), _EXPECTED, told(thaw(value)), _meant(value))


def _is_declaration(value: object) -> bool:
    if isinstance(value, tuple):
        return bool(value) and all(isinstance(each, str) or _is_number(each) for each in value)
    return isinstance(value, str) and value in TYPES


def _is_number(value: object) -> bool:
    return isinstance(value, int) and abs(value) <= LARGEST_ID


def _meant(value: object) -> str | None:
    """The type that was probably meant, also by a word of another language; else the list of a single value."""
    if isinstance(value, bool):
        return "bool"
    if not isinstance(value, str):
        return f"[{told(value)}]" if _is_number(value) else None
    others = {"boolean": "bool", "str": "text", "string": "text", "int": "number", "integer": "number"}
    return others.get(value.lower()) or nearest(value.lower(), tuple(TYPES)) or written([value])


# ----------------------------------------------------------------------------------------- conditions


def problems_of_condition(path: KeyPath, when: Mapping[str, Any], declared: Mapping[str, Any]) -> Iterator[Problem]:
    """Keys of a `when` that are not *declared*, and values that the context can never have."""
    for key, wanted in when.items():
        if key not in declared:
            yield _unknown((*path, key), key, declared)
        elif _is_declaration(rule := declared[key]):
            for each in _listed(wanted):
                if not _is_possible(each, rule):
                    yield Problem(
                        (*path, key), f"{_words(rule)}, as [context] declares", described(each), _hint(each, rule)
                    )


def _is_possible(wanted: object, rule: Any) -> bool:
    """Whether a value that *rule* allows can meet what is *wanted*."""
    if isinstance(rule, tuple):
        return any(are_both_possible(wanted, each) for each in rule)
    return _has_type(wanted, rule)


# -------------------------------------------------------------------------------------------- contexts


def problems_of_context(context: Mapping[Any, Any], declared: Mapping[str, Any]) -> Iterator[Problem]:
    """Keys of a caller's *context* that are not *declared*, and values that are of another type or not allowed."""
    for key, value in context.items():
        if key not in declared:
            yield _unknown(("context", key if isinstance(key, str) else told(key)), key, declared)
        elif not _is_allowed(value, rule := declared[key]):
            yield Problem(("context", key), _words(rule), described(value), _hint(value, rule))


def near_misses(whens: Sequence[Mapping[str, Any]], context: Mapping[str, object]) -> Iterator[str]:
    """A sentence for each value of *context* that a case would be met by, were it of another type or letter case."""
    for when in whens:
        for key, wanted in when.items():
            if key in context and not fits(wanted, value := context[key]) and not _is_named(key, value, whens):
                near = next((each for each in _listed(wanted) if is_nearly(each, value)), None)
                if near is not None:
                    yield _near_miss(key, value, near)


def _near_miss(key: str, value: object, near: object) -> str:
    if isinstance(value, str) and isinstance(near, str):
        return f"the context has {key} = {written(value)}, and a case asks for {written(near)}: upper and lower case differ"
    return f"the context has {key} = {described(value)}, and a case asks for {described(near)}"


def _listed(wanted: Any) -> Sequence[Any]:
    return wanted if isinstance(wanted, tuple | list) else (wanted,)


def _is_named(key: str, value: object, whens: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a case asks for just this *value*, so that it is meant as it is."""
    asked = (each for when in whens if key in when for each in _listed(when[key]))
    return any(fits(each, value) for each in asked if not (isinstance(each, str) and "*" in each))


def _is_allowed(value: object, rule: Any) -> bool:
    return fits(rule, value) if isinstance(rule, tuple) else _has_type(value, rule)


def _has_type(value: object, name: str) -> bool:
    if name == "text":
        return isinstance(value, str)
    return isinstance(value, int) and isinstance(value, bool) == (name == "bool")


# ----------------------------------------------------------------------------------------------- words


def _unknown(path: KeyPath, key: object, declared: Mapping[str, Any]) -> Problem:
    hint = nearest(key, tuple(declared)) if isinstance(key, str) else None
    return Problem(
        path, f"one of {', '.join(declared)}, which [context] declares", f"the key {told(key)}", hint, at_key=True
    )


def _words(rule: Any) -> str:
    if isinstance(rule, tuple):
        return f"one of {', '.join(map(written, rule))}" if len(rule) > 1 else written(rule[0])
    return TYPES[rule]


def _hint(value: object, rule: Any) -> str | None:
    """The allowed text that *value* was probably meant to be."""
    texts = tuple(each for each in rule if isinstance(each, str)) if isinstance(rule, tuple) else ()
    if not isinstance(value, str):
        return None
    lower = next((each for each in texts if is_nearly(each, value)), None)
    return lower or nearest(value, texts)
