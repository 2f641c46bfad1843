"""CSS selectors, through cssselect: checked and translated to XPath, once each.

Both doors run the XPath: the text door with the parser's own engine, the tree door with lxml.
"""

from __future__ import annotations

import re

from cssselect import HTMLTranslator, parse
from cssselect import SelectorError as CssError
from cssselect.parser import (
    CombinedSelector,
    Element,
    Matching,
    Negation,
    Pseudo,
    Relation,
    SpecificityAdjustment,
    Tree,
)

from adslot._cache import kept
from adslot.errors import ExpressionError

_POSITION = re.compile(r"\bat (\d+)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_TRANSLATOR = HTMLTranslator()
# cssselect translates these to a condition that is false everywhere.
_STATES = frozenset({"active", "focus", "hover", "target", "visited"})


class SelectorError(ExpressionError):
    """A selector that cannot be read, or that can never match."""


@kept(megabytes=2)
def to_xpath(css: str) -> str:
    """The XPath of a selector or a group of them. Raises SelectorError.

    >>> to_xpath("p, b")
    'descendant-or-self::p | descendant-or-self::b'
    """
    try:
        selectors = parse(css)
        paths = [_TRANSLATOR.selector_to_xpath(selector) for selector in selectors]
    except CssError as error:
        position = _POSITION.search(str(error))
        column = int(position[1]) if position else 0
        raise SelectorError(css, min(column, len(css)), "a CSS selector", str(error)) from error
    except RecursionError as error:
        raise SelectorError(css, 0, "a CSS selector", "one that is nested too deep") from error
    for selector in selectors:
        if selector.pseudo_element is not None:
            name = str(getattr(selector.pseudo_element, "name", selector.pseudo_element))
            raise SelectorError(css, _column(css, f"::?{re.escape(name)}"), "a selector of elements", f"::{name}")
        if never := _never(selector.parsed_tree):
            column = _column(css, re.escape(never))
            raise SelectorError(css, column, "a selector that can match", f"{never!r}, which nothing in a text does")
    return " | ".join(paths)


def _never(tree: Tree) -> str | None:
    """The part of a selector because of which it matches nothing, such as `:hover`; None for a good one."""
    if isinstance(tree, Element):
        return None
    if isinstance(tree, Pseudo) and tree.ident in _STATES:
        return f":{tree.ident}"
    if isinstance(tree, Negation) and tree.subselector.canonical() == "*":
        return ":not(*)"
    return _never(tree.selector) or _never_inside(tree)


def _never_inside(tree: Tree) -> str | None:
    """The same for what stands in the parentheses or after the combinator: there one good alternative is enough."""
    if isinstance(tree, CombinedSelector):
        return _never(tree.subselector)
    if isinstance(tree, Matching | SpecificityAdjustment):
        inner = list(tree.selector_list)
    elif isinstance(tree, Relation):
        # Older releases of cssselect keep the argument of :has() otherwise: there it is not looked at.
        inner = [selector.parsed_tree for _, selector in getattr(tree, "arguments", ())]
    else:
        return None
    faults = [_never(alternative) for alternative in inner]
    return faults[0] if faults and all(faults) else None


def _column(css: str, pattern: str) -> int:
    """Where *pattern* first matches *css* outside of quotes; 0 where the part is written otherwise."""
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), css)
    match = re.search(pattern, bare, re.I)
    return match.start() if match else 0
