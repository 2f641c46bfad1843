"""Unnamed wrappers: of these no name says that they are anything.

Most wrappers of a story are. What names may say is asked in several places, each with words of its own; here all of
them are asked once for each class string, so that the walk need not ask one after another of every wrapper.
"""

from __future__ import annotations

from adslot.article.blocks.quotations import names_quotation
from adslot.article.foreign.claims import claims
from adslot.article.foreign.covers import names_cover
from adslot.article.groups.components import names_component
from adslot.article.groups.notes import names_note
from adslot.article.traits import names_float
from adslot.html.dom import Dom, Node
from adslot.kept import kept, size_of_text

# Of others the tag alone says something.
_TAGS = frozenset("div section article center".split())
_CLASS_ALONE = ["class"]


def is_unnamed(dom: Dom, node: Node, tag: str) -> bool:
    """Whether an element is a wrapper without attributes, or with classes alone that say nothing of what it is."""
    if tag not in _TAGS:
        return False
    names = dom.attribute_names(node)
    return not names or (names == _CLASS_ALONE and _say_nothing(dom.classes(node)))


@kept(megabytes=0.5, size=size_of_text)
def _say_nothing(classes: str) -> bool:
    asked = (claims, names_quotation, names_cover, names_component, names_note, names_float)
    return not any(says(classes) for says in asked)
