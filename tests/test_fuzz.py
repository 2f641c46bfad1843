"""What `make fuzz` is made of: a search that finds and makes small what is broken, over pages that are hostile indeed."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from importlib import import_module
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adslot import Policy, loads
from tests.fuzz import TARGETS, pages, search
from tests.fuzz.hunt import PATIENCE, Hunt, TooSlow, as_example
from tests.fuzz.pieces import pieces


def inputs(count):
    """So many inputs for a hunt, always the same."""
    chance = random.Random(11)
    return [chance.randbytes(16) for _ in range(count)]


def planted(strategy=None):
    """A law that forbids a letter in an attribute of a stray body."""

    @given(pieces if strategy is None else strategy, st.integers())
    def law(text, number):
        assert re.search("<body [^>]*a", text) is None

    return law


def test_what_breaks_a_law_is_found_and_made_small():
    """No part of the input can be left out, and what goes with it is the simplest there is."""
    hunt = Hunt(planted())
    assert not all(map(hunt.try_bytes, inputs(4000)))
    call, error = hunt.least()
    assert call == {"text": "<body a", "number": 0}
    assert isinstance(error, AssertionError)


def test_an_error_before_the_law_is_told_too():
    """A strategy that cannot make its input is a finding, not a search that goes on for nothing."""
    hunt = Hunt(planted(st.nothing().map(len) | st.integers().map(lambda _: 1 // 0)))
    assert not hunt.try_bytes(b"")
    assert isinstance(hunt.least()[1], ZeroDivisionError)


def test_what_takes_too_long_is_found(monkeypatch):
    """Also where something on its way swallows the alarm."""
    monkeypatch.setattr("tests.fuzz.hunt.PATIENCE", 0.3)

    @given(st.text())
    def law(text):
        try:
            while True:
                pass
        except TooSlow:
            pass

    hunt = Hunt(law)
    assert not hunt.try_bytes(b"")
    assert isinstance(hunt.failed[1], TooSlow)
    assert PATIENCE > 0.05


def test_an_example_can_be_pasted():
    """Text, bytes and policies are written as Python reads them."""
    call = {"text": "<p \ud800>\0", "data": b"\xff", "policy": loads("[limits]\nads = 3\n"), "none": None}
    written = as_example(call).encode("utf-8", "backslashreplace").decode()
    namespace = {"example": lambda **given: given, "adslot": SimpleNamespace(loads=loads)}
    assert eval(written.removeprefix("@"), namespace) == call
    assert call["policy"] != Policy()


@pytest.mark.parametrize("breaks", [True, False])
def test_a_search_ends_with_a_finding_or_with_its_time(monkeypatch, breaks):
    """The exit code says which, the first line how many inputs there were."""
    ends = []

    def end(code, *lines):
        ends.append((code, lines))
        raise SystemExit(code)

    law = planted() if breaks else planted(st.text(max_size=2))
    monkeypatch.setitem(sys.modules, "tests.fuzz.planted", SimpleNamespace(law=law))
    monkeypatch.setattr(search, "_load_instrumented", lambda: False)
    monkeypatch.setattr(search, "_end", end)
    with pytest.raises(SystemExit):
        search.search("planted", 60 if breaks else 0.2, None)
    [(code, lines)] = ends
    assert re.match(r"planted +[\d,]+ inputs in +\d+ CPU s, +[\d,.]+ a second: ", lines[0])
    assert lines[0].endswith("a FINDING" if breaks else "no finding (without atheris)")
    assert code == breaks
    assert not breaks or lines[-1] == as_example({"text": "<body a", "number": 0})


def test_a_target_that_is_none():
    """It is told, with those that there are."""
    done = subprocess.run([sys.executable, "-m", "tests.fuzz", "reed"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no target 'reed': there are read, place, strip" in done.stderr


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_runs(target):
    """A few inputs each, so that a target that has fallen behind is seen before a search."""
    hunt = Hunt(import_module(f"tests.fuzz.{target}").law)
    for data in inputs(12):
        assert hunt.try_bytes(data), as_example(hunt.failed[0])


def test_pages_are_hostile():
    """Everything that may break a page is in some of a thousand, whatever Hypothesis makes of the bytes, and most have a story."""
    seen = []

    @given(pages.pages)
    def law(text):
        seen.append(text)

    assert all(map(Hunt(law).try_bytes, inputs(1500)))
    whole = (
        r'<(?:aside|div|section) class="adslot adslot-ad" data-adslot="\w+" data-adslot-rule="(\w+)" id="adslot-\1-\d">'
    )
    for kind in (
        whole,
        r"<body[^>]* data-adslot",
        r"<html [^>]*>",
        r"</body>.*<p>",
        r"<!-- adslot: none -->",
        r"<!--[^>]*\Z",
        r"<(select|svg|math|template|noscript|frameset|plaintext|table|tr)\b",
        "\ud800",
        "\0",
        "\r",
        "\ufeff",
        "&#",
        r"<p [^\x00-\x7f]",
    ):
        assert any(re.search(kind, text, re.S) for text in seen), kind
    assert sum("<p>" in text for text in seen) > len(seen) / 2


def test_real_pages_are_torn(tmp_path, monkeypatch):
    """With a folder of pages, half of what is tried has parts of them."""
    monkeypatch.setattr(pages, "SEEDS", [])
    (tmp_path / "a.html").write_text("<i>Seite</i>" * 600, encoding="utf-8")
    pages.load_seeds(str(tmp_path))
    seen = []

    @given(pages.pages)
    def law(text):
        seen.append("<i>Seite" in text)

    assert all(map(Hunt(law).try_bytes, inputs(100)))
    assert 20 < sum(seen) < 80
