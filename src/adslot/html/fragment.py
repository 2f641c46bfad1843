"""What a slot's markup must be so that every parser reads it the same wherever it is put."""

from __future__ import annotations

import re

import attrs
import turbohtml
from turbohtml import Element

from adslot.html.document import Document
from adslot.html.elements import COMMENT_PATTERN, VOID
from adslot.html.encoding.decoding import well_formed
from adslot.html.slot_form import excess_of
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern
from adslot.roles import MARK, RULE_MARK

# A form inside a page that is one form is dropped; a table in a p stays there only in quirks mode.
_FORBIDDEN = ("form", "template", "plaintext", "frameset", "body", "html", "head")
# Attributes whose values are URLs that a browser may run.
_ADDRESSES = ("href", "xlink:href", "src", "action", "formaction", "data")

# Elements whose content is text.
_RAW = frozenset("script style textarea title xmp iframe noembed noframes noscript".split())
_COMMENT = pattern(COMMENT_PATTERN, re.S)
_TAG = pattern(r"</?[a-zA-Z][^\s/>]*")


@kept(megabytes=4, size=size_of_text)
def markup_fault(markup: str) -> str | None:
    """Why *markup* cannot be a slot, None if it can: one element, balanced, the same when parsed anywhere."""
    if "\r" in markup or "\0" in markup:
        return "a carriage return or NUL, which parsers replace"
    root = turbohtml.parse_fragment(well_formed(markup), "div", source_locations=True, scripting=True)
    top = root.children
    if len(top) != 1 or type(top[0]) is not Element:
        return f"{len(top)} nodes at the top, where one element is expected"
    location = top[0].source_location
    if location is None or location.end_tag is None or location.end_tag.end_offset != len(markup):
        return f"<{top[0].tag}> without its own end tag at the end"
    if len(root.select(f"[{MARK}][{RULE_MARK}]")) > 1:
        return f"another element with the marks of a slot, {MARK} and {RULE_MARK}"
    if excess := excess_of(Document(markup, root, page=False), top[0]):
        return excess
    return next(filter(None, map(_element_fault, root.iter_elements())), None) or _stray_fault(markup, root)


@attrs.frozen
class Seen:
    """What is to be seen of a slot's markup: its *text*, and of each link where it leads and its `rel` tokens.

    And what is not: the names of all *attributes*, the *addresses* that browsers follow or fetch, and the *scripts*,
    which are the texts of such elements and whatever else an attribute has browsers run.
    """

    text: str
    links: tuple[tuple[str, tuple[str, ...]], ...]
    attributes: frozenset[str]
    addresses: tuple[str, ...]
    scripts: tuple[str, ...]


def seen_of(markup: str) -> Seen:
    """What is to be seen of *markup*."""
    root = turbohtml.parse_fragment(well_formed(markup), "div", scripting=True)
    elements = list(root.iter_elements())
    given = [(name, str(value)) for element in elements for name, value in element.attrs.items()]
    scripts = [element.text for element in elements if element.tag == "script"]
    return Seen(
        root.text,
        tuple(
            (str(link.attrs.get("href", "")), tuple(link.attrs.get("rel") or ()))
            for link in elements
            if link.tag == "a"
        ),
        frozenset(name for name, _ in given),
        tuple(value for name, value in given if name in _ADDRESSES),
        (*scripts, *(value for name, value in given if name.startswith("on") or name == "srcdoc")),
    )


def _stray_fault(markup: str, root: Element) -> str | None:
    """The first tag that belongs to no element: in a page it may close or open one around the slot."""
    rest, last = [], 0
    for start, end in sorted(span for element in root.iter_elements() for span in _own_spans(element)):
        rest.append(markup[last:start])
        last = max(last, end)
    stray = _TAG.search(_COMMENT.sub("", " ".join([*rest, markup[last:]])))
    return f"{stray[0]}>, which belongs to no element of the markup" if stray else None


def _own_spans(element: Element) -> list[tuple[int, int]]:
    """Where the tags of *element* stand, and with them its content if that is text."""
    location = element.source_location
    if location is None:
        return []
    start, end = location.start_tag, location.end_tag
    if end is None:
        return [(start.start_offset, start.end_offset)]
    if element.tag in _RAW and element.namespace is turbohtml.Namespace.HTML:
        return [(start.start_offset, end.end_offset)]
    return [(start.start_offset, start.end_offset), (end.start_offset, end.end_offset)]


def _element_fault(element: Element) -> str | None:
    location = element.source_location
    if location is None:
        return f"<{element.tag}> that no tag in the markup opens: something before it is not closed"
    if location.end_tag is None and element.tag not in VOID and element.namespace is turbohtml.Namespace.HTML:
        return f"<{element.tag}> without end tag"
    if element.tag in _FORBIDDEN:
        return f"<{element.tag}>, which parses differently in some pages"
    if element.tag == "table" and element.closest("p") is not None:
        return "a table inside a p, which parses differently in some pages"
    return None


def contained(html: str, start: str, tag: str) -> str:
    """*html* closed where it is open, in an element that begins with the tag *start*: in a `div` where *tag* cannot hold it.

    >>> contained("Ein <b>Satz", "<p class=x>", "p"), contained("<ul><li>Eins", "<p>", "p")
    ('<p class=x>Ein <b>Satz</b></p>', '<div><ul><li>Eins</li></ul></div>')
    """
    closed = turbohtml.parse_fragment(well_formed(html), "div", scripting=True).inner_html
    written = well_formed(f"{start}{closed}</{tag}>")
    if len(turbohtml.parse_fragment(written, "div", scripting=True).children) == 1:
        return written
    return f"<div{start.removeprefix(f'<{tag}')}{closed}</div>"
