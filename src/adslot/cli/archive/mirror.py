"""A mirror: the pages of a folder, and for each where it is written, so that none costs another one."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

import attrs

from adslot.batch.journal import Seen
from adslot.cli.paths import is_folder, shown, status_of, walk
from adslot.cli.streams import reason_of

_Identity = tuple[int, int]
_LOST = "is another input, which would be lost"
_TAKEN = "is written for another input"


@attrs.frozen
class Page:
    """A page at *path*, its path *below* the folder, where it is written, and how it was *seen*.

    Where it *is_own*, it is written over itself.
    """

    path: str
    below: str
    target: str
    seen: Seen
    is_own: bool


@attrs.frozen
class Obstacle:
    """What stands in the way of the page, or the folder, at *path*."""

    path: str
    fault: str


class Mirror:
    """The pages below *folder* whose paths there match one of *include*, if there are any, and none of *exclude*.

    In these patterns `*` stands for any text, also one with a `/`.
    """

    def __init__(self, folder: str, output: str, include: Sequence[str], exclude: Sequence[str]) -> None:
        self._folder, self._output = folder, output
        self._include, self._exclude = include, exclude
        self._prefix = os.path.join(folder, "")  # noqa: PTH118  # of texts, as paths are sent to other processes
        self._real_folder, self._real_output = (os.path.realpath(each) for each in (folder, output))
        self._claimed: set[str | _Identity] = set()
        self._named_twice: set[_Identity] = set()
        self._last = ("", "")

    def count(self) -> int:
        """How many pages there are now."""
        found = 0
        for entry in self._entries():
            if isinstance(entry, os.DirEntry):
                found += 1
                if (status := _status(entry.path)) is not None and status.st_nlink > 1:
                    self._named_twice.add((status.st_dev, status.st_ino))
        return found

    def pages(self) -> Iterator[Page | Obstacle]:
        """Each page, folder by folder, and what stands in the way of others."""
        for entry in self._entries():
            if isinstance(entry, OSError):
                yield Obstacle(str(entry.filename), reason_of(entry))
            else:
                yield self._page(entry.path)

    def _entries(self) -> Iterator[os.DirEntry[str] | OSError]:
        without = None
        if is_folder(self._output) and self._real_output != self._real_folder:
            without = status_of(self._output)
        for entry in walk(self._folder, without):
            if isinstance(entry, OSError) or self._is_meant(self._below(entry.path)):
                yield entry

    def _below(self, path: str) -> str:
        return path.removeprefix(self._prefix)

    def _is_meant(self, below: str) -> bool:
        is_included = not self._include or any(fnmatchcase(below, each) for each in self._include)
        return is_included and not any(fnmatchcase(below, each) for each in self._exclude)

    def _page(self, path: str) -> Page | Obstacle:
        below = self._below(path)
        target = os.path.join(self._output, below)  # noqa: PTH118
        status, old = _status(path), _status(target)
        is_own = status is not None and old is not None and os.path.samestat(status, old)
        if not is_own and (loss := self._loss(below, self._real(target), old)) is not None:
            return Obstacle(path, f"{shown(target)} {loss}")
        seen = Seen(0, -1) if status is None else Seen.of(status.st_size, status.st_mtime_ns)
        return Page(path, below, target, seen, is_own=is_own)

    def _real(self, target: str) -> str:
        """Where links lead from *target*. Pages come folder by folder."""
        if os.path.islink(target):  # noqa: PTH114
            return os.path.realpath(target)
        folder, name = os.path.split(target)
        if folder != self._last[0]:
            self._last = folder, os.path.realpath(folder)
        return os.path.join(self._last[1], name)  # noqa: PTH118

    def _loss(self, below: str, real: str, old: os.stat_result | None) -> str | None:
        """What would be lost if the page *below* were written to the file *real*, of the status *old*, None for a new one."""
        if old is not None and _is_below(real, self._real_folder) and not self._is_output(real):
            return _LOST
        claim: str | _Identity = real
        if old is not None and old.st_nlink > 1:
            claim = old.st_dev, old.st_ino
            if claim in self._named_twice:
                return _LOST
        elif real == os.path.join(self._real_output, below):  # noqa: PTH118
            return None
        elif _is_below(real, self._real_output) and os.path.lexists(self._source_of(real)):
            return _TAKEN
        if claim in self._claimed:
            return _TAKEN
        self._claimed.add(claim)
        return None

    def _source_of(self, real: str) -> str:
        return os.path.join(self._folder, os.path.relpath(real, self._real_output))  # noqa: PTH118

    def _is_output(self, real: str) -> bool:
        return self._real_output != self._real_folder and _is_below(real, self._real_output)


def _is_below(path: str, folder: str) -> bool:
    return path.startswith(os.path.join(folder, ""))  # noqa: PTH118  # of texts


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)  # noqa: PTH116  # of a text
    except OSError:  # that is reported where it is read
        return None
