"""Law 11. place and check never raise for any HTML, and their time is linear in the input for a fixed policy."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adslot import Policy, Rule, Spacing, check, place, preset, read, strip
from tests import strategies
from tests.slots import opened, own
from tests.timing import least_seconds

# Things that stand at the end, of an article that has nothing in it.
GROWING_FROM_THE_END = attrs.evolve(strategies.EVERYWHERE, spacing=[Spacing("end", "ad", min="1 block", from_count=2)])


@given(strategies.texts, strategies.policies(), st.sampled_from(["auto", "page", "fragment"]))
@example("", strategies.EVERYWHERE, "page")
@example("&nbsp;<!-- adslot: here ad -->", strategies.EVERYWHERE, "auto")
@example("", GROWING_FROM_THE_END, "auto")
@example("<frameset><frame></frameset>", strategies.EVERYWHERE, "page")
def test_no_text_raises(text, policy, mode):
    """Any text, read as anything, gives a result."""
    assert isinstance(place(text, policy, mode=mode).html, str)
    assert isinstance(check(text, policy, mode=mode), tuple)
    assert len(read(text, policy, mode=mode).gaps) in (0, len(read(text, policy, mode=mode).blocks) + 1)


@given(
    st.binary(),
    strategies.policies(2),
    st.sampled_from([None, "utf-8", "latin-1", "utf-16", "shift_jis", "iso-2022-jp"]),
)
@example(b"<meta charset=rot13>a", strategies.EVERYWHERE, None)
@example(b"<meta charset=utf-7>+ADw-p+AD4-", strategies.EVERYWHERE, None)
@example(b"\x1b$B<p>", strategies.EVERYWHERE, "iso-2022-jp")
def test_no_bytes_raise(data, policy, encoding):
    """Any bytes in any encoding give a result."""
    assert isinstance(place(data, policy, encoding=encoding).html, bytes)
    assert isinstance(strip(data, encoding=encoding), bytes)
    assert isinstance(check(data, policy, encoding=encoding), tuple)


HOSTILE = {
    "comments": lambda n: "<p>a</p>" + "<!-- c -->" * n + "<p>b</p>",
    "nested div": lambda n: "<div>" * n,
    "nested div with text": lambda n: "<div><p>x</p>" * n,
    "unclosed p": lambda n: "<p>" * n,
    "unclosed b": lambda n: "<b>x" * n,
    "unclosed a": lambda n: "<a>x" * n,
    "font and p": lambda n: "<font><p>x" * n,
    "cells": lambda n: "<table><tr><td>" * n,
    "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">x</p><p>y</p>",
    "less-than signs": lambda n: "<" * (n * 300),
    "blank lines": lambda n: "Text\n\n" * n,
    "line breaks": lambda n: "Text<br><br>" * n,
    "old slots": lambda n: f"{own()}<p>x</p>" * n,
    "open slots": lambda n: opened() * n,
    "rules": lambda n: "<hr>" * n,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_time_is_linear(name):
    """Four times the input takes about four times as long: far less than the sixteen of a quadratic cost."""
    policy, make = preset("de-news"), HOSTILE[name]

    def seconds(size: int) -> float:
        text = make(size)
        return least_seconds(lambda: place(text, policy), 3)

    assert seconds(8_000) < 9 * seconds(2_000) + 0.05


def ruled(rule: str, count: int = 1) -> str:
    """So many slots of a rule."""
    return own("anzeige", rule) * count


FILLED = {
    "own slots": lambda n: f"{ruled('in-text')}<p>x</p>" * n,
    "one gap": lambda n: f"<p>x</p>{ruled('in-text', n)}<p>x</p>",
    "one stack": lambda n: f"<p>x</p>{ruled('one', n)}{ruled('other', n)}<p>x</p>",
    "editors' slots": lambda n: f"<p>x</p>{ruled('here', n)}<p>x</p>",
    "existing ads": lambda n: "<div class=ad-slot></div><p>x</p>" * n,
    "outside": lambda n: (
        f"<!doctype html><header>{(ruled('in-text') + '<!-- x -->') * n}</header><main>{'<p>x</p>' * n}"
    ),
    "all": lambda n: f"{ruled('one')}{ruled('other')}<div class=ad-slot></div><p>x</p>{ruled('here')}" * n,
}


@pytest.mark.parametrize("name", FILLED)
def test_time_of_a_check_is_linear(name):
    """However many slots a page has, and however many distances a policy."""
    ready = preset("de-news")
    stacked = [
        Rule("one", slot="anzeige", stack=True, apart="1 paragraph"),
        Rule("other", slot="anzeige", stack=True, at="after paragraph", within="3 paragraphs"),
    ]
    growing = Spacing("ad", "ad", min="2 paragraphs", unless="heading", from_count=2)
    policy = Policy(ready.slots, [*ready.rules, *stacked], [*ready.spacing, growing])

    def seconds(size: int) -> float:
        text = FILLED[name](size)
        return least_seconds(lambda: check(text, policy), 4)

    assert seconds(2_000) < 9 * seconds(500) + 0.05
