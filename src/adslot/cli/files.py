"""Files in, files out: what the commands read and write, and what happens to one that fails.

Every input is on its own: whatever fails for one is reported in one line with its name, and costs nothing else.
No output is written over another of the same run, nor over an input that is still to be read.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import attrs
import click

from adslot.cli.paths import is_file, is_folder, pages_below, shown, status_of
from adslot.cli.signals import cursor_shown_at_the_end
from adslot.cli.streams import ResultLostError, put, reason_of
from adslot.cli.writing import clean, write
from adslot.errors import AdslotError, PolicyError
from adslot.kept import lazy

STDIN = "-"
DEBUG = "adslot.debug"
# What ends a command, whichever file it is at.
ENDS_ALL = (click.ClickException, click.Abort, click.exceptions.Exit, ResultLostError)
_MARKS = (b"\xff\xfe", b"\xfe\xff")
# A page is not called so; a policy that is named without --policy is.
_POLICY = ".toml"

_Identity = tuple[int, int]


class InputError(AdslotError):
    """An input that cannot be worked on, or an output that cannot be written."""


@attrs.frozen
class Input:
    """One file to work on, and its path *below* the folder that was named."""

    path: str
    below: Path

    def read(self, encoding: str | None = None) -> bytes:
        """The file's bytes. Raises InputError for a policy, and for a binary file: NUL bytes that no encoding explains."""
        if Path(self.path).suffix.lower() == _POLICY:
            raise InputError("a policy by its name, not HTML: --policy names one, and inputs are pages")
        data = sys.stdin.buffer.read() if self.path == STDIN else _bytes_of(self.path)
        if encoding is None and b"\0" in data[:1024] and not data.startswith(_MARKS):
            raise InputError("a binary file, not HTML")
        return data


def _bytes_of(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123  # to Path, the empty name is the current folder
        return file.read()


@attrs.frozen
class _Found:
    """The *files* of some inputs, and *faults*: what stands in the way of others, by its path."""

    files: Sequence[Input]
    faults: Sequence[tuple[str, str]]


@attrs.frozen
class Inputs:
    """The inputs of a command as they were named: files, folders, or "-" for standard input.

    An *output* folder inside of a folder is none of its pages.
    """

    names: Sequence[str]
    output: str | None = None

    @property
    def are_many(self) -> bool:
        """Whether there may be more than one."""
        return len(self.names) > 1 or (self.names[0] != STDIN and is_folder(self.names[0]))

    @lazy
    def identities(self) -> Mapping[_Identity, str]:
        """Which files these are, and the name of each."""
        return {known: file.path for file in self._found.files if (known := _identity(file.path)) is not None}

    def each(self, work: Callable[[Input], None]) -> None:
        """Do *work* on every file. Ends the program with status 1 if some failed, 2 for a wrong policy."""
        if status := self.status_of_all(work):
            sys.exit(status)

    def status_of_all(self, work: Callable[[Input], None]) -> int:
        """Do *work* on every file: 0 if none failed, 2 if the policy was wrong for one, else 1."""
        files, faults = self._found.files, self._found.faults
        for path, fault in faults:
            tell(path, [fault])
        status = int(bool(faults))
        with _progress(files) as bar:
            for file in bar:
                status = max(status, _status(work, file))
        return status

    @lazy
    def _found(self) -> _Found:
        files: list[Input] = []
        faults: list[tuple[str, str]] = []
        without = status_of(self.output) if self.output and is_folder(self.output) else None
        for name in self.names:
            if name == STDIN or not is_folder(name):
                files.append(Input(name, Path(Path(name).name)))
                continue
            pages, errors = pages_below(name, without)
            files += [Input(str(page), page.relative_to(name)) for page in pages]
            faults += [(str(error.filename), reason_of(error)) for error in errors]
            if not pages and not errors:
                faults.append((name, "no HTML file in this folder"))
        return _Found(files, faults)


@contextmanager
def _progress(files: Sequence[Input]) -> Iterator[Iterable[Input]]:
    """The *files*, with a bar that shows how far it is, where there are several and somebody looks."""
    if len(files) < 2 or not sys.stderr.isatty():
        yield files
        return
    with cursor_shown_at_the_end(sys.stderr), click.progressbar(files, file=sys.stderr) as bar:
        yield bar


def _status(work: Callable[[Input], None], file: Input) -> int:
    """Do *work* on one file; whatever it raises is reported."""
    try:
        work(file)
    except ENDS_ALL:
        raise
    except Exception as error:  # noqa: BLE001  # a file that shows a fault of ours is a file that failed, like others
        tell(file.path, [told(error)])
        tell_traceback(error)
        return 2 if isinstance(error, PolicyError) else 1
    return 0


def told(error: Exception) -> str:
    """What an error says, in one line unless it is one of ours."""
    if isinstance(error, AdslotError):
        return str(error)
    if isinstance(error, OSError):
        return reason_of(error)
    name, text = type(error).__name__, shown(str(error))
    return f"{name}: {text}" if text else name


def tell_traceback(error: Exception) -> None:
    """Show where *error* comes from, if that is asked for."""
    if is_debugging():
        from traceback import format_exception  # noqa: PLC0415  # few runs show one

        click.echo("".join(format_exception(error)), err=True, nl=False)


def is_debugging() -> bool:
    """Whether tracebacks are asked for, by --debug or the variable ADSLOT_DEBUG."""
    context = click.get_current_context(silent=True)
    return bool(context and context.meta.get(DEBUG)) or os.environ.get("ADSLOT_DEBUG", "0") not in {"", "0"}


class Output:
    """Where a command writes what it makes of *inputs*: standard output, one file, or a folder for many."""

    def __init__(self, path: str | None, inputs: Inputs) -> None:
        if inputs.are_many and path in {None, STDIN}:
            raise click.UsageError("several inputs need a folder: -o FOLDER")
        if path == "":
            raise click.UsageError("-o names no file: its name is empty")
        self._path = None if path == STDIN else path
        self._inputs = inputs
        self._written: set[_Identity] = set()
        self._cleaned: set[Path] = set()
        if self._path is not None:
            self._is_folder = inputs.are_many or is_folder(self._path) or self._path.endswith(("/", os.sep))
            see_folder(Path(self._path) if self._is_folder else Path(self._path).parent, self._path)

    def write(self, file: Input, data: bytes) -> None:
        """Write what was made of *file*. Raises InputError where that cannot be, or would cost another file."""
        if self._path is None:
            put(data)
            return
        target = Path(self._path, file.below) if self._is_folder else Path(self._path)
        self._refuse_loss(file, target)
        self._make_folder()
        if target.parent not in self._cleaned:
            clean(target.parent)
            self._cleaned.add(target.parent)
        write_page(target, data)
        if (written := _identity(target)) is not None:
            self._written.add(written)

    def _refuse_loss(self, file: Input, target: Path) -> None:
        there = _identity(target)
        if there is None:
            return
        if there in self._written:
            raise InputError(f"{shown(str(target))} was written for another input of the same name")
        other = self._inputs.identities.get(there)
        if other is not None and there != _identity(file.path):
            raise InputError(f"{shown(str(target))} is another input, which would be lost")

    def _make_folder(self) -> None:
        if self._is_folder and self._path is not None:
            make_output_folder(self._path)


class Joined:
    """Where a command writes the one thing that it makes of all *inputs*: a file that is none of them, or standard output."""

    def __init__(self, path: str, inputs: Inputs) -> None:
        if path == "":
            raise click.UsageError("-o names no file: its name is empty")
        if path != STDIN and (is_folder(path) or path.endswith(("/", os.sep))):
            raise click.UsageError(f"-o {shown(path)} is a folder: name the file to write")
        if path != STDIN and _identity(path) in inputs.identities:
            raise click.UsageError(f"-o {shown(path)} is an input, which would be lost")
        if path != STDIN:
            see_folder(Path(path).parent, path)
        self._path = path

    def write(self, data: bytes) -> None:
        """Write what was made. Raises ResultLostError."""
        if self._path == STDIN:
            put(data)
            return
        target = Path(self._path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            clean(target.parent)
            write(target, data)
        except OSError as error:
            raise ResultLostError(error, shown(self._path)) from error


def write_page(target: Path, data: bytes) -> None:
    """Write a page to *target*, and make the folders above it. Raises InputError."""
    try:
        try:
            write(target, data)
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            write(target, data)
    except OSError as error:
        raise InputError(f"cannot write {shown(str(target))}: {_reason(error, target)}") from error


def make_output_folder(path: str) -> None:
    """Make the folder of all outputs. Raises ResultLostError: that there is none is reported once, for all files."""
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ResultLostError(error, shown(path)) from error


def see_folder(folder: Path, output: str) -> None:
    """See that there can be a *folder*; that there cannot is reported once, and not for every file."""
    nearest = next((each for each in (folder, *folder.parents) if os.path.lexists(each)), folder)
    if os.path.lexists(nearest) and not is_folder(nearest):
        raise click.UsageError(f"-o {shown(output)}: {shown(str(nearest))} is no folder")


def _reason(error: OSError, target: Path) -> str:
    """Why *target* could not be written, with the folder above it that is to blame."""
    culprit = error.filename
    is_above = isinstance(culprit, str) and Path(culprit) in target.parents
    return f"{reason_of(error)}: {shown(culprit)}" if is_above else reason_of(error)


def _identity(path: str | Path) -> _Identity | None:
    """What tells the file at *path* from all others, whatever their names; None where there is no file."""
    if path == STDIN or not is_file(path):
        return None
    status = Path(path).stat()
    return status.st_dev, status.st_ino


def tell(path: str, messages: Iterable[str]) -> None:
    """Talk about one input on standard error."""
    for message in messages:
        click.echo(f"adslot: {shown(path) or repr(path)}: {message}", err=True)
