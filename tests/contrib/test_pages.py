"""What integrations keep: texts that come again are read once more and then no more, and their memory is bounded."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

import adslot
from adslot.contrib._pages import Pages

POLICY = adslot.preset("de-news")


def text(number):
    return f"<p>Der Fluss steigt seit {number} Tagen.</p>" * 9


@pytest.fixture
def prepared(monkeypatch):
    """The texts that are prepared."""
    texts, prepare = [], adslot.prepare

    def noting(html, *arguments, **known):
        texts.append(html)
        return prepare(html, *arguments, **known)

    monkeypatch.setattr(adslot, "prepare", noting)
    return texts


def test_a_text_that_comes_again_is_kept(prepared):
    """It is placed as any the first time, prepared the second, and no more from then on; each way in which it is read is one."""
    pages = Pages()
    for _ in range(4):
        assert pages.place(text(1), POLICY, context={"a": 1}) == adslot.place(text(1), POLICY)
        pages.place(text(1).encode(), POLICY, encoding="utf-8", mode="page")
        pages.place(text(1).encode(), POLICY, encoding="cp1252")
    pages.place(text(1), adslot.preset("en-news"))
    assert prepared == [text(1), text(1).encode(), text(1).encode()]


def test_what_was_not_asked_for_longest_goes(prepared):
    """There is room for three of these: the one that is asked for in between stays."""
    pages = Pages((4 * len(text(1)) + 20_000) * 3 / 1e6)
    for number in (1, 2, 3, 1, 4, 1, 5, 1, 4):
        for _ in range(2):
            pages.place(text(number), POLICY)
    assert prepared == [text(number) for number in (1, 2, 3, 4, 5)]
    pages.place(text(2), POLICY)
    assert prepared[5:] == [text(2)]


def test_what_takes_too_much_is_not_kept(prepared):
    """Neither a text, nor the memory of what came once."""
    pages = Pages(0.02)
    for _ in range(3):
        assert pages.find(text(1), POLICY) is None
    assert prepared == []
    pages = Pages()
    for number in [*range(12_000), 0]:
        pages.find(text(number), POLICY)
    assert prepared == []
    assert len(pages._seen) < 10_000  # which nothing else shows


def test_threads_share_it():
    """Each gets its own page, whatever the others ask for."""
    pages, barrier = Pages(0.05), threading.Barrier(4)

    def work(number):
        barrier.wait()
        return [pages.place(text((number + n) % 3), POLICY).html for n in range(40)]

    expected = [adslot.place(text(number), POLICY).html for number in range(3)]
    with ThreadPoolExecutor(4) as pool:
        for number, found in enumerate(pool.map(work, range(4))):
            assert found == [expected[(number + n) % 3] for n in range(40)]
