"""Naming: a CSS selector for an element, that finds it and nothing else on its page.

It is to hold on other pages of the site too. So names that tell of one article, or that a style
compiler made up, are left out, names that well-known containers have go first, and of all selectors
that are unique the shortest kind is taken: an id, a class, two of them, then the same below an
element that has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from adslot.article.body.doubts import is_body_name
from adslot.article.select.finder import find
from adslot.html.dom import Dom, Node
from adslot.patterns import pattern

_PLAIN_NAME = pattern(r"-?[^\W\d][\w-]*")
# Numbers of articles, hashes of style compilers (`css-1x2y3z`, `body__3fK2a`), what the article is about.
_PASSING = pattern(
    r"\d{3}|^(?:css|sc|jsx|svelte|emotion|tag|category|postid|author)-|^(?:is|has|js)-"
    r"|(?:^|[-_])(?=[^-_]*\d)(?=[^-_]*[A-Za-z])[^-_]{5,}(?:$|[-_])|__?(?=[^-_]*[A-Z])(?=[^-_]*\d)[^-_]{4,}$"
    r"|(?:^|-)(?=[A-Za-z]{5,6}$)[a-z]+[A-Z][A-Za-z]*$"
)
# Attributes by which sites name their components.
_NAMING = ("data-testid", "data-component", "data-module", "role")
_TELLING_TAGS = frozenset("article main".split())
_MOST_CLASSES = 6
_MOST_ABOVE = 12


def selector_of(dom: Dom, node: Node) -> str | None:
    """A selector that matches *node* alone; None where none is found that could hold on other pages."""
    own = list(_own(dom, node))
    if found := _first_unique(dom, node, own):
        return found
    link = " > "
    for outer in islice(_above(dom, node), _MOST_ABOVE):
        if above := _first_unique(dom, outer, list(_own(dom, outer))):
            return _first_unique(dom, node, [f"{above}{link}{each}" for each in (*own, dom.tag(node))])
        link = " "
    return None


def _above(dom: Dom, node: Node) -> Iterator[Node]:
    """The elements around *node*, the nearest first."""
    outer = dom.parent(node)
    while outer is not None and dom.tag(outer)[0] != "#":
        yield outer
        outer = dom.parent(outer)


def _first_unique(dom: Dom, node: Node, selectors: list[str]) -> str | None:
    return next((css for css in selectors if _is_only(find(dom, css), node)), None)


def _is_only(found: Sequence[Node], node: Node) -> bool:
    return len(found) == 1 and found[0] == node


def _own(dom: Dom, node: Node) -> Iterator[str]:
    """Selectors of what *node* itself says, the best first."""
    tag = dom.tag(node)
    if "articleBody" in dom.attribute(node, "itemprop").split():
        yield "[itemprop~='articleBody']"
    name = dom.attribute(node, "id")
    if lasts(name):
        yield f"#{name}"
    words = dom.attribute(node, "class").split()[: 2 * _MOST_CLASSES]
    classes = sorted(filter(lasts, words), key=lambda word: not is_body_name(word))[:_MOST_CLASSES]
    yield from (f".{word}" for word in classes)
    for attribute in _NAMING:
        value = dom.attribute(node, attribute)
        if lasts(value):
            yield f"[{attribute}='{value}']"
    if tag in _TELLING_TAGS:
        yield tag
    yield from (f"{tag}.{word}" for word in classes)
    yield from (f".{one}.{other}" for one, other in combinations(classes, 2))
    yield from (f"{tag}[class*='{stem}']" for stem in _stems(words))


def lasts(name: str) -> bool:
    """Whether *name* can be written in a selector, and is not one of this article only."""
    return _PLAIN_NAME.fullmatch(name) is not None and _PASSING.search(name) is None


def _stems(words: list[str]) -> Iterator[str]:
    """What a style compiler left of the names that it was given: `ArticleBody_body` of `ArticleBody_body__3fK2a`."""
    for word in words:
        stem = re.match(r"([A-Za-z][A-Za-z_-]{4,}?)_{1,2}[A-Za-z0-9]{4,8}$", word)
        if stem is not None and not lasts(word) and lasts(stem[1]):
            yield f"{stem[1]}_"
