"""A journal of what is done: a small database beside the outputs, so that a run goes on where another has ended.

It may be lost, or be wrong in being too old: then pages are placed again. It never tells that a page is done which is
not. A full disk, or a folder that is gone, costs the journal and no page.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import attrs

_FORMAT = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS page (
    name BLOB PRIMARY KEY, size INTEGER, time INTEGER, content BLOB, recipe BLOB, output INTEGER, is_short INTEGER
) WITHOUT ROWID
"""
_PATIENCE = 30  # seconds that a run waits for another one's writing
_EVERY = 1.0  # seconds: what was done since is done again after a run that was killed
_FRESH = 2_000_000_000  # nanoseconds: file systems tell times that are nearer to each other as the same


@attrs.frozen
class Seen:
    """A file as its folder shows it: *size* in bytes and *time* of the last change, -1 where that is not certain."""

    size: int
    time: int

    @classmethod
    def of(cls, size: int, time_ns: int) -> Seen:
        """A file that was just looked at. One that has just changed may change again and look the same."""
        return cls(size, time_ns if time_ns < time.time_ns() - _FRESH else -1)

    def is_still(self, other: Seen) -> bool:
        """Whether nothing speaks for a change."""
        return self == other and self.time >= 0


@attrs.frozen(kw_only=True)
class Entry:
    """A page that is done: as it was *seen*, the digests of its *content* and *recipe*, the size of its *output*.

    It *is_short* where a rule of the policy has fewer slots than its `min`.
    """

    seen: Seen
    content: bytes
    recipe: bytes
    output: int
    is_short: bool


class Journal:
    """The entries of the file at *path*, by the name of a page. *fault* says why it cannot be kept, if so."""

    def __init__(self, path: Path) -> None:
        self.fault: str | None = None
        self._written = time.monotonic()
        self._database: sqlite3.Connection | None = None
        with self._losing():
            self._database = _opened(path)

    def find(self, name: bytes) -> Entry | None:
        """The entry of a page."""
        row = None
        with self._losing():
            if self._database is not None:
                row = self._database.execute("SELECT * FROM page WHERE name = ?", [name]).fetchone()
        if row is None:
            return None
        _, size, changed, content, recipe, output, is_short = row
        return Entry(seen=Seen(size, changed), content=content, recipe=recipe, output=output, is_short=bool(is_short))

    def add(self, name: bytes, entry: Entry) -> None:
        """Note a page that is done: on the disk within a second or so of work."""
        values = (entry.seen.size, entry.seen.time, entry.content, entry.recipe, entry.output, entry.is_short)
        with self._losing():
            if self._database is not None:
                self._database.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", [name, *values])
        if time.monotonic() - self._written > _EVERY:
            self.save()

    def save(self) -> None:
        """Write all that was noted."""
        with self._losing():
            if self._database is not None:
                self._database.commit()
        self._written = time.monotonic()

    def close(self) -> None:
        """Write all that was noted, and close the file."""
        self.save()
        if self._database is not None:
            self._database.close()

    @contextlib.contextmanager
    def _losing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            self.fault = str(error)
            if self._database is not None:
                self._database.close()
            self._database = None


def _opened(path: Path) -> sqlite3.Connection:
    """The database at *path*; what is none, or one of another version, is begun anew. Raises sqlite3.Error."""
    try:
        return _begun(path)
    except sqlite3.OperationalError:  # it cannot be opened
        raise
    except sqlite3.DatabaseError:  # no database, or a broken one
        with contextlib.suppress(OSError):
            path.unlink()
        return _begun(path)


def _begun(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=_PATIENCE)
    try:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version != _FORMAT:
            database.execute("DROP TABLE IF EXISTS page")
            database.execute(f"PRAGMA user_version = {_FORMAT}")
        database.execute(_TABLE)
        database.commit()
    except sqlite3.Error:
        database.close()
        raise
    return database
