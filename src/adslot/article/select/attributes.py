"""Attributes: whether an element has one, with a value that compares with another as a selector says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from adslot.article.select.page import words_of
from adslot.html.dom import Dom, Node
from adslot.policy.language.selectors.values import Attribute

_FOLDED = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "exists": lambda _held, _value: True,
    "=": lambda held, value: held == value,
    "!=": lambda held, value: held != value,
    "~=": lambda held, value: value in words_of(held),
    "|=": lambda held, value: held == value or held.startswith(f"{value}-"),
    "^=": lambda held, value: value != "" and held.startswith(value),
    "$=": lambda held, value: value != "" and held.endswith(value),
    "*=": lambda held, value: value != "" and value in held,
}


def folded(text: str) -> str:
    """*text* with the letters of ASCII in lower case."""
    return text.translate(_FOLDED)


def attribute_check(dom: Dom, test: Attribute) -> Callable[[Node], bool]:
    """Whether an element has the attribute that *test* asks for."""
    compare = _OPERATORS[test.operator]
    value = folded(test.value) if test.folds else test.value
    if_absent = test.operator == "!=" and value != ""

    def check(node: Node) -> bool:
        values = _values(dom, node, test)
        held = [folded(each) for each in values] if test.folds else values
        return any(compare(each, value) for each in held) if held else if_absent

    return check


def _values(dom: Dom, node: Node, test: Attribute) -> Sequence[str]:
    """The values of the attributes of these names."""
    names = test.names
    if test.any_space:
        ends = tuple(end for name in test.names for end in (f":{name}", f"}}{name}"))
        names = [name for name in dom.attribute_names(node) if name in test.names or name.endswith(ends)]
    return [dom.attribute(node, name) for name in names if dom.has_attribute(node, name)]
