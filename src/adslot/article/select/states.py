"""States: what elements are as HTML defines it, of links, of the parts of forms, of the root."""

from __future__ import annotations

import attrs

from adslot.article.select.inherited import Inherited
from adslot.article.select.page import Page
from adslot.html.dom import TEXT, Node
from adslot.kept import lazy

_LINKS = frozenset({"a", "area", "link"})
_CONTROLS = frozenset({"input", "button", "select", "textarea"})
_GROUPS = frozenset({"fieldset", "optgroup"})


@attrs.frozen
class _Around:
    """What lies around an element: disabled fieldsets, one whose first legend it is in, disabled groups of options."""

    is_disabled: bool = False
    is_in_legend: bool = False
    is_in_disabled_group: bool = False


class States:
    """Which elements of a page are in which state."""

    def __init__(self, page: Page) -> None:
        self._page, self._dom = page, page.dom

    def holds(self, node: Node, state: str) -> bool:
        """Whether *node* is in *state*, one of those of `selectors.values.State`."""
        answer: bool = getattr(self, f"_is_{state}")(node)
        return answer

    def _is_never(self, _node: Node) -> bool:
        return False

    def _is_root(self, node: Node) -> bool:
        return self._page.parent(node) is None

    def _is_empty(self, node: Node) -> bool:
        children = self._dom.tagged_children(node)
        return not any(tag[0] != "#" or (tag == TEXT and self._dom.text(child)) for tag, child in children)

    def _is_link(self, node: Node) -> bool:
        return self._page.tag(node) in _LINKS and self._dom.has_attribute(node, "href")

    def _is_checked(self, node: Node) -> bool:
        tag, dom = self._page.tag(node), self._dom
        if tag == "option":
            return dom.has_attribute(node, "selected")
        kinds = ("checkbox", "radio")
        return (
            tag in ("input", "command") and dom.has_attribute(node, "checked") and dom.attribute(node, "type") in kinds
        )

    def _is_enabled(self, node: Node) -> bool:
        tag = self._page.tag(node)
        return (tag in _CONTROLS or tag in _GROUPS or tag == "option") and not self._is_disabled(node)

    def _is_disabled(self, node: Node) -> bool:
        tag, around = self._page.tag(node), self._around.at(self._page.parent(node))
        if tag in _CONTROLS and around.is_disabled and not around.is_in_legend:
            return True
        if tag == "option" and around.is_in_disabled_group:
            return True
        return (tag in _CONTROLS or tag in _GROUPS or tag == "option") and self._dom.has_attribute(node, "disabled")

    @lazy
    def _around(self) -> Inherited[_Around]:
        return Inherited(self._page.parent, _Around(), self._at)

    def _at(self, node: Node, outer: _Around) -> _Around:
        tag = self._page.tag(node)
        if tag in _GROUPS and self._dom.has_attribute(node, "disabled"):
            if tag == "fieldset":
                return attrs.evolve(outer, is_disabled=True)
            return attrs.evolve(outer, is_in_disabled_group=True)
        if tag == "legend" and self._is_of_disabled(node):
            return attrs.evolve(outer, is_in_legend=True)
        return outer

    def _is_of_disabled(self, legend: Node) -> bool:
        """Whether *legend* is the first of a disabled fieldset."""
        parent = self._page.parent(legend)
        return (
            parent is not None
            and self._page.tag(parent) == "fieldset"
            and self._dom.has_attribute(parent, "disabled")
            and self._page.standing(legend).index_of_type == 1
        )
