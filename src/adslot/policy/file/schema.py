"""The JSON Schema of policy files, for editors and other tools, made of the same tables as the reader.

What it refuses the reader refuses too. The reader refuses more only where a schema cannot see it: names
that have to exist elsewhere, CSS and regular expressions, contradictions, how many rules and spacings
there are in all, and what a file extends.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from typing import Any

from adslot.policy.declarations import ArticleOptions, Case, Limits, Rule, Spacing
from adslot.policy.file import forms
from adslot.policy.file.keys import TABLES
from adslot.policy.file.reader import Key
from adslot.policy.slots import Layout, Slot
from adslot.policy.switches import Guards
from adslot.roles import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KINDS: Mapping[str, type] = {
    "layouts": Layout,
    "slots": Slot,
    "rules": Rule,
    "spacing": Spacing,
    "limits": Limits,
    "article": ArticleOptions,
    "guards": Guards,
}
_ADS = [kind.name for kind in KINDS.values() if kind.is_ad]
_TAKEN_BACK = {"const": False}
_UNLABELLED = {"properties": {"kind": {"enum": _ADS}, "label_as_is": {"const": False}}}
_WHOLE_SLOT = {
    "if": {"type": "object"},
    "then": {"required": ["kind"], "if": _UNLABELLED, "then": {"required": ["label"]}},
}


_WHOLE_LAYOUT = {"if": {"type": "object"}, "then": {"required": ["min_width"]}}


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of a policy as TOML or JSON has it."""
    return {
        "$schema": DIALECT,
        "title": "adslot policy",
        "description": "Where ad slots and teasers go in an article.",
        "type": "object",
        "properties": {
            "extends": {
                "description": "the preset or the file, relative to this one, that this policy is laid over",
                "type": "string",
            },
            **_parts(),
            "context": _context(),
            "cases": _or_taken_back({"type": "array", "items": {"$ref": "#/$defs/case"}}),
        },
        "additionalProperties": False,
        # Over nothing, things are declared as a whole.
        "if": {"not": {"required": ["extends"]}},
        "then": {
            "properties": {
                "slots": {"additionalProperties": _WHOLE_SLOT},
                "layouts": {"additionalProperties": _WHOLE_LAYOUT},
                "rules": {"items": {"required": ["slot"]}},
            }
        },
        "$defs": {**{name: _table(name) for name in TABLES}, "case": _case()},
    }


def schema_text() -> str:
    """The schema as the file that is published."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _parts() -> dict[str, Any]:
    """What both a policy and a case may have. `guards` is the one table that `false` does not take back."""
    return {
        "article": _or_taken_back({"$ref": "#/$defs/article"}),
        "layouts": _named("layouts"),
        "slots": _named("slots"),
        "rules": _or_taken_back({"type": "array", "items": {"$ref": "#/$defs/rules"}}),
        "spacing": _or_taken_back({"type": "array", "items": {"$ref": "#/$defs/spacing"}}),
        "limits": _or_taken_back({"$ref": "#/$defs/limits"}),
        "guards": {"$ref": "#/$defs/guards"},
    }


def _named(part: str) -> dict[str, Any]:
    """A table of tables by name."""
    table = {
        "type": "object",
        "patternProperties": {forms.WHOLE_NAME: _or_taken_back({"$ref": f"#/$defs/{part}"})},
        "additionalProperties": _TAKEN_BACK,
    }
    return _or_taken_back(table)


def _table(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": _described(_KINDS[name]),
        "type": "object",
        "properties": {key: _value(each) for key, each in TABLES[name].items()},
        "additionalProperties": False,
    }
    if name == "rules":
        found["required"] = ["name"]
    if name == "spacing":
        found["required"] = ["min"]
        found["oneOf"] = [{"required": ["between"]}, {"required": ["above", "below"]}]
        found["dependentSchemas"] = {"between": {"properties": {"above": False, "below": False}}}
    return found


def _value(key: Key) -> dict[str, Any]:
    """The schema of what may stand at *key*."""
    schema = _or_taken_back(key.form.schema) if key.can_go else dict(key.form.schema)
    default = {"default": json.loads(key.default.strip("`"))} if key.default.startswith("`") else {}
    return {"description": key.doc, **default, **schema}


def _context() -> dict[str, Any]:
    described = (
        "the keys that the caller's context may have, each with its type or a list of the allowed values; in a text, *"
        " stands for any characters"
    )
    table = {"description": described, "type": "object", "additionalProperties": forms.DECLARATION}
    return _or_taken_back(table)


def _case() -> dict[str, Any]:
    when = {"type": "object", "minProperties": 1, "additionalProperties": forms.CONDITION}
    described = "every key must be in the caller's context and equal the value, or one of a list; * stands for any text"
    return {
        "description": _described(Case),
        "type": "object",
        "properties": {"when": {"description": described, **when}, **_parts()},
        "required": ["when"],
        "additionalProperties": False,
    }


def _or_taken_back(schema: Mapping[str, Any]) -> dict[str, Any]:
    """*schema*, or the `false` that takes back what was said below."""
    choices = schema["anyOf"] if set(schema) == {"anyOf"} else [schema]
    return {"anyOf": [*choices, _TAKEN_BACK]}


def _described(kind: type) -> str:
    """The first paragraph of a value's docstring."""
    return " ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split())
