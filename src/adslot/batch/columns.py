"""Columns: the articles of an Arrow record batch, placed row by row. What is wrong with a row is a value in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from adslot.api.placing import place
from adslot.api.policies import PolicyLike, policy_of
from adslot.batch.arrow import pa
from adslot.batch.rows import READERS, arguments, fault_of
from adslot.html.document import Mode
from adslot.html.source import codec_of
from adslot.planner.placements import Placement
from adslot.related.relevance import Relevance
from adslot.related.request import Offered, Request
from adslot.related.values import Moment

_FAILED = "failed"
# Marks a column that an earlier run has added: the next one may replace it.
_MARK = {b"adslot": b"1"}
_ITEMS = pa.list_(pa.string())
_PLACEMENT = pa.struct(
    [
        ("id", pa.string()),
        ("rule", pa.string()),
        ("slot", pa.string()),
        ("gap", pa.int32()),
        ("anchor", pa.string()),
        ("items", _ITEMS),
    ]
)
_ADDED = {
    "placements": pa.list_(_PLACEMENT),
    "status": pa.string(),
    "warnings": pa.list_(pa.string()),
    "error": pa.string(),
}


@attrs.frozen
class Row:
    """What became of a row: its *html*, and what was placed; the *error* says why nothing was."""

    html: str | bytes | None
    status: str = _FAILED
    placements: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()
    error: str | None = None


def place_batch(  # noqa: PLR0913  # how texts are read, and what is known of all of them
    batch: pa.RecordBatch,
    policy: PolicyLike,
    *,
    column: str = "html",
    prefix: str = "",
    related: Offered = (),
    relevance: Relevance | None = None,
    context: Mapping[str, object] | None = None,
    now: Moment | None = None,
    mode: Mode = "auto",
    encoding: str | None = None,
    id_prefix: str | int | None = None,
) -> pa.RecordBatch:
    """*batch* with slots in the texts, or bytes, of *column*, and with columns that say what was placed.

    `placements` is a list of structs of `id`, `rule`, `slot`, `gap`, `anchor` and `items`, the URLs that a teaser
    shows; `status` is "optimal", "bounded" or "failed"; `warnings` is a list of sentences; `error` is null, or
    says why a row failed, whose html is then as it was. *prefix* begins the names of these columns. Those of an
    earlier run are replaced.

    What is told of all rows is as in `adslot.place`. A row tells more of itself in the columns `url`, `related`,
    `context`, `now` and `id_prefix`, where there are any: its context is laid over that of all.

    Raises PolicyError, EncodingError, TypeError or ValueError for arguments that are wrong, and nothing for any row.

    >>> batch = pa.RecordBatch.from_pydict({"key": [7, 8], "html": ["<p>Eins.</p><p>Zwei.</p>" * 9, None]})
    >>> placed = place_batch(batch, "longform")
    >>> placed.schema.names
    ['key', 'html', 'placements', 'status', 'warnings', 'error']
    >>> placed["status"].to_pylist(), placed["error"].to_pylist()
    (['optimal', 'failed'], [None, 'html is null'])
    """
    if encoding is not None:
        codec_of(encoding)
    offered = Request(related=related, relevance=relevance, context=context, now=now, prefix=id_prefix).related
    told = {"related": offered, "relevance": relevance, "context": context, "now": now, "id_prefix": id_prefix}
    read = {"policy": policy_of(policy), "mode": mode, "encoding": encoding}
    added = _added_to(batch.schema, column, prefix)
    rows = [_placed(row, {**told, **read}) for row in _rows(batch, column)]
    return _with(batch, column, added, rows)


def filled_schema(schema: pa.Schema, policy: PolicyLike, told: Mapping[str, Any]) -> pa.Schema:
    """The schema of what `place_batch` makes of batches of *schema*, where it is *told* that. Raises what that raises."""
    empty = pa.RecordBatch.from_arrays([pa.array([], field.type) for field in schema], schema=schema)
    return place_batch(empty, policy, **told).schema


def unplaced(batch: pa.RecordBatch, fault: str, *, column: str = "html", prefix: str = "") -> pa.RecordBatch:
    """*batch* as `place_batch` gives it where every row has failed, for the same reason."""
    rows = [Row(html.as_py(), error=fault) for html in batch.column(column)]
    return _with(batch, column, _added_to(batch.schema, column, prefix), rows)


def _added_to(schema: pa.Schema, column: str, prefix: str) -> list[pa.Field]:
    """The columns that are added. Raises ValueError where the batch has some of its own, or lacks that of the texts."""
    if column not in schema.names:
        raise ValueError(f"column: expected one of {', '.join(schema.names) or 'none'}, found {column!r}")
    if not _is_text(_value_type(schema.field(column).type)):
        raise TypeError(f"column: expected texts or bytes in {column!r}, found {schema.field(column).type}")
    added = [pa.field(f"{prefix}{name}", kind, metadata=_MARK) for name, kind in _ADDED.items()]
    if all(_has(schema, field) for field in added):
        return added  # of an earlier run, by an engine that keeps no marks
    for field in added:
        if field.name in schema.names and not _is_ours(schema.field(field.name)):
            raise ValueError(f"the batch has a column {field.name!r} of its own: rename it, or set prefix='adslot_'")
    return added


def _has(schema: pa.Schema, field: pa.Field) -> bool:
    return field.name in schema.names and bool(schema.field(field.name).type == field.type)


def _is_ours(field: pa.Field) -> bool:
    return _MARK.items() <= (field.metadata or {}).items()


def _is_text(kind: pa.DataType) -> bool:
    """Whether these are texts or bytes, of any width."""
    kinds = pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(), pa.binary_view()
    return kind in kinds


def _value_type(kind: pa.DataType) -> pa.DataType:
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def _rows(batch: pa.RecordBatch, column: str) -> Iterator[Mapping[str, pa.Scalar]]:
    """The text of each row under the name `html`, and what else it tells of itself."""
    names = [name for name in READERS if name in batch.schema.names and name != column]
    columns = {"html": batch.column(column), **{name: batch.column(name) for name in names}}
    for number in range(batch.num_rows):
        yield {name: each[number] for name, each in columns.items()}


def _placed(row: Mapping[str, pa.Scalar], told: dict[str, Any]) -> Row:
    html = None
    try:
        html = row["html"].as_py()
        if html is None:
            return Row(None, error="html is null")
        own = arguments({name: value.as_py() for name, value in row.items() if name != "html"})
        own["context"] = {**(told["context"] or {}), **own.get("context", {})} or None
        result = place(html, **{**told, **own})
    except Exception as error:  # noqa: BLE001  # of this row only
        return Row(html, error=fault_of(error))
    plan = result.plan
    return Row(result.html, plan.status, tuple(map(_placement, plan.placements)), plan.warnings)


def _placement(placement: Placement) -> dict[str, Any]:
    shown = {name: getattr(placement, name) for name in ("id", "rule", "slot", "gap", "anchor")}
    return {**shown, "items": [item.url for item in placement.items]}


def _with(batch: pa.RecordBatch, column: str, added: list[pa.Field], rows: list[Row]) -> pa.RecordBatch:
    names = {field.name for field in added}
    columns, fields = [], []
    for field, values in zip(batch.schema, batch.columns, strict=True):
        if field.name == column:
            columns.append(pa.array([row.html for row in rows], type=_value_type(field.type)))
            fields.append(field.with_type(_value_type(field.type)))
        elif field.name not in names:
            columns.append(values)
            fields.append(field)
    columns += [
        pa.array([_value(row, name) for row in rows], type=field.type)
        for name, field in zip(_ADDED, added, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema([*fields, *added], metadata=batch.schema.metadata))


def _value(row: Row, name: str) -> Any:
    value = getattr(row, name)
    return list(value) if isinstance(value, tuple) else value
