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
# What editors say of the parts of a file.
_PARTS = {
    "article": "how an article is read",
    "layouts": "which screens see what",
    "slots": "what there is to insert, each with its name",
    "rules": "where slots may go",
    "spacing": "what must be kept apart",
    "limits": "how many slots a page may have, those that it has already included",
    "guards": "which built-in laws of taste hold",
    "context": "the keys that the caller's context may have, each with its type or a list of the allowed values; in a"
    " text, * stands for any characters",
    "cases": "what is different for some sections or readers",
}
_ADS = [kind.name for kind in KINDS.values() if kind.is_ad]
_TAKEN_BACK = {"const": False}
# Some editors take each branch of a schema for the whole of a table, and warn of every key that it does not name.
_MORE = {"additionalProperties": True}
_UNLABELLED = {"properties": {"kind": {"enum": _ADS}, "label_as_is": {"const": False}}, **_MORE}
_WHOLE_SLOT = {
    "if": {"type": "object", **_MORE},
    "then": {"required": ["kind"], **_MORE, "if": _UNLABELLED, "then": {"required": ["label"], **_MORE}},
}
_WHOLE_LAYOUT = {"if": {"type": "object", **_MORE}, "then": {"required": ["min_width"], **_MORE}}


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
            "context": _part("context", {"type": "object", "additionalProperties": forms.DECLARATION}),
            "cases": _part("cases", {"type": "array", "items": {"$ref": "#/$defs/case"}}),
        },
        "additionalProperties": False,
        # Over nothing, things are declared as a whole.
        "if": {"not": {"required": ["extends"], **_MORE}, **_MORE},
        "then": {
            "properties": {
                "slots": {"additionalProperties": _WHOLE_SLOT},
                "layouts": {"additionalProperties": _WHOLE_LAYOUT},
                "rules": {"items": {"required": ["slot"], **_MORE}},
            },
            **_MORE,
        },
        "$defs": {**{name: _table(name) for name in TABLES}, "case": _case()},
    }


def schema_text() -> str:
    """The schema as the file that is published."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _parts() -> dict[str, Any]:
    """What both a policy and a case may have. `guards` is the one table that `false` does not take back."""
    return {
        "article": _part("article", {"$ref": "#/$defs/article"}),
        "layouts": _part("layouts", _named("layouts")),
        "slots": _part("slots", _named("slots")),
        "rules": _part("rules", {"type": "array", "items": {"$ref": "#/$defs/rules"}}),
        "spacing": _part("spacing", {"type": "array", "items": {"$ref": "#/$defs/spacing"}}),
        "limits": _part("limits", {"$ref": "#/$defs/limits"}),
        "guards": {"description": _PARTS["guards"], "$ref": "#/$defs/guards"},
    }


def _part(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": _PARTS[name], **_or_taken_back(schema)}


def _named(part: str) -> dict[str, Any]:
    """A table of tables by name."""
    each = {"description": _described(_KINDS[part]), **_or_taken_back({"$ref": f"#/$defs/{part}"})}
    return {"type": "object", "patternProperties": {forms.WHOLE_NAME: each}, "additionalProperties": _TAKEN_BACK}


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
        found["oneOf"] = [
            {"required": ["between"], "properties": {"above": False, "below": False}, **_MORE},
            {"required": ["above", "below"], "properties": {"between": False}, **_MORE},
        ]
    return found


def _value(key: Key) -> dict[str, Any]:
    """The schema of what may stand at *key*."""
    schema = _or_taken_back(key.form.schema) if key.can_go else dict(key.form.schema)
    default = {"default": json.loads(key.default.strip("`"))} if key.default.startswith("`") else {}
    return {"description": key.doc, **default, **schema}


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
