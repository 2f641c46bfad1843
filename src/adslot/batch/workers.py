"""Workers: processes that do one task after the other, of which any may die, and be replaced.

Each has a pipe of its own and a few tasks ahead, so that it never waits for the next one. A task is lost only
with the process that was at it; what else that process had been given, another one does.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

import attrs

Task = TypeVar("Task")
Answer = TypeVar("Answer")

# Tasks ahead of a worker. All of them, and their answers, must fit into a pipe: nobody may wait for room in one.
_AHEAD = 4
_TICK = 0.2  # seconds after which somebody looks whether all is over
_TIDY = 1.0  # seconds after which what tasks have left behind is taken away
# Other systems cannot fork safely, or not at all: there a worker begins anew, and is sent its work once.
_CAN_FORK = sys.platform == "linux"


class _Later:
    """Stands in place of a task: there is none before another one is done."""


LATER = _Later()


@attrs.frozen
class Done(Generic[Task, Answer]):
    """A *task* with its *answer*, or with the *fault* that there is none: its process died."""

    task: Task
    answer: Answer | None = None
    fault: str | None = None


def _never() -> bool:
    return False


def done_by(
    jobs: int,
    work: Callable[[Task], Answer],
    tasks: Iterable[Task | _Later],
    *,
    ahead: int = _AHEAD,
    is_over: Callable[[], bool] = _never,
) -> Generator[Done[Task, Answer], None, None]:
    """Do *work* on all *tasks* in *jobs* processes, and give each as soon as it is done: in no order.

    One job needs no other process. Among the tasks may be `LATER`, as long as not all of those before it are done. *work* must not raise. Where forks are not safe it is pickled, as tasks and answers
    are everywhere. Once *is_over*, no task is begun; the processes are told to end (SIGTERM), and what they
    had done by then is given.

    >>> [each.answer for each in done_by(1, len, ["Ab", "Montag"])]
    [2, 6]
    """
    if jobs == 1:
        yield from _done_here(work, tasks, is_over)
        return
    crew = _Crew(jobs, work, ahead)
    try:
        yield from crew.all_done(iter(tasks), is_over)
    finally:
        crew.end()


def _done_here(
    work: Callable[[Task], Answer], tasks: Iterable[Task | _Later], is_over: Callable[[], bool]
) -> Iterator[Done[Task, Answer]]:
    with _tidied(work) as tidy_work:
        for task in tasks:
            if is_over():
                return
            if not isinstance(task, _Later):
                yield Done(task, tidy_work(task))


@contextlib.contextmanager
def _tidied(work: Callable[[Task], Answer]) -> Iterator[Callable[[Task], Answer]]:
    """*work*, and now and then the memory of past tasks freed.

    A page's tree refers to itself, and Python by itself would let those of thousands gather before it looks for them.
    It is quick, as it leaves out what was there before the first task.
    """
    gc.freeze()
    tidied = time.monotonic()

    def tidy_work(task: Task) -> Answer:
        nonlocal tidied
        answer = work(task)
        if time.monotonic() - tidied > _TIDY:
            gc.collect()
            tidied = time.monotonic()
        return answer

    try:
        yield tidy_work
    finally:
        gc.unfreeze()


class _Worker(Generic[Task, Answer]):
    """One process, and the tasks that it was given and has not answered, in order."""

    def __init__(self, work: Callable[[Task], Answer], others: Iterable[Connection]) -> None:
        context: Any = multiprocessing.get_context("fork" if _CAN_FORK else "spawn")
        self.connection, theirs = context.Pipe()
        self.given: deque[Task] = deque()
        inherited = (*others, self.connection) if _CAN_FORK else ()
        self.process = context.Process(target=_serve, args=(theirs, work, inherited), daemon=True)
        self.process.start()
        theirs.close()  # when the process has died there is nobody at the other end

    def give(self, task: Task) -> None:
        self.given.append(task)
        with contextlib.suppress(OSError):  # it has died, which shows when its answer is waited for
            self.connection.send(task)

    def answer(self) -> Answer:
        """The next answer. Raises EOFError or OSError where the process has died."""
        answer: Answer = self.connection.recv()
        self.given.popleft()
        return answer

    def end(self) -> None:
        self.connection.close()
        self.process.join()


def _serve(connection: Connection, work: Callable[[Any], Any], inherited: Iterable[Connection]) -> None:
    """A worker: answers until nobody asks any more. A Ctrl-C at the terminal is for the process that asks."""
    for name, handler in (("SIGINT", signal.SIG_IGN), ("SIGHUP", signal.SIG_IGN), ("SIGTERM", signal.SIG_DFL)):
        if hasattr(signal, name):  # pragma: no branch
            signal.signal(getattr(signal, name), handler)
    for each in inherited:
        each.close()  # else the process that asks could not die without being waited for
    with contextlib.suppress(EOFError, OSError), _tidied(work) as tidy_work:
        while True:
            connection.send(tidy_work(connection.recv()))


class _Crew(Generic[Task, Answer]):
    def __init__(self, jobs: int, work: Callable[[Task], Answer], ahead: int) -> None:
        self._work, self._ahead = work, ahead
        self._again: deque[Task] = deque()
        self._workers: list[_Worker[Task, Answer]] = []
        for _ in range(jobs):
            self._start()

    def all_done(self, tasks: Iterator[Task | _Later], is_over: Callable[[], bool]) -> Iterator[Done[Task, Answer]]:
        while not is_over():
            self._give(tasks)
            busy = {worker.connection: worker for worker in self._workers if worker.given}
            if not busy:
                return
            for connection in wait(list(busy), timeout=_TICK):
                yield from self._answered(busy[connection])
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            yield from _last_words(worker)

    def end(self) -> None:
        for worker in self._workers:
            worker.end()

    def _start(self) -> None:
        self._workers.append(_Worker(self._work, [worker.connection for worker in self._workers]))

    def _give(self, tasks: Iterator[Task | _Later]) -> None:
        """Give tasks, the same number to each, as long as there are any."""
        for number in range(1, self._ahead + 1):
            for worker in self._workers:
                while len(worker.given) < number:
                    if self._again:
                        worker.give(self._again.popleft())
                        continue
                    task = next(tasks, LATER)
                    if isinstance(task, _Later):
                        return
                    worker.give(task)

    def _answered(self, worker: _Worker[Task, Answer]) -> Iterator[Done[Task, Answer]]:
        task = worker.given[0]
        try:
            yield Done(task, worker.answer())
        except (EOFError, OSError):
            self._workers.remove(worker)
            worker.end()
            worker.given.popleft()
            self._again.extend(worker.given)
            self._start()
            yield Done(task, fault=_cause(worker.process.exitcode))


def _last_words(worker: _Worker[Task, Answer]) -> Iterator[Done[Task, Answer]]:
    with contextlib.suppress(EOFError, OSError):
        while worker.given:
            task = worker.given[0]
            yield Done(task, worker.answer())


def _cause(status: int | None) -> str:
    """Why a process has died, as far as its exit *status* tells.

    >>> _cause(-9)
    'its worker process was ended by SIGKILL, which is what a system does that has no memory left'
    """
    if status is None or status >= 0:
        return f"its worker process ended with status {status}"
    try:
        name = signal.Signals(-status).name
    except ValueError:
        name = f"signal {-status}"
    hint = ", which is what a system does that has no memory left" if name == "SIGKILL" else ""
    return f"its worker process was ended by {name}{hint}"
