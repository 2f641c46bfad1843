"""What a middleware was told when it was made, and the pages that it fills by that."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any

import attrs

import adslot
from adslot import Related
from adslot.contrib._counted import numbered
from adslot.contrib._crew import Crew, Job, WorkerError, is_possible
from adslot.contrib._faults import Faults
from adslot.contrib._orders import Filled, Order, Questions, Relevance, fill, warm_up
from adslot.contrib._pace import Pace
from adslot.contrib._policies import Setting, policy_of
from adslot.contrib._responses import Headers, Response, TooLong
from adslot.contrib._warned import Warned
from adslot.contrib._wire import ForeignError

# Of 181 article pages of newspapers and magazines the longest has 511,000 bytes, and every second one up to 90,000.
LIMIT = 600_000
PATIENCE = 5.0
WORKERS = 1
# For so many seconds one request may keep the others waiting. What is likely to take longer is a worker's.
SHORT_SECONDS = 0.003
# For so long a thread may wait until it is the turn of its page: it is needed by those who want something else.
QUEUE_SECONDS = 0.2

LOGGER = logging.getLogger("adslot")


class RequestedPage:
    """What is known of the page that a request asks for, before the app has made it."""

    def __init__(
        self,
        stamp: Callable[[tuple[Related, ...]], str],
        context: Mapping[str, object] | None,
        related: Iterable[Related],
    ) -> None:
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
            parts = [self._stamp(self.related), *map(repr, self.context.items())]
            self._mark = sha256("\0".join(parts).encode()).hexdigest()[:12]
        return self._mark


class Filler:
    """Fills pages by one policy. What *context* and *related* are for a request, they say when they are called.

    A page of more than *limit* bytes is left alone, and one that has no slots after *patience* seconds. So many
    *workers* fill the pages that take long, where others would have to wait for them.
    """

    def __init__(  # noqa: PLR0913  # what the middlewares are told
        self,
        policy: Setting,
        *,
        context: object,
        related: object,
        relevance: Relevance | None,
        limit: int = LIMIT,
        patience: float = PATIENCE,
        workers: int = WORKERS,
    ) -> None:
        self.policy = policy_of(policy)
        self.limit, self.patience = limit, patience
        self._context = context
        self._related = related if callable(related) else _checked(related)
        self._relevance = relevance
        self._stamp = f"{adslot.__version__}\0{adslot.dumps(self.policy)}"
        self._stamped: tuple[tuple[Related, ...], str] = ((), "")
        self._crew = Crew(self.policy, workers, patience) if workers and is_possible() else None
        self._pace = Pace()
        self._told: set[str] = set()
        self._faults = Faults()
        self._warned = Warned()
        warm_up(self.policy)

    def ask(self, request: object) -> tuple[Any, Any]:
        """What is said of *request*, a scope or an environment: context and related articles, or their awaitables."""
        context, related = (each(request) if callable(each) else each for each in (self._context, self._related))
        return context, related

    def page(self, context: Any, related: Any) -> RequestedPage:
        """The page of which this is said. Raises TypeError where that is no context, or no articles."""
        return RequestedPage(self._stamp_of, context, related)

    def order(self, response: Response, body: bytes, page: RequestedPage) -> Order:
        """What is to be done."""
        return Order(body, response.charset, page.context, page.related, page.now, asks=self._relevance is not None)

    def here(self, order: Order) -> Filled:
        """Fill *order* at once."""
        return self._learnt(order, fill(order, self.policy, self._relevance))

    def jobs(
        self, order: Order, deadline: float, *, is_alone: bool, holds_thread: bool
    ) -> Generator[Job, None, Filled]:
        """Fill *order*: here where it is short, else by a worker, in jobs that are to be waited for one by one.

        A request that *is_alone* keeps nobody waiting. One that *holds_thread* in the meantime waits neither for many
        others nor for the first worker. Raises WorkerError for what is not done before *deadline*, a time of
        `time.monotonic`.
        """
        crew, seconds = self._crew, self._pace.seconds(len(order.body))
        if crew is None or is_alone or seconds <= SHORT_SECONDS or (holds_thread and not crew.is_ready()):
            return self.here(order)
        if holds_thread and crew.backlog > QUEUE_SECONDS:
            raise WorkerError("the worker processes have too much to do")
        yield (job := crew.submit(order, deadline, seconds))
        start = time.perf_counter()
        try:
            answer = job.result()
            if isinstance(answer, Questions):
                if holds_thread:  # whatever belongs to the request belongs to this thread
                    scores = self._scores(answer)
                else:
                    yield (asking := crew.call(partial(self._scores, answer), deadline))
                    scores = asking.result()
                waited = time.perf_counter() - start
                yield (job := crew.submit(attrs.evolve(order, scores=scores), deadline, seconds))
                answer = attrs.evolve(job.result(), seconds=job.result().seconds + waited)
        except ForeignError as error:
            self._tell_once("pages that take long are filled in the process of the server: %s", error)
            return self.here(order)
        return self._learnt(order, answer)

    def complete(
        self, outcome: Filled | Exception, response: Response, page: RequestedPage, path: str
    ) -> tuple[Headers, bytes | None]:
        """The headers and the page that there is; where it failed, None for the page as it was."""
        if isinstance(outcome, Filled):
            LOGGER.debug("%r: %s", path, numbered(outcome.slots, "slots"))
            self._warned.tell(repr(path), outcome.warnings)
            return response.filled(page, len(outcome.html)), outcome.html
        if isinstance(outcome, WorkerError):
            LOGGER.warning("%r is sent without slots: %s", path, outcome)
        else:  # whatever it is, it must not cost the reader the article
            self.fail(path, outcome)
        return response.failed(), None

    def fail(self, path: str, error: Exception) -> None:
        """Tell that a page has no slots because of an error."""
        self._faults.tell(f"{path!r} is sent without slots", error)

    def leave(self, path: str, reason: str | TooLong) -> None:
        """Tell why a response is left alone; everybody of the limit, once, as nobody may have meant to reach it."""
        log_refusal(path, str(reason))
        if isinstance(reason, TooLong):
            self._tell_once("pages of more than %d bytes are sent without slots: %r is the first one", self.limit, path)

    def _scores(self, questions: Questions) -> tuple[float, ...]:
        relevance: Any = self._relevance
        return tuple(float(relevance(section, item)) for section, item in questions.asked)

    def _learnt(self, order: Order, filled: Filled) -> Filled:
        if filled.seconds is not None:
            self._pace.learn(len(order.body), filled.seconds)
        return filled

    def _tell_once(self, sentence: str, *values: object) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            LOGGER.warning(sentence, *values)

    def _stamp_of(self, related: tuple[Related, ...]) -> str:
        """What the marks of all pages with these articles have in common, worked out once as long as they are the same."""
        last, stamp = self._stamped
        if not stamp or related != last:
            stamp = "\0".join([self._stamp, *map(repr, related)])
            self._stamped = related, stamp
        return stamp


def log_refusal(path: str, reason: str) -> None:
    """Tell those who ask for it why a response has no slots."""
    LOGGER.debug("%r is left alone: %s", path, reason)


def log_broken(path: str, reason: str) -> None:
    """Tell that an app has sent what cannot be right, and that it goes on just so."""
    LOGGER.warning("%r is passed on as it is: %s", path, reason)


def log_late(path: str, patience: float) -> None:
    """Tell that an app has not completed a page while it could be waited for."""
    LOGGER.warning("%r is sent without slots: the app has not completed it within %g seconds", path, patience)


def _checked(related: Any) -> tuple[Related, ...]:
    items = () if related is None else tuple(related)
    for item in items:
        if not isinstance(item, Related):
            raise TypeError(f"expected a Related, found {item!r}")
    return items
