"""Votes: the elements above a page's paragraphs, and how much text each holds.

Every paragraph that is seen votes for the elements around it with the weight of its text outside links.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import attrs

from adslot.html.dom import TEXT, Dom, Node

# The numbers below were set on one half of 181 real pages and checked on the other. None is on an
# edge: with half or double of each (of shares, three quarters) the same pages are read rightly.

# Shorter texts are bylines, dates and buttons. Counted as UTF-8, like all sizes here, so that a
# Japanese sentence weighs about as much as its translation.
_FEWEST_BYTES = 25
# No text of so few bytes has fewer code points.
_FEWEST_CHARS = _FEWEST_BYTES // 4
# A paragraph of this size weighs half of it, shorter ones less, longer ones more.
_HALF_WEIGHT_BYTES = 200
# What is left of the weight of a paragraph that is its container's only one.
_ALONE = 0.5
# Fewer `<br>` part the lines of an address; from two double ones on they part paragraphs.
_FEWEST_BREAKS = 4

_NOT_PROSE = ("a", "script", "style", "noscript", "textarea")
_NOT_PROSE_NAMES = ",".join(_NOT_PROSE)
_LOOSE_TAGS = ("body", "main", "article", "section", "div", "td", "li", "span", "font", "center")

_Vote = tuple[Node, float]  # an element that holds text, and the weight of the text


@attrs.define(eq=False)
class Container:
    """An element above paragraphs. *text* is all the weight below it that is seen, *weight* what counts of that.

    The root has the *headlines* of the page: they are met where paragraphs are looked for, and a pass is expensive.
    """

    node: Node
    outer: Container | None
    is_unseen: bool = False
    own: float = 0.0
    text: float = 0.0
    weight: float = 0.0
    trust: float = 1.0
    paragraphs: int = 0
    kind: str = ""
    mark: str = ""
    inner: list[Container] = attrs.field(factory=list)
    headlines: Sequence[Node] = ()

    def upwards(self) -> Iterator[Container]:
        """This container and those around it, up to the root."""
        container: Container | None = self
        while container is not None:
            yield container
            container = container.outer


def containers_of_paragraphs(dom: Dom) -> list[Container]:
    """The containers of the page's paragraphs, up to the root, outer ones first."""
    return _containers(dom, "br")


def containers_of_text(dom: Dom) -> list[Container]:
    """The containers of all text of the page."""
    return _containers(dom, *_LOOSE_TAGS)


def _containers(dom: Dom, *tags: str) -> list[Container]:
    headlines: list[Node] = []
    containers = _grown(dom, _votes(dom, headlines, *tags))
    containers[0].headlines = headlines
    return containers


# The votes


def _votes(dom: Dom, headlines: list[Node], *tags: str) -> Iterator[_Vote]:
    """What paragraphs and elements of *tags* vote for, in tree order; `br` stands for the element that it breaks.

    Each `h1` on the way is added to *headlines*.
    """
    breaks: Counter[Node] = Counter()
    is_unseen = dom.unseen.hides
    for node in dom.find_all(dom.root, "p", "h1", *tags):
        tag = dom.tag(node)
        if tag == "p":
            if (size := _prose_size(dom, node)) >= _FEWEST_BYTES and not is_unseen(node):
                yield dom.parent(node), _weight(size)
        elif tag == "h1":
            headlines.append(node)
        elif tag != "br":
            yield from _loose_lines(dom, node)
        else:
            broken = dom.parent(node)
            breaks[broken] += 1
            if breaks[broken] == _FEWEST_BREAKS and dom.tag(broken) != "p":
                yield from _loose_lines(dom, broken)


def _prose_size(dom: Dom, paragraph: Node) -> int:
    """The size of a paragraph's text outside links and the like."""
    size = _size(dom.text(paragraph))
    if size < _FEWEST_BYTES or not dom.holds(paragraph, _NOT_PROSE_NAMES):
        return size
    return size - sum(_size(dom.text(inner)) for inner in dom.find_all(paragraph, *_NOT_PROSE))


def _loose_lines(dom: Dom, node: Node) -> Iterator[_Vote]:
    """The text that stands directly in *node*, each piece by itself."""
    for child in dom.children(node):
        if dom.tag(child) == TEXT and len(text := dom.text(child).strip()) >= _FEWEST_CHARS:
            size = _size(text)
            if size >= _FEWEST_BYTES:
                yield node, _weight(size)


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def _weight(size: int) -> float:
    return size * size / (size + _HALF_WEIGHT_BYTES)


# The tree of containers


def _grown(dom: Dom, votes: Iterable[_Vote]) -> list[Container]:
    """The containers of *votes* up to the root, outer ones first, the text that is seen summed up."""
    known = {dom.root: Container(dom.root, None)}
    voted: list[Container] = []
    for node, weight in votes:
        container = known.get(node) or _add(dom, known, node)
        if not container.paragraphs:
            voted.append(container)
        container.own += weight
        container.paragraphs += 1
    for container in voted:
        if container.paragraphs == 1:
            container.own *= _ALONE
    containers = list(known.values())
    for container in reversed(containers):
        if container.is_unseen:
            continue
        container.text += container.own
        if (outer := container.outer) is not None:
            outer.text += container.text
            outer.paragraphs += container.paragraphs
    return containers


def _add(dom: Dom, known: dict[Node, Container], node: Node) -> Container:
    """Make *node* a container, and all above it that are none yet."""
    path = []
    while node not in known:
        path.append(node)
        node = dom.parent(node)
    container = known[node]
    hides = dom.unseen.hides
    for step in reversed(path):
        known[step] = inner = Container(step, container, container.is_unseen or hides(step))
        container.inner.append(inner)
        container = inner
    return container


def weigh(containers: list[Container]) -> None:
    """Sum up what counts of the text of *containers*."""
    for container in containers:
        container.weight = container.own
    for container in reversed(containers):
        if (outer := container.outer) is not None:
            outer.weight += container.weight
