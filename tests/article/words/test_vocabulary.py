"""The words of pages: each does what its place in the table says, written as pages write it."""

from __future__ import annotations

import pytest

from adslot import read
from adslot.article.words.spelling import folded
from adslot.article.words.vocabulary import SOURCES, known, vocabulary
from adslot.policy.label_table import ROWS

PROSE = "<p>" + "Um 22.14 Uhr rollt der Zug aus der Halle, pünktlich und fast lautlos. " * 3 + "</p>"
PICTURE = "<figure><img src=a></figure>"
LINKS = "<ul><li><a href=/1>Das neue Dach</a><li><a href=/2>屋根を直す</a></ul>"
# Languages that had to be known, by the number of their readers and of their news sites.
ASKED = set(
    "de en es fr it pt nl pl cs sk hu ro bg el tr sv da no fi et lv lt sl hr sr uk ru ar he fa ur hi bn ta th vi id ms "
    "zh-Hans zh-Hant ja ko".split()
)
WAYS = {
    "ads": (PROSE, ["<div>{}</div>", "<p>– {upper} –</p>", "<p>\u200b{}：</p>", "<p>【{}】</p>"]),
    "teasers": (PROSE, ["<p>{}: <a href=/1>Ὁ δρόμος ανοίγει</a></p>", "<div><b>{upper}</b>" + LINKS + "</div>"]),
    "credits": (
        PICTURE,
        ["<p>{}: Karla Muster</p>", "<p>（{}：市政府）</p>", "<p>Der Hafen. {upper}: Karla Muster</p>"],
    ),
    "captions": (PICTURE, ["<p>{}市政府大楼</p>"]),
    "signs": (PICTURE, ["<p>市政府{}</p>", "<p>Der Hafen (Petraitis {upper})</p>"]),
}
# What ends a story, or begins it, and the reasons that it may be outside for.
ENDS = {
    "notes": (["<p>{}: Der Zug fährt um neun.</p>"], {"source"}),
    "tags": (["<p>{}: Zug, Bahn</p>", "<p>{upper} | Zug</p>"], {"tags"}),
    "counters": (["<p>12 {}</p>", "<p>{upper}: 111</p>"], {"tags"}),
    "dates": (["<p>{} 14.05.2026</p>", "<p>{upper}: 2026-05-14 09:30</p>"], {"meta"}),
    "bylines": (["<p>{}: Karla Muster</p>", "<p>{}: Karla Muster, 14.05.2026</p>"], {"meta", "source"}),
    "calls": (["<p>{}</p>", "<p>{upper}!</p>"], {"promotion", "meta"}),
    "about": (["<p><em>Karla Muster, {}</em></p>"], {"about", "meta"}),
}


def last(html):
    """The role of the block below, and its traits."""
    block = read(html + PROSE).blocks[-2]
    return {str(block.role), *block.traits}


@pytest.mark.parametrize("words", vocabulary(), ids=lambda words: words.language)
def test_every_word_is_known(words):
    """In small letters and in capitals, with marks around it."""
    for kind, said in words.said.items():
        if kind in ENDS:
            continue
        above, ways = WAYS[kind]
        wanted = {"ads": "ad", "teasers": "teaser"}.get(kind, "caption")
        shown = [way.format(word, upper=word.upper()) for word in said for way in ways]
        assert [html for html in shown if wanted not in last(PROSE + above + html)] == []


@pytest.mark.parametrize("words", vocabulary(), ids=lambda words: words.language)
def test_every_word_ends_a_story(words):
    """And none of them does where it begins a sentence."""
    for kind in ENDS.keys() & words.said.keys():
        ways, wanted = ENDS[kind]
        shown = [way.format(word, upper=word.upper()) for word in words.said[kind] for way in ways]
        outside = {html: {each.reason for each in read(PROSE * 2 + html).outside} for html in shown}
        assert {html: found for html, found in outside.items() if len(found) != 1 or not found <= wanted} == {}
        if kind != "about":
            sentences = [f"<p>{word} kam niemand mehr, und so blieb es dann auch.</p>" for word in words.said[kind]]
            assert [html for html in sentences if read(PROSE * 2 + html).outside] == []


def test_the_languages():
    """Each has words of all kinds, from somewhere."""
    assert {words.language for words in vocabulary()} >= ASKED
    assert all({"ads", "teasers", "credits"} <= set(words.said) <= {*WAYS, *ENDS} for words in vocabulary())
    assert all(words.sources and set(words.sources) <= set(SOURCES) for words in vocabulary())


def test_no_word_stands_twice_in_its_line():
    """Not even in another way to write it."""
    for words in vocabulary():
        for said in words.said.values():
            assert len(set(map(folded, said))) == len(said), said


def test_labels_that_a_policy_may_have_are_known():
    """What adslot would write above an ad, it reads as one."""
    accepted = {row.text for row in ROWS if row.accepted}
    assert {folded(wording) for wording in accepted} <= known("ads")
