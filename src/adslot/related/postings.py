"""Postings: which articles have a term, and what it weighs in each of them.

A term weighs more in the title and the tags of an article than in its summary.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from adslot.kept import Memo
from adslot.related.common import common
from adslot.related.values import Related
from adslot.related.words import Form, form_of, weighed

# An article and what a term weighs there, as one number: the lower bits have the weight.
_CODE = 8
_WEIGHT = (1 << _CODE) - 1
# The parts of an article by what their words weigh.
TITLE, _SUMMARY = 4, 1
# Longer texts are neither titles nor summaries: the rest of them is not read.
_LONGEST_TEXT = 20_000

Codes: TypeAlias = "array[int]"
# What a term weighs, and the ranks of the articles where it weighs that.
Posts = tuple[tuple[int, Codes], ...]


def posts_of(items: Sequence[Related]) -> tuple[dict[str, Codes], Iterable[str]]:
    """For each term the articles that have it, each with what it weighs there; and the terms of titles and tags.

    For these, words that resemble them count as well.
    """
    posts: dict[str, Codes] = defaultdict(lambda: array("Q"))
    titled: dict[str, int] = {}
    forms = Memo(_form)
    for number, item in enumerate(items):
        code = number << _CODE
        for term, weight in _weights(item, forms, titled).items():
            posts[term].append(code | weight)
    return posts, titled


def _form(token: str) -> Form:
    """The form of a token, without terms that tell nothing."""
    terms, weights = form_of(token)
    return tuple(term for term in terms if term not in common()), weights


def _weights(item: Related, forms: Mapping[str, Form], titled: dict[str, int]) -> dict[str, int]:
    """What each term of an article weighs: of its title and tags in full, of its summary less; *titled* learns the former."""
    found: dict[str, int] = {}
    for text in (item.title, *item.tags):
        weighed(text[:_LONGEST_TEXT], TITLE, forms, found)
    titled.update(found)
    if item.summary:
        weighed(item.summary[:_LONGEST_TEXT], _SUMMARY, forms, found)
    return found


def wholes_of(posts: Mapping[str, Codes], tell: Mapping[int, int], count: int) -> tuple[list[int], int]:
    """What all terms of each of *count* articles weigh, by what they tell; and the most that those of one weigh by themselves."""
    wholes, weights = [0] * count, [0] * count
    for codes in posts.values():
        told = tell[len(codes)]
        for code in codes:
            number, weight = code >> _CODE, code & _WEIGHT
            wholes[number] += weight * told
            weights[number] += weight
    return wholes, max(weights, default=0)


def by_weight(codes: Codes, ranks: Sequence[int]) -> Posts:
    """The articles of one term by what it weighs in them."""
    if len(codes) == 1:
        return ((codes[0] & _WEIGHT, array("I", (ranks[codes[0] >> _CODE],))),)
    found: dict[int, list[int]] = {}
    for code in codes:
        found.setdefault(code & _WEIGHT, []).append(ranks[code >> _CODE])
    return tuple((weight, array("I", each)) for weight, each in found.items())
