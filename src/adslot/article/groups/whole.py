"""Which wrappers stay whole: the walk asks here before it looks through one.

A wrapper is one block where its children stand side by side, where it is a component or a card, and
where it waits for a script. The cheap questions come first, and a wrapper that is too long for any of
these is asked none. Layouts are named as components are (`row`, `columns`, `collapse`), and sometimes
hold the story itself: so all that is kept whole in a body may have no more than half of its text, and
none of it more than half of that in paragraphs, as comments and lists may be longer than a story.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.article.blocks.paragraphs import prose_size
from adslot.article.groups.cards import are_cards, is_link_card, may_be_cards
from adslot.article.groups.columns import are_columns, is_cell, is_row
from adslot.article.groups.components import component_role, has_controls, has_named_slots, shown_role
from adslot.article.groups.notes import is_note
from adslot.article.groups.parts import Wrapper, elements_of, parts_of
from adslot.article.groups.placeholders import placeholder_role
from adslot.article.traits import floats
from adslot.html.dom import Dom, Node
from adslot.html.elements import HEADINGS, LISTS
from adslot.html.visible import has_media, has_picture, is_concealed, text_of
from adslot.kept import lazy
from adslot.roles import Role

# With the white space of indented markup and with scripts, and without.
_MOST_RAW = 12_000
_MOST_TEXT = 3000
# What a card and a thing with controls hold; and what several cards, or lists of points under headings, do.
_SIGNS_OF_ONE = "img,picture,amp-img,image,button,input,select,textarea,label,form"
_SIGNS = f"{_SIGNS_OF_ONE},h2,h3,h4,h5,h6"
# What floats with more is a column of the page.
_MOST_FLOATED = 1300
# What is kept whole has no more than one in so many characters: all of it, and each thing of the paragraphs.
_SHARE = 2


class Wholes:
    """What stays whole in one body, and how much of its text that is so far."""

    def __init__(self, dom: Dom, body: Node) -> None:
        self._dom, self._body = dom, body
        self._taken = 0
        # How much text there is at least, as the first paragraphs tell: of most stories these are enough.
        self._least, self._sizes = 0, self._paragraph_sizes()

    def _paragraph_sizes(self) -> Iterator[int]:
        for node in self._dom.find_all(self._body, "p"):
            if not is_concealed(self._dom, node, self._body):
                yield len(text_of(self._dom, node))

    @lazy
    def _most(self) -> int:
        return len(text_of(self._dom, self._body)) // _SHARE

    @lazy
    def _prose(self) -> int:
        return prose_size(self._dom, self._body)

    def role(self, dom: Dom, node: Node, tag: str, raw: str | None, *, unnamed: bool = False) -> Role | None:
        """The role of a wrapper that is one block; None for one to look through.

        *raw* is its text, if known; no name says anything of one that is *unnamed*.
        """
        raw = dom.text(node) if raw is None else raw
        if len(raw) > _MOST_RAW:
            return None
        wrapper = Wrapper(dom, node, tag, raw, node in dom.unseen.broken)
        if wrapper.is_empty and not has_media(dom, node):
            return placeholder_role(dom, node, tag)
        if wrapper.has_more_than(_MOST_TEXT):
            return None
        role = (None if unnamed else _named_role(wrapper)) or _grouped_role(wrapper)
        return role if role is not None and self._fits(wrapper) else None

    def _fits(self, wrapper: Wrapper) -> bool:
        taken = self._taken + len(wrapper.text)
        if not self._has_room(taken) or self._has_most_prose(wrapper):
            return False
        self._taken = taken
        return True

    def _has_room(self, taken: int) -> bool:
        while self._least < _SHARE * taken and (size := next(self._sizes, None)) is not None:
            self._least += size
        return self._least >= _SHARE * taken or taken <= self._most

    def _has_most_prose(self, wrapper: Wrapper) -> bool:
        size = prose_size(wrapper.dom, wrapper.node)
        # All of it means nothing: the story stands in no paragraphs, beside a box that does.
        return size > 0 and self._prose // _SHARE < size < self._prose


def _named_role(wrapper: Wrapper) -> Role | None:
    """The role of a wrapper by its names and its style."""
    dom, node = wrapper.dom, wrapper.node
    if (role := component_role(wrapper)) is not None:
        return role
    if is_note(dom, node):
        return Role.BOX
    if floats(dom, node) and not wrapper.has_more_than(_MOST_FLOATED) and not _is_captioned(dom, node):
        return shown_role(wrapper)
    return None


def _grouped_role(wrapper: Wrapper) -> Role | None:
    """The role of a wrapper by what it holds.

    Whether its children show anything is asked last, as that is asked of one after another: most wrappers have no sign
    that these are more than paragraphs.
    """
    dom, node, tag = wrapper.dom, wrapper.node, wrapper.tag
    if len(children := elements_of(dom, node)) < 2:
        return None
    is_custom = "-" in tag
    may_be_row = is_custom or _may_be_row(dom, node, children)
    if not (may_be_row or dom.holds(node, _SIGNS if may_be_cards(children) else _SIGNS_OF_ONE)):
        return None
    parts = parts_of(dom, node, children)
    if len(parts) < 2:
        return None
    if is_custom and has_named_slots(dom, node, parts):
        return Role.BOX
    if are_columns(dom, node, parts) or are_cards(dom, parts):
        return shown_role(wrapper, len(parts))
    if is_link_card(wrapper):
        return Role.BOX
    return shown_role(wrapper) if has_controls(wrapper) else None


def _may_be_row(dom: Dom, node: Node, children: Sequence[tuple[str, Node]]) -> bool:
    """Whether a name or a style of a wrapper, or of any of its *children*, may say that these stand side by side."""
    names = dom.attribute_names(node)
    if names and ("style" in names or "role" in names or is_row(dom.classes(node))):
        return True
    for _, child in children:
        names = dom.attribute_names(child)
        if names and ("style" in names or ("class" in names and is_cell(dom.classes(child)))):
            return True
    return False


def _is_captioned(dom: Dom, node: Node) -> bool:
    """Whether an element that floats is a picture with a line of text at most: these are blocks of their own."""
    return has_picture(dom, node) and len(dom.find_all(node, "p", "blockquote", *LISTS, *HEADINGS)) < 2
