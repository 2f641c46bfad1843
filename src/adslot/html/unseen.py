"""Unseen elements: what the markup of a page keeps from its readers.

The marks that say so are those of HTML (`hidden` with any value, `popover`, a `dialog` that is not open), of ARIA
(dialogs cover the page and are no part of it), of AMP (`layout=nodisplay`) and of inline styles, and the few class
names for text that is meant for screen readers, which frameworks spell alike.

Style sheets and scripts are not read. What they show after all is found out by `reveal`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import attrs

from adslot.html.dom import Dom, Node, above, is_display_none
from adslot.html.elements import BROKEN, PAGE_TAGS
from adslot.kept import kept, lazy, size_of_text
from adslot.patterns import pattern

# An element that is unseen unless it says otherwise.
TAG = "dialog"
_DIALOGS = frozenset("dialog alertdialog".split())
_INVISIBLE = pattern(r"(?:\A|;)\s*visibility\s*:\s*(?:hidden|collapse)\b", re.I)
# Bootstrap 3 to 5, Tailwind, WordPress, Drupal, HTML5 Boilerplate, Gutenberg. Not those that only some screens have
# (`d-none d-md-block`, `hidden lg:flex`), or that scripts take off (`is-hidden`).
_FOR_SCREEN_READERS = pattern(
    r"(?:\A|[\s_])(?:[a-z]{1,4}-)?(?:visually-?hidden|hidden-visually|(?:a11y|accessibly|accessibility)-hidden|sr-only"
    r"|screen-?readers?(?:-(?:text|only))?|(?:for|only)-screen-?readers?)(?=\s|\Z)"
)
_SHOWN_AGAIN = pattern(r"not-(?:sr-only|visually-hidden)")
# A part of a page that a server sent late, as React writes it: its script puts it in its place.
_STREAMED = pattern(r".*\bS:[0-9a-f]+", re.S)


class Unseen:
    """What of a page is unseen.

    *find* gives the elements below another one that have any of the marks below; *has_mark* says of one whether it has
    any, if that is known faster than by asking for each. A mark in a class is expensive to look for, and most of a
    page is no story: so elements are looked for in the body alone, and others are asked one by one.
    """

    def __init__(
        self, dom: Dom, find: Callable[[Node], Iterable[Node]], has_mark: Callable[[Node], bool] = lambda _: True
    ) -> None:
        self._dom, self._find, self._has_mark, self._top = dom, find, has_mark, dom.root
        self.revealed: set[Node] = set()

    def look_into(self, top: Node) -> None:
        """Look for what is unseen in *top* from now on, itself included; until then in the whole page."""
        self._top = top
        for name in ("nodes", "around", "broken"):
            self.__dict__.pop(name, None)

    @lazy
    def nodes(self) -> set[Node]:
        """The unseen elements."""
        return {node for node in (self._top, *self._find(self._top)) if self._hides(node)}

    @lazy
    def around(self) -> set[Node]:
        """All elements around any that is unseen."""
        return above(self._dom, self.nodes, set())

    @lazy
    def broken(self) -> set[Node]:
        """The elements whose text is not what a reader sees: around something unseen or silent, or around a break."""
        return above(self._dom, self._dom.find_all(self._top, *BROKEN), set(self.around))

    def hides(self, node: Node) -> bool:
        """Whether the marks of any element of the page say that it is unseen, and no script shows it."""
        return self._has_mark(node) and self._hides(node)

    def _hides(self, node: Node) -> bool:
        names, tag = self._dom.attribute_names(node), self._dom.tag(node)
        if not (names or tag == TAG) or tag in PAGE_TAGS or not _is_hiding(self._dom, node, tag, names):
            return False
        return node not in self.revealed and not _is_streamed(self._dom, node, names)

    def is_streamed(self, node: Node) -> bool:
        """Whether an element is a part that was sent late, to be shown by a script."""
        return _is_streamed(self._dom, node, self._dom.attribute_names(node))

    def reveal(self, nodes: Iterable[Node]) -> None:
        """From now on *nodes* are seen, as a script shows them."""
        self.revealed.update(nodes)
        self.look_into(self._top)


def is_until_shown(dom: Dom, node: Node) -> bool:
    """Whether an unseen element is hidden as a whole page may be, until a script shows it."""
    return dom.has_attribute(node, "hidden") or _is_style_hiding(dom.attribute(node, "style"))


def _is_streamed(dom: Dom, node: Node, names: Sequence[str]) -> bool:
    """Whether an element, with attributes of these *names*, is a part that was sent late, to be shown by a script."""
    return "hidden" in names and "id" in names and _STREAMED.fullmatch(dom.attribute(node, "id")) is not None


def _is_hiding(dom: Dom, node: Node, tag: str, names: Sequence[str]) -> bool:
    """Whether the marks of an element, its *tag* and attributes of these *names*, say that it is unseen."""
    if tag == TAG and "open" not in names:
        return True
    for name in names:
        mark = _MARKS.get(name)
        if mark is not None and mark.hides(dom.attribute(node, name)):
            return True
    return False


def _is_style_hiding(style: str) -> bool:
    low = style.lower()
    return ("display" in low and is_display_none(low)) or ("visib" in low and _INVISIBLE.search(low) is not None)


@kept(megabytes=0.125, size=size_of_text)
def _is_for_screen_readers(classes: str) -> bool:
    return _FOR_SCREEN_READERS.search(classes) is not None and _SHOWN_AGAIN.search(classes) is None


@attrs.frozen
class Mark:
    """An attribute that keeps its element from readers where it *hides* by its value, which has one of *parts* in it then.

    Both doors look for all such attributes first, at one go; with no parts the value may be any. *any_case* says that
    capitals may stand in the parts.
    """

    name: str
    hides: Callable[[str], bool]
    parts: tuple[str, ...] = ()
    any_case: bool = False


MARKS = (
    Mark("hidden", lambda _: True),
    Mark("popover", lambda _: True),
    Mark("aria-modal", "true".__eq__),
    Mark("layout", "nodisplay".__eq__),
    Mark("style", _is_style_hiding, ("display", "visib"), any_case=True),
    Mark("role", _DIALOGS.__contains__, ("dialog",)),
    Mark("class", _is_for_screen_readers, ("hidden", "sr-only", "reader")),
)
_MARKS = {mark.name: mark for mark in MARKS}
