"""Slots in lxml trees: put in at insertion points, in place, and taken out again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial
from html import escape
from itertools import pairwise

import lxml.etree
import lxml.html

from adslot.html.dom import InsertionPoint
from adslot.html.elements import OPENING_PATTERN
from adslot.html.lxml_tree import Element, Tree, TreeText, data_of
from adslot.html.slot_form import excess_of, is_form
from adslot.patterns import pattern
from adslot.roles import MARK, RULE_MARK

_MARKED = lxml.etree.XPath(f"descendant::*[@{MARK}][@{RULE_MARK}]")
_CARRIER = "adslot-carrier"
_BLANKS = " \t\n\f"
_OPENING = pattern(OPENING_PATTERN, re.I)


def markup_excess(markup: str) -> str | None:
    """What *markup* holds that no slot does, so that it could not be taken out again; None where all is well."""
    tree = Tree(lxml.html.fragment_fromstring(markup))
    return excess_of(tree, tree.root)


def insert_all(stacks: Iterable[tuple[InsertionPoint, Iterable[str]]]) -> None:
    """Insert slots, given as markup, at insertion points in document order; several at one insertion point in their order.

    Texts are cut from the last place to the first, so that each insertion point still finds its own.
    """
    in_texts = []
    for point, markups in stacks:
        slots = [lxml.html.fragment_fromstring(markup) for markup in markups]
        if place := _place_in_text(point):
            in_texts.append((place, slots))
        else:
            _insert_between(point, slots[0])
            _add_after(slots)
    for (text, index), slots in reversed(in_texts):
        _insert_in_text(text, index, slots[0])
        _add_after(slots)


def _place_in_text(point: InsertionPoint) -> tuple[TreeText, int] | None:
    """The text that a slot at *point* stands in, and where: what comes before is white space at least."""
    if point.cut is not None:
        return point.cut.node, point.cut.index
    if not isinstance(point.below, TreeText):
        return None
    text = data_of(point.below)
    return point.below, len(text) - len(text.lstrip(_BLANKS))


def _insert_between(point: InsertionPoint, slot: Element) -> None:
    below, above = point.below, point.above
    if below is not None:
        _before_comments(below).addprevious(slot)
    elif above is not None and not isinstance(above, TreeText):
        above.addnext(slot)
    elif above is not None:
        point.parent.append(slot)
    else:
        point.parent.insert(0, slot)
        _set_tail(slot, point.parent.text)
        point.parent.text = None


def _add_after(slots: Sequence[Element]) -> None:
    """Put the slots behind the first one, which stands in the tree, between it and the text after it."""
    text = slots[0].tail
    slots[0].tail = None
    for before, slot in pairwise(slots):
        before.addnext(slot)
    _set_tail(slots[-1], text)


def _before_comments(element: Element) -> Element:
    """*element*, or the first of the opening comments that belong to it."""
    previous = element.getprevious()
    while previous is not None and previous.tag is lxml.etree.Comment and _OPENING.match(previous.text or ""):
        if (previous.tail or "").strip():
            break
        element, previous = previous, previous.getprevious()
    return element


def _insert_in_text(text: TreeText, index: int, slot: Element) -> None:
    """Split a text in two at *index* and put *slot* between."""
    data, owner = data_of(text), text.owner
    if text.is_tail:
        owner.tail = None
        owner.addnext(slot)
        _set_tail(owner, data[:index])
    else:
        owner.text = None
        owner.insert(0, slot)
        _set_text(owner, data[:index])
    _set_tail(slot, data[index:])


# lxml reads text with characters that XML has not, and refuses to write it. Such text is parsed once more, behind an
# element that takes it to its place and is then dropped.


def _set_text(element: Element, text: str) -> None:
    """Set the text at the beginning of *element*."""
    try:
        element.text = text
    except ValueError:
        element.text = None
        element.insert(0, _carrier(text))
        lxml.etree.strip_elements(element, _CARRIER, with_tail=False)


def _set_tail(element: Element, text: str | None) -> None:
    """Set the text directly after *element*."""
    try:
        element.tail = text
    except ValueError:
        element.tail = None
        element.addnext(_carrier(text or ""))
        lxml.etree.strip_elements(element.getparent(), _CARRIER, with_tail=False)


def _carrier(text: str) -> Element:
    written = escape(text).replace("\r", "&#13;")
    return lxml.html.fragment_fromstring(f"<div><{_CARRIER}></{_CARRIER}>{written}</div>")[0]


def remove_slots(tree: Tree) -> None:
    """Remove adslot's own slots, those inside of others first; the text after each stays."""
    for slot in reversed(_MARKED(tree.root)):
        if not is_form(tree.tag(slot), partial(tree.attribute, slot)) or excess_of(tree, slot) is not None:
            continue
        parent, previous = slot.getparent(), slot.getprevious()
        if slot.tail and previous is not None:
            _set_tail(previous, (previous.tail or "") + slot.tail)
        elif slot.tail:
            _set_text(parent, (parent.text or "") + slot.tail)
        parent.remove(slot)
