"""Obstacles: what of a page cannot be read, or takes no slot, although a person would see a story there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from adslot.article.raw import Flow
from adslot.codes import UNSAFE
from adslot.html.dom import OTHER, Dom, Node
from adslot.html.visible import text_of

# Elements whose content is text to a parser, up to their end tag: `/>` is none in HTML.
_OF_TEXT = ("title", "script", "style", "textarea", "iframe", "noscript", "xmp", "noembed", "noframes")
_A_PAGE = re.compile(r"<(?:/head|body|main|article|p)\b", re.I)
_SHADOW = "shadowrootmode"
# A label or a button of a component is no loss.
_FEWEST_CHARS = 40


def obstacles(dom: Dom, flow: Flow) -> Iterator[str]:
    """Sentences about what of the page is not read."""
    has_story = bool(flow.pieces)
    for name in _OF_TEXT[:1] if has_story else _OF_TEXT:
        if dom.is_page and any(_A_PAGE.search(dom.text(node)) for node in dom.find_all(dom.root, name)):
            yield (
                f"what follows <{name}> is text of that element to a browser, as it has no end tag ('/>' is none in HTML)"
            )
            break
    top = flow.root.node if has_story else dom.root
    roots = [node for node in dom.find_all(dom.root, "template") if dom.has_attribute(node, _SHADOW)]
    if roots and not has_story:
        dom.unseen.look_into(top)
    if any(_is_below(dom, node, top) and _chars(dom, node) >= _FEWEST_CHARS for node in roots):
        yield f"text in a declared shadow root (<template {_SHADOW}>) is not read, and takes no slot"


def closed_texts(dom: Dom, flow: Flow, refused: Mapping[int, str]) -> Iterator[str]:
    """A sentence about paragraphs in one inline element that take no slot between them; about those of a `p`, if there are no others."""
    gaps = [gap for gap in parted_gaps(flow) if gap in refused]
    tags = [dom.tag(_around(flow, gap)) for gap in gaps]
    if gaps and (set(tags) != {"p"} or len(gaps) == len(flow.pieces) - 1):
        elements = " or ".join(f"<{tag}>" for tag in sorted(set(tags)))
        reasons = "; ".join(UNSAFE[code] for code in sorted({refused[gap] for gap in gaps}))
        count = f"{len(gaps)} {'gap' if len(gaps) == 1 else 'gaps'}"
        yield f"no slot can stand between paragraphs that <br><br> parts inside {elements} ({count}): {reasons}"


def closed_story(flow: Flow, refused: Mapping[int, str]) -> Iterator[str]:
    """A sentence about a story of three blocks or more that takes no slot between any two of them."""
    gaps = range(1, len(flow.pieces))
    if len(gaps) > 1 and not flow.is_parted and all(gap in refused for gap in gaps):
        reasons = "; ".join(UNSAFE[code] for code in sorted({refused[gap] for gap in gaps}))
        yield f"no slot can stand between any two blocks of the story ({len(gaps)} gaps): {reasons}"


def parted_gaps(flow: Flow) -> Collection[int]:
    """The gaps between paragraphs of one element that `<br><br>` parts."""
    if not flow.is_parted:
        return ()
    pieces = flow.pieces
    return [gap for gap in range(1, len(pieces)) if pieces[gap - 1].frame.common(pieces[gap].frame).is_parted]


def _around(flow: Flow, gap: int) -> Node:
    """The outermost element whose text is parted at *gap*: a `p` is what forbids slots, not the `span` in it."""
    frame = flow.pieces[gap - 1].frame.common(flow.pieces[gap].frame)
    while frame.outer is not None and frame.outer.is_parted:
        frame = frame.outer
    return frame.node


def _is_below(dom: Dom, node: Node, top: Node) -> bool:
    return any(each == top for each in dom.upwards(node))


def _chars(dom: Dom, root: Node) -> int:
    """How much a reader would see of a shadow root, whose content a parser may keep in a fragment."""
    content = [
        inner for tag, node in dom.tagged_children(root) for inner in (dom.children(node) if tag == OTHER else (node,))
    ]
    return sum(len(text_of(dom, node)) for node in content)
