"""CSS selectors: read and checked by cssselect, once each.

What they match is found by `adslot.article.select`, alike at both doors.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

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
from cssselect.parser import Selector as Parsed

from adslot.errors import ExpressionError
from adslot.kept import kept
from adslot.patterns import pattern
from adslot.policy.language.selectors.translation import NEVER, UntranslatableError, selector_of
from adslot.policy.language.selectors.values import Selector

_POSITION = pattern(r"\bat (\d+)")
_QUOTED = pattern(r"\"[^\"]*\"|'[^']*'")
# How cssselect shows what it found, as in <DELIM '>' at 3>.
_TOKEN = pattern(r"<\w+ ('.*'|\".*\") at \d+>")
# An unknown one has a colon in front, with brackets or without.
_UNKNOWN = pattern(r"(?<=^The pseudo-class ):[\w-]+")
_TRANSLATOR = HTMLTranslator()


class SelectorError(ExpressionError):
    """A selector that cannot be read, or that can never match."""


@kept(megabytes=2)
def parsed(css: str) -> Sequence[Selector]:
    """A selector, or the group of them that *css* is. Raises SelectorError.

    >>> [len(selector.compounds) for selector in parsed("p, ul > li")]
    [1, 2]
    """
    try:
        selectors = parse(css)
        for selector in selectors:
            _TRANSLATOR.selector_to_xpath(selector)  # so that cssselect tells what it does not know
    except CssError as error:
        raise SelectorError(css, *_told(css, str(error))) from error
    except RecursionError as error:
        raise SelectorError(css, 0, "a CSS selector", "one that is nested too deep") from error
    except AssertionError as error:  # cssselect's way to refuse an empty language
        raise SelectorError(css, _column(css, ":lang"), "a language", "none") from error
    return tuple(_checked(css, selector) for selector in selectors)


def _told(css: str, message: str) -> tuple[int, str, str]:
    """Where a selector is at fault, what was expected there, and what stands there, as cssselect's *message* has it."""
    position = _POSITION.search(message)
    column = min(int(position[1]), len(css)) if position else 0
    if unknown := _UNKNOWN.search(message):
        return _column(css, re.escape(unknown[0])), "a pseudo-class that is known", repr(unknown[0])
    if message.startswith("Unclosed string"):
        return column, "the quotes that end a text in a CSS selector", "the end"
    expected, got, found = message.partition(", got ")
    if not got:
        return column, "a CSS selector", message
    sign, token = expected.removeprefix("Expected "), _TOKEN.match(found)
    wanted = f"{sign} in a CSS selector" if sign.startswith("'") else "a CSS selector"
    return column, wanted, token[1] if token else "the end" if "EOF" in found else found


def _checked(css: str, selector: Parsed) -> Selector:
    """What cssselect read, as a value. Raises SelectorError for what selects no element of a text."""
    if selector.pseudo_element is not None:
        name = str(getattr(selector.pseudo_element, "name", selector.pseudo_element))
        raise SelectorError(css, _column(css, f"::?{re.escape(name)}"), "a selector of elements", f"::{name}")
    if never := _never(selector.parsed_tree):
        column = _column(css, re.escape(never))
        raise SelectorError(css, column, "a selector that can match", f"{never!r}, which nothing in a text does")
    try:
        return selector_of(selector.parsed_tree)
    except UntranslatableError as error:
        raise SelectorError(css, _column(css, re.escape(error.found)), error.expected, repr(error.found)) from error


def _never(tree: Tree) -> str | None:
    """The part of a selector because of which it matches nothing, such as `:hover`; None for a good one."""
    if isinstance(tree, Element):
        return None
    if isinstance(tree, Pseudo) and tree.ident in NEVER:
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
        inner = [selector.parsed_tree for _, selector in tree.arguments]
    else:
        return None
    faults = [_never(alternative) for alternative in inner]
    return faults[0] if faults and all(faults) else None


def _column(css: str, pattern: str) -> int:
    """Where *pattern* first matches *css* outside of quotes; 0 where the part is written otherwise."""
    bare = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), css)
    match = re.search(pattern, bare, re.I)
    return match.start() if match else 0
