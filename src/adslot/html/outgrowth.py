"""Texts of which an HTML5 parser makes far more than they say, or far too much: these are not read.

Formatting that is left open is opened again in every block that follows, as HTML5 wants it: of a few
hundred `<font>` in front of as many `<p>` come a hundred thousand elements, and of a comment of a
megabyte more than a server has memory for. And the attributes of every further `<html>` and `<body>`
are merged onto the first, each compared with all that are there. No page that is meant to be read
comes near the bounds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from adslot.html.dom import Node
from adslot.html.elements import MOST_ON_PAGE
from adslot.patterns import pattern

# Elements that a text may have, and as many more as it has characters.
MOST_ELEMENTS = 50_000
# Characters of tags whose attributes are merged onto the root or the body.
MOST_MERGED = 20_000
# A shorter text does not grow so much that it matters; a longer one must not be parsed first.
_SHORT, _LONG = 4_096, 32_768
# Formatting without attributes is opened again three times at most: that matters where there are many tags,
# for which only a very long text has room. So few tags with attributes do not matter.
_VERY_LONG, _MANY, _FEW = 250_000, 30_000, 34
_NOAH, _FEW_OPEN, _FEW_MERGED = 3, 8, 2

_NAMES = (
    "[bB](?:[iI][gG]|[oO][dD][yY])?|[cC][oO][dD][eE]|[eE][mM]|[fF][oO][nN][tT]|[hH][tT][mM][lL]|[iI]|[tT][tT]|[uU]"
    "|[sS](?:[mM][aA][lL][lL]|[tT][rR](?:[iI][kK][eE]|[oO][nN][gG]))?"
)
_FIRST = "(?=[bcefhistuBCEFHISTU])"  # most tags are passed over sooner by their first letter
# The same names and many that nobody has: a whole page is looked through for these, and most tags are passed over by
# their first two letters, with fewer questions than for the names themselves.
_LIKE_THEM = pattern(
    r"<[bcefhistuBCEFHISTU](?:[\s/>]|[iIoOmMtT](?:[\s/>]|[gG][\s/>]|[dD][yYeE][\s/>]|[nN][tT][\s/>]|[mM][lL][\s/>]"
    r"|[aA][lL][lL][\s/>]|[rR](?:[iI][kK][eE]|[oO][nN][gG])[\s/>]))"
)
_SHORT_TAG = pattern(rf"</?{_FIRST}(?:{_NAMES})(?=[\s/>])")
_TAG = pattern(rf"<(?P<end>/)?(?P<name>{_NAMES})(?=[\s/>])[^<>]*>?")
_MERGED = frozenset(("html", "body"))
_MERGING = [f"<{name}" for name in _MERGED]
_RAW = pattern(r"<(?:!--|(?P<name>script|style|textarea|title)(?=[\s/>]))", re.I)


def may_outgrow(text: str) -> bool:
    """Whether a parser could make too much of a long *text*. Of nearly all pages the first look says no."""
    if len(text) < _LONG:
        return False
    like = _LIKE_THEM.findall(text)
    if len(like) < _FEW or len(opening := [tag for tag in like if _SHORT_TAG.match(tag)]) < _FEW:
        return False
    have_attributes = sum(tag[-1] != ">" for tag in opening) >= _FEW
    if not have_attributes and not (len(text) >= _VERY_LONG and text.count("<") >= _MANY):
        return False
    return _may_exceed(text) and _exceeds(text) and _exceeds(_markup(text))


def _may_exceed(text: str) -> bool:
    """Whether so much formatting is open at a time, or so many tags are merged, that it is worth a closer look.

    Of less a parser makes too much as well, and what it has made is looked at, but not more than memory can hold.
    """
    tags = [tag.lower() for tag in _SHORT_TAG.findall(text)]
    if sum(map(tags.count, _MERGING)) > _FEW_MERGED:
        return True
    depths: Counter[str] = Counter()
    depth = 0
    for tag in tags:
        if tag[1] != "/":
            depths[tag[1:]] += 1
            depth += 1
            if depth > _FEW_OPEN:
                return True
        elif depths[tag[2:]]:
            depths[tag[2:]] -= 1
            depth -= 1
    return False


def _exceeds(text: str) -> bool:
    allowed = min(MOST_ELEMENTS + len(text) // 2, MOST_ON_PAGE)
    return any(elements > allowed or merged > MOST_MERGED for elements, merged in _growth(text))


def has_outgrown(text: str, root: Node) -> bool:
    """Whether a parser has made too much of *text*."""
    return len(text) > _SHORT and root.xpath("count(descendant::*)") > min(MOST_ELEMENTS + len(text), MOST_ON_PAGE)


def _markup(text: str) -> str:
    """*text* without comments, scripts and the like, whose tags are none."""
    parts, last = [], 0
    endless: set[str] = set()
    for begin in _RAW.finditer(text):
        end = "-->" if begin["name"] is None else f"</{begin['name'].lower()}"
        if begin.start() < last or end in endless:
            continue
        found = re.compile(re.escape(end), re.I).search(text, begin.end())
        if found is None:  # nor is one for those that follow
            endless.add(end)
            continue
        parts.append(text[last : begin.start()])
        last = found.end()
    return "".join([*parts, text[last:]])


def _growth(text: str) -> Iterator[tuple[int, int]]:
    """How many elements open formatting could be made of so far, and how much is merged: the most, tag by tag."""
    opened: defaultdict[str, list[str]] = defaultdict(list)
    depth = elements = merged = last = 0
    seen: set[str] = set()
    for tag in _TAG.finditer(text):
        elements += depth * text.count("<", last, tag.start())
        last, name = tag.start(), tag["name"].lower()
        if name in _MERGED:
            merged += 0 if tag["end"] or name not in seen else len(tag[0])
            seen.add(name)
            continue
        same = opened[name]
        depth -= len(same)
        if tag["end"]:
            del same[-1:]
        elif same.count(tag[0]) < _NOAH:
            same.append(tag[0])
        depth += len(same)
        yield elements, merged
    yield elements + depth * text.count("<", last), merged
