"""A wrapper that may be one thing, and its parts: the children of it that may show something."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from adslot.html.dom import TEXT, Dom, Node
from adslot.html.elements import HEADINGS, LISTS, SILENT, SILENT_NAMES, UNSEEN
from adslot.html.text import is_invisible, visible
from adslot.html.visible import element_text, has_media, text_of
from adslot.kept import lazy

_TEXTS = HEADINGS | LISTS | {"p", "blockquote"}
_NO_PARTS = UNSEEN | {"br"}
# In more elements their text is not looked for one by one.
_MOST_LOOKED_INTO = 32


@attrs.frozen(eq=False)
class Part:
    """A child of a wrapper: its tag, its classes, its inline style."""

    node: Node
    tag: str
    classes: str
    style: str


@attrs.define(eq=False, slots=False)
class Wrapper:
    """A wrapper: its tag and all its *raw* text. What a reader sees of it is worked out where that matters.

    It *is_broken* where a reader may not see all of the text.
    """

    dom: Dom
    node: Node
    tag: str
    raw: str
    is_broken: bool

    @lazy
    def text(self) -> str:
        """What a reader sees."""
        return element_text(self.dom, self.node) if self.is_broken else visible(self.raw)

    @property
    def is_empty(self) -> bool:
        """Whether nothing of its text shows."""
        if is_invisible(self.raw):
            return True
        return self.is_broken and self._holds_silent() and all(map(is_invisible, self._seen())) and not self.text

    def _seen(self) -> Iterator[str]:
        """What a reader sees of it, in parts, in any order: for questions that the first ones nearly always answer."""
        dom, unseen = self.dom, self.dom.unseen
        waiting = [self.node]
        for _ in range(_MOST_LOOKED_INTO):
            if not waiting:
                break
            for tag, child in dom.tagged_children(waiting.pop()):
                if tag == TEXT or (tag[0] != "#" and tag not in SILENT and child not in unseen.nodes):
                    if child in unseen.broken:
                        waiting.append(child)
                    else:
                        yield dom.text(child)

    def _holds_silent(self) -> bool:
        """Whether some of the text is none that a reader sees."""
        return self.node in self.dom.unseen.around or self.dom.holds(self.node, SILENT_NAMES)

    def has_more_than(self, most: int) -> bool:
        """Whether a reader sees more than so many code points; never more than there are."""
        return len(self.raw) > most and len(self.text) > most


def _shows(dom: Dom, child: Node, tag: str) -> bool:
    """Whether a reader sees something of a child; what text is in one of `_TEXTS` nearly always is."""
    if dom.text(child).strip() and (tag in _TEXTS or child not in dom.unseen.broken):
        return True
    return has_media(dom, child) or bool(text_of(dom, child))


def elements_of(dom: Dom, node: Node) -> list[tuple[str, Node]]:
    """The elements in a wrapper that may show something, each with its tag."""
    return [each for each in dom.tagged_children(node) if (tag := each[0])[0] != "#" and tag not in _NO_PARTS]


def parts_of(dom: Dom, node: Node, elements: Sequence[tuple[str, Node]]) -> list[Part]:
    """Those of the *elements* in a wrapper that show something, in order; none where text stands loose beside them."""
    found: list[Part] = []
    if not all(dom.text(child).isspace() for tag, child in dom.tagged_children(node) if tag == TEXT):
        return found
    for tag, child in elements:
        if _shows(dom, child, tag):
            names = dom.attribute_names(child)
            found.append(
                Part(
                    child,
                    tag,
                    dom.classes(child) if "class" in names else "",
                    dom.attribute(child, "style") if "style" in names else "",
                )
            )
    return found
