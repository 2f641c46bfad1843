"""CSS selectors, through cssselect: checked and translated to XPath, once each.

Both doors run the XPath: the text door with the parser's own engine, the tree door with lxml.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cssselect import HTMLTranslator, SelectorError as CssError, parse

from adslot.errors import ExpressionError

_POSITION = re.compile(r"\bat (\d+)")
_TRANSLATOR = HTMLTranslator()
# What cssselect makes of a pseudo-class that no document without a browser can match.
_NEVER = re.compile(r"\[0\]|\band \(0\)")


class SelectorError(ExpressionError):
    """A selector that cannot be read, or that can never match."""


@lru_cache(maxsize=1024)
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
    for selector, path in zip(selectors, paths, strict=True):
        if selector.pseudo_element is not None:
            raise SelectorError(css, _column(css, "::"), "a selector of elements", f"::{selector.pseudo_element}")
        if _NEVER.search(path):
            raise SelectorError(css, _column(css, ":"), "a selector that can match", "a state that only a browser knows")
    return " | ".join(paths)


def _column(css: str, mark: str) -> int:
    return max(css.find(mark), 0)

