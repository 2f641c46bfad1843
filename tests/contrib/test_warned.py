"""Warnings of plans in the log: each once, and what comes again is counted."""

from __future__ import annotations

from adslot.contrib import _warned
from adslot.contrib._warned import Warned


def messages(caplog):
    return [record.message for record in caplog.records]


def test_a_warning_is_told_once_in_an_hour(monkeypatch, caplog):
    """And then with the number of pages that have had it since."""
    warned, seconds = Warned(), [0.0]
    monkeypatch.setattr("adslot.contrib._warned.monotonic", lambda: seconds[0])
    for now in (0.0, 1.0, 3599.0, 3601.0, 7300.0):
        seconds[0] = now
        warned.tell(f"/{now:g}", ["a", "b"] if now == 1.0 else ["a"])
    assert messages(caplog) == ["/0: a", "/1: b", "/3601: a (and 2 more pages in the meantime)", "/7300: a"]
    assert {record.levelname for record in caplog.records} == {"WARNING"}


def test_what_a_run_comes_to(caplog):
    """At its end, how many more pages there were; the next run begins anew."""
    warned = Warned()
    for page in "xyz":
        warned.tell(page, ["a", "b"] if page == "x" else ["a"])
    warned.end()
    warned.tell("x", ["a"])
    warned.end()
    assert messages(caplog) == ["x: a", "x: b", "2 more pages: a", "x: a"]


def test_not_too_many_are_remembered(monkeypatch, caplog):
    """A warning with a word of each page in it fills no memory."""
    monkeypatch.setattr(_warned, "_MOST", 2)
    warned = Warned()
    for warning in "abcab":
        warned.tell("x", [warning])
    assert len(messages(caplog)) == 5
