"""Progress: how many are done, how fast it goes and how long it will take; a line that changes, or one now and then."""

from __future__ import annotations

import sys
import time

import click

_OFTEN, _SELDOM = 0.1, 10.0  # seconds between two lines, on a terminal and elsewhere
_CLEAR = "\r\x1b[K"


class Progress:
    """Tells on standard error of *total* files, or of what else there is."""

    def __init__(self, total: int, noun: str = "files") -> None:
        self._total, self._noun = total, noun
        self._is_terminal = sys.stderr.isatty()
        self._began = self._told = time.monotonic()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return time.monotonic() - self._began

    def tell(self, done: int) -> None:
        """Tell how many are *done*, if it is time for that."""
        now = time.monotonic()
        if now - self._told < (_OFTEN if self._is_terminal else _SELDOM):
            return
        self._told = now
        text = told_of(done, self._total, self.seconds, self._noun)
        click.echo(f"{_CLEAR}{text}" if self._is_terminal else f"adslot: {text}", err=True, nl=not self._is_terminal)

    def end(self) -> None:
        """Make place for what is said then."""
        if self._is_terminal:
            click.echo(_CLEAR, err=True, nl=False)


def told_of(done: int, total: int, seconds: float, noun: str = "files") -> str:
    """How many of *total* are *done* after some *seconds*.

    >>> told_of(2_000, 10_000, 8.0)
    '2,000 of 10,000 files, 250 a second, 0:32 left'
    """
    left = clock(seconds * (total - done) / done) if done else "?"
    return f"{done:,} of {total:,} {noun}, {rate(done, seconds)}, {left} left"


def rate(done: int, seconds: float) -> str:
    """How many in a second.

    >>> rate(3, 2.0), rate(10_000, 4.0)
    ('1.5 a second', '2,500 a second')
    """
    each = done / max(seconds, 0.001)
    return f"{each:,.0f} a second" if each >= 10 else f"{each:.1f} a second"


def clock(seconds: float) -> str:
    """Minutes and seconds, with hours where there are any.

    >>> clock(59.6), clock(4000)
    ('1:00', '1:06:40')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
