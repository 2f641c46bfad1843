"""The second judge for law 4: html5lib, in Python, by an edition of the standard that is older than lexbor's.

The two disagree about what came later, such as `<search>` or what `<select>` may hold, and html5lib has faults of its
own. So it is asked only about texts of which both make the same tree; about those, whatever it says is a fault of the slots.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Comment, Element

import html5lib

from tests.oracles import dom

_VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
_RAW = frozenset("style script xmp iframe noembed noframes plaintext noscript".split())
_DOCTYPE = "<!DOCTYPE>"
_NAMESPACE = re.compile(r"\{[^}]*?(?:/(xlink|xmlns)|/(?:svg|MathML)|XML/1998/namespace)\}")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;"})
_IN_QUOTES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\xa0": "&nbsp;", '"': "&quot;"})

_builder = html5lib.getTreeBuilder("etree", fullTree=True)


def agrees(text: str, *, fragment: bool) -> bool:
    """Whether html5lib makes of *text* the tree that lexbor makes of it."""
    expected = dom.parse(text, fragment=fragment).html or ""
    return _written(_parse(text, fragment=fragment)) == re.sub(r"<!DOCTYPE[^>]*>", "", expected)


def faults(source: str, output: str, markups: list[str], *, fragment: bool, mark: str = dom.OWN) -> list[str]:
    """As `dom.faults`, by html5lib's trees; nothing for a *source* that the two judges read differently."""
    if not agrees(source, fragment=fragment):
        return []
    marks = re.findall(r"[\w-]+", mark)
    tree = _parse(output, fragment=fragment)
    slots = [_element(slot) for slot in _marked(tree, marks)]
    alone = [_written(_parse(markup, fragment=True)) for markup in markups]
    found = [] if slots == alone else [f"the slots are {slots}, they should be {alone}"]
    if _written(tree, marks) != _written(_parse(source, fragment=fragment)):
        found.append("the tree without the slots is not the tree of the input")
    return found


def _parse(text: str, *, fragment: bool) -> Element:
    parser = html5lib.HTMLParser(_builder, namespaceHTMLElements=False)
    text = dom.SURROGATE.sub("\ufffd", text)
    tree: Element = (
        parser.parseFragment(text, container="div", scripting=True) if fragment else parser.parse(text, scripting=True)
    )
    return tree


def _is_marked(node: Element, marks: Sequence[str]) -> bool:
    return bool(marks) and all(mark in node.attrib for mark in marks)


def _marked(node: Element, marks: Sequence[str]) -> Iterator[Element]:
    """The outermost elements with all *marks*, in document order."""
    for child in node:
        if _is_marked(child, marks):
            yield child
        else:
            yield from _marked(child, marks)


# ------------------------------------------------------------------- written as the standard says, to be compared


def _written(node: Element, without: Sequence[str] = ()) -> str:
    """What stands in *node*; elements that have all of *without* are left out."""
    is_raw = node.tag in _RAW
    parts = [_text(node.text, is_raw=is_raw)]
    for child in node:
        parts += ["" if _is_marked(child, without) else _element(child, without), _text(child.tail, is_raw=is_raw)]
    return "".join(parts)


def _element(node: Any, without: Sequence[str] = ()) -> str:
    if node.tag is Comment:
        return f"<!--{node.text or ''}-->"
    if node.tag == _DOCTYPE:
        return ""
    tag = _NAMESPACE.sub("", node.tag)
    attributes = "".join(f' {_name(name)}="{value.translate(_IN_QUOTES)}"' for name, value in node.attrib.items())
    inside = "" if node.tag in _VOID else f"{_written(node, without)}</{tag}>"
    return f"<{tag}{attributes}>{inside}"


def _name(name: str) -> str:
    """The name of an attribute, with the prefix that HTML knows for its namespace."""
    space = _NAMESPACE.match(name)
    if space is None:
        return name
    return f"{space[1] or 'xml'}:{name[space.end() :]}"


def _text(text: str | None, *, is_raw: bool) -> str:
    return "" if text is None else text if is_raw else text.translate(_IN_TEXT)
