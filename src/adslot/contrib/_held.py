"""A page that is held back until it is complete, and why it is let go as it is."""

from __future__ import annotations

import time

import attrs

import adslot
from adslot.contrib._filler import Filler, RequestedPage, log_broken, log_late
from adslot.contrib._orders import Order
from adslot.contrib._responses import Headers, Response, TooLong

# So many bytes hold more than the doctype of a page and the comments before it.
_BEGINNING = 4096


@attrs.define
class Held:
    """The beginning of a *response*, what has come of its body, and the time of `time.monotonic` until which it waits."""

    filler: Filler
    response: Response
    page: RequestedPage
    path: str
    deadline: float
    parts: list[bytes] = attrs.field(factory=list)
    size: int = 0
    _whole: bytes = b""

    @classmethod
    def of(cls, filler: Filler, response: Response, page: RequestedPage, path: str) -> Held:
        """Nothing has come yet, and the time runs."""
        return cls(filler, response, page, path, time.monotonic() + filler.patience)

    @property
    def order(self) -> Order:
        """What is to be done with a page that is not unfit."""
        return self.filler.order(self.response, self._whole, self.page)

    def add(self, data: bytes) -> None:
        """Hold one part more."""
        self.parts.append(data)
        self.size += len(data)

    def let_go(self) -> Headers | None:
        """The headers with which to send all that is held, where it makes no sense to wait for the rest.

        Those of the app, since what is sent is the app's: if it is broken, everybody shall see that.
        """
        declared = self.response.declared
        if declared is not None and self.size > declared:
            log_broken(self.path, f"the app has sent more than the {declared} bytes that it declared")
            return self.response.headers
        if self.size > self.filler.limit:
            self.filler.leave(self.path, TooLong(self.filler.limit))
            return self.response.headers
        return self.late() if time.monotonic() >= self.deadline else None

    def late(self) -> Headers:
        """The headers of a page that nobody can wait for any longer."""
        log_late(self.path, self.filler.patience)
        return self.response.failed()

    def unfit(self) -> Headers | None:
        """The headers with which to send the whole of it, where that is no page to be filled."""
        declared = self.response.declared
        if declared is not None and self.size != declared:
            log_broken(self.path, f"the app has sent {self.size} of the {declared} bytes that it declared")
            return self.response.headers
        self._whole = b"".join(self.parts)
        if not _is_page(self._whole, self.response.charset):
            self.filler.leave(self.path, "it is no whole page")
            return self.response.headers
        return None


def _is_page(body: bytes, charset: str | None) -> bool:
    """Whether it is a whole page: of nearly all that are, the first bytes say so."""
    return _begins_page(body[:_BEGINNING], charset) or (len(body) > _BEGINNING and _begins_page(body, charset))


def _begins_page(body: bytes, charset: str | None) -> bool:
    try:
        return adslot.is_page(body, encoding=charset)
    except adslot.AdslotError:  # no browser has such an encoding
        return adslot.is_page(body)


def owned(data: bytes | bytearray | memoryview) -> bytes:
    """*data* as it is now, should it be a buffer that the app uses again."""
    return data if isinstance(data, bytes) else bytes(memoryview(data))
