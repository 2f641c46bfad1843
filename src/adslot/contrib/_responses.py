"""What becomes of a response: whether its page gets slots, and what its headers say then.

Both middlewares ask here; they only know how their protocol hands a response over. Headers come in and a decision
goes out, so that a response which is none of adslot's business need not be waited for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Protocol

import attrs

from adslot.patterns import pattern

Headers = list[tuple[str, str]]

OPT_OUT = "adslot"
# What is no longer true of a page that has other slots than the app knows of: the digests are of other bytes, and so
# are ranges; the date is that of the text, and neither of the policy nor of the related articles.
_OUTDATED = frozenset("accept-ranges content-digest content-md5 digest last-modified repr-digest".split())
_VALIDATORS = frozenset(["etag", "last-modified"])
# More digits than any length has: what is longer, Python would rather not read as a number.
_LENGTH = pattern(r"[0-9]{1,18}")
_CHARSET = pattern(r";\s*charset\s*=\s*[\"']?([^\s;\"']+)", re.I)
_TAG = pattern(r'(?:W/)?"[^"]*"')
_MARKED = pattern(r'-adslot-[0-9a-f]+"')


class Marking(Protocol):
    """A page that knows the mark of its entity tags, and works it out when it is asked."""

    @property
    def mark(self) -> str:
        """Hexadecimal, and another one wherever the slots may be others."""


@attrs.frozen
class TooLong:
    """The refusal of a page that is above the *limit*, whenever that shows."""

    limit: int

    def __str__(self) -> str:
        return f"it has more than {self.limit} bytes"


@attrs.frozen
class Response:
    """A response as the app began it: its *status* and *headers*, and whether its `Adslot: off` keeps slots away."""

    status: int
    headers: Headers
    is_off: bool = False

    @classmethod
    def of(cls, status: int, headers: Iterable[tuple[str, str]]) -> Response:
        """What the app said; the header `Adslot` is for the middleware, and goes no further."""
        said = list(headers)
        is_off = any(name.lower() == OPT_OUT and value.strip().lower() == "off" for name, value in said)
        return cls(status, [pair for pair in said if pair[0].lower() != OPT_OUT], is_off)

    def value(self, name: str) -> str:
        """The value of a header, empty where it is not there."""
        return next((value.strip() for key, value in self.headers if key.lower() == name), "")

    def values(self, name: str) -> list[str]:
        """All values of a header, as they are."""
        return [value for key, value in self.headers if key.lower() == name]

    @property
    def declared(self) -> int | None:
        """The length that the app promised, where it did."""
        lengths = self.values("content-length")
        return int(lengths[0]) if lengths and _LENGTH.fullmatch(lengths[0]) else None

    @property
    def charset(self) -> str | None:
        """The encoding that the header names."""
        found = _CHARSET.search(self.value("content-type"))
        return found[1] if found else None

    def refusal(self, limit: int) -> str | TooLong | None:
        """Why the response is left alone; None where slots may be placed, if its body is a page.

        `Cache-Control: no-transform` is no reason: it speaks to those who pass a response on, and here is still
        where the response is made.
        """
        if self.status != 200:
            return f"the status is {self.status}"
        if (media := self._media()) != "text/html":
            return f"it is no HTML, but {media or 'of no type'}"
        if self.is_off:
            return "the app says Adslot: off"
        if encoding := ", ".join(filter(None, self.values("content-encoding"))):
            return f"it is compressed already: {encoding}"
        if coding := ", ".join(self.values("transfer-encoding")):
            return f"the app sends it in a form of its own: {coding}"
        if self.value("content-disposition").lower().startswith("attachment"):
            return "it is a file to save"
        return self._refusal_of_length(limit)

    def _media(self) -> str:
        """The type, where all that is said of it is the same."""
        found = {value.partition(";")[0].strip().lower() for value in self.values("content-type")}
        return found.pop() if len(found) == 1 else " and ".join(sorted(found))

    def _refusal_of_length(self, limit: int) -> str | TooLong | None:
        lengths = self.values("content-length")
        if not lengths:
            return None
        if len(lengths) > 1 or self.declared is None:
            return "its Content-Length is no number"
        return TooLong(limit) if int(lengths[0]) > limit else None

    def filled(self, page: Marking, length: int | None) -> Headers:
        """The headers of the page with its slots, which has *length* bytes; None says nothing of its length."""
        kept = _without(self.headers, _OUTDATED | {"content-length"})
        size = [] if length is None else [("Content-Length", str(length))]
        return _marked(kept, page) + size

    def unchanged(self, known: Marking | None) -> Headers:
        """The headers of a response that is left alone; that nothing has changed is said of the page that is *known*."""
        if self.status == 304 and known is not None:
            return _marked(_without(self.headers, _OUTDATED), known)
        return self.headers

    def failed(self) -> Headers:
        """The headers of a page that should have got slots: nobody shall hold it for the page with slots later."""
        return _without(self.headers, _VALIDATORS)


def is_marked(tags: str) -> bool:
    """Whether one of the entity tags in a header of the request is adslot's.

    >>> is_marked('"a1", W/"b2-adslot-0c1d"'), is_marked("*")
    (True, False)
    """
    return _MARKED.search(tags) is not None


def unmarked(tags: str, mark: str) -> str:
    """The entity tags as the app knows them. Other marks stay: what they stand for is no longer what is sent.

    >>> unmarked('W/"a1-adslot-0c1d", "a1-adslot-ffff"', "0c1d")
    'W/"a1", "a1-adslot-ffff"'
    """
    return tags.replace(f'-adslot-{mark}"', '"')


def _marked(headers: Headers, page: Marking) -> Headers:
    """The headers with a mark in their entity tag; what is no tag cannot be marked, and is left out."""
    found: Headers = []
    for name, value in headers:
        if name.lower() != "etag":
            found.append((name, value))
        elif _TAG.fullmatch(value.strip()):
            found.append((name, f'{value.strip()[:-1]}-adslot-{page.mark}"'))
    return found


def _without(headers: Headers, names: Iterable[str]) -> Headers:
    return [pair for pair in headers if pair[0].lower() not in names]
