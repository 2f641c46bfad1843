"""Regular expressions that wait for their first use."""

from __future__ import annotations

import re
import subprocess
import sys

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


def test_all_of_adslot_compile():
    """A server has them before its first page: `preload` leaves none that waits."""
    script = "import adslot, adslot.patterns as p; adslot.place; n = len(p._waiting); adslot.preload(); print(n > 100, p._waiting)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "True []\n"
