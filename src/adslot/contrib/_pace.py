"""How long pages take, learnt from those that were filled."""

from __future__ import annotations

_GUESS = 3e-8  # seconds for a byte, before anything is known: measured with three rules


class Pace:
    """Seconds for a byte, by the magnitude of the page, so that what each page costs counts where pages are small."""

    def __init__(self) -> None:
        self._last: dict[int, tuple[float, float]] = {}

    def seconds(self, size: int) -> float:
        """How long a page of *size* bytes is likely to take.

        The quicker one of the last two of its magnitude tells: anything may come in between once.
        """
        return size * min(self._last.get(size.bit_length(), (_GUESS,)))

    def learn(self, size: int, seconds: float) -> None:
        """A page of *size* bytes has taken so long."""
        pace = seconds / max(size, 1)
        _, before = self._last.get(size.bit_length(), (_GUESS, _GUESS))
        self._last[size.bit_length()] = before, pace
