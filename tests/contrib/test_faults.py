"""What is told of faults, and how often."""

from __future__ import annotations

import pytest

from adslot.contrib import _faults
from adslot.contrib._faults import Faults


def fail(text="kaputt"):
    raise KeyError(text)


def test_a_cause_is_told_in_full_once(monkeypatch, caplog):
    """Each page has its line; the traceback is there once in an hour, so that an outage does not fill the disk."""
    faults, seconds = Faults(), [0.0]
    monkeypatch.setattr("adslot.contrib._faults.monotonic", lambda: seconds[0])
    for now in (0.0, 1.0, 3599.0, 3601.0):
        seconds[0] = now
        assert faults.guard(fail, "page", f"no slots at {now:g}") == "page"
    assert [record.message for record in caplog.records] == [
        "no slots at 0",
        "no slots at 1: KeyError: 'kaputt'",
        "no slots at 3599: KeyError: 'kaputt'",
        "no slots at 3601",
    ]
    assert [bool(record.exc_info) for record in caplog.records] == [True, False, False, True]


def test_what_one_cause_is(caplog):
    """The way to the fault, whatever it says; another way or another integration is another one."""
    faults = Faults()
    for work in (fail, fail, lambda: fail("anders"), lambda: fail("anders")):
        faults.guard(work, None, "no slots")
    Faults().guard(fail, None, "no slots")
    assert [bool(record.exc_info) for record in caplog.records] == [True, False, True, False, True]


def test_not_too_many_causes_are_remembered(monkeypatch):
    """Code that is made anew all the time would be a new cause each time."""
    monkeypatch.setattr(_faults, "_MOST", 3)
    faults = Faults()
    for number in range(9):
        faults.guard(eval(f"lambda: {number} / 0"), None, "no slots")
        assert len(faults._told) <= 3


def test_who_develops_sees_the_error(caplog):
    """As it was raised; what is for the framework is never held back."""
    with pytest.raises(KeyError):
        Faults(lambda: True).guard(fail, None, "no slots")
    with pytest.raises(KeyError):
        Faults(lambda: True).refuse(KeyError("a"), "no slots")
    with pytest.raises(KeyError):
        Faults(passed=(LookupError,)).guard(fail, None, "no slots")
    assert caplog.records == []
