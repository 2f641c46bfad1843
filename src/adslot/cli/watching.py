"""Watching: a command that shows pages does so again whenever a page or the policy has changed.

Each time is a run of its own, so that whatever is wrong with a file is told as it always is, and mended by the next save.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn

import click

from adslot.cli.files import STDIN
from adslot.cli.paths import is_folder, pages_below
from adslot.errors import PolicyError
from adslot.policy.file.sources import chain, read_file

OPTION = "--watch"
# How long a save may go unseen, in seconds.
_PAUSE = 0.3
# What policies extend, and what their templates are written in.
_BESIDE = (".toml", ".json", ".html", ".jinja", ".txt")

# When a file was written last, and how large it is.
_State = dict[Path, tuple[int, int]]


def watch_option(command: Callable[..., None]) -> Callable[..., None]:
    """The option that has a command run again."""
    return click.option(OPTION, is_flag=True, help="Do it again whenever an input or the policy changes.")(command)


def run_again(named: Sequence[str], policy: Path | None, output: str | None = None) -> NoReturn:
    """Run this command without its option now, and again after each change of the files *named* or of the *policy*.

    Only a signal ends it. What the command writes, its *output*, is no change.
    """
    if STDIN in named:
        raise click.UsageError(f"{OPTION} needs files: standard input is read once")
    command = [sys.executable, "-m", "adslot", *(word for word in sys.argv[1:] if word != OPTION)]
    seen: _State | None = None
    while True:
        state = _state(named, policy)
        if output is not None:
            state.pop(Path(output).resolve(), None)
        if state != seen:
            seen = state
            if sys.stdout.isatty():
                click.clear()
            subprocess.run(command, check=False)  # noqa: S603  # the words that this program was started with
            click.echo(f"adslot: {len(state)} files are watched; Ctrl-C ends it", err=True)
        time.sleep(_PAUSE)


def _state(named: Iterable[str], policy: Path | None) -> _State:
    found: _State = {}
    for path in (*_pages(named), *(_policies(policy) if policy is not None else ())):
        with contextlib.suppress(OSError):  # gone, which is a change as well
            status = path.stat()
            found[path.resolve()] = status.st_mtime_ns, status.st_size
    return found


def _pages(named: Iterable[str]) -> Iterator[Path]:
    for name in named:
        yield from pages_below(name)[0] if is_folder(name) else [Path(name)]


def _policies(path: Path) -> Iterator[Path]:
    """The policy, what it extends, and what may be a template of either: the files beside them."""
    yield path
    folders = {path.parent}
    with contextlib.suppress(PolicyError, OSError):
        folders |= {Path(source.file).parent for source in chain(read_file(path))[0] if source.file is not None}
    for folder in folders:
        with contextlib.suppress(OSError):
            yield from (file for file in folder.iterdir() if file.suffix in _BESIDE)
