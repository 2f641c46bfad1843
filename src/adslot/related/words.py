"""Words as relevance compares them: stems, parts of compounds, pairs of characters, and what each weighs.

Weights are whole numbers: the same plan on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import pairwise
from sys import getsizeof

from adslot.html.text import CJK
from adslot.kept import kept

# What a pair of Chinese or Japanese characters weighs.
_PAIR = 10
_SUFFIXES = tuple("ungen ungs ung ern ers nen en er es em ing ed s e n t".split())
# Up to which length a word is short. How long parts of a word are; from which length on a word may be a compound, and how much of it is its head.
_SHORT, _PART, _COMPOUND, _HEAD, _LEAST_STEM = 3, 4, 8, 5, 4
TOKEN = re.compile(r"[^\W_]+")
HAS_CJK = re.compile(f"[{CJK}]")
_RUN = re.compile(f"[{CJK}]+|[^{CJK}]+")


def capital(token: str, number: int) -> int:
    """What a word weighs for its capital letter, which the first one of a text has anyway: most where it is short."""
    if not number or not token[0].isupper():
        return 2
    return 3 if len(token) > _SHORT else 9


def terms_of(token: str) -> tuple[tuple[str, int], ...]:
    """The terms of a run of letters and digits, and what they weigh.

    >>> terms_of("東京駅"), terms_of("nhk杯")
    ((('東京', 10), ('京駅', 10)), (('nhk', 2), ('杯', 10)))
    """
    if not HAS_CJK.search(token):
        return _terms_of_word(token)
    found: dict[str, int] = {}
    for run in _RUN.findall(token):
        found.update(dict.fromkeys(_pairs(run), _PAIR) if HAS_CJK.match(run) else _terms_of_word(run))
    return tuple(found.items())


@kept(megabytes=12, size=lambda word, terms: getsizeof(word) + getsizeof(terms[0][0]) + 400)
def _terms_of_word(word: str) -> tuple[tuple[str, int], ...]:
    """The terms of a word and what they weigh, up to 16 for its stem and 8 for each part of it.

    >>> _terms_of_word("brücken")
    (('bruck', 14), ('-bruc', 7), ('-ruck', 7))
    >>> _terms_of_word("autobahnbrücke")
    (('autobahnbruck', 16), ('-auto', 8), ('bruck', 8))
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    weight = min(len(plain), 8) if len(plain) > _SHORT else 1
    root = stem(plain)
    if len(root) < _PART:
        return ((root, 2 * weight),)
    end = root[-_HEAD:] if len(root) >= _COMPOUND else f"-{root[-_PART:]}"
    return (root, 2 * weight), *((part, weight) for part in dict.fromkeys((f"-{root[:_PART]}", end)))


def _pairs(run: str) -> Iterable[str]:
    """Each two neighbours of a run of characters; one that stands alone."""
    return dict.fromkeys(map("".join, pairwise(run))) if len(run) > 1 else (run,)


def stem(word: str) -> str:
    """*word* without one ending, German or English, where enough is left.

    >>> [stem(word) for word in ("sperrung", "sperrungen", "gesperrt", "bridges", "haus")]
    ['sperr', 'sperr', 'gesperr', 'bridg', 'haus']
    """
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM:
            return word[: -len(suffix)]
    return word
