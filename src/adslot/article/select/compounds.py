"""Compounds: what a single element is, by its name, its attributes, its place, its text and what lies around it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import singledispatchmethod

from adslot.article.select.attributes import attribute_check, folded
from adslot.article.select.inherited import Inherited
from adslot.article.select.page import Page
from adslot.article.select.relations import before
from adslot.article.select.states import States
from adslot.html.dom import Node
from adslot.policy.language.selectors.values import (
    AnyOf,
    Attribute,
    Compound,
    Contains,
    Has,
    Language,
    Name,
    Not,
    Nth,
    Selector,
    State,
)

Check = Callable[[Node], bool]

# The tests that few elements meet, and that every page is asked for.
_WORDS = {(("class",), "~="), (("id",), "=")}
_SEARCHED = {"exists": "", **{operator: operator for operator in ("=", "~=", "|=", "^=", "$=", "*=")}}


class Compounds:
    """The elements of one page that meet compounds; *matching* answers the selectors inside of them."""

    def __init__(self, page: Page, matching: Callable[[Selector], Sequence[Node]]) -> None:
        self._page, self._matching = page, matching
        self._states = States(page)
        self._languages = Inherited(page.parent, "", self._language)
        self._found: dict[Compound, Sequence[Node]] = {}
        self._having: dict[Has, frozenset[Node]] = {}

    def find(self, compound: Compound) -> Sequence[Node]:
        """The elements that meet *compound*, in tree order."""
        if compound not in self._found:
            nodes = self._candidates(compound)
            for test in compound.tests:
                check = self._check(test)
                nodes = [node for node in nodes if check(node)]
            self._found[compound] = nodes
        return self._found[compound]

    def _candidates(self, compound: Compound) -> Sequence[Node]:
        """The elements that could meet *compound*: by one test of it, if possible by one that few meet."""
        tests = compound.tests
        attributes = [test for test in tests if isinstance(test, Attribute) and not test.folds]
        for test in attributes:
            if (test.names, test.operator) in _WORDS:
                return self._page.with_word(test.names[0], test.operator, test.value)
        for test in attributes:
            if test.operator in _SEARCHED and not test.any_space and len(test.names) == 1:
                return self._page.dom.holding(test.names[0], _SEARCHED[test.operator], test.value)
        if tests and isinstance(tests[0], Name):
            return self._page.named(tests[0].names)
        return self._page.elements

    def _meets(self, compound: Compound) -> Check:
        """Whether an element meets *compound*."""
        checks = [self._check(test) for test in compound.tests]
        return lambda node: all(check(node) for check in checks)

    @singledispatchmethod
    def _check(self, test: Name) -> Check:
        """Whether an element meets one test: by default, a name."""
        return lambda node: self._page.tag(node) in test.names

    @_check.register
    def _of_attribute(self, test: Attribute) -> Check:
        return attribute_check(self._page.dom, test)

    @_check.register
    def _of_place(self, test: Nth) -> Check:
        def check(node: Node) -> bool:
            standing = self._page.standing(node)
            index = standing.index_of_type if test.of_type else standing.index
            if test.from_end:
                index = (standing.count_of_type if test.of_type else standing.count) + 1 - index
            rest = index - test.offset
            return rest == 0 or (test.step != 0 and rest % test.step == 0 and rest // test.step >= 0)

        return check

    @_check.register
    def _of_state(self, test: State) -> Check:
        return lambda node: self._states.holds(node, test.name)

    @_check.register
    def _of_text(self, test: Contains) -> Check:
        return lambda node: self._page.texts.holds(node, test.text)

    @_check.register
    def _of_language(self, test: Language) -> Check:
        return lambda node: f"{self._languages.at(node)}-".startswith(f"{test.code}-")

    def _language(self, node: Node, outer: str) -> str:
        dom = self._page.dom
        return folded(dom.attribute(node, "lang")) if dom.has_attribute(node, "lang") else outer

    @_check.register
    def _of_alternatives(self, test: AnyOf) -> Check:
        checks = [self._meets(compound) for compound in test.compounds]
        return lambda node: any(check(node) for check in checks)

    @_check.register
    def _of_negation(self, test: Not) -> Check:
        if not test.selector.combinators:
            meets = self._meets(test.selector.compounds[0])
            return lambda node: not meets(node)
        found = frozenset(self._matching(test.selector))
        return lambda node: node not in found

    @_check.register
    def _of_relatives(self, test: Has) -> Check:
        if test not in self._having:
            around = (self._anchors(first, selector) for first, selector in test.arguments)
            self._having[test] = frozenset(node for anchors in around for node in anchors)
        return self._having[test].__contains__

    def _anchors(self, first: str, selector: Selector) -> Collection[Node]:
        """The elements to which something stands as *first* says, that *selector* leads to: found from its end."""
        found: Collection[Node] = self._page.seen(self.find(selector.compounds[-1]))
        for combinator, compound in zip(selector.combinators[::-1], selector.compounds[-2::-1], strict=True):
            around = before(self._page, found, combinator)
            found = [node for node in self.find(compound) if node in around]
        return before(self._page, found, first)
