"""The standard streams, also when they are closed, full, or read by nobody any more.

What is said on standard error never costs the work that it speaks of; that it was lost costs the exit status 0.
What is printed on standard output is the work: where it is lost the command ends, with one line and status 1.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator

TYPE_CHECKING = False  # `--version` does not wait for typing
if TYPE_CHECKING:
    from typing import IO, Any


class ResultLostError(Exception):
    """There is nowhere to write to: *where* is standard output, or the folder of all outputs."""

    def __init__(self, error: OSError, where: str = "standard output") -> None:
        super().__init__(f"{where}: {reason_of(error)}")
        self.is_told = error.errno != errno.EPIPE  # a reader that has seen enough need not be told


def reason_of(error: OSError) -> str:
    """Why something could not be read or written."""
    return "it is closed" if error.errno == errno.EBADF else error.strerror or str(error)


def put(result: str | bytes) -> None:
    """Write a *result* to standard output, at once. Raises ResultLostError."""
    try:
        if isinstance(result, bytes):
            sys.stdout.flush()
            sys.stdout.buffer.write(result)
        else:
            sys.stdout.write(result)
        sys.stdout.flush()
    except OSError as error:
        silence(sys.stdout)
        raise ResultLostError(error) from error


def takes_colour() -> bool:
    """Whether standard output is a terminal that shows colours, and whoever looks at it wants them."""
    is_wanted = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return is_wanted and sys.platform != "win32" and sys.stdout.isatty()


class Talk:
    """Stands in place of standard error: writing never fails, and it *is_lost* once something was not written."""

    def __init__(self, stream: IO[str]) -> None:
        self.is_lost = False
        self._stream = stream

    def write(self, text: str) -> int:
        """Write *text*, if that can be done."""
        with self._losing():
            self._stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Write what is waiting, if that can be done."""
        with self._losing():
            self._stream.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    @contextlib.contextmanager
    def _losing(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError):  # a ValueError: somebody has closed it
            self.is_lost = True
            silence(self._stream)


def silence(stream: IO[str]) -> None:
    """Let what still waits to be written to *stream* go nowhere: Python would try again when it ends, and complain."""
    with contextlib.suppress(OSError, ValueError):
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


def occupy() -> None:
    """Put something into the place of closed standard streams, which cannot be read or written either.

    Else the next file that is opened would be standard output.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDONLY if number else os.O_WRONLY)
    if sys.stdin is None:
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115  # as long as the process lives
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
