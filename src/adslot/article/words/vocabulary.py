"""What pages say above ads, before links to other stories, before credits and at the ends of stories, by language.

All of it is data, in `vocabulary.txt`. What sees to it that prose stays prose is in the modules that ask:
`foreign/openings.py`, `credits.py` and `sign_offs.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Literal

import attrs

from adslot.article.words.spelling import folded
from adslot.packed import text_in

Kind = Literal[
    "ads", "teasers", "credits", "captions", "signs",
    "notes", "tags", "counters", "dates", "bylines", "calls", "about",
]  # fmt: skip

# What the words of a language were taken from.
SOURCES = {
    "publishers": "public pages of publishers in the language",
    "bbc": "texts of the BBC World Service: `bbc/simorgh`, `src/app/lib/config/services`",
    "wikia": "texts above Wikia's ads and lists of related pages: `Wikia/ad-products`, `src/common/translations.js`; "
    "`Wikia/app`, `extensions/wikia/RelatedPages`",
}


@attrs.frozen
class Words:
    """What pages say in one *language*, by kind; *sources* are keys of `SOURCES`."""

    language: str
    sources: tuple[str, ...]
    said: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def vocabulary() -> tuple[Words, ...]:
    """All words as they are written."""
    return tuple(_read(_text()))


def known(kind: Kind) -> frozenset[str]:
    """The words of a kind in all languages, as texts are compared with them."""
    return frozenset(word for words in _folded() for word in words.said.get(kind, ()))


@lru_cache(maxsize=1)
def _folded() -> tuple[Words, ...]:
    return tuple(_read(folded(_text())))  # in one piece: a word at a time takes five times as long


def _text() -> str:
    return text_in(str(__package__), "vocabulary.txt")


def _read(text: str) -> Iterator[Words]:
    for passage in text.strip().split("\n\n")[1:]:
        head, *lines = passage.replace("\n        |", " |").split("\n    ")
        language, *sources = head.split()
        said = (line.partition(": ") for line in lines)
        yield Words(language, tuple(sources), {kind: tuple(words.split(" | ")) for kind, _, words in said})
