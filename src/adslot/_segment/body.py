"""The body: the element that holds the story."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import attrs

from adslot._door import Door, Node
from adslot._segment.spelling import spell, whole

_FEWEST_CHARS = 20
_HALF_CHARS = 200
_DOUBT = 0.1
_BORNE_OUT = 0.6
_NEARLY_ALL = 0.85
_MOST = 0.5
_STORY = 400.0

_BESIDE_TAGS = frozenset("nav aside footer header li dialog figure details noscript button".split())
_NO_BODY = frozenset("ul ol dl li dt dd menu dir table tbody thead tfoot tr p blockquote figure header footer nav details summary a".split())
_PAGE_WIDE = frozenset("#document html body main".split())
_BODY = whole(r"""
    rich-text-(?:article|story)-body
    \w*(?:article|artikel|story|post|entry|news|blog|beitrags?|articulo|noticias?|nota|single|detail)-?(?:body|contents?|text|copy)
    (?:body|content)-?(?:body|copy|text)  mw-parser-output prose corps
""")
_BESIDE = whole(r"""
    comments? comment-?\w+ kommentare? disqus\w* respond replies
    side-?bar\w* footer\w* related\w* \w*teasers? \w*recirc\w* recommend\w* trending most-(?:read|popular|viewed) more-(?:on|from|stories|news)
    newsletter\w* cookies? consent\w* gdpr cmp modal\w* overlay pop-?up\w* banner
    author-?(?:box|bio|info|card) about-(?:the-)?author widgets? menu\w* nav navigation\w* breadcrumbs? share social login subscri\w+ promo cards?
""")
_LOOSE_TAGS = ("div", "section", "article", "main", "td", "span", "li", "font", "center", "body")


@attrs.define(eq=False)
class _Knot:
    node: Node
    outer: _Knot | None
    trust: float
    is_marked: bool
    names: str
    weight: float = 0.0
    raw: float = 0.0
    own: float = 0.0
    count: int = 0
    inner: list[_Knot] = attrs.field(factory=list)


@lru_cache(maxsize=4096)
def _spoken(names: str) -> tuple[bool, bool]:
    spelled = spell(names)
    return _BODY.search(spelled) is not None, _BESIDE.search(spelled) is not None


def find_body(door: Door, chosen: Node | None = None) -> tuple[Node, str]:
    if chosen is not None:
        return chosen, "article.body"
    knots = _tree(door, _paragraphs(door))
    top = knots[0]
    if top.weight < _STORY:
        knots = _tree(door, [*_paragraphs(door), *_loose(door)])
        top = knots[0]
    if not top.weight:
        return _nothing(door)
    pick, how = _descend(top), "most of the story's paragraphs"
    marked = _well_known(knots, pick)
    if marked is not None:
        pick, how = marked, "known: " + marked.names
    while pick.outer is not None and door.tag(pick.node) in _NO_BODY:
        pick = pick.outer
    if not door.is_page and (top.weight < _STORY or pick.raw >= 0.9 * top.raw):
        return door.root, "the whole fragment"
    if pick.outer is None and door.is_page:
        return _nothing(door)
    return pick.node, how


def _nothing(door):
    if door.is_page:
        for b in door.find_all(door.root, "body"):
            return b, "page body"
    return door.root, "whole"


def _paragraphs(door):
    found = []
    for p in door.find_all(door.root, "p"):
        text = door.text(p)
        n = len(text)
        if n < _FEWEST_CHARS:
            continue
        for a in door.find_all(p, "a"):
            n -= len(door.text(a))
        if n >= _FEWEST_CHARS:
            found.append((door.parent(p), n * n / (n + _HALF_CHARS)))
    return found


def _loose(door):
    found = []
    for e in door.find_all(door.root, *_LOOSE_TAGS):
        n = sum(len(door.text(c).strip()) for c in door.children(e) if door.tag(c) == "#text")
        if n >= _FEWEST_CHARS:
            found.append((e, n * n / (n + _HALF_CHARS)))
    return found


def _tree(door, units):
    top = _Knot(door.root, None, 1.0, False, "")
    known = {door.root: top}
    knots = [top]
    for node, weight in units:
        knot = known.get(node)
        if knot is None:
            path = []
            while knot is None:
                path.append(node)
                node = door.parent(node)
                knot = known.get(node)
            for node in reversed(path):
                knot = known[node] = _knot(door, node, knot)
                knots.append(knot)
        knot.own += weight * knot.trust
        knot.raw += weight
        knot.count += 1
    for knot in reversed(knots):
        knot.weight += knot.own
        if knot.outer is not None:
            knot.outer.weight += knot.weight
            knot.outer.count += knot.count
            knot.outer.raw += knot.raw
    return knots


def _knot(door, node, outer):
    tag = door.tag(node)
    if tag[0] == "#" or tag == "template" or tag == "noscript":
        knot = _Knot(node, outer, 0.0, False, "")
        outer.inner.append(knot)
        return knot
    names = door.attribute(node, "class")
    i = door.attribute(node, "id")
    if i:
        names = f"{names} {i}"
    is_marked = is_beside = False
    if names:
        is_marked, is_beside = _spoken(names)
    if door.attribute(node, "itemprop") == "articleBody":
        is_marked = True
    trust = outer.trust
    if tag in _BESIDE_TAGS or (is_beside and tag not in _PAGE_WIDE):
        trust *= _DOUBT
    knot = _Knot(node, outer, trust, is_marked, names)
    outer.inner.append(knot)
    return knot


def _descend(knot):
    while knot.inner:
        c = max(knot.inner, key=lambda k: k.weight)
        if c.weight < _NEARLY_ALL * knot.weight:
            if c.weight < _MOST * knot.weight or c.count < 3 or knot.own > 0.2 * knot.weight:
                break
            if c.names and sum(k.names == c.names for k in knot.inner) > 1:
                break
        knot = c
    return knot


def _well_known(knots, pick):
    found = [k for k in knots if k.is_marked and k.weight >= _BORNE_OUT * pick.weight]
    if not found:
        return None
    outer = max(found, key=lambda k: k.weight)
    best, knot = outer, _descend(outer)
    while knot is not outer:
        if knot.is_marked:
            return knot
        knot = knot.outer
    return outer
