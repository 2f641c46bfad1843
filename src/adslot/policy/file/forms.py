"""What may stand at a key: in words for the reference, and as JSON Schema.

The small grammars are regular but for CSS in them, so that each has a pattern that takes what its
parser takes. The patterns mean the same in Python, ECMAScript and Rust.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from adslot.guards import GUARDS
from adslot.policy.context import TYPES
from adslot.policy.declarations import EXISTING
from adslot.policy.language import rate
from adslot.policy.language.anchors import COUNTED, SHARED, SINGULARS
from adslot.policy.language.distance import PLAIN_UNITS
from adslot.policy.language.terms import BLOCK_NAMES, NAMES
from adslot.policy.language.within import DIRECTIONS
from adslot.policy.language_tags import TAG_PATTERN
from adslot.policy.numbers import LARGEST, LARGEST_ID
from adslot.policy.problems import PREFERENCES, SIZED, TEXT_UNITS
from adslot.policy.slot_problems import SIZE_PATTERN, SKIPPERS, WRITERS
from adslot.roles import KINDS, SLOT_TAGS

Schema = Mapping[str, Any]


@attrs.frozen
class ValueType:
    """A kind of value: what it is called, and its JSON Schema."""

    words: str
    schema: Schema


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


def _text(pattern: str) -> Schema:
    return {"type": "string", "pattern": f"^\\s*{pattern}\\s*$"}


def _amount(units: Iterable[str]) -> str:
    """One amount: up to nine digits, at most 100 of them per cent."""
    units = list(units)
    counted = rf"[0-9]{{1,9}}\s*{_any(f'{unit[:-1]}s?' for unit in units if unit != '%')}\b"
    return _any([counted, r"(?:0{0,6}100|0{0,7}[0-9]{1,2})\s*%"]) if "%" in units else counted


def _distance(units: Iterable[str]) -> str:
    amount = _amount(units)
    return rf"{amount}(?:\s*,?\s*(?:and|or)\s*{amount})*"


# \w has letters of every script in Python, but not everywhere.
NAME = r"[\w\u00aa-\uffff][\w\u00aa-\uffff.-]*"
WHOLE_NAME = rf"^{NAME}$(?!\n)"
# A name that adslot does not set itself, however it is spelt.
ATTRIBUTE = r"^(?!(?:[iI][dD]|[dD][aA][tT][aA]-[aA][dD][sS][lL][oO][tT](?:-[rR][uU][lL][eE])?)$)[a-zA-Z][\w.:-]*$(?!\n)"

_CSS = r"css\([\s\S]*\)"
_ORDINAL = r"-?(?!0+(?:\s|$))[0-9]{1,9}"
_IN_SECTION = rf"(?:\s+in\s+section\s+{_ORDINAL})?"
_OF = rf"(?:\s+of\s+{_any(SHARED)})?"
_COUNTABLE = [name for name in dict.fromkeys((*COUNTED, *SINGULARS)) if not name.startswith("section")]
_FROM = r"(?:\s*\bfrom\s+(?!0+(?:\s|$))[0-9]{1,9})?"
_EVERY = rf"every\s+(?!0+\s)[0-9]{{1,9}}\s+(?:{_CSS}{_FROM}|sections?{_FROM}|{_any(_COUNTABLE)}{_FROM}{_IN_SECTION})"
_PLACE = rf"(?:after|before)\s+(?:{_EVERY}|{_CSS}(?:\s*{_ORDINAL})?|section(?:\s+{_ORDINAL})?|{_any(BLOCK_NAMES)}(?:\s+{_ORDINAL})?{_IN_SECTION})"
_ANCHOR = _any(["start", "end", r"after\s+lead", r"(?:0{0,6}100|0{0,7}[0-9]{1,2})\s*%" + _OF, _PLACE])
_OTHERS = rf"not\(\s*{_any([*BLOCK_NAMES, _CSS])}(?:\s*,\s*{_any([*BLOCK_NAMES, _CSS])})*\s*\)"
_TERM = _any([*NAMES, _CSS, _OTHERS, rf"(?:slot|rule)\(\s*{NAME}\s*\)"])
_NO_SLOTS = [name for name in BLOCK_NAMES if name not in KINDS]


def _one_or_list(item: Schema, *, least: int = 0) -> Schema:
    items: dict[str, Any] = {"type": "array", "items": item}
    return {"anyOf": [item, items | ({"minItems": least} if least else {})]}


def _or_table(schema: Schema) -> Schema:
    """A value, or a table of such values by layout."""
    table = {"type": "object", "additionalProperties": {"anyOf": schema["anyOf"]}, "minProperties": 1}
    return {"anyOf": [*schema["anyOf"], table]}


def _choice(names: tuple[str, ...]) -> ValueType:
    *quoted, last = (f'`"{name}"`' for name in names)
    return ValueType(f"{', '.join(quoted)} or {last}", {"enum": list(names)})


def number(least: int, most: int | None = None, words: str = "number") -> ValueType:
    """A whole number in bounds."""
    return ValueType(words, {"type": "integer", "minimum": least, "maximum": LARGEST if most is None else most})


_SELECTOR: Schema = {"type": "string"}

TEXT = ValueType("text", {"type": "string"})
TEXTS = ValueType("text or list", _one_or_list({"type": "string"}))
BOOLEAN = ValueType("`true` or `false`", {"type": "boolean"})
KIND, TAG, PREFERENCE = _choice(tuple(KINDS)), _choice(SLOT_TAGS), _choice(PREFERENCES)
LABEL_IN = _choice(WRITERS)
EXISTING_ADS = _choice(EXISTING)
TEMPLATE = ValueType("name, file or text", {"type": "string", "minLength": 1})
_SIZE: Schema = {"type": "string", "pattern": rf"^(?:{SIZE_PATTERN})$(?!\n)"}
SIZES = ValueType("`WIDTHxHEIGHT`, `fluid`, list or table", _or_table(_one_or_list(_SIZE)))
HEIGHT = ValueType(
    "number, 1 or more, or table", _or_table({"anyOf": [{"type": "integer", "minimum": 1, "maximum": LARGEST}]})
)
SKIP = ValueType("`speech`, `snippets` or list", _one_or_list({"enum": list(SKIPPERS)}))
RULES = ValueType("name or list", _one_or_list({"type": "string", "pattern": WHOLE_NAME}))
NAMED = ValueType("text", {"type": "string", "pattern": WHOLE_NAME})
SWITCHES = ValueType(
    "table",
    {
        "type": "object",
        "properties": {guard.name: {"description": guard.docs, "type": "boolean"} for guard in GUARDS.values()},
        "additionalProperties": False,
    },
)
PAIRS = ValueType(
    "table of texts",
    {
        "type": "object",
        "patternProperties": {ATTRIBUTE: {"anyOf": [{"type": "string"}, {"const": False}]}},
        "additionalProperties": {"const": False},
    },
)
LANGUAGE = ValueType("language tag", _text(TAG_PATTERN))
SELECTOR = ValueType("selector", _SELECTOR)
SELECTORS = ValueType("selector or list", _one_or_list(_SELECTOR))
SHORT = ValueType("distance in chars", _text(r"[0-9]{1,9}\s*chars?"))
DISTANCE = ValueType("distance", _text(_distance(PLAIN_UNITS)))
ROLE_SIZES = ValueType(
    "table of distances in chars and words",
    {
        "type": "object",
        "patternProperties": {
            f"^{_any(SIZED)}$(?!\\n)": {
                "anyOf": [_text(rf"{_amount(TEXT_UNITS)}(?:\s*,?\s*and\s*{_amount(TEXT_UNITS)})*"), {"const": False}]
            }
        },
        "additionalProperties": False,
    },
)
SIZE = ValueType("distance, not in `%`", _text(_distance(rate.UNITS)))
MOVE = ValueType("move", _text(rf"{_distance(PLAIN_UNITS)}(?:\s*,?\s*{_any(DIRECTIONS)})?"))
RHYTHM = ValueType("amount", _text(rf"(?!0+\D){_amount(PLAIN_UNITS)}"))
RATE = ValueType("rate", _text(rf"(?!0+\s)[0-9]{{1,9}}\s+per\s+(?!0+\D){_amount(rate.UNITS)}"))
ANCHORS = ValueType("anchor or list", _one_or_list(_text(_ANCHOR)))
TERMS = ValueType("term or list", _one_or_list(_text(_TERM), least=1))
TWO_TERMS = ValueType(
    "list of two, each a term or a list", {"type": "array", "items": TERMS.schema, "minItems": 2, "maxItems": 2}
)
BLOCKS = ValueType("term or list", _one_or_list(_text(_any([*BLOCK_NAMES, _CSS, _OTHERS]))))
NO_SLOTS = ValueType("role, group, `css(…)`, `not(…)` or list", _one_or_list(_text(_any([*_NO_SLOTS, _CSS, _OTHERS]))))
CONDITION: Schema = _one_or_list(
    {"type": ["string", "boolean", "integer"], "minimum": -LARGEST_ID, "maximum": LARGEST_ID}, least=1
)
# What is declared of a key of the context: its type, or the values that it may have.
DECLARATION: Schema = {
    "anyOf": [{"enum": list(TYPES)}, {"type": "array", "items": CONDITION["anyOf"][0], "minItems": 1}, {"const": False}]
}
