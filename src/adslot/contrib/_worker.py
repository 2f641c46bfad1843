"""A worker process: fills the pages that would keep a server from its other requests.

A server starts it with one end of a socket. It is told the policy, and then one order after the other, and runs
nothing of the site: how relevant an article is, is asked of the server where that has a relevance of its own. It
ends when the other end of the socket is closed, so it does not outlive the server, however that ends.
"""

from __future__ import annotations

import signal
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from typing import Any

import attrs

from adslot import Related, Section
from adslot.contrib._orders import Relevance, fill, warm_up
from adslot.contrib._wire import ForeignError, Wire

READY = "ready"


@attrs.frozen
class Question:
    """How relevant is *item* to *section*? None stands for the section that was asked for last."""

    section: Section | None
    item: Related


@attrs.frozen
class Failure:
    """An order that failed: the traceback."""

    text: str


@attrs.frozen
class Foreign:
    """An order that cannot be read here, and why."""

    text: str


class RefusedError(Exception):
    """The server could not say how relevant an article is. It knows why."""


def work(wire: Wire) -> None:
    """Answer orders, until nobody is there to give any."""
    policy = wire.receive()
    warm_up(policy)
    wire.send(READY)
    related: tuple[Related, ...] = ()
    while True:
        try:
            order, changed, scores = wire.receive()
        except ForeignError as error:
            wire.send(Foreign(str(error)))
            continue
        except EOFError:
            return
        related = related if changed is None else changed
        wire.send(_try(partial(fill, attrs.evolve(order, related=related), policy, _asked(wire) if scores else None)))


def _try(call: Callable[[], Any]) -> Any:
    try:
        return call()
    except Exception:  # noqa: BLE001  # whatever it is, the server logs it
        return Failure(traceback.format_exc())


def _asked(wire: Wire) -> Relevance:
    """A relevance that asks the server, which is told a section once."""
    last: Section | None = None

    def relevance(section: Section, item: Related) -> float:
        nonlocal last
        wire.send(Question(None if section is last else section, item))
        last = section
        answer: float | None = wire.receive()
        if answer is None:
            raise RefusedError
        return answer

    return relevance


def main() -> None:
    """Work at the socket that the server left open for this process."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # they are meant for the server, which may still want its pages filled
    wire = Wire(socket.socket(fileno=int(sys.argv[1])))
    with closing(wire), suppress(OSError, EOFError):  # the server has ended in the middle of an order
        work(wire)
