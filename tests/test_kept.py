"""What is kept between calls: the same answers as without, in so many bytes and no more, however long the questions are."""

from __future__ import annotations

import ast
import gc
import pickle
import re
import tracemalloc
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

import adslot
from adslot import Case, Policy, Related, Rule, Slot, Term, place
from adslot import kept as keeping
from adslot.api import prepared
from adslot.article import traits
from adslot.article.blocks import captions, quotations
from adslot.article.body import doubts
from adslot.article.foreign import claims, covers, twins
from adslot.article.groups import columns, components, notes, placeholders, unnamed
from adslot.article.story import furniture, joined, labels, lead, pictures, subheads
from adslot.html import fragment, unseen
from adslot.kept import Shelf, _Cache, forget, kept, size_of, size_of_text
from adslot.planner import closed, constraints
from adslot.planner.solver import worth
from adslot.policy import templates
from adslot.policy.language import selectors
from adslot.related import urls, words
from adslot.related.known import Inventory, inventory_of
from adslot.renderer import slot as rendering
from adslot.renderer import trial

MEGABYTE = 1 << 20
# All that can be kept between calls, of which half are indexes of inventories.
IN_ALL = 128 * MEGABYTE


def grown(work):
    """By how many bytes the memory of Python has grown once *work* is done."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        gc.collect()
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()


class Same:
    """Has the hash of all others, and holds something."""

    def __init__(self, held=None):
        self.held = held

    def __hash__(self):
        return 1


# -------------------------------------------------------------------------------------------- one cache


def test_an_answer_is_worked_out_once():
    """Until there is no more room: then all begins anew."""
    asked = []

    @kept(megabytes=0.01, size=size_of_text)
    def length(text):
        asked.append(text)
        return len(text)

    assert [length("a"), length("bc"), length("a")] == [1, 2, 1]
    assert asked == ["a", "bc"]
    for number in range(100):
        assert length(f"{number}") == len(f"{number}")
    assert length("a") == 1
    assert asked.count("a") == 2


def test_what_is_long_is_not_kept():
    """One question is not worth the answers to a hundred others."""
    asked = []

    @kept(megabytes=0.01)
    def length(text):
        asked.append(text)
        return len(text)

    assert [length("a"), length("b" * 2000), length("b" * 2000), length("a")] == [1, 2000, 2000, 1]
    assert asked == ["a", "b" * 2000, "b" * 2000]


def test_a_hundred_thousand_long_texts():
    """No more is kept than there is room for."""
    length = kept(megabytes=2)(len)
    assert grown(lambda: [length(f"{number}{'a' * 1000}") for number in range(100_000)]) < 2.2 * MEGABYTE
    assert grown(lambda: [length(f"{number}") for number in range(100_000)]) < 2.2 * MEGABYTE


def test_an_error_is_no_answer():
    """It is raised anew each time, and takes no room."""

    @kept(megabytes=1)
    def fail(number):
        return 1 / number

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            fail(0)
    assert fail(2) == 0.5


def test_threads_get_the_right_answers():
    """Also while others begin anew."""

    @kept(megabytes=0.02, size=size_of_text)
    def doubled(text):
        return text * 2

    wrong: list[int] = []

    def ask(first):
        wrong.extend(n for n in range(first, 3000) if doubled(f"{n % 97}") != f"{n % 97}" * 2)

    threads = [Thread(target=ask, args=(first,)) for first in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_sizes():
    """Of what is held, each thing once, circles included; in values, collections and objects."""
    text = "a" * 1000
    circle: list[object] = [text]
    circle.append(circle)
    assert 1000 < size_of(text) < 1100
    assert size_of([text, text, circle]) < 1400
    for value in (
        (text,),
        {text: 1},
        {1: text},
        {text},
        Related(text, "/a"),
        Slot("a", kind="ad", html=text),
        Same(text),
    ):
        assert size_of(value) > 1000
    assert size_of_text((text, True)) > 1000


def test_a_shelf():
    """The two that were asked for last stay, others as long as there is room; what is equal is the same."""
    made = []

    def make(key):
        made.append(key[0])
        return list(key)

    shelf = Shelf(megabytes=1, count=3, make=make, size=lambda value: value[1])
    for name, size in [("a", 1), ("b", 1), ("a", 1), ("c", 1), ("d", 1), ("a", 1), ("b", 1)]:
        assert shelf((name, size)) == [name, size]
    assert made == list("abcdb")
    for name in "xyxyxy":
        shelf((name, 10**9))
    assert made == list("abcdbxy")
    shelf(("a", 1))
    assert made == list("abcdbxya")


def test_a_shelf_is_not_deceived_by_a_hash():
    """What has the same hash takes the place of the other."""
    shelf = Shelf[Same, list[Same]](megabytes=1, count=3, make=lambda key: [key], size=lambda _: 1)
    one, other = Same(), Same()
    assert shelf(one) == [one]
    assert shelf(other) == [other]
    assert shelf(one) == [one]


# ------------------------------------------------------------------------------------------- all of them


def test_no_cache_counts_answers():
    """Those of functools hold one answer, or one to each of a few names, numbers, characters or languages."""
    ours = {"needs_of", "preset", "_plain_texts", "tells", "_log", "_has", "_automaton"}
    for file in Path(adslot.__file__).parent.rglob("*.py"):
        nodes = ast.walk(ast.parse(file.read_text("utf-8")))
        for node in (node for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)):
            for mark in node.decorator_list:
                told = ast.unparse(mark)
                if told.startswith(("lru_cache", "cache(", "functools")):
                    assert told == "lru_cache(maxsize=1)" or node.name in ours, f"{file}: {node.name}"


def test_all_caches_together():
    """What they may hold, as the documentation says."""
    assert (
        sum(
            each.most
            for each in keeping._caches
            if isinstance(each, _Cache) and each.make.__module__.startswith("adslot")
        )
        <= IN_ALL - 64 * MEGABYTE
    )


def slot(text):
    return Slot("a", kind="promo", html=f"<b>{text}</b>")


# Each cache with the function that is asked, and how.
ASKED: dict[str, tuple[Any, Any]] = {
    "claims": (claims.claims, lambda text: text),
    "twins": (twins._named_in, lambda text: text),
    "lead": (lead._strength_of, lambda text: text),
    "body": (doubts._spoken, lambda text: (text, text)),
    "caption": (captions._names, lambda text: text),
    "furniture": (furniture._reason_of, lambda text: text),
    "item": (joined._names_item, lambda text: text),
    "note": (notes.names_note, lambda text: text),
    "cover": (covers.names_cover, lambda text: text),
    "sign": (pictures._names_sign, lambda text: text),
    "unseen": (unseen._is_for_screen_readers, lambda text: text),
    "quotation": (quotations.names_quotation, lambda text: text),
    "label": (labels._meanings, lambda text: text),
    "subhead": (subheads._is_name, lambda text: text),
    "float": (traits.names_float, lambda text: text),
    "columns": (columns._marks, lambda text: text),
    "components": (components.names_component, lambda text: text),
    "unnamed": (unnamed._say_nothing, lambda text: text),
    "placeholders": (placeholders._named_role, lambda text: text),
    "markup": (fragment.markup_fault, "<b>{}</b>".format),
    "url": (
        urls._comparable,
        lambda text: (f"/{text[:6]}".ljust(1999, "a"), f"https://a.example/{text[:6]}".ljust(1999, "a")),
    ),
    "base": (urls.root_of, lambda text: f"https://a.example/{text[:6]}".ljust(1999, "a")),
    "selector": (selectors.parsed, ".a{}".format),
    "template": (templates.compiled, "<b>{}{{{{ label }}}}</b>".format),
    "fault": (templates.fault_in, "<b>{}{{{{ label }}}}</b>".format),
    "tags": (templates.chars_in_tags, "<b>{}{{{{ label }}}}</b>".format),
    "same": (rendering._same_for_all, lambda text: (slot(text), ())),
    "root": (rendering._root, lambda text: (slot(text), "r")),
    "as ad": (rendering._as_ad, lambda text: (slot(text), text)),
    "trial": (trial._tried, lambda text: (slot(text), "de", ())),
    "demands": (constraints.constraints_of, lambda text: Policy([slot(text)], [Rule("r", slot="a", after="list")])),
    "terms": (closed._others, lambda text: (Term(css=text),)),
    "low": (worth._low_levels, lambda text: (text, 4, worth.hashed)),
    "stem": (words.stem_of, lambda text: text),
    "pickled": (prepared._policy, lambda text: pickle.dumps(Policy([slot(text)]))),
    "inventory": (inventory_of, lambda text: (Related(text, f"/{text}"),)),
}


def cache_of(asked):
    """The cache that a function answers from: it is a method of it."""
    return asked if isinstance(asked, Shelf) else asked.__self__


def test_every_cache_is_asked_below():
    """A new one must be added above."""
    known = {id(cache_of(asked)) for asked, _ in ASKED.values()}
    ours = [each for each in keeping._caches if each.make.__module__.startswith("adslot")]
    assert [each for each in ours if id(each) not in known] == []


@pytest.mark.parametrize("name", ASKED)
def test_no_size_is_understated(name):
    """Long questions and their answers take no more memory than is counted."""
    forget()
    ask, question = ASKED[name]
    cache = cache_of(ask)
    ask(question("x"))
    counted = []

    def work():
        for number in range(16):
            each = question(f"{number}{'é' * 2000}")
            answer = ask(each)
            if isinstance(answer, Inventory):
                assert answer.judged("/")
                assert len(answer.index) == 1
            counted.append(cache.size(answer) if isinstance(cache, Shelf) else cache.size(each, answer))
        for other in keeping._caches:
            if other is not cache:
                other.begin_anew()
        re.purge()  # what Python keeps of patterns itself

    # Parsers of URLs keep the last 128 themselves.
    slack = 250_000 if name == "url" else 20_000
    assert grown(work) < 1.1 * sum(counted) + slack
    assert sum(counted) < cache.most


def test_long_titles():
    """Articles with long titles and URLs: nothing is kept of them but what a page needed, and of that not much."""
    forget()
    policy = Policy([Slot("m", kind="teaser", label="Mehr")], [Rule("r", slot="m", at="end")])

    def work():
        for number in range(5000):
            assert Related(f"{number}{'a' * 499}", f"/{number}{'a' * 499}").fault is None
        for number in range(40):
            item = Related(f"{number}{'Bahn ' * 20_000}", f"/{number}/{'a' * 1900}")
            assert place("<p>Eins.</p>", policy, related=[item]).plan.placements

    assert grown(work) < 16 * MEGABYTE


def test_cases_that_are_met_in_many_ways():
    """A policy for every section, reader and device: it is worked out anew where it was long ago."""
    cases = [Case({f"k{number}": True}, changes={"limits": {"ads": number}}) for number in range(10)]
    policy = Policy(cases=cases)
    contexts = [{f"k{bit}": bool(number >> bit & 1) for bit in range(10)} for number in range(700)]
    assert [policy.resolve(said).limits.ads for said in contexts] == [
        max((bit for bit in range(10) if said[f"k{bit}"]), default=None) for said in contexts
    ]
    assert policy.resolve(contexts[-1]) is policy.resolve(contexts[-1])
    assert len(policy._resolved) <= 256
