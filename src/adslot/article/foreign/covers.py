"""Covers: wrappers that a reader probably does not see, because they lie over the page when they are wanted.

No mark proves it. `aria-hidden` keeps text from screen readers, and also stands where something is there twice; `modal`
may be the name of a style. So they are believed of what holds text blocks, but too little to be the story. On real pages
these are menus, dialogs and notices; captions and what is behind a paywall have `aria-hidden`, too.
"""

from __future__ import annotations

from adslot.article.blocks.paragraphs import prose_size
from adslot.html.dom import Dom, Node
from adslot.html.elements import HEADING_NAMES
from adslot.kept import kept, lazy, size_of_text
from adslot.patterns import pattern

# A cover has no more of the body's text.
_MOST_TEXT = 0.3
# With a paragraph these make two text blocks.
_BESIDE_NAMES = f"{HEADING_NAMES},form,input"
# How a reader gets rid of what covers the page.
_CONTROL_NAMES = "button,form,input"
# At the end of a name: `pum-overlay` and `LoginModal`, but not `overlay-handle`.
_COVERS = pattern(
    r"(?:(?:\A|[\s_-])(?<!no-)(?<!js-open-)(?<!text-)(?<!image-)(?<!img-)(?<!hero-)(?<!card-)(?:modal|overlay|pop-?up|lightbox|interstitial)|(?<=[a-z])(?:Modal|Overlay|Pop[Uu]p|Lightbox))(?=\s|\Z)"
)


class Covers:
    """What covers one body, and how much text that has."""

    def __init__(self, dom: Dom, body: Node) -> None:
        self._dom, self._body = dom, body

    @lazy
    def _most(self) -> float:
        return _MOST_TEXT * prose_size(self._dom, self._body)

    def has(self, dom: Dom, node: Node) -> bool:
        """Whether a wrapper in the body is probably one that a reader does not see."""
        names = dom.attribute_names(node)
        hidden = "aria-hidden" in names and is_aria_hidden(dom, node)
        if not hidden and not ("class" in names and names_cover(dom.classes(node))):
            return False
        if not (hidden or dom.holds(node, _CONTROL_NAMES)) or not _holds_blocks(dom, node):
            return False
        return prose_size(dom, node) <= self._most


@kept(megabytes=0.25, size=size_of_text)
def names_cover(classes: str) -> bool:
    """Whether class names say that an element lies over the page."""
    return _COVERS.search(classes) is not None


def is_aria_hidden(dom: Dom, node: Node) -> bool:
    """Whether an element is kept from screen readers."""
    return dom.attribute(node, "aria-hidden") == "true"


def _holds_blocks(dom: Dom, node: Node) -> bool:
    paragraphs = dom.find_all(node, "p")
    return len(paragraphs) > 1 or (bool(paragraphs) and dom.holds(node, _BESIDE_NAMES))
