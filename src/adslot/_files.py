"""Files in, files out: what the commands read and write, and what happens to one that fails.

A failing input is told in one line and costs nothing else. A file is written whole or not at all,
and no output is written over another of the same run.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import attrs
import click

from adslot.errors import AdslotError, PolicyError

STDIN = "-"
SUFFIXES = (".html", ".htm", ".xhtml")
_MARKS = (b"\xff\xfe", b"\xfe\xff")


class InputError(AdslotError):
    """An input that cannot be worked on."""


@attrs.frozen
class Input:
    """One file to work on, and its path *below* the folder that was named."""

    path: str
    below: Path

    def read(self, encoding: str | None = None) -> bytes:
        """The file's bytes. Raises InputError for a binary file: NUL bytes, and no encoding that explains them."""
        data = sys.stdin.buffer.read() if self.path == STDIN else Path(self.path).read_bytes()
        if encoding is None and b"\0" in data[:1024] and not data.startswith(_MARKS):
            raise InputError("a binary file, not HTML")
        return data


@attrs.frozen
class Inputs:
    """The inputs of a command as they were named: files, folders, or "-" for standard input."""

    names: Sequence[str]

    @property
    def are_many(self) -> bool:
        """Whether there may be more than one."""
        return len(self.names) > 1 or (self.names[0] != STDIN and Path(self.names[0]).is_dir())

    def files(self) -> Iterator[Input]:
        """The files, folders searched; an empty folder is told."""
        for name in self.names:
            path = Path(name)
            if name == STDIN or not path.is_dir():
                yield Input(name, Path(path.name))
                continue
            found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            if not found:
                click.echo(f"adslot: {name}: no HTML file in this folder", err=True)
            yield from (Input(str(p), p.relative_to(path)) for p in found)

    def each(self, work: Callable[[Input], None]) -> None:
        """Do *work* on every file. Ends the program with status 1 if some failed, 2 for a wrong policy."""
        if not self.all_done(work):
            sys.exit(1)

    def all_done(self, work: Callable[[Input], None]) -> bool:
        """Do *work* on every file; whether none failed. Ends the program with status 2 for a wrong policy."""
        files = list(self.files())
        failed = not files
        with click.progressbar(files, file=sys.stderr, hidden=len(files) < 2 or not sys.stderr.isatty()) as bar:
            for file in bar:
                failed |= not _succeeds(work, file)
        return not failed


def _succeeds(work: Callable[[Input], None], file: Input) -> bool:
    try:
        work(file)
    except BrokenPipeError:  # the reader has seen enough
        sys.stderr.close()
        sys.exit(1)
    except PolicyError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except (OSError, AdslotError) as error:
        reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
        click.echo(f"adslot: {file.path}: {reason}", err=True)
        return False
    return True


class Output:
    """Where a command writes: standard output, one file, or a folder for *many*."""

    def __init__(self, path: str | None, *, many: bool) -> None:
        if many and path in (None, STDIN):
            raise click.UsageError("several inputs need a folder: -o FOLDER")
        self._path, self._many = path, many
        self._written: set[Path] = set()

    def write(self, file: Input, data: bytes) -> None:
        """Write what was made of *file*. Raises InputError where another input's output stands already."""
        if self._path is None or self._path == STDIN:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
            return
        target = Path(self._path)
        if self._many or target.is_dir():
            target /= file.below
        if target in self._written:
            raise InputError(f"{target} was written for another input of the same name")
        _replace(target, data)
        self._written.add(target)


def _replace(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; it keeps its permissions."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(path.stat().st_mode if path.exists() else 0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def tell(path: str, warnings: Iterable[str]) -> None:
    """Talk about one input on standard error."""
    for warning in warnings:
        click.echo(f"adslot: {path}: {warning}", err=True)
