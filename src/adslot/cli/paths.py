"""Paths: the pages of a folder, and how a path is shown in one line."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

SUFFIXES = (".html", ".htm", ".xhtml")


def shown(text: str) -> str:
    r"""*text*, such as a path, in one line: what breaks lines, steers a terminal or is no text at all is escaped.

    >>> print(shown("a\nb.html"), shown("süd.html"), shown("\x1b[2J.html"), shown("s\udcfcd.html"))
    a\nb.html süd.html \x1b[2J.html s\xfcd.html
    """
    return text if text.isprintable() else "".join(map(_escaped, text))


def _escaped(char: str) -> str:
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else ascii(char)[1:-1]  # a byte that is no UTF-8


def pages_below(folder: str, without: os.stat_result | None = None) -> tuple[list[Path], list[OSError]]:
    """The pages at any depth below *folder*, sorted, and which folders could not be read.

    What is hidden is left out, and so is the folder *without*, by its status. Links to folders are not followed.
    """
    found: list[Path] = []
    errors: list[OSError] = []
    for each in walk(folder, without):
        if isinstance(each, OSError):
            errors.append(each)
        else:
            found.append(Path(each.path))
    return sorted(found), errors


def walk(folder: str, without: os.stat_result | None = None) -> Iterator[os.DirEntry[str] | OSError]:
    """The same one after the other, folder by folder, without having all of them at a time."""
    folders = [folder]
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                visible = sorted((each for each in entries if not each.name.startswith(".")), key=_name)
        except OSError as error:
            yield error
            continue
        yield from filter(_is_page, visible)
        below = [each.path for each in visible if _is_folder(each) and not _is_same(each.path, without)]
        folders.extend(reversed(below))


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _is_page(entry: os.DirEntry[str]) -> bool:
    if not entry.name.lower().endswith(SUFFIXES):
        return False
    try:
        return stat.S_ISREG(entry.stat().st_mode)
    except OSError:  # a link to nowhere, say: that is reported when it is read
        return True


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:  # it is gone
        return False


def _is_same(path: str, status: os.stat_result | None) -> bool:
    try:
        return status is not None and os.path.samestat(Path(path).stat(), status)
    except OSError:
        return False


def status_of(path: str | Path) -> os.stat_result | None:
    """The status of what *path* leads to, None where that is nothing. Raises OSError where it cannot be seen."""
    try:
        return Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_folder(path: str | Path) -> bool:
    """Whether there is a folder; False where that cannot be seen, which `Path.is_dir` raises for."""
    return os.path.isdir(path)  # noqa: PTH112


def is_file(path: str | Path) -> bool:
    """Whether there is a regular file; False where that cannot be seen."""
    return os.path.isfile(path)  # noqa: PTH113
