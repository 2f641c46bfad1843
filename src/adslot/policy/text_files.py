"""Text files that a policy names: regular ones, of bounded size, read without waiting for anybody."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

# The most bytes that UTF-8 has for a character.
_BYTES = 4


def text_of(path: Path, most: int) -> str:
    """The text of a file in UTF-8 with line ends as `\\n`, at most so many characters.

    Raises OSError, also for what is no regular file, and ValueError for what is no text and for a name with a NUL.
    """
    _check_kind(path.stat())
    with open(path, "rb", opener=_open) as file:  # Path.open takes no opener
        _check_kind(os.fstat(file.fileno()))
        data = file.read(_BYTES * most + 1)
    text = data.decode("utf-8-sig") if len(data) <= _BYTES * most else None
    if text is None or len(text) > most:
        raise _too_long(most)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def text_that_was_named(path: Path, most: int) -> str:
    """The same of a file that the caller names himself: it may be a pipe, too."""
    if path.is_file() and path.stat().st_size > _BYTES * most:
        raise _too_long(most)
    return path.read_text(encoding="utf-8-sig")


def is_within(path: Path, folder: Path) -> bool:
    """Whether *path* is in *folder* or below it once all links are followed. Raises OSError, ValueError."""
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _check_kind(found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "no regular file")


def _too_long(most: int) -> OSError:
    return OSError(errno.EFBIG, f"more than {most:,} characters")


def _open(path: str, flags: int) -> int:
    # A pipe that took the file's place meanwhile would wait for a writer.
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
