"""The small interface that both doors offer: a parsed page as the segmenter may see it.

A *dom* wraps one parsed page. Its nodes are the parser's own (turbohtml nodes at the text door,
lxml elements at the tree door) and stay opaque to the caller: every question goes through the
`Dom`, so that no wrapper object is built per node.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Protocol

import attrs

Node = Any  # a parser's own node; only the `Dom` that made it may look inside

TEXT, COMMENT, OTHER = "#text", "#comment", "#other"


class Dom(Protocol):
    """What may be asked of a parsed page; *node* is always one that it handed out."""

    @property
    def root(self) -> Node:
        """The node that holds the whole page or fragment."""

    @property
    def is_page(self) -> bool:
        """Whether this is a whole page, not a fragment of one."""

    @property
    def wrapper(self) -> Node | None:
        """The root where it is an element that nobody wrote, around a fragment."""

    @property
    def unread(self) -> bool:
        """Whether the text was not read, because a parser would make far too much of it."""

    def tag(self, node: Node) -> str:
        """The lower-case name of an element, or `TEXT`, `COMMENT`, `OTHER`."""

    def children(self, node: Node) -> Sequence[Node]:
        """Elements, texts and comments, in tree order."""

    def tagged_children(self, node: Node) -> Sequence[tuple[str, Node]]:
        """The children of *node*, each with its tag; not to be changed."""

    def parent(self, node: Node) -> Node | None:
        """The element above *node*, None above the root."""

    def upwards(self, node: Node) -> Iterator[Node]:
        """*node* and the elements around it, up to the root."""

    def text(self, node: Node) -> str:
        """All text below an element as the tree has it, unseen elements included; what a text says."""

    def data(self, node: Node) -> str:
        """What a comment says, or another thing that is neither element nor text."""

    def seen_text(self, node: Node, apart: Collection[str] = ()) -> str:
        """The text below an element without that of `SILENT` and unseen ones, a line break for each `br`.

        There is one before and behind each element whose name is in *apart*, too.
        """

    def attribute(self, node: Node, name: str) -> str:
        """The value of an attribute of an element, "" where it is absent."""

    def classes(self, node: Node) -> str:
        """As `attribute`, of the attribute `class`, which is asked for more than all others; "" for what is no element, too."""

    def has_attribute(self, node: Node, name: str) -> bool:
        """Whether an element has this attribute, empty or not."""

    def attribute_names(self, node: Node) -> list[str]:
        """The names of an element's attributes: most paragraphs have none, as what is no element, and need no more questions."""

    def elements(self, node: Node) -> Iterator[Node]:
        """The elements below *node*, in tree order."""

    def find_all(self, node: Node, *tags: str) -> list[Node]:
        """The elements below *node* of one of these names, in tree order."""

    def total(self, node: Node, tag: str, measure: Callable[[Dom, Node], int]) -> int:
        """What the elements below *node* of one name measure together."""

    def holds(self, node: Node, names: str) -> bool:
        """Whether an element of one of *names*, joined by commas, is below *node*."""

    def holds_custom(self, node: Node) -> bool:
        """Whether an element with a hyphen in its name is below *node*."""

    def holds_mark(self, node: Node) -> bool:
        """Whether an element below *node* has the mark of slots, with which an editor closes one, too."""

    def is_hidden(self, node: Node) -> bool:
        """Whether an element has an attribute `hidden`, or a style that does not display it."""

    @property
    def unseen(self) -> Concealed:
        """What the page's markup keeps from its readers: all of it, or what of it stands in the part looked into."""

    def slot_ids(self) -> frozenset[str]:
        """The ids of the page that begin as those of slots do."""

    def comments(self, node: Node, holding: str) -> list[Node]:
        """The comments below *node* with *holding* in them, in tree order."""

    def holding(self, name: str, operator: str = "", value: str = "") -> list[Node]:
        """The elements of the page with an attribute *name*, in tree order; *operator* is one of CSS for its *value*.

        Fast rather than exact: elements whose attribute has another value may be among them.
        """


class Concealed(Protocol):
    """The unseen elements of a page, or of the part of it that was looked into; `unseen` says which these are.

    Parts that were streamed are seen, though their markup hides them, and so are elements that were *revealed*.
    """

    revealed: set[Node]

    @property
    def nodes(self) -> set[Node]:
        """The unseen elements."""

    @property
    def around(self) -> set[Node]:
        """The elements around any that is unseen."""

    @property
    def broken(self) -> set[Node]:
        """The elements whose text is not what a reader sees: some of it is silent or unseen, or it has breaks."""

    def look_into(self, top: Node) -> None:
        """Look for the unseen elements in *top* alone from now on."""

    def hides(self, node: Node) -> bool:
        """Whether an element anywhere on the page is unseen by its own marks."""

    def is_streamed(self, node: Node) -> bool:
        """Whether an element is a part of the page that a script puts in its place."""

    def reveal(self, nodes: Iterable[Node]) -> None:
        """Take *nodes* for seen from now on."""


def above(dom: Dom, nodes: Iterable[Node], known: set[Node]) -> set[Node]:
    """All elements above *nodes*, added to those that are *known* with all above them."""
    parent = dom.parent
    for node in nodes:
        outer = parent(node)
        while outer is not None and outer not in known:
            known.add(outer)
            outer = parent(outer)
    return known


def is_display_none(style: str) -> bool:
    """Whether an inline style keeps its element from being shown."""
    return "display:none" in style.replace(" ", "").lower()


@attrs.frozen(eq=False)
class TextCut:
    """A place inside a text node: after its blank line number *ordinal*, at *index* of its data."""

    node: Node
    ordinal: int
    index: int


@attrs.frozen(eq=False)
class InsertionPoint:
    """A place where a slot could go: inside *parent*, after its child *above*, before *below*.

    None for *above* or *below* stands for the parent's edge. *cut* says where inside a text node.
    *upper* and *lower* are the nodes of the blocks next to the insertion point, *strays* the unseen elements
    in between that may leave formatting open. *closed* insertion points lie where an editor wants no slot,
    insertion points that are not *in_flow* elsewhere on the page.
    """

    parent: Node
    above: Node | None
    below: Node | None
    cut: TextCut | None = None
    upper: Sequence[Node] = ()
    lower: Sequence[Node] = ()
    strays: Sequence[Node] = ()
    closed: bool = False
    in_flow: bool = True


# Where something begins and ends in a text.
Span = tuple[int, int]


@attrs.frozen
class Place:
    """A certified *offset* of the source, or the code *unsafe* that says why there is none.

    *offset* is directly before what stands below; *at* is where a slot is written, which differs
    where comments that come in pairs stand in between. *doubtful* places lack a witness only: a
    trial insertion may still certify them.
    """

    offset: int | None
    at: int | None
    unsafe: str | None = None
    doubtful: bool = False
