"""Signals that end the program: at once and without a traceback, but never in the middle of a file.

They do so by themselves, since `__main__` has taken Python's own handling from Ctrl-C.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from typing import IO

_ENDING = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
_SHOW_CURSOR = "\033[?25h\n"


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Signals that would end the program wait until this is over."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Stop:
    """Whether a signal has asked for the end: its *number*, None where none has."""

    number: int | None = None

    def is_asked(self) -> bool:
        """Whether one has."""
        return self.number is not None

    def hear(self, number: int, _frame: object) -> None:
        """Note the first signal. The second one ends the program at once."""
        self.number = number
        for each in _ENDING:
            if signal.getsignal(each) == self.hear:
                signal.signal(each, signal.SIG_DFL)


@contextlib.contextmanager
def stopping() -> Iterator[Stop]:
    """Signals that would end the program are noted; it is ended by the one that came once this is over."""
    stop = Stop()
    if signal.getsignal(signal.SIGINT) is not signal.SIG_DFL:  # not the program's own process
        yield stop
        return
    ending = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in ending:
        signal.signal(number, stop.hear)
    try:
        yield stop
    finally:
        for number in ending:
            signal.signal(number, signal.SIG_DFL)
        if stop.number is not None:
            os.kill(os.getpid(), stop.number)


@contextlib.contextmanager
def cursor_shown_at_the_end(terminal: IO[str]) -> Iterator[None]:
    """A program that a signal ends shows the cursor of the *terminal* again, which a progress bar hides."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_DFL:  # not the program's own process
        yield
        return
    ending = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in ending:
        signal.signal(number, _shows_cursor(terminal))
    try:
        yield
    finally:
        for number in ending:
            signal.signal(number, signal.SIG_DFL)


def _shows_cursor(terminal: IO[str]) -> Callable[[int, object], None]:
    def end(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        with contextlib.suppress(OSError, ValueError):
            os.write(terminal.fileno(), _SHOW_CURSOR.encode())
        os.kill(os.getpid(), number)

    return end
