"""Finding: the elements of a page that selectors match."""

from __future__ import annotations

from collections.abc import Sequence

from adslot.article.select.compounds import Compounds
from adslot.article.select.page import Page
from adslot.article.select.relations import after
from adslot.html.dom import Dom, Node
from adslot.policy.language.selectors import parsed
from adslot.policy.language.selectors.values import Selector


class Finder:
    """Finds elements of one page; what it learns about the page is kept for the next selector."""

    def __init__(self, dom: Dom) -> None:
        self._page = Page(dom)
        self._compounds = Compounds(self._page, self._matching)

    def find(self, css: str) -> Sequence[Node]:
        """The elements that a selector, or one of a group, matches, in tree order. Raises SelectorError."""
        answers = [found for selector in parsed(css) if (found := self._page.seen(self._matching(selector)))]
        if len(answers) < 2:  # of a single answer the order is known
            return answers[0] if answers else ()
        together = frozenset(node for found in answers for node in found)
        return [node for node in self._page.elements if node in together]

    def _matching(self, selector: Selector) -> Sequence[Node]:
        found = self._compounds.find(selector.compounds[0])
        for combinator, compound in zip(selector.combinators, selector.compounds[1:], strict=True):
            if not found:
                break
            meets = after(self._page, found, combinator)
            found = [node for node in self._compounds.find(compound) if meets(node)]
        return found


def find(dom: Dom, css: str) -> Sequence[Node]:
    """As `Finder.find`, for a page that is asked once."""
    return Finder(dom).find(css)
