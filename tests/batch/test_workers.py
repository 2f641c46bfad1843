"""Worker processes: every task is answered once, whoever dies and whenever it is over."""

from __future__ import annotations

import gc
import os
import signal
import time

import pytest

from adslot.batch import workers
from adslot.batch.workers import done_by

HERE = os.getpid()


def number(task):
    """Its square, from where it was made; some tasks are the end of a process."""
    if task == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if task == "ends":
        os._exit(3)
    return task * task, os.getpid()


def answers(results):
    """What was answered: squares, and the processes that worked them out."""
    return [each.answer for each in results if each.answer is not None]


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 50])
def test_every_task_is_done_once(jobs, count):
    """However many there are, and however many do them."""
    done = list(done_by(jobs, number, range(count)))
    assert sorted(square for square, _ in answers(done)) == [task * task for task in range(count)]
    assert all(each.answer is not None and each.answer[0] == each.task**2 for each in done)


def test_several_jobs_are_several_processes():
    """And one needs none but its own."""
    assert {process for _, process in answers(done_by(1, number, range(9)))} == {HERE}
    processes = {process for _, process in answers(done_by(2, number, range(99)))}
    assert len(processes) == 2
    assert HERE not in processes


@pytest.mark.parametrize("jobs", [2, 3])
def test_a_process_that_dies_costs_its_task_only(jobs):
    """What else it had been given is done by another one; however often that happens."""
    tasks = [0, "killed", 2, 3, "ends", "killed", *range(6, 30), "killed"]
    done = list(done_by(jobs, number, tasks))
    assert sorted(map(str, (each.task for each in done))) == sorted(map(str, tasks))
    faults = {each.task: each.fault for each in done if each.fault}
    assert set(faults) == {"killed", "ends"}
    assert sum(each.fault is not None for each in done) == 4
    assert "SIGKILL" in faults["killed"]
    assert faults["ends"] == "its worker process ended with status 3"


@pytest.mark.parametrize("jobs", [1, 2])
def test_it_can_be_over_at_any_time(jobs):
    """What was done is told, nothing is begun after that, and no process stays."""
    seen: list[int] = []
    end = time.monotonic() + 1
    results = done_by(jobs, slowly, range(10_000), is_over=lambda: len(seen) > 5 or time.monotonic() > end)
    seen.extend(process for each in results for _, process in answers([each]))
    assert 0 < len(seen) < 5_000
    for process in set(seen) - {HERE}:
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


def slowly(task):
    time.sleep(0.002)
    return task, os.getpid()


def test_a_reader_that_goes_away_ends_the_processes():
    """As a generator that is closed does."""
    results = done_by(2, number, range(1000))
    ((_, process),) = answers([next(results)])
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


class Tree:
    """Refers to itself."""

    def __init__(self):
        self.root = self


def trees_left(_task):
    """How many trees there are, beside one that is left behind."""
    Tree()
    return sum(type(each) is Tree for each in gc.get_objects())


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_tasks_leave_behind_does_not_gather(monkeypatch, jobs):
    """Python by itself would wait for thousands; what was there before is left alone, and in the end as it was."""
    monkeypatch.setattr(workers, "_TIDY", -1.0)
    gc.disable()
    try:
        assert max(answers(done_by(jobs, trees_left, range(20)))) == 1
    finally:
        gc.enable()
    assert gc.get_freeze_count() == 0
