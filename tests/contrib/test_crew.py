"""Worker processes: what they answer is what the server itself would, and whatever becomes of them, pages go out."""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
import threading
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum

import attrs
import pytest

import adslot
from adslot.contrib import _crew, _worker
from adslot.contrib._crew import Crew, RemoteError, Worker, WorkerError
from adslot.contrib._orders import Order, Questions, fill
from adslot.contrib._wire import ForeignError, Wire
from tests.contrib.site import PAGE, POLICY, RELATED

NOW = datetime(2026, 11, 5, tzinfo=UTC)
ORDER = Order(PAGE, "utf-8", {"subscriber": False}, (), NOW)
SOON = 20.0  # seconds: for what is to come, on a machine that does much else
MANY = (*RELATED, adslot.Related("Brot vom Hafen", "/brot", published=NOW, when={"section": ["a", "b"]}))
LONG = PAGE.replace(b"<p>", b"<h2>Weiter</h2><p>")


class Section(StrEnum):
    """A value of the site: no worker knows what it is."""

    SPORT = "sport"


def soon(seconds=SOON):
    return time.monotonic() + seconds


def assert_alike(one, other):
    assert attrs.evolve(one, seconds=0.0) == attrs.evolve(other, seconds=0.0)


def by_title(section, item):
    """A relevance that looks at both: words of the title in the section."""
    return sum(word in section.text for word in item.title.split()) / 10


@pytest.fixture(scope="module")
def worker():
    worker = Worker(POLICY)
    yield worker
    worker.end()


@pytest.fixture
def crew():
    crew = Crew(POLICY, 1, SOON)
    yield crew
    crew.forget()


def filled_by(worker, order, relevance):
    """What a worker makes of *order*, once the caller has said what it wants to know."""
    if relevance is None:
        return worker.fill(order, soon())
    asking = worker.fill(attrs.evolve(order, asks=True), soon())
    assert isinstance(asking, Questions)
    scores = tuple(relevance(section, item) for section, item in asking.asked)
    return worker.fill(attrs.evolve(order, asks=True, scores=scores), soon())


def pid_of(crew):
    (worker,) = crew._workers
    return worker.pid


class TestAnswers:
    """In a worker as in the server."""

    @pytest.mark.parametrize(
        ("order", "relevance"),
        [
            (ORDER, None),
            (attrs.evolve(ORDER, context={"subscriber": True}), None),
            (attrs.evolve(ORDER, related=MANY, context={"section": "a"}), None),
            (attrs.evolve(ORDER, related=RELATED), None),
            (attrs.evolve(ORDER, related=()), None),
            (attrs.evolve(ORDER, related=MANY, body=LONG), by_title),
            (attrs.evolve(ORDER, body=PAGE.decode().encode("cp1252"), charset="cp1252"), None),
            (attrs.evolve(ORDER, body=b""), None),
        ],
    )
    def test_they_are_the_same(self, worker, order, relevance):
        """Whatever was asked before, and whoever says what is relevant."""
        assert_alike(filled_by(worker, order, relevance), fill(order, POLICY, relevance))

    def test_articles_are_told_once(self, worker, monkeypatch):
        """There may be thousands of them, the same for every page."""
        order = attrs.evolve(ORDER, related=MANY)
        first = worker.fill(order, soon())
        sent = []
        send = worker._wire.send

        def noted(value, *rest):
            sent.append(value)
            send(value, *rest)

        monkeypatch.setattr(worker._wire, "send", noted)
        assert_alike(worker.fill(attrs.evolve(ORDER, related=tuple(item for item in MANY)), soon()), first)
        assert [changed for _, changed in sent] == [None]

    def test_what_fails_there_is_told_here(self, worker):
        """With the traceback; the worker goes on."""
        with pytest.raises(RemoteError, match=r"in a worker process:(.|\n)*unknown encoding 'utf-9'"):
            worker.fill(attrs.evolve(ORDER, charset="utf-9"), soon())
        assert_alike(worker.fill(ORDER, soon()), fill(ORDER, POLICY, None))

    def test_nothing_is_asked_without_need(self, worker):
        """There may be no article that could be shown."""
        assert_alike(worker.fill(attrs.evolve(ORDER, asks=True), soon()), fill(ORDER, POLICY, None))

    def test_answers_that_are_not_enough(self, worker):
        """Nobody gives them; the worker would go on all the same."""
        with pytest.raises(RemoteError):
            worker.fill(attrs.evolve(ORDER, related=MANY, asks=True, scores=()), soon())
        assert_alike(worker.fill(ORDER, soon()), fill(ORDER, POLICY, None))

    @pytest.mark.parametrize(
        "context", [{"section": Section.SPORT}, {"a": [threading.Lock]}, {"a": lambda: 1}, {"a": threading.Lock()}]
    )
    def test_values_of_the_site_are_not_for_workers(self, worker, context):
        """To know them they would have to import the site: it is told, and the next one is answered."""
        with pytest.raises(ForeignError):
            worker.fill(attrs.evolve(ORDER, related=MANY, context=context), soon())
        assert_alike(
            worker.fill(attrs.evolve(ORDER, related=MANY), soon()),
            fill(attrs.evolve(ORDER, related=MANY), POLICY, None),
        )


class TestTrouble:
    """A worker that ends, hangs or cannot be started."""

    def test_one_that_was_killed_is_replaced(self, crew):
        """Between two pages nobody notices."""
        crew.submit(ORDER, soon(), 0).future.result()
        pid = pid_of(crew)
        os.kill(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        assert_alike(crew.submit(ORDER, soon(), 0).future.result(), fill(ORDER, POLICY, None))
        assert pid_of(crew) != pid

    def test_one_that_ends_with_a_page(self, crew):
        """That page goes out as it was, and the next one has its slots."""

        crew.submit(ORDER, soon(), 0).future.result()
        os.kill(pid_of(crew), signal.SIGSTOP)
        job = crew.submit(ORDER, soon(), 0)
        time.sleep(0.2)  # until it has been given the order
        os.kill(pid_of(crew), signal.SIGKILL)
        with pytest.raises(WorkerError, match="its worker process ended with the status -9"):
            job.future.result()
        assert_alike(crew.submit(ORDER, soon(), 0).future.result(), fill(ORDER, POLICY, None))

    def test_one_that_hangs(self, crew):
        """It is stopped as no page would stop it: killed when the time is over."""
        crew.submit(ORDER, soon(), 0).future.result()
        pid, crew._ready = pid_of(crew), 1.0  # long ago
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(WorkerError, match="it takes too long"):
            crew.submit(ORDER, soon(0.1), 0).future.result()
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
        assert_alike(crew.submit(ORDER, soon(), 0).future.result(), fill(ORDER, POLICY, None))

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_signals_are_the_servers(self, crew, number):
        """They reach all of its group; a server that ends in peace still wants its pages filled."""
        crew.submit(ORDER, soon(), 0).future.result()
        pid = pid_of(crew)
        os.kill(pid, number)
        crew.submit(ORDER, soon(), 0).future.result()
        assert pid_of(crew) == pid

    @pytest.mark.parametrize("program", ["/nirgends/python", "/bin/false"])
    def test_one_that_cannot_be_started(self, crew, monkeypatch, program):
        """Nobody tries again at once, and later all is well."""
        monkeypatch.setattr(sys, "executable", program)
        for message in ("no worker process can be started", "no worker process could be started a moment ago"):
            with pytest.raises(WorkerError, match=message):
                crew.submit(ORDER, soon(), 0).future.result()
        monkeypatch.undo()
        crew._pause = 0.0
        crew.submit(ORDER, soon(), 0).future.result()

    def test_one_that_starts_for_ever(self, crew, monkeypatch):
        monkeypatch.setattr(_crew, "START_SECONDS", 0.1)
        monkeypatch.setattr(_crew, "_CODE", "import time; time.sleep(60)")
        with pytest.raises(WorkerError, match="no worker process can be started"):
            crew.submit(ORDER, soon(), 0).future.result()

    def test_who_comes_too_late(self, crew):
        """An order whose time is over before its turn costs the worker nothing."""
        crew.submit(ORDER, soon(), 0).future.result()
        crew._ready = time.monotonic() - 2 * SOON
        with pytest.raises(WorkerError, match="it takes too long until it is its turn"):
            crew.submit(ORDER, soon(-1), 0).future.result()
        assert not crew.backlog

    def test_the_first_one_is_waited_for(self, crew):
        """It has to be started, which may take longer than a page may."""
        job = crew.submit(ORDER, soon(0), 5)
        assert job.deadline > soon(1)
        assert crew.backlog == 5
        job.future.result()
        crew._ready = 1.0  # long ago
        assert crew.submit(ORDER, soon(1), 0).deadline < soon(1)

    def test_functions_of_the_site_keep_no_worker(self, crew):
        """They are called in threads, many at once, where the request is known."""
        name = ContextVar[str]("name")
        name.set("fähre")

        def who():
            time.sleep(0.2)
            return name.get()

        begin = time.monotonic()
        jobs = [crew.call(who, soon()) for _ in range(8)]
        assert [job.future.result() for job in jobs] == ["fähre"] * 8
        assert time.monotonic() - begin < 8 * 0.2

    def test_the_first_one_is_started_for_those_who_do_not_wait(self, crew):
        """They ask whether it is there, and soon it is."""
        until = soon()
        while not crew.is_ready():
            assert time.monotonic() < until
            time.sleep(0.01)
        assert_alike(crew.submit(ORDER, soon(), 0).future.result(), fill(ORDER, POLICY, None))

    def test_a_crew_that_nobody_needs_any_more(self):
        """Its workers end, and its threads."""
        crew = Crew(POLICY, 1, SOON)
        crew.submit(ORDER, soon(), 0).future.result()
        pid = pid_of(crew)
        del crew
        gc.collect()
        until = soon()
        while _runs(pid):
            assert time.monotonic() < until
            time.sleep(0.01)


def _runs(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # that is the test
def test_a_fork_has_workers_of_its_own(crew):
    """Before and after: the parent's worker is not touched, and ends with the parent alone."""
    crew.submit(ORDER, soon(), 0).future.result()
    pid = pid_of(crew)
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            result = crew.submit(ORDER, soon(), 0).future.result()
            os.write(writing, b"%d %d" % (pid_of(crew), result.slots))
            crew.forget()
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        other, slots = pipe.read().split()
    os.waitpid(child, 0)
    assert int(slots) == 2
    assert int(other) != pid
    crew.submit(ORDER, soon(), 0).future.result()
    assert pid_of(crew) == pid


def test_in_a_fork_nobody_ends_the_workers_of_the_parent(monkeypatch):
    """What the child does, seen from the parent."""
    crew, end = Crew(POLICY, 1, SOON), _crew._end
    crew.submit(ORDER, soon(), 0).future.result()
    pid = pid_of(crew)
    (worker,) = crew._workers
    process = worker._process
    with monkeypatch.context() as patched:
        patched.setattr(os, "getpid", lambda: 1)
        _crew._forget()
    assert process.returncode == 0
    assert not crew._workers
    assert crew._ready == 0
    process.returncode = None
    end(os.getpid(), process, worker._wire)
    assert not _runs(pid)


def test_what_is_over_is_not_begun():
    """Neither end waits after its deadline, which is no time at all."""
    end, other = socket.socketpair()
    with end, other:
        for call in (lambda: Wire(end).send(1, soon(-1)), lambda: Wire(end).receive(soon(-1))):
            with pytest.raises(TimeoutError):
                call()


@pytest.mark.parametrize(
    ("executable", "frozen", "expected"),
    [
        ("/usr/bin/python3.13", False, True),
        ("/opt/pypy3", False, True),
        ("/usr/bin/uwsgi", False, False),
        ("", False, False),
        (None, False, False),
        ("/opt/zeitung/python", True, False),
    ],
)
def test_where_workers_are_possible(monkeypatch, executable, frozen, expected):
    """What has Python inside would start itself once more."""
    monkeypatch.setattr(sys, "executable", executable)
    if frozen:
        monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert _crew.is_possible() is expected


class TestTheProcess:
    """The worker's side, here in a thread."""

    @pytest.fixture
    def wire(self):
        end, other = socket.socketpair()
        thread = threading.Thread(target=_worker.work, args=(Wire(other),))
        thread.start()
        wire = Wire(end)
        wire.send(POLICY)
        assert wire.receive(soon()) == _worker.READY
        yield wire
        wire.close()
        thread.join()
        other.close()

    def test_orders(self, wire):
        """What was said of articles holds until something else is."""
        with_related = attrs.evolve(ORDER, related=RELATED)
        for changed, expected in ((RELATED, with_related), (None, with_related), ((), ORDER)):
            wire.send((ORDER, changed))
            assert_alike(wire.receive(soon()), fill(expected, POLICY, None))

    def test_questions(self, wire):
        """Each article is asked for with each section, and the answers come in the same order."""
        order = attrs.evolve(ORDER, body=LONG, asks=True)
        wire.send(
            (
                order,
                MANY,
            )
        )
        asked = wire.receive(soon()).asked
        assert len(asked) == len({(section.index, item) for section, item in asked}) > 1
        scores = tuple(by_title(section, item) for section, item in asked)
        wire.send((attrs.evolve(order, scores=scores), None))
        assert_alike(wire.receive(soon()), fill(attrs.evolve(order, related=MANY), POLICY, by_title))

    def test_what_fails(self, wire):
        wire.send((attrs.evolve(ORDER, charset="utf-9"), ()))
        assert "unknown encoding 'utf-9'" in wire.receive(soon()).text

    def test_what_it_cannot_read(self, wire):
        wire.send((ORDER, Section.SPORT))
        assert "Section is no plain data" in wire.receive(soon()).text

    def test_a_server_that_ends_in_the_middle(self, monkeypatch):
        """There is nobody to complain to."""
        end, other = socket.socketpair()
        handlers = []
        monkeypatch.setattr(signal, "signal", lambda *pair: handlers.append(pair))
        monkeypatch.setattr(sys, "argv", ["", str(other.detach())])
        wire = Wire(end)
        wire.send(POLICY)
        wire.send((ORDER, MANY))
        thread = threading.Thread(target=_worker.main)
        thread.start()
        wire.receive(soon())
        wire.send((ORDER, MANY))
        wire.close()
        thread.join(SOON)
        assert not thread.is_alive()
        assert {number for number, _ in handlers} == {signal.SIGINT, signal.SIGTERM}
