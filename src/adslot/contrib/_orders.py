"""Orders: pages to be filled, here or in a worker process, and what came of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from functools import partial

import attrs

import adslot
from adslot import Related, Section
from adslot.contrib._pages import PAGES

Relevance = Callable[[Section, Related], float]


_FIRST = b"<!doctype html><p>Die erste Seite.</p><p>Niemand wartet auf sie.</p>"


@attrs.frozen
class Order:
    """A page as the app made it, and what is known of it.

    Where *asks* is true, how relevant articles are is for the caller to say; in *scores* it has.
    """

    body: bytes
    charset: str | None
    context: Mapping[str, object]
    related: tuple[Related, ...]
    now: datetime
    asks: bool = False
    scores: tuple[float, ...] | None = None


@attrs.frozen
class Questions:
    """How relevant are these articles to these sections? The caller is *asked* before the page can be filled."""

    asked: tuple[tuple[Section, Related], ...]


@attrs.frozen
class Filled:
    """The page with so many *slots*, the planner's *warnings*, and the *seconds* that it took; None where it was kept."""

    html: bytes
    slots: int
    warnings: tuple[str, ...]
    seconds: float | None


def warm_up(policy: adslot.Policy) -> None:
    """Load all that a page may need, and fill a first one, for nobody: no reader shall wait for that."""
    adslot.preload()
    with suppress(Exception):  # a template may want to be told something
        adslot.place(_FIRST, policy, related=[Related("Zwei", "/zwei")], mode="page", encoding="utf-8")


def fill(order: Order, policy: adslot.Policy, relevance: Relevance | None) -> Filled:
    """Place the slots of *policy*. Raises whatever a template, the *relevance* or adslot does."""
    # A relevance may wait for something; what the machine does for others does not count.
    clock = time.thread_time if relevance is None else time.perf_counter
    start = clock()
    # With a relevance a worker has each page twice, and every plan is new.
    page = None if relevance else PAGES.find(order.body, policy, mode="page", encoding=order.charset)
    place = page.place if page else partial(adslot.place, order.body, policy, mode="page", encoding=order.charset)
    result = place(related=order.related, relevance=relevance, context=order.context, now=order.now)
    plan, seconds = result.plan, None if page else clock() - start
    return Filled(result.html, len(plan.placements), plan.warnings, seconds)
