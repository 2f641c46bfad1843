"""What cssselect read, as values of our own."""

from __future__ import annotations

from collections.abc import Callable

from cssselect import parser as css
from cssselect.parser import parse_series

from adslot.patterns import pattern
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
    Test,
)

# Deep enough for whatever people write; and finding elements goes down as deep as the selector does.
DEEPEST = 8
# cssselect goes down a frame or more for each part.
MOST_PARTS = 100
TOO_DEEP = f"a selector with at most {DEEPEST} brackets inside each other"
TOO_LONG = f"a selector of at most {MOST_PARTS} parts"

_FIRST, _LAST = Nth(0, 1), Nth(0, 1, from_end=True)
_FIRST_OF_TYPE, _LAST_OF_TYPE = Nth(0, 1, of_type=True), Nth(0, 1, from_end=True, of_type=True)
_PSEUDO: dict[str, tuple[Test, ...]] = {
    "first-child": (_FIRST,),
    "last-child": (_LAST,),
    "only-child": (_FIRST, _LAST),
    "first-of-type": (_FIRST_OF_TYPE,),
    "last-of-type": (_LAST_OF_TYPE,),
    "only-of-type": (_FIRST_OF_TYPE, _LAST_OF_TYPE),
    "scope": (State("root"),),  # cssselect takes it at the start of a selector only
    **{name: (State(name),) for name in ("root", "empty", "link", "checked", "enabled", "disabled")},
}
# What a page without a browser never is.
NEVER = frozenset({"active", "focus", "hover", "target", "visited"})
_NTH = frozenset({"nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"})
# What no name of an element or an attribute has in it, or none that lxml could be asked for.
_NO_NAME = pattern("[\x00-\x20\x7f{}\ufffe\uffff]")


class UntranslatableError(Exception):
    """A part of a selector that no page is asked for: what was *expected*, and the text *found* where it stands."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected, self.found = expected, found


def selector_of(tree: css.Tree, depth: int = 0) -> Selector:
    """The selector that *tree* is. Raises UntranslatableError."""
    if depth > DEEPEST:
        raise UntranslatableError(TOO_DEEP, "(")
    compounds: list[Compound] = []
    combinators: list[str] = []
    while isinstance(tree, css.CombinedSelector):
        compounds.append(_compound(tree.subselector, depth))
        combinators.append(tree.combinator)
        tree = tree.selector
    compounds.append(_compound(tree, depth))
    if len(compounds) > MOST_PARTS:
        raise UntranslatableError(TOO_LONG, combinators[-1].strip())
    return Selector(tuple(compounds[::-1]), tuple(combinators[::-1]))


def _compound(tree: css.Tree, depth: int) -> Compound:
    tests: list[Test] = []
    while not isinstance(tree, css.Element):
        if isinstance(tree, css.CombinedSelector):
            raise UntranslatableError("one element", tree.combinator)
        tests.extend(_TRANSLATIONS[type(tree)](tree, depth))
        tree = tree.selector
    _refuse_prefix(tree.namespace)
    if tree.element:
        tests.append(Name(_names(tree.element)))
    if len(tests) > MOST_PARTS:
        raise UntranslatableError(TOO_LONG, "")
    return Compound(tuple(tests[::-1]))


def _names(written: str) -> tuple[str, ...]:
    """The names that a name as it is *written* stands for: HTML's are in lower case, those of SVG as written."""
    if fault := _NO_NAME.search(written):
        raise UntranslatableError("a name without control characters, blanks or braces", fault[0])
    return tuple(dict.fromkeys((written.lower(), written)))


def _refuse_prefix(prefix: str | None) -> None:
    if prefix not in (None, "*"):
        raise UntranslatableError("a selector without prefixes, as a policy declares none", f"{prefix}|")


def _class(tree: css.Class, _depth: int) -> tuple[Test, ...]:
    return (Attribute(("class",), "~=", tree.class_name),)


def _hash(tree: css.Hash, _depth: int) -> tuple[Test, ...]:
    return (Attribute(("id",), "=", tree.id),)


def _attribute(tree: css.Attrib, _depth: int) -> tuple[Test, ...]:
    _refuse_prefix(tree.namespace)
    value = "" if tree.value is None else tree.value.value or ""
    return (Attribute(_names(tree.attrib), tree.operator, value, tree.namespace == "*", tree.flag == "i"),)


def _pseudo(tree: css.Pseudo, depth: int) -> tuple[Test, ...]:
    if tree.ident in NEVER:
        return (State("never"),)
    if tree.ident not in _PSEUDO or (tree.ident == "scope" and depth):
        raise UntranslatableError("a pseudo-class that tells of a text", f":{tree.ident}")
    return _PSEUDO[tree.ident]


def _function(tree: css.Function, _depth: int) -> tuple[Test, ...]:
    value = (tree.arguments[0].value or "") if tree.arguments else ""
    if tree.name == "contains":
        return (Contains(value),)
    if tree.name == "lang" and value:
        return (Language(value.lower()),)
    if tree.name not in _NTH:
        raise UntranslatableError("a pseudo-class that tells of a text", f":{tree.name}")
    step, offset = parse_series(tree.arguments)
    return (Nth(step, offset, "last" in tree.name, "type" in tree.name),)


def _negation(tree: css.Negation, depth: int) -> tuple[Test, ...]:
    return (Not(selector_of(tree.subselector, depth + 1)),)


def _relation(tree: css.Relation, depth: int) -> tuple[Test, ...]:
    arguments = ((first.value or " ", selector_of(each.parsed_tree, depth + 1)) for first, each in tree.arguments)
    return (Has(tuple(arguments)),)


def _any_of(tree: css.Matching | css.SpecificityAdjustment, depth: int) -> tuple[Test, ...]:
    if depth >= DEEPEST:
        raise UntranslatableError(TOO_DEEP, "(")
    return (AnyOf(tuple(_compound(each, depth + 1) for each in tree.selector_list)),)


_TRANSLATIONS: dict[type, Callable[..., tuple[Test, ...]]] = {
    css.Class: _class,
    css.Hash: _hash,
    css.Attrib: _attribute,
    css.Pseudo: _pseudo,
    css.Function: _function,
    css.Negation: _negation,
    css.Relation: _relation,
    css.Matching: _any_of,
    css.SpecificityAdjustment: _any_of,
}
