"""A page as selectors ask about it: its elements by name and by attribute, and how they stand to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import attrs

from adslot.article.select.inherited import Inherited
from adslot.article.select.texts import Texts
from adslot.html.dom import Dom, Node
from adslot.kept import lazy
from adslot.patterns import pattern

# So many searches by class or id cost more than one pass that notes all of them.
_MANY = 24
_BLANKS = pattern("[ \t\n\f\r]+")


def words_of(value: str) -> Iterable[str]:
    """The words of an attribute such as `class`, each once."""
    return dict.fromkeys(filter(None, _BLANKS.split(value)))


@attrs.frozen
class Standing:
    """Where an element stands among its sibling elements, from 1: of all, and of those of its name."""

    index: int
    count: int
    index_of_type: int
    count_of_type: int


class Page:
    """The elements of one page, those inside a `template` included: `seen` tells them apart."""

    def __init__(self, dom: Dom) -> None:
        self.dom = dom
        self._standings: dict[Node, Standing] = {}
        self._siblings: dict[Node | None, Sequence[Node]] = {}
        self._searches = 0

    @lazy
    def elements(self) -> Sequence[Node]:
        """All elements, in tree order."""
        dom = self.dom
        root = () if dom.tag(dom.root)[0] == "#" else (dom.root,)
        return [*root, *dom.elements(dom.root)]

    def tag(self, node: Node) -> str:
        """The name of an element; "" for one that nobody wrote."""
        return "" if node == self.dom.wrapper else self.dom.tag(node)

    def named(self, names: Sequence[str]) -> Sequence[Node]:
        """The elements of one of *names*."""
        dom = self.dom
        root = (dom.root,) if self.tag(dom.root) in names else ()
        return [*root, *dom.find_all(dom.root, *names)]

    def with_word(self, name: str, operator: str, word: str) -> Sequence[Node]:
        """The elements that may have *word* in their `class`, or as their `id`."""
        self._searches += 1
        if self._searches > _MANY:
            return self._words[name, word]
        return self.dom.holding(name, operator, word)

    @lazy
    def _words(self) -> defaultdict[tuple[str, str], list[Node]]:
        words: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)
        for node in self.elements:
            for word in words_of(self.dom.classes(node)):
                words["class", word].append(node)
            words["id", self.dom.attribute(node, "id")].append(node)
        return words

    def seen(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Those of *nodes* that are not inside a `template`."""
        if not nodes or not self._has_templates:
            return nodes
        return [node for node in nodes if not self._templates.at(self._above(node))]

    @lazy
    def _has_templates(self) -> bool:
        return self.dom.holds(self.dom.root, "template")

    @lazy
    def _templates(self) -> Inherited[bool]:
        return Inherited(self._above, start=False, step=lambda node, outer: outer or self.tag(node) == "template")

    def _above(self, node: Node) -> Node | None:
        """The node above *node*, whatever it is."""
        return None if node == self.dom.root else self.dom.parent(node)

    # ------------------------------------------------------------------------------------ relations

    def parent(self, node: Node) -> Node | None:
        """The element above *node*."""
        parent = self._above(node)
        return None if parent is None or self.dom.tag(parent)[0] == "#" else parent

    def siblings(self, node: Node) -> Sequence[Node]:
        """All child elements of the parent of *node*."""
        parent = self._above(node)
        if parent is None:
            return (node,)
        if parent not in self._siblings:
            self._siblings[parent] = [child for tag, child in self.dom.tagged_children(parent) if tag[0] != "#"]
        return self._siblings[parent]

    def standing(self, node: Node) -> Standing:
        """Where *node* stands among its siblings."""
        if node not in self._standings:
            self._count(self.siblings(node))
        return self._standings[node]

    def _count(self, siblings: Sequence[Node]) -> None:
        kinds: defaultdict[str, list[Node]] = defaultdict(list)
        for node in siblings:
            kinds[self.tag(node)].append(node)
        places = {node: (at, len(kind)) for kind in kinds.values() for at, node in enumerate(kind, 1)}
        for at, node in enumerate(siblings, 1):
            self._standings[node] = Standing(at, len(siblings), *places[node])

    @lazy
    def texts(self) -> Texts:
        """The text of the page."""
        return Texts(self.dom)
