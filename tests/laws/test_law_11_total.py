"""Law 11. place and check never raise for any HTML, and their time is linear in the input for a fixed policy."""

from __future__ import annotations

from functools import partial

import attrs
import lxml.etree
import lxml.html
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adslot import Policy, Rule, Spacing, check, place, place_tree, preset, read, read_tree, strip, strip_tree
from adslot.html.source import EncodingError
from tests import hostile_bytes, strategies
from tests.slots import opened, own
from tests.timing import least_seconds

# Things that stand at the end, of an article that has nothing in it.
GROWING_FROM_THE_END = attrs.evolve(strategies.EVERYWHERE, spacing=[Spacing("end", "ad", min="1 block", from_count=2)])


@given(strategies.texts, strategies.policies(), st.sampled_from(["auto", "page", "fragment"]))
@example("", strategies.EVERYWHERE, "page")
@example("", preset("de-portal"), "auto")
@example("&nbsp;<!-- adslot: here ad -->", strategies.EVERYWHERE, "auto")
@example("\ufeff<!-- adslot: here ad -->", strategies.EVERYWHERE, "auto")
@example("", GROWING_FROM_THE_END, "auto")
@example("<frameset><frame></frameset>", strategies.EVERYWHERE, "page")
@example("<p \ud800>", strategies.EVERYWHERE, "auto")
@example("<p a\udfff=1 \0=\x01>a\ud800\x01<!-- \udcff \x0c --></p><p>b</p>", strategies.EVERYWHERE, "page")
@example("<body>Text eins.<br><br><template><img></template></body>", strategies.EVERYWHERE, "auto")
@example("Text<br><br><script></script><noscript><img></noscript>", strategies.EVERYWHERE, "fragment")
def test_no_text_raises(text, policy, mode):
    """Any text, read as anything, gives a result, and an article that answers all that it may be asked."""
    assert isinstance(place(text, policy, mode=mode).html, str)
    assert isinstance(strip(text, mode=mode), str)
    assert isinstance(check(text, policy, mode=mode), tuple)
    answers(read(text, policy, mode=mode))


def answers(article):
    """Ask an article everything."""
    assert len(article.gaps) in (0, len(article.blocks) + 1)
    assert set(article.matching("p > b, [title]")) <= set(range(len(article.blocks)))
    assert "".join(section.text + str(section.words) for section in article.sections).encode() is not None
    assert article.tree is None or lxml.html.tostring(article.tree, encoding="unicode")


@given(hostile_bytes.any_bytes, strategies.policies(2), st.sampled_from(["auto", "page", "fragment"]))
@example((b"<meta charset=utf-8><p \xff>a</p>", None), strategies.EVERYWHERE, "auto")
@example((b"<meta charset=idna><p>a</p>", None), strategies.EVERYWHERE, "auto")
@example((b"<meta charset=rot13>a", None), strategies.EVERYWHERE, "auto")
@example((b"<meta charset=utf-7>+ADw-p+AD4-", None), strategies.EVERYWHERE, "auto")
@example((b"\x1b$B<p>", "iso-2022-jp"), strategies.EVERYWHERE, "auto")
@example((b"<p>a</p>", "iso-2022-kr"), strategies.EVERYWHERE, "auto")
def test_no_bytes_raise(given, policy, mode):
    """Any bytes in any encoding that browsers have give a result, as a text does."""
    data, encoding = given
    assert isinstance(place(data, policy, mode=mode, encoding=encoding).html, bytes)
    assert isinstance(strip(data, mode=mode, encoding=encoding), bytes)
    assert isinstance(check(data, policy, mode=mode, encoding=encoding), tuple)
    answers(read(data, policy, mode=mode, encoding=encoding))


@pytest.mark.parametrize("name", hostile_bytes.NO_ENCODINGS, ids=ascii)
def test_what_is_no_encoding_is_read_by_nobody(name):
    """A page that declares it is read as if it declared nothing; a caller who names it is told so, in one error."""
    page = f"<meta charset='{name}'><p>ü</p><p>a</p>".encode("utf-8", "replace")
    assert read(page).encoding == "utf-8"
    assert len(place(page, strategies.EVERYWHERE).plan.placements) > 1
    for verb in (strip, read, *(partial(verb, policy=strategies.EVERYWHERE) for verb in (place, check))):
        with pytest.raises(EncodingError, match="no browser reads"):
            verb(page, encoding=name)


def test_a_page_that_browsers_do_not_show_has_no_slots():
    """Encodings that were used to smuggle scripts past filters are read as nothing; the plan says why nothing is placed."""
    page = b"<meta charset=iso-2022-kr><p>a</p><p>b</p>"
    result = place(page, strategies.EVERYWHERE)
    assert (result.html, result.plan.placements) == (page, ())
    assert "browsers show nothing" in result.plan.warnings[-1]


@given(strategies.texts, strategies.policies(2))
@example("<p>a&#xd800;</p>&#1;<p \ud800>b</p>", strategies.EVERYWHERE)
@example("Text eins.<br><br><template><img></template>", strategies.EVERYWHERE)
def test_no_tree_raises(text, policy):
    """The same at the tree door, for whatever lxml makes of a text."""
    try:
        tree = lxml.html.document_fromstring(text.encode("utf-8", "surrogatepass"))
    except lxml.etree.LxmlError:  # nothing in it that could be a tree
        return
    assert isinstance(read_tree(tree, policy).blocks, tuple)
    assert isinstance(place_tree(tree, policy).placements, tuple)
    strip_tree(tree)


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


HOSTILE_BYTES = {
    "broken pairs": ("shift_jis", lambda n: b"<p>" + b"\x81\xff\xfd" * n + b"</p><p>a</p>" * n),
    "other spellings": ("shift_jis", lambda n: b"\xed\x40\xed\x41\n\n" * n),
    "two characters in one": ("big5", lambda n: b"\x88\x62\n\n" * n),
    "broken fours": ("gb18030", lambda n: b"\x81\x30\x81\xff<p>" * n),
    "escape sequences": ("iso-2022-jp", lambda n: b"<p>a</p>" + b"\x1b$B\x1b(B" * n + b"<p>b</p>"),
    "escaped lines": ("iso-2022-jp", lambda n: b"\x1b$BF|\x1b(B\n\n" * n),
    "broken lines": ("iso-2022-jp", lambda n: b"\x1b$BF\n\x80\x1b(B<p>a</p>" * n),
    "lone surrogates": ("utf-16-le", lambda n: "<p>\ud800</p>".encode("utf-16-le", "surrogatepass") * n),
    "wrong units": ("utf-32-be", lambda n: b"\xff" * 4 * n),
    "declarations": (None, lambda n: b"<meta charset=x>" * n + b"<p>a</p>" * n),
    "open attributes": (None, lambda n: b"<meta a='" * n),
}


@pytest.mark.parametrize("name", HOSTILE_BYTES)
def test_time_of_bytes_is_linear(name):
    """Whatever has to be found out about where characters begin."""
    policy = preset("de-news")
    encoding, make = HOSTILE_BYTES[name]

    def seconds(size: int) -> float:
        data = make(size)
        return least_seconds(lambda: place(data, policy, encoding=encoding), 3)

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
