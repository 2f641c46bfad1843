"""Placing into any tree that lxml makes: nothing is raised, slots come out again, and a second run changes nothing."""

from __future__ import annotations

from typing import Any

import lxml.etree
import lxml.html
from hypothesis import given
from hypothesis import strategies as st

from adslot import place_tree, read_tree, strip_tree
from tests.fuzz import pages

_FORGIVING = lxml.etree.XMLParser(recover=True, resolve_entities=False)
PARSERS = {
    "page": lxml.html.document_fromstring,
    "fragment": lambda text: lxml.html.fragment_fromstring(text, create_parent="div"),
    "html": lambda text: lxml.html.document_fromstring(text).getroottree(),
    "xml": lambda text: lxml.etree.fromstring(text.encode("utf-8", "replace"), _FORGIVING),
    "xhtml": lambda text: lxml.etree.fromstring(f'<div xmlns="http://www.w3.org/1999/xhtml">{text}</div>', _FORGIVING),
}


def tree_of(text: str, kind: str) -> Any:
    """The tree of *text*, or None where lxml makes none of it."""
    try:
        return PARSERS[kind](text)
    except (lxml.etree.LxmlError, ValueError, TypeError, AssertionError):
        return None


def written(tree: Any) -> bytes:
    """The tree as XML, which has room for everything in it."""
    return lxml.etree.tostring(tree)


@given(pages.pages, st.sampled_from(sorted(PARSERS)), pages.policies, pages.related)
def law(text, kind, policy, related):
    """Laws 2, 3 and 11 at the tree door."""
    tree, bare = tree_of(text, kind), tree_of(text, kind)
    if tree is None:
        return
    strip_tree(bare)
    assert place_tree(tree, policy, related=related).article.blocks == read_tree(tree_of(text, kind), policy).blocks
    once = written(tree)
    place_tree(tree, policy, related=related)
    assert written(tree) == once
    strip_tree(tree)
    assert written(tree) == written(bare)
