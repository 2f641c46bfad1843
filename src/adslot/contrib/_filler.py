"""What a middleware was told when it was made, and the pages that it fills by that."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import adslot
from adslot import Related, Section
from adslot.contrib._policies import Setting, policy_of
from adslot.contrib._responses import Headers, Response, is_page

LIMIT = 1_000_000

Relevance = Callable[[Section, Related], float]

LOGGER = logging.getLogger("adslot")


class Page:
    """What is known of the page that a request asks for, before the app has made it."""

    def __init__(self, stamp: str, context: Mapping[str, object] | None, related: Iterable[Related]) -> None:
        self.now = datetime.now(UTC)
        self.context = dict(sorted((context or {}).items()))
        self.related = tuple(item for item in _checked(related) if not item.is_expired(self.now))
        self._stamp = stamp
        self._mark = ""

    @property
    def mark(self) -> str:
        """What stands in the entity tags of such pages: it is another one wherever the slots may be others.

        The same in all processes of a site, so it is made of what things say, and of no hash of Python's.
        """
        if not self._mark:
            parts = [self._stamp, *map(repr, self.context.items()), *map(repr, self.related)]
            self._mark = sha256("\0".join(parts).encode()).hexdigest()[:12]
        return self._mark


class Filler:
    """Fills pages by one policy. What *context* and *related* are for a request, they say when they are called."""

    def __init__(
        self,
        policy: Setting,
        *,
        context: object,
        related: object,
        relevance: Relevance | None,
        limit: int,
    ) -> None:
        self.policy = policy_of(policy)
        self.limit = limit
        self._context = context
        self._related = related if callable(related) else _checked(related)
        self._relevance = relevance
        self._stamp = f"{adslot.__version__}\0{adslot.dumps(self.policy)}"

    def ask(self, request: object) -> tuple[Any, Any]:
        """What is said of *request*, a scope or an environment: context and related articles, or their awaitables."""
        context, related = (each(request) if callable(each) else each for each in (self._context, self._related))
        return context, related

    def page(self, context: Any, related: Any) -> Page:
        """The page of which this is said. Raises TypeError where that is no context, or no articles."""
        return Page(self._stamp, context, related)

    def complete(self, response: Response, body: bytes, page: Page, path: str) -> tuple[Headers, bytes]:
        """The headers and the page with its slots; where that fails, the page as it was."""
        try:
            filled = self._fill(body, response.charset, page, path)
        except Exception as error:  # noqa: BLE001  # whatever it is, it must not cost the reader the article
            log_failure(path, error)
            return response.failed(), body
        return response.filled(page, len(filled)), filled

    def _fill(self, body: bytes, charset: str | None, page: Page, path: str) -> bytes:
        if not is_page(body):
            log_refusal(path, "it is no whole page")
            return body
        result = adslot.place(
            body,
            self.policy,
            related=page.related,
            relevance=self._relevance,
            context=page.context,
            now=page.now,
            mode="page",
            encoding=charset,
        )
        LOGGER.debug("%r: %d slots", path, len(result.plan.placements))
        for warning in result.plan.warnings:
            LOGGER.debug("%r: %s", path, warning)
        return result.html


def log_refusal(path: str, reason: str) -> None:
    """Tell those who ask for it why a response has no slots."""
    LOGGER.debug("%r is left alone: %s", path, reason)


def log_failure(path: str, error: Exception) -> None:
    """Tell that a page has no slots, and why, with the traceback."""
    LOGGER.error("%r is sent without slots", path, exc_info=error)


def _checked(related: Any) -> tuple[Related, ...]:
    items = () if related is None else tuple(related)
    for item in items:
        if not isinstance(item, Related):
            raise TypeError(f"expected a Related, found {item!r}")
    return items
