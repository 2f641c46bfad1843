"""An independent judge of the guards of taste (law 5), written from their pages and the source text, without their code.

It knows the markup that `tests.strategies` writes, no other: which elements float, which paragraphs are captions.
A guard that is not judged here is taken at its word: the laws hold what is made of it, its own test holds the rule.
"""

from __future__ import annotations

import re

from adslot import Article, Policy
from adslot.guards import GUARDS

INTRODUCING = {"paragraph", "short-paragraph", "pseudo-heading"}
PICTURES = {"figure", "embed", "table"}
CAPTIONED = PICTURES | {"quote"}
MEDIA = PICTURES | {"code", "box"}
SLOTS = {"ad", "teaser"}
# Judged by `tests.oracles.legality`, rule by rule.
OF_RULES = {"after_heading", "adjacent"}

_COLON = re.compile(r"[:：﹕៖፦]\s*\Z")
_COLON_IN_BRACKETS = re.compile(r"[(\[（].*[:：﹕៖፦][)\]）\s]+\Z", re.S)
_COLON_IN_QUOTES = re.compile(r"[:：﹕៖፦][“”\"»«\s]+\Z")
_CREDIT = re.compile(r"\(?(?:Foto|Bild|Quelle):|.*(?:©|\((?:Foto|Bild|Quelle): [^)]+\)\Z|/Reuters\Z)", re.S)
_FLOATS = re.compile(
    r'class="?(?:alignleft|alignright|pull-right)\b|style="float: (?:left|right)"|align="?(?:left|right)\b'
)
_LETTERS = dict.fromkeys(("paragraph", "list", "quote"), "L") | {"short-paragraph": "s", "separator": "b", "box": "b"}
_TAIL = re.compile(r"[sa]*s(?=[ab]*\Z)")


class _Last:
    """The answer for one article: brute force asks for it hundreds of times."""

    article: Article | None = None
    gaps: dict[str, set[int]]


def closed_gaps(article: Article, policy: Policy) -> dict[str, set[int]]:
    """The gaps that each guard of taste closes under *policy*."""
    if _Last.article is not article:
        _Last.article = article
        _Last.gaps = {"list_intro": _introduced(article), "tail": _tail(article)}
        for name in GUARDS.keys() - _Last.gaps.keys() - OF_RULES:
            _Last.gaps[name] = set(GUARDS[name].barred(article.blocks))
    return {name: gaps for name, gaps in _Last.gaps.items() if getattr(policy.guards, name)}


def bounds(article: Article) -> dict[str, tuple[set[int], set[int]]]:
    """The gaps that the guards of pictures close at least, and at most.

    What markup makes a caption, or lets a picture float, is a matter of many signs, each with a test of its own: what
    is named outright is one, and nothing is that does not stand below a picture or a quotation.
    """
    blocks, captions = article.blocks, _captions(article)
    below: set[int] = set()
    for index, block in enumerate(blocks):
        if index and block.role in INTRODUCING and (blocks[index - 1].role in CAPTIONED or index - 1 in below):
            below.add(index)
    anything = [index for index, block in enumerate(blocks) if block.role in MEDIA | {"quote"}]
    return {
        "caption": (captions, below),
        "float": (_beside(article, _floated(article), set()), _beside(article, anything, below)),
    }


def _introduced(article: Article) -> set[int]:
    blocks, found = article.blocks, set()
    for index, block in enumerate(blocks):
        following = [i for i in range(index + 1, len(blocks)) if blocks[i].role not in SLOTS][:1]
        if not following or block.role not in INTRODUCING:
            continue
        quoted = block.text[:1] in ("„", "“", '"', "»") or blocks[following[0]].role == "list"
        if (
            _COLON.search(block.text)
            or _COLON_IN_BRACKETS.search(block.text)
            or (quoted and _COLON_IN_QUOTES.search(block.text))
        ):
            found |= set(range(index + 1, following[0] + 1))
    return found


def _captions(article: Article) -> set[int]:
    """The gaps above captions, which are also their numbers."""
    named = set(article.matching(".wp-caption-text, .bildunterschrift, .credit, .caption, .wp-caption"))
    found: set[int] = set()
    for index, block in enumerate(article.blocks):
        if index == 0 or block.role not in INTRODUCING:
            continue
        is_below = article.blocks[index - 1].role in PICTURES or index - 1 in found
        is_credit = len(block.text) <= 200 and _CREDIT.match(block.text)
        if is_below and (is_credit or index in named):
            found.add(index)
    return found


def _tail(article: Article) -> set[int]:
    letters = "".join("a" if block.role in SLOTS else _LETTERS.get(block.role, "o") for block in article.blocks)
    match = _TAIL.search(letters)
    if match is None or match[0].count("s") > 5 or "L" not in letters[: match.start()]:
        return set()
    return set(range(match.start(), match.end()))


def _beside(article: Article, floated: list[int], captions: set[int]) -> set[int]:
    """The gaps beside what floats, where none of what may be a caption has any length."""
    found: set[int] = set()
    for index in floated:
        between = 0
        for gap in range(index + 1, len(article.blocks)):
            if gap > index + 1 and gap - 1 not in captions:
                above = article.blocks[gap - 1]
                between += 125 if above.role in MEDIA else above.chars
            if between < 250:
                found.add(gap)
    return found


def _floated(article: Article) -> list[int]:
    source, around = article.source, set(article.matching(".wp-caption.alignright"))
    assert isinstance(source, str)
    return [
        index
        for index, block in enumerate(article.blocks)
        if block.role in PICTURES | {"box"}
        and block.span is not None
        and (index in around or _FLOATS.search(source[block.span[0] : block.span[1]]))
    ]
