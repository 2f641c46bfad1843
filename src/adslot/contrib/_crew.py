"""The worker processes of one server process: started when they are first needed, and again when they have ended.

Each belongs to one thread, which hands it one order at a time; the pool of these threads is the queue. A worker that
does not answer in time is killed. A fork has no part in the workers of its parent, and gets its own.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import weakref
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from pathlib import PurePath
from threading import local
from typing import Any

import attrs

import adslot
from adslot import Related
from adslot.contrib._orders import Filled, Order, Questions
from adslot.contrib._wire import ForeignError, Wire
from adslot.contrib._worker import Failure, Unreadable

START_SECONDS = 10.0  # for which a new worker is waited for
PAUSE_SECONDS = 5.0  # until another try, where one could not be started
_LAST_SECONDS = 1.0  # for a worker to end
_MOST_CALLS = 32  # of functions of the site at once
_CODE = "from adslot.contrib._worker import main; main()"
SLOW = "it takes too long"


Answer = Filled | Questions


class WorkerError(Exception):
    """Why a worker has not filled a page, in words for the log."""


class RemoteError(Exception):
    """What an order raised in a worker process: its traceback there."""

    def __str__(self) -> str:
        return f"in a worker process:\n{self.args[0]}"


@attrs.frozen
class Job:
    """An order that a worker has, and until when its page is waited for.

    The *future* raises WorkerError where no worker can fill it, ForeignError where none can read the order, and
    RemoteError with what adslot or a template raised.
    """

    future: Future[Any]
    deadline: float

    def result(self) -> Any:
        """What came of it, now that nobody waits any longer. Raises WorkerError where nothing did."""
        if not self.future.done() or self.future.cancelled():
            self.future.cancel()
            raise WorkerError(SLOW)
        return self.future.result()


class Crew:
    """At most *size* workers for *policy*, which have *patience* seconds for a page."""

    _is_starting: bool
    _ready: float

    def __init__(self, policy: adslot.Policy, size: int, patience: float) -> None:
        self._policy, self._size, self._patience = policy, size, patience
        self._begin()
        _CREWS.add(self)

    @property
    def backlog(self) -> float:
        """The seconds that an order is likely to wait for its turn."""
        return sum(tuple(self._expected.values())) / self._size

    def is_ready(self) -> bool:
        """Whether nobody has to wait for the first worker to be started; if it is not there, it will be."""
        if not self._ready and not self._is_starting:
            self._is_starting = True
            self._pool.submit(self._worker)
        return self._ready > 0

    def submit(self, order: Order, deadline: float, seconds: float) -> Job:
        """Have *order*, which is likely to take so many *seconds*, filled before *deadline*, a time of `time.monotonic`.

        The first pages are waited for longer, until the first worker is there: once in the life of a process.
        """
        future = self._pool.submit(self._fill, order, deadline)
        expected = self._expected
        expected[future] = seconds
        future.add_done_callback(lambda done: expected.pop(done, None))
        return Job(future, self._until(deadline))

    def call(self, function: Callable[[], Any], deadline: float) -> Job:
        """Call a *function* of the site in a thread, where neither a worker nor an event loop waits for it."""
        return Job(self._callers.submit(copy_context().run, function), self._until(deadline))

    def forget(self) -> None:
        """Begin anew in a fork: the threads are not here, and the workers are the parent's."""
        for worker in tuple(self._workers):
            worker.end()
        self._begin()

    def _begin(self) -> None:
        self._pool = ThreadPoolExecutor(self._size, "adslot-worker")
        self._callers = ThreadPoolExecutor(_MOST_CALLS, "adslot-call")
        self._own = local()
        self._expected: dict[Future[Any], float] = {}  # of what is under way, how long it is likely to take
        self._workers: weakref.WeakSet[Worker] = weakref.WeakSet()
        self._is_starting = False
        self._ready = 0.0  # when the first of them was
        self._pause = 0.0  # until then nobody tries to start one

    def _fill(self, order: Order, deadline: float) -> Answer:
        self._check(deadline)
        worker = self._worker()
        self._check(deadline)
        return worker.fill(order, self._until(deadline))

    def _until(self, deadline: float) -> float:
        """When the time is really over: nobody has less because the first worker had to be started."""
        return max(deadline, self._ready + self._patience) if self._ready else deadline + START_SECONDS

    def _check(self, deadline: float) -> None:
        """Raise WorkerError where it is too late to begin."""
        if time.monotonic() >= self._until(deadline):
            raise WorkerError(f"{SLOW} until it is its turn")

    def _worker(self) -> Worker:
        """The worker of this thread, a new one where it has none that lives."""
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is None or not worker.is_alive:
            if time.monotonic() < self._pause:
                raise WorkerError("no worker process could be started a moment ago")
            try:
                worker = Worker(self._policy)
            except WorkerError:
                self._pause = time.monotonic() + PAUSE_SECONDS
                raise
            finally:
                self._ready = self._ready or time.monotonic()  # or will never be
            self._own.worker = worker
            self._workers.add(worker)
        return worker


class Worker:
    """A worker process, seen from the server. Raises WorkerError where none can be started."""

    def __init__(self, policy: adslot.Policy) -> None:
        end, other = socket.socketpair()
        self._wire = Wire(end)
        try:
            self._process = _started(other)
        except OSError as error:
            self._wire.close()
            raise WorkerError(f"no worker process can be started: {error}") from error
        finally:
            other.close()
        self.end = weakref.finalize(self, _end, os.getpid(), self._process, self._wire)
        self._related: tuple[Related, ...] | None = None  # what the worker knows
        self._begin(policy)

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process is there, and was not given up."""
        return self.end.alive and self._process.poll() is None

    def fill(self, order: Order, deadline: float) -> Answer:
        """What has become of *order*. After a WorkerError the worker has ended."""
        try:
            return self._fill(order, deadline)
        except TimeoutError as error:
            self.end()
            raise WorkerError(SLOW) from error
        except (EOFError, OSError) as error:
            self.end()
            raise WorkerError(f"its worker process ended with the status {self._process.returncode}") from error

    def _begin(self, policy: adslot.Policy) -> None:
        deadline = time.monotonic() + START_SECONDS
        try:
            self._wire.send(policy, deadline)
            self._wire.receive(deadline)
        except (EOFError, OSError, ForeignError) as error:
            self.end()
            raise WorkerError(f"no worker process can be started: {error}") from error

    def _fill(self, order: Order, deadline: float) -> Answer:
        # What the worker knows is not said again: there may be thousands of articles.
        changed = None if order.related == self._related else order.related
        self._related = None
        self._wire.send((attrs.evolve(order, related=()), changed), deadline)
        answer = self._wire.receive(deadline)
        if isinstance(answer, Unreadable):
            raise ForeignError(answer.text)
        self._related = order.related
        if isinstance(answer, Failure):
            raise RemoteError(answer.text)
        said: Answer = answer
        return said


def is_possible() -> bool:
    """Whether this program can start worker processes: where it is Python itself, on a POSIX system.

    uWSGI and others that have Python inside name themselves as the executable: that would start a second server.
    """
    name = PurePath(sys.executable or "").name.lower()
    return os.name == "posix" and name.startswith(("python", "pypy")) and not hasattr(sys, "frozen")


def _started(end: socket.socket) -> subprocess.Popen[bytes]:
    path = os.pathsep.join(folder or os.curdir for folder in sys.path)
    number = end.fileno()
    return subprocess.Popen(  # noqa: S603  # this very Python, and no word from outside
        [sys.executable, "-P", "-c", _CODE, str(number)],
        env=os.environ | {"PYTHONPATH": path},
        pass_fds=[number],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )


def _end(owner: int, process: subprocess.Popen[bytes], wire: Wire) -> None:
    """End a worker of the process *owner*. In a fork of that it is none of ours, and only let go."""
    wire.close()
    if os.getpid() != owner:
        process.returncode = 0  # so that nobody waits for it
        return
    process.kill()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_LAST_SECONDS)


_CREWS: weakref.WeakSet[Crew] = weakref.WeakSet()


def _forget() -> None:
    for crew in tuple(_CREWS):
        crew.forget()


if hasattr(os, "register_at_fork"):  # pragma: no branch  # not where processes do not fork
    os.register_at_fork(after_in_child=_forget)
