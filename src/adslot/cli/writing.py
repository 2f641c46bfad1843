"""Writing to a path: a file whole or not at all, what is no file straight on.

The bytes go to a new file in the same folder, which then takes the place of the old one, with its owner, group, mode
and attributes. Where another file in its place would be a loss, because the old one has more names or an owner who
cannot be given, or where it cannot be taken, they are written into the old one once the new one is complete.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from adslot.cli.paths import status_of
from adslot.cli.signals import undisturbed
from adslot.patterns import pattern

if sys.platform != "win32":  # pragma: no branch
    from fcntl import LOCK_EX, LOCK_NB, flock

# The names of files that are being written: short, whatever the name of the file that they are to become.
_TEMPORARY = pattern(r"\.adslot-[0-9a-f]{12}\.tmp")
_HAS_LOCKS = sys.platform != "win32"
_DAY = 86_400
_MANY_LINKS = 40
# An open file of a process: the link may lead to a pipe, or to a file that has been deleted.
_OPEN_FILE = pattern(r"/proc/(?P<process>\d+)(?:/task/\d+)?/fd/(?P<number>\d+)|/dev/fd/(?P<own>\d+)")
_BINARY = getattr(os, "O_BINARY", 0)
_NO_TERMINAL = getattr(os, "O_NOCTTY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAIT = getattr(os, "O_NONBLOCK", 0)


def write(path: Path, data: bytes) -> None:
    """Write *data* to *path*, or where its links end. Raises OSError."""
    end = _end_of(path)
    if open_file := _open_file(end):
        _write_on(_descriptor(open_file), data)
        return
    found = status_of(end)
    if found is not None and not stat.S_ISREG(found.st_mode):
        _write_on(os.open(end, os.O_WRONLY | _NO_TERMINAL), data)
        return
    with undisturbed():
        _write_file(end, data, found)


@contextlib.contextmanager
def being_written(path: Path) -> Iterator[IO[bytes]]:
    """A new file that takes the place of *path* once it is complete: for what is too large for memory. Raises OSError."""
    handle, made = _begin(path.parent, 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            _sync(handle)
            made.replace(_end_of(path))
    except BaseException:
        with contextlib.suppress(OSError):
            made.unlink()
        raise


def clean(folder: Path) -> None:
    """Remove from *folder* what runs that were killed have left there, as far as that can be done."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _TEMPORARY.fullmatch(entry.name):
                _remove_if_left(Path(entry.path))


# ------------------------------------------------------------------------------------- where to write


def _end_of(path: Path) -> Path:
    for _ in range(_MANY_LINKS):
        if _open_file(path) or not path.is_symlink():
            return path
        path = path.parent / path.readlink()
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))


def _open_file(path: Path) -> re.Match[str] | None:
    if not path.name.isdecimal():  # as the names of all of them are; where links lead takes longer
        return None
    return _OPEN_FILE.fullmatch(os.path.join(os.path.realpath(path.parent), path.name))  # noqa: PTH118  # of a text


def _descriptor(open_file: re.Match[str]) -> int:
    number = open_file["own"]
    if number is None and int(open_file["process"]) == os.getpid():
        number = open_file["number"]
    return os.open(open_file[0], os.O_WRONLY | os.O_TRUNC) if number is None else os.dup(int(number))


# --------------------------------------------------------------------------------------------- writing


def _write_on(handle: int, data: bytes) -> None:
    """Write *data* to an open file, and close it."""
    try:
        _write_all(handle, data)
    finally:
        os.close(handle)


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _write_file(path: Path, data: bytes, found: os.stat_result | None) -> None:
    """Write the file *path* of the status *found*, None for a new one."""
    handle, made = _begin(path.parent, 0o666 if found is None else 0o600)
    try:
        _write_all(handle, data)
        _sync(handle)
        if not _HAS_LOCKS:  # pragma: no cover  # Windows renames no open files
            os.close(handle)
            handle = -1
        if found is None or _can_take_its_place(made, path, found):
            _replace(made, path, data)
        else:
            _overwrite(path, data, made)
    except BaseException:
        with contextlib.suppress(OSError):
            made.unlink()
        raise
    finally:
        if handle >= 0:
            os.close(handle)


def _replace(made: Path, path: Path, data: bytes) -> None:
    try:
        made.replace(path)
    except OSError as error:
        if error.errno not in {errno.EBUSY, errno.EXDEV}:
            raise
        _overwrite(path, data, made)  # something is mounted there: a file of a container, say


def _can_take_its_place(made: Path, path: Path, found: os.stat_result) -> bool:
    """Make the file *made* like the one that it shall replace; whether nothing is lost if it does so."""
    if found.st_nlink > 1:
        return False
    own = made.stat()
    if (own.st_uid, own.st_gid) != (found.st_uid, found.st_gid):
        try:
            os.chown(made, found.st_uid, found.st_gid)
        except OSError:
            if os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids):
                return False
    from shutil import copystat  # noqa: PLC0415  # with its archives, it is slower to load than a page to fill

    with contextlib.suppress(OSError):  # not every file system has modes
        copystat(path, made)  # also attributes, and with them access control lists
        os.utime(made)
    return True


def _overwrite(path: Path, data: bytes, copy: Path) -> None:
    """Write into the file *path* itself. The *copy* has all of it already, and is kept where this fails."""
    handle = os.open(path, os.O_RDWR | _BINARY)
    kept = copy.with_suffix(".whole")
    try:
        _make_room(handle, len(data))
        copy.rename(kept)
        _write_all(handle, data)
        os.ftruncate(handle, len(data))
        _sync(handle)
    except OSError as error:
        if kept.exists():
            raise OSError(error.errno, f"{error.strerror}; it may be incomplete, {kept} is not", str(path)) from error
        raise
    finally:
        os.close(handle)
    kept.unlink()


def _sync(handle: int) -> None:
    """See that what was written is on the disk: a full one may tell it only now."""
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP}:  # a file system that cannot tell
            raise


def _make_room(handle: int, size: int) -> None:
    """See that a file can grow to *size*, before any byte of it is changed."""
    before = os.fstat(handle).st_size
    if size <= before or not hasattr(os, "posix_fallocate"):
        return
    try:
        os.posix_fallocate(handle, before, size - before)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.EOPNOTSUPP}:  # a file system that cannot tell
            os.ftruncate(handle, before)
            raise


# ------------------------------------------------------------------------------------- temporary files


def _begin(folder: Path, mode: int) -> tuple[int, Path]:
    """A new file in *folder*, open and locked: its lock shows that somebody still writes it."""
    while True:
        path = folder / f".adslot-{os.urandom(6).hex()}.tmp"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY | _NO_LINK, mode)
        if not _HAS_LOCKS or _is_ours(handle):
            return handle, path
        os.close(handle)  # somebody cleans up, and takes it for left


def _is_ours(handle: int) -> bool:
    try:
        flock(handle, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return True
    return os.fstat(handle).st_nlink > 0


def _remove_if_left(path: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(path, os.O_RDWR | _BINARY | _NO_LINK | _NO_WAIT)
        try:
            if _is_left(handle):
                path.unlink()
        finally:
            os.close(handle)


def _is_left(handle: int) -> bool:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        return False
    if _HAS_LOCKS:  # pragma: no branch
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            pass
        else:
            return True
    return time.time() - status.st_mtime > _DAY
