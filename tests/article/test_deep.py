"""What is nested deep is read as anywhere else."""

from __future__ import annotations

import lxml.html
from hypothesis import example, given, settings

from adslot.article.deep import Deep
from adslot.html.document import parse
from adslot.html.lxml_tree import Tree
from tests import strategies

GROUPS = ("p", "a,b", "br,script,svg,template", "img,table,div", "i")


def above(door, node):
    """*node*, its parent, and so on."""
    return [] if node is None else [node, *above(door, door.parent(node))]


@settings(max_examples=60)
@given(strategies.texts)
@example("<div>a<svg><title>b<br></title></svg><script>c</script><br>d<template><p>e</p></template></div>")
@example("<div><ruby>a<rt>b<b>c</b></rt></ruby><x-y><b>d</b></x-y></div>")
def test_a_deep_door_answers_as_the_door_does(html):
    """Texts, names and elements below any node."""
    for door in (parse(html), Tree(lxml.html.document_fromstring(f"<div>{html}</div>"))):
        deep = Deep(door, door.root)
        for node in [door.root, *door.elements(door.root)]:
            if door.tag(node)[0] == "#":
                continue
            assert deep.text(node) == door.text(node)
            assert deep.seen_text(node) == door.seen_text(node)
            assert deep.seen_text(node, {"div", "b"}) == door.seen_text(node, {"div", "b"})
            assert deep.holds_custom(node) == door.holds_custom(node)
            assert deep.classes(node) == door.classes(node) == door.attribute(node, "class")
            assert list(deep.upwards(node)) == list(door.upwards(node)) == above(door, node)
            assert list(deep.elements(node)) == list(door.elements(node))
            for group in GROUPS:
                found = door.find_all(node, *group.split(","))
                assert deep.find_all(node, *group.split(",")) == found
                assert deep.holds(node, group) == bool(found)
