"""What a table says of the pages of a folder: CSV, JSON lines or Parquet, a row for a page, found by its path.

The rows are kept in a database on the disk for as long as the run takes: memory does not grow with them.
"""

from __future__ import annotations

import csv
import json
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from adslot.batch.rows import READERS
from adslot.cli.contexts import value_of
from adslot.errors import AdslotError

PATH, CONTEXT = "path", "context."
_ROWS = 1000  # of a Parquet file, at a time


class AboutError(AdslotError):
    """A table that cannot be read, or says nothing of any page."""


class About:
    """The rows of the table at *path*. Raises AboutError, MissingExtraError without pyarrow, OSError."""

    def __init__(self, path: str) -> None:
        read = _FORMATS.get(Path(path).suffix.lower())
        if read is None:
            raise AboutError(f"expected a file whose name ends in {', '.join(_FORMATS)}")
        # A file that nobody else sees, and that goes with its connection: when these rows do, in whatever thread.
        self._database = sqlite3.connect("", check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._database.execute("CREATE TABLE row (path TEXT PRIMARY KEY, said TEXT) WITHOUT ROWID")
        for number, row in enumerate(read(path), 1):
            self._add(number, row)

    def find(self, below: str) -> str | None:
        """What is said of the page at this path below the folder, as JSON; None where nothing is."""
        found = self._database.execute("SELECT said FROM row WHERE path = ?", [_key(below)]).fetchone()
        return None if found is None else str(found[0])

    def _add(self, number: int, row: Mapping[str, Any]) -> None:
        if number == 1:
            _check(row)
        if not isinstance(path := row.get(PATH), str):
            raise AboutError(f"row {number}: expected a path, found {path!r:.80}")
        said = json.dumps(_said(row), sort_keys=True, default=_text)
        try:
            self._database.execute("INSERT INTO row VALUES (?, ?)", [_key(path), said])
        except sqlite3.IntegrityError as error:
            raise AboutError(f"row {number}: there is another one of {path!r:.80}") from error


def _key(path: str) -> str:
    """A path as a text that a database takes, whatever bytes it has."""
    return path.encode(errors="surrogateescape").decode("latin-1")


def _check(row: Mapping[str, Any]) -> None:
    if PATH not in row:
        raise AboutError(f"expected a column {PATH!r}, found {', '.join(map(str, row)) or 'none'}")
    if not any(name in READERS or name.startswith(CONTEXT) for name in row):
        raise AboutError(f"it says nothing of any page: none of its columns is {', '.join(READERS)} or {CONTEXT}KEY")

    if "context" in row and any(name.startswith(CONTEXT) for name in row):
        raise AboutError(f"expected either a column 'context' or columns {CONTEXT}KEY, found both")


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of `place` in a row, as `adslot.batch.rows` reads them."""
    said = {name: row[name] for name in READERS if row.get(name) is not None}
    context = {name.removeprefix(CONTEXT): value for name, value in row.items() if name.startswith(CONTEXT)}
    return said | {"context": context} if context else said


def _text(value: Any) -> str:
    """What JSON has no form for: the times of Parquet."""
    return value.isoformat() if isinstance(value, date) else str(value)


# --------------------------------------------------------------------------------------------- formats


def _csv(path: str) -> Iterator[dict[str, Any]]:
    """The rows of a CSV file with a line of names; an empty cell says nothing."""
    try:
        with open(path, encoding="utf-8-sig", errors="surrogateescape", newline="") as file:  # noqa: PTH123
            for row in csv.DictReader(file, strict=True):
                cells = {name: text for name, text in row.items() if name is not None}
                yield {name: _cell(name, text) for name, text in cells.items()}
    except csv.Error as error:
        raise AboutError(f"no CSV: {error}") from error


def _cell(name: str, text: str | None) -> Any:
    if not text:
        return None
    return value_of(text) if name.startswith(CONTEXT) else text


def _lines(path: str) -> Iterator[dict[str, Any]]:
    with open(path, encoding="utf-8-sig", errors="surrogateescape") as file:  # noqa: PTH123
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise AboutError(f"line {number}: no JSON: {error}") from error
            if not isinstance(row, dict):
                raise AboutError(f"line {number}: expected an object, found {row!r:.80}")
            yield row


def _parquet(path: str) -> Iterator[dict[str, Any]]:
    from adslot.batch.arrow import pa, pq  # noqa: PLC0415  # an extra

    try:
        with Path(path).open("rb"), pq.ParquetFile(path) as file:
            for batch in file.iter_batches(_ROWS):
                yield from batch.to_pylist()
    except pa.ArrowException as error:
        raise AboutError(f"no Parquet file: {error}") from error


_FORMATS: Mapping[str, Callable[[str], Iterator[dict[str, Any]]]] = {
    ".csv": _csv,
    ".jsonl": _lines,
    ".ndjson": _lines,
    ".parquet": _parquet,
}
