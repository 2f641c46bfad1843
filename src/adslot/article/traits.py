"""Traits: what the markup of a picture, or of the text below it, says beyond its role.

`floated` is a picture, table, box or quotation that stands beside the text, `caption` a line of text that belongs
to what stands directly above it (`captions` says how it is known). What floats is read off class names, which
are words of style sheets that nobody sees here, so only unmistakable ones count: `text-align-left` floats nothing.

Only media, and text directly below them, are asked. Other paragraphs cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from adslot.article.blocks.captions import (
    MOST_CAPTION,
    holds_one_line,
    is_author,
    is_caption_element,
    is_caption_text,
    is_figure_element,
)
from adslot.article.blocks.paragraphs import is_blank
from adslot.article.raw import Frame
from adslot.article.words.class_names import spell
from adslot.html.dom import Dom, Node
from adslot.html.elements import UNSEEN
from adslot.html.text import visible
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern
from adslot.roles import Role

FLOATED, CAPTION = "floated", "caption"
NO_TRAITS: frozenset[str] = frozenset()

# What may have a caption below it, and what may be one.
_PICTURES = frozenset({Role.FIGURE, Role.EMBED, Role.TABLE})
CAPTIONED = _PICTURES | {Role.QUOTE}
_CAPTIONS = frozenset({Role.PARAGRAPH, Role.SHORT_PARAGRAPH, Role.PSEUDO_HEADING})
_FLOATING = _PICTURES | {Role.BOX, Role.QUOTE}
# Only these may be shells around the thing that floats.
_SHELLS = frozenset({Role.FIGURE, Role.EMBED})
_DEEPEST_SHELL = 4

# How far above a caption the element may stand that says so.
_DEEPEST_CAPTION = 3

# ---------------------------------------------------------------------------------------- floats

_SIDE = r"(?:left|right)"
_WIDTH = r"(?:(?:xs|sm|md|lg|xl|xxl)-)?"
_PICTURE = r"(?:image|img|figure|fig|picture|pic|photo|foto|bild|media|embed|video|thumb|thumbnail)"
# Each at the end of a name: `float-left-none` says something else. `align-left` alone floats a picture,
# as a part of another name it aligns what is inside.
_FLOAT = pattern(
    rf"-(?:(?<!-no-)(?<!-not-)(?:float|pull)-?{_WIDTH}{_SIDE}|float-{_WIDTH}(?:start|end)|h?align{_SIDE}|t{_SIDE}"
    rf"|(?:(?<=\s-)|(?<=\A-)|(?<=-is-)|{_PICTURE}-|mw-h)align-{_WIDTH}{_SIDE}|{_PICTURE}-{_SIDE}|image-style-side"
    r"|(?:bild|foto)-(?:links|rechts))-(?=\s|\Z)"
)
# As a whole name, and only of the picture itself: columns are called so, too.
_SIDE_ALONE = pattern(rf"(?:\A|(?<=\s))-{_SIDE}-(?=\s|\Z)")
# Of an element around a picture and the text beside it, as TYPO3 writes it.
_IN_TEXT = pattern(r"-(?:ce|csc-textpic)-intext-")
_FLOAT_STYLE = pattern(r"(?:\A|;)\s*float\s*:\s*(?:left|right|inline-start|inline-end)\b", re.I)
# The elements that their `align` takes out of the flow; in others it aligns their text.
_ALIGNED = frozenset("img table iframe object embed applet amp-img".split())
_SIDES = frozenset(("left", "right"))


def media_traits(dom: Dom, role: Role, nodes: Sequence[Node], frame: Frame) -> frozenset[str]:
    """The traits of a block that is no running text."""
    if role not in _FLOATING:
        return NO_TRAITS
    is_floated = _shell_floats(dom, role, nodes) or any(
        _floats_picture(dom, each) for each in islice(frame.outward(), _DEEPEST_SHELL)
    )
    return frozenset((FLOATED,)) if is_floated else NO_TRAITS


def _floats_picture(dom: Dom, frame: Frame) -> bool:
    """Whether an element lets the picture in it float, alone or, by its name, beside the text that it holds as well."""
    if FLOATED in _frame_traits(dom, frame):
        return True
    if "intext" not in (classes := dom.classes(frame.node)).lower():
        return False
    return _IN_TEXT.search(spell(classes)) is not None


def text_traits(dom: Dom, role: Role, nodes: Sequence[Node], frame: Frame, text: str, below: Role) -> frozenset[str]:
    """The traits of text that stands directly *below* a picture or quotation, or a caption of one."""
    if role not in _CAPTIONS or len(text) > MOST_CAPTION:
        return NO_TRAITS
    inner = frame.outer is not None and _size(dom, frame) <= MOST_CAPTION
    line = [frame.node] if inner and visible(dom.text(frame.node)) == text else nodes
    if below is Role.QUOTE:
        is_caption = is_author(dom, line, frame.node if inner else None, text)
    else:
        is_caption = (
            any(is_caption_element(dom, node) for node in _elements(dom, nodes)[:1])
            or any(
                CAPTION in _frame_traits(dom, outer) or _is_alone(dom, outer, text)
                for outer in islice(frame.outward(), _DEEPEST_CAPTION)
            )
            or is_caption_text(dom, line, text)
        )
    return frozenset((CAPTION,)) if is_caption else NO_TRAITS


def _is_alone(dom: Dom, frame: Frame, text: str) -> bool:
    """Whether a text stands with a picture in an element of their own, and the story around it."""
    if frame.outer is None or _size(dom, frame) > MOST_CAPTION or not holds_one_line(dom, frame.node, text):
        return False
    return any(child != frame.node and not is_blank(dom, child) for child in dom.children(frame.outer.node))


def _size(dom: Dom, frame: Frame) -> int:
    """How long the text in an element is: asked once, as elements around a whole story are asked for every picture."""
    if frame.size is None:
        frame.size = len(dom.text(frame.node))
    return frame.size


def _frame_traits(dom: Dom, frame: Frame) -> frozenset[str]:
    """The traits that an element gives to a picture and a caption in it: none where it can hold more than these."""
    if frame.traits is None:
        frame.traits = NO_TRAITS
        if frame.outer is not None and _size(dom, frame) <= MOST_CAPTION:
            is_caption = is_caption_element(dom, frame.node) or is_figure_element(dom, frame.node)
            found = ((FLOATED, floats(dom, frame.node)), (CAPTION, is_caption))
            frame.traits = frozenset(trait for trait, is_so in found if is_so)
    return frame.traits


def floats(dom: Dom, node: Node) -> bool:
    """Whether the attributes of an element let it float."""
    attributes = dom.attribute_names(node)
    is_named = "class" in attributes and names_float(dom.classes(node))
    if is_named and (dom.tag(node) != "div" or _FLOAT.search(spell(dom.classes(node)))):
        return True
    if "style" in attributes and _FLOAT_STYLE.search(dom.attribute(node, "style")):
        return True
    return "align" in attributes and dom.tag(node) in _ALIGNED and dom.attribute(node, "align").lower() in _SIDES


@kept(megabytes=1, size=size_of_text)
def names_float(classes: str) -> bool:
    """Whether classes let an element float: a `div` not by the name of a side alone."""
    names = spell(classes)
    return bool(_FLOAT.search(names) or _SIDE_ALONE.search(names))


def _shell_floats(dom: Dom, role: Role, nodes: Sequence[Node]) -> bool:
    """Whether the elements of a block float, or all that the only one holds, down to the picture itself."""
    inner = _elements(dom, nodes)
    for _ in range(_DEEPEST_SHELL if role in _SHELLS else 1):
        if not inner or all(floats(dom, node) for node in inner):
            return bool(inner)
        if len(inner) > 1:
            return False
        inner = _elements(dom, dom.children(inner[0]))
    return False


def _elements(dom: Dom, nodes: Sequence[Node]) -> list[Node]:
    return [node for node in nodes if (tag := dom.tag(node))[0] != "#" and tag not in UNSEEN and tag != "br"]
