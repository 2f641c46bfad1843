"""The journal: it tells what was noted, and nothing that might not be so; its loss costs nothing but time."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot.batch.journal import Entry, Journal, Seen

ENTRY = Entry(seen=Seen(12, 34), content=b"c" * 16, recipe=b"r" * 16, output=56, is_short=False)


@given(
    st.binary(),
    st.builds(
        Entry,
        seen=st.builds(Seen, st.integers(0, 2**62), st.integers(-1, 2**62)),
        content=st.binary(min_size=16, max_size=16),
        recipe=st.binary(min_size=16, max_size=16),
        output=st.integers(0, 2**62),
        is_short=st.booleans(),
    ),
)
def test_what_is_noted_is_found(name, entry):
    """Whatever the name is made of."""
    journal = Journal(Path(":memory:"))
    journal.add(name, entry)
    assert journal.find(name) == entry
    assert journal.find(name + b"x") is None
    journal.close()


def test_it_outlives_the_run(tmp_path):
    """The last entry of a name is the one."""
    journal = Journal(tmp_path / "journal")
    journal.add(b"a.html", ENTRY)
    last = Entry(seen=Seen(1, 2), content=b"", recipe=b"", output=3, is_short=True)
    journal.add(b"a.html", last)
    journal.close()
    journal = Journal(tmp_path / "journal")
    assert journal.find(b"a.html") == last
    assert journal.fault is None
    journal.close()
    assert [path.name for path in tmp_path.iterdir()] == ["journal"]


@pytest.mark.parametrize("content", [b"", b"no database, but a text that is long enough" * 99])
def test_what_is_no_journal_is_begun_anew(tmp_path, content):
    """Nothing in it can be relied on."""
    (tmp_path / "journal").write_bytes(content)
    journal = Journal(tmp_path / "journal")
    assert journal.find(b"a.html") is None
    journal.add(b"a.html", ENTRY)
    assert journal.find(b"a.html") == ENTRY
    assert journal.fault is None
    journal.close()


def test_a_journal_of_another_format_is_begun_anew(tmp_path):
    """Also one of a version to come."""
    journal = Journal(tmp_path / "journal")
    journal.add(b"a.html", ENTRY)
    journal.close()
    with sqlite3.connect(tmp_path / "journal") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    journal = Journal(tmp_path / "journal")
    assert journal.find(b"a.html") is None
    journal.close()


def test_one_that_cannot_be_opened_is_told(tmp_path):
    """And is asked and told in vain."""
    journal = Journal(tmp_path / "none" / "journal")
    assert journal.fault == "unable to open database file"
    journal.add(b"a.html", ENTRY)
    assert journal.find(b"a.html") is None
    journal.close()


def test_a_file_that_has_just_changed_is_not_known_by_its_time():
    """It may change again within the same tick of the file system's clock."""
    now = time.time_ns()
    assert not Seen.of(5, now).is_still(Seen.of(5, now))
    old = now - 10_000_000_000
    assert Seen.of(5, old).is_still(Seen.of(5, old))
    assert not Seen.of(5, old).is_still(Seen.of(6, old))
