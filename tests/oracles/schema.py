"""Checks data against a JSON Schema: the few words that our schemas use, and no others."""

from __future__ import annotations

_TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
_KNOWN = {
    "$defs", "$ref", "$schema", "additionalProperties", "description", "enum", "items", "minimum", "oneOf",
    "properties", "required", "title", "type",
}  # fmt: skip


def faults(data, schema, root=None, path="$"):
    """Where *data* is not what *schema* says, one path and reason each."""
    root = schema if root is None else root
    if unknown := set(schema) - _KNOWN:
        yield f"{path}: the schema has {sorted(unknown)}, which is not checked here"
    if "$ref" in schema:
        yield from faults(data, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, path)
    if "oneOf" in schema and sum(not list(faults(data, each, root, path)) for each in schema["oneOf"]) != 1:
        yield f"{path}: not one of the alternatives: {data!r}"
    if "enum" in schema and data not in schema["enum"]:
        yield f"{path}: {data!r}"
    if "type" in schema and not _is_one(data, schema["type"]):
        yield f"{path}: expected {schema['type']}, found {data!r}"
        return
    if isinstance(data, int) and data < schema.get("minimum", data):
        yield f"{path}: {data} is less than {schema['minimum']}"
    if isinstance(data, dict):
        yield from _object_faults(data, schema, root, path)
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from faults(item, schema.get("items", {}), root, f"{path}[{index}]")


def _object_faults(data, schema, root, path):
    properties = schema.get("properties", {})
    yield from (f"{path}: {key} is missing" for key in schema.get("required", ()) if key not in data)
    if schema.get("additionalProperties") is False:
        yield from (f"{path}: {key} is unknown" for key in data if key not in properties)
    for key, value in data.items():
        yield from faults(value, properties.get(key, {}), root, f"{path}.{key}")


def _is_one(data, types):
    names = [types] if isinstance(types, str) else types
    return any(isinstance(data, _TYPES[name]) and (name == "boolean") == isinstance(data, bool) for name in names)
