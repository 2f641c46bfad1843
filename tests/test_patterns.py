"""Regular expressions that wait for their first use."""

from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from adslot.patterns import compile_all, pattern


def test_it_is_compiled_when_it_is_asked():
    """A wrong one is found then, and not before."""
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.search("a")
    with pytest.raises(re.error):
        compile_all()


@pytest.mark.parametrize(
    ("text", "flags", "given"), [("[A-C]+", re.I, "xabc ab"), (b"[a-c]+", 0, b"xabc ab"), ("(a)(b)?", 0, "xabc ab")]
)
def test_it_answers_as_one_that_was_compiled_at_once(text, flags, given):
    """By every method, the first time and later."""
    late, at_once = pattern(text, flags), re.compile(text, flags)
    for _ in range(2):
        assert late.findall(given) == at_once.findall(given)
        assert late.sub(given[:1], given) == at_once.sub(given[:1], given)
        assert late.split(given) == at_once.split(given)
        assert [found.span() for found in late.finditer(given)] == [found.span() for found in at_once.finditer(given)]
        assert late.fullmatch(given) is at_once.fullmatch(given) is late.match(given) is at_once.match(given)
    assert (late.pattern, late.flags, late.groups) == (at_once.pattern, at_once.flags, at_once.groups)


@pytest.mark.parametrize("copied", [copy.copy, lambda late: pickle.loads(pickle.dumps(late))])
def test_it_can_be_copied(copied):
    """As any regular expression can."""
    assert copied(pattern("[a-c]+", re.I)).findall("xABC") == ["ABC"]


def test_threads_compile_all_at_once():
    """None of them fails because another one was faster."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(6) as pool:
            for _ in range(50):
                late = [pattern(f"a{number}") for number in range(12)]
                list(pool.map(lambda _: compile_all(), range(6)))
                assert late[1].search("a1") is not None
    finally:
        sys.setswitchinterval(interval)


def test_all_of_adslot_compile():
    """A server has them before its first page: `preload` leaves none that waits."""
    script = "import adslot, adslot.patterns as p; adslot.place; n = len(p._waiting); adslot.preload(); print(n > 100, p._waiting)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "True []\n"
