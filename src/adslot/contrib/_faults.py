"""What fails while slots are placed costs the slots, never the page: it is logged; where somebody develops, it is raised.

All integrations ask here, so that they do the same. Whatever it is (a search that is away, what a function returned,
markup that no page can hold, a fault of adslot's own), the article that a reader came for is there without it.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

LOGGER = logging.getLogger("adslot")

# After so many seconds a cause is reported in full once more: the log that told it may be gone.
_AGAIN = 3600.0
# So many causes are remembered.
_MOST = 1000

_Result = TypeVar("_Result")


class Faults:
    """The faults of one integration. Those of the types *passed* are for the framework, which knows what to do then."""

    def __init__(self, is_debug: Callable[[], bool] = bool, passed: tuple[type[Exception], ...] = ()) -> None:
        self._is_debug, self._passed = is_debug, passed
        self._told: dict[object, float] = {}

    def guard(self, work: Callable[[], _Result], otherwise: _Result, sentence: str) -> _Result:
        """What *work* gives; if it fails, *otherwise*, and the log has the *sentence* with the reason.

        >>> Faults().guard(lambda: "<p>Eins.</p>", "", "no slots were placed")
        '<p>Eins.</p>'
        """
        try:
            return work()
        except self._passed:
            raise
        except Exception as error:
            if self._is_debug():
                raise
            self.tell(sentence, error)
            return otherwise

    def refuse(self, error: Exception, sentence: str) -> None:
        """Tell of a mistake that shows before anything is tried. Raises *error* where somebody develops."""
        if self._is_debug():
            raise error
        self.tell(sentence, error)

    def tell(self, sentence: str, error: Exception) -> None:
        """Log that a page has no slots, in one line; of the same cause the traceback once in an hour."""
        cause, now = _cause_of(error), monotonic()
        last = self._told.get(cause)
        if last is not None and now - last < _AGAIN:
            LOGGER.error("%s: %s: %s", sentence, type(error).__name__, error)
            return
        if len(self._told) >= _MOST:
            self._told.clear()
        self._told[cause] = now
        LOGGER.error("%s", sentence, exc_info=error)


def _cause_of(error: Exception) -> object:
    """What two faults have in common that have the same cause: the way through the code, whatever they say."""
    way = traceback.walk_tb(error.__traceback__)
    return type(error), tuple((frame.f_code.co_filename, line) for frame, line in way)
