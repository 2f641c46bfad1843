"""A worker process: fills the pages that would keep a server from its other requests.

A server starts it with one end of a socket. It is told the policy, and then one order after the other, and runs
nothing of the site: where that has a relevance of its own, the answer is what it is to be asked, and the order comes
again with what it has said; in the meantime others are filled. It ends when the other end of the socket is closed, so it does not outlive the server, however that ends.
"""

from __future__ import annotations

import signal
import socket
import sys
import traceback
from contextlib import closing, suppress

import attrs

import adslot
from adslot import Related, Section
from adslot.contrib._orders import Filled, Order, Questions, fill, warm_up
from adslot.contrib._wire import ForeignError, Wire

READY = "ready"


@attrs.frozen
class Failure:
    """An order that failed: the traceback."""

    text: str


@attrs.frozen
class Unreadable:
    """An order that cannot be read here, and why."""

    text: str


def work(wire: Wire) -> None:
    """Answer orders, until nobody is there to give any."""
    policy = wire.receive()
    warm_up(policy)
    wire.send(READY)
    related: tuple[Related, ...] = ()
    while True:
        try:
            order, changed = wire.receive()
        except ForeignError as error:
            wire.send(Unreadable(str(error)))
            continue
        except EOFError:
            return
        related = related if changed is None else changed
        wire.send(_answer(attrs.evolve(order, related=related), policy))


def _answer(order: Order, policy: adslot.Policy) -> Filled | Questions | Failure:
    try:
        return _filled(order, policy)
    except Exception:  # noqa: BLE001  # whatever it is, the server logs it
        return Failure(traceback.format_exc())


def _filled(order: Order, policy: adslot.Policy) -> Filled | Questions:
    """The page with its slots, or what the caller is to be asked first.

    It is asked the same things in the same order whatever it says, and so its answers are known by their places.
    """
    if not order.asks:
        return fill(order, policy, None)
    if order.scores is not None:
        scores = iter(order.scores)
        return fill(order, policy, lambda *_: next(scores))
    asked: list[tuple[Section, Related]] = []

    def note(section: Section, item: Related) -> float:
        asked.append((section, item))
        return 0.0

    filled = fill(order, policy, note)
    return Questions(tuple(asked)) if asked else filled


def main() -> None:
    """Work at the socket that the server left open for this process."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # they are meant for the server, which may still want its pages filled
    wire = Wire(socket.socket(fileno=int(sys.argv[1])))
    with closing(wire), suppress(OSError, EOFError):  # the server has ended in the middle of an order
        work(wire)
