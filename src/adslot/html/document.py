"""The text door: an HTML5 tree whose elements know their exact place in the source text."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from operator import attrgetter, methodcaller
from typing import Any

import turbohtml
from turbohtml import Comment, Element, SourceLocation, Text

from adslot.errors import AdslotError, nearest
from adslot.html.dom import COMMENT, OTHER, TEXT, Concealed, Dom, Node, above, is_display_none
from adslot.html.elements import COMMENT_PATTERN, KNOWN, SILENT
from adslot.html.outgrowth import has_outgrown, may_outgrow
from adslot.html.unseen import MARKS, TAG, Unseen
from adslot.kept import Memo, lazy
from adslot.patterns import pattern
from adslot.roles import ID_PREFIX, MARK, RULE_MARK

_UNREAD: Any = object()
_MAY_HIDE = "[hidden],[style*=display i]"
_SLOT_LIKE = f'[{MARK}],[id^="{ID_PREFIX}"]'
# To look for parts of classes takes longer than for all other marks: that is done where any class has one of these.
_CLASS_PARTS = next(mark.parts for mark in MARKS if mark.name == "class")
_MARKED = [
    f"[{mark.name}*={part}{' i' if mark.any_case else ''}]" if part else f"[{mark.name}]"
    for mark in MARKS
    for part in mark.parts or ("",)
    if mark.name != "class"
]
_MAY_BE_UNSEEN_BY_OTHERS = ",".join([TAG, *_MARKED])
_MAY_BE_UNSEEN = ",".join([TAG, *_MARKED, *(f"[class*={part}]" for part in _CLASS_PARTS)])
# What can be written in a selector as it is.
_PLAIN_NAME = pattern("[a-z_][a-z0-9_-]*")
_PLAIN_TEXT = pattern(r"[\w .:/-]+", re.A)

_NOT_XML = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

Mode = str  # one of these
MODES = ("auto", "page", "fragment")

_PAGE = pattern(rf"\ufeff?(?>\s+|{COMMENT_PATTERN}|<\?[^>]*>)*<(?:!doctype|html|head|body|frameset)\b", re.S | re.I)


def is_page(text: str) -> bool:
    """Whether *text* is a whole page: doctype, html, head or body stand in front."""
    return _PAGE.match(text) is not None


class ModeError(AdslotError, ValueError):
    """The caller named a mode that there is not."""


def check_mode(mode: object) -> None:
    """Raise ModeError for a *mode* that there is not."""
    if mode not in MODES:
        close = nearest(mode.lower(), MODES) if isinstance(mode, str) else None
        hint = f" (did you mean {close!r}?)" if close else ""
        raise ModeError(f"mode: expected one of {', '.join(MODES)}, found {mode!r:.80}{hint}")


def parse(text: str, mode: Mode = "auto") -> Document:
    """Parse *text*, which must be well-formed, as a browser with scripting on would; nothing of one of which far too much would come."""
    check_mode(mode)
    # The parser counts CRLF as one code point; a same-length text without CR keeps offsets true.
    plain = text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
    page = is_page(text) if mode == "auto" else mode == "page"
    if may_outgrow(plain) or has_outgrown(plain, root := _root(plain, page=page)):
        return Document(plain, _root("", page=page), page=page, unread=True)
    return Document(plain, root, page=page)


def _make_xml(node: Node) -> None:
    """Replace the characters of *node* that XML, and so lxml, cannot hold: form feeds by blanks, others by U+FFFD."""
    if type(node) is Element:
        for name in node.attrs:
            if _NOT_XML.search(value := node.attr(name) or ""):
                with suppress(ValueError):  # a name that no other parser takes; lxml gets neither
                    node.attrs[name] = _as_xml(value)
    elif type(node) is Text and _NOT_XML.search(node.data):
        node.data = _as_xml(node.data)


def _as_xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text.replace("\f", " "))


def _root(text: str, *, page: bool) -> Node:
    if page:
        return turbohtml.parse(text, source_locations=True, scripting=True, allow_declarative_shadow_roots=False)
    return turbohtml.parse_fragment(text, "div", source_locations=True, scripting=True)


def _possibly_unseen(top: Node) -> Iterable[Node]:
    """The elements below *top* that have any mark of the unseen."""
    classes = " ".join(top.xpath("descendant::*/@class"))
    by_class = any(part in classes for part in _CLASS_PARTS)
    found: list[Node] = top.select(_MAY_BE_UNSEEN if by_class else _MAY_BE_UNSEEN_BY_OTHERS)
    return found


def _add_seen(parts: list[str], top: Node, unseen: Concealed, apart: Collection[str], around: Collection[Node]) -> None:
    """Add the texts that a reader sees in *top*, and breaks before and behind what stands *apart*.

    Looked into are the elements *around* any of these, and those of which a reader does not see all text.
    """
    hidden, broken = unseen.nodes, unseen.broken
    opened: list[tuple[Iterator[Node], str]] = [(iter(top.children), "")]
    while opened:
        for child in opened[-1][0]:
            kind = type(child)
            if kind is Text:
                parts.append(child.data)
            elif kind is Element and (tag := child.tag) == "br":
                parts.append("\n")
            elif kind is Element and tag not in SILENT and child not in hidden:
                edge = "\n" if tag in apart else ""
                if child in broken or child in around:
                    parts.append(edge)
                    opened.append((iter(child.children), edge))
                    break
                parts += (edge, child.text, edge)
        else:
            parts.append(opened.pop()[1])


def _attribute_names(node: Node) -> list[str]:
    return list(node.attrs) if type(node) is Element else []


def _classes(node: Node) -> str:
    return (node.attr("class") or "") if type(node) is Element else ""


def _tagged_children(node: Node) -> Sequence[tuple[str, Node]]:
    return [
        (child.tag if (kind := type(child)) is Element else TEXT if kind is Text else _kind(kind), child)
        for child in node.children
    ]


def _kind(kind: type) -> str:
    """The tag of what is neither element nor text."""
    return COMMENT if kind is Comment else OTHER


class Document:
    """One parsed text. Satisfies `Dom`; beyond it, answers where a node stands in the source.

    *unread* is one that has no nodes because there would be far too many.
    """

    def __init__(self, text: str, root: Node, *, page: bool, unread: bool = False) -> None:
        self.source = text
        self.unread = unread
        self.root = root
        self.is_page = page
        self.wrapper: Node | None = None if page else root
        self.text: Callable[[Node], str] = attrgetter("text")
        self.parent: Callable[[Node], Node | None] = attrgetter("parent")
        self.children: Callable[[Node], Sequence[Node]] = attrgetter("children")
        self._locations: dict[Node, Any] = {}
        # Asked several times of each element of the body: the parser makes them anew.
        self.attribute_names = Memo(_attribute_names).__getitem__
        self.classes = Memo(_classes).__getitem__
        self.tagged_children = Memo(_tagged_children).__getitem__

    def tag(self, node: Node) -> str:
        kind = type(node)
        if kind is Element:
            tag: str = node.tag
            return tag
        return TEXT if kind is Text else _kind(kind)

    def upwards(self, node: Node) -> Iterator[Node]:
        return chain((node,), node.ancestors)

    def data(self, node: Node) -> str:
        data: str = getattr(node, "data", "")
        return data

    def seen_text(self, node: Node, apart: Collection[str] = ()) -> str:
        parts: list[str] = []
        around = above(self, node.iter_elements(list(apart)), {node}) if apart else ()
        _add_seen(parts, node, self.unseen, apart, around)
        return "".join(parts)

    def attribute(self, node: Node, name: str) -> str:
        return node.attr(name) or ""

    def has_attribute(self, node: Node, name: str) -> bool:
        return name in node.attrs

    def elements(self, node: Node) -> Iterator[Node]:
        return iter(node.iter_elements())

    def find_all(self, node: Node, *tags: str) -> list[Node]:
        if len(tags) == 1 and (tags[0] in KNOWN or _PLAIN_NAME.fullmatch(tags[0])):
            found: list[Node] = node.select(tags[0])  # of a whole page the parser knows them already
            return found
        return list(node.iter_elements(list(tags)))

    def total(self, node: Node, tag: str, measure: Callable[[Dom, Node], int]) -> int:
        return sum(measure(self, inner) for inner in self.find_all(node, tag))

    def holds(self, node: Node, names: str) -> bool:
        return node.select_one(names) is not None

    def holds_custom(self, node: Node) -> bool:
        return any("-" in element.tag for element in node.iter_elements())

    @lazy
    def _slot_like(self) -> list[Node]:
        """The elements with a mark or an id as slots have them: of nearly all pages none."""
        found: list[Node] = self.root.select(_SLOT_LIKE)
        return found

    @lazy
    def unseen(self) -> Concealed:
        return Unseen(self, _possibly_unseen, methodcaller("matches", _MAY_BE_UNSEEN))

    def marked(self) -> list[Node]:
        """The elements with both marks of a slot, in tree order."""
        return [node for node in self._slot_like if MARK in node.attrs and RULE_MARK in node.attrs]

    def holds_mark(self, node: Node) -> bool:
        return bool(self._slot_like) and node.select_one(f"[{MARK}]") is not None

    def is_hidden(self, node: Node) -> bool:
        if not node.matches(_MAY_HIDE):
            return False
        return "hidden" in node.attrs or is_display_none(node.attr("style") or "")

    def slot_ids(self) -> frozenset[str]:
        # The attributes of a stray `<html>` go to the element around a fragment.
        nodes = self._slot_like if self.is_page else [*self._slot_like, self.root]
        names = (self.attribute(node, "id") for node in nodes)
        return frozenset(name for name in names if name.startswith(ID_PREFIX))

    def comments(self, node: Node, holding: str) -> list[Node]:
        if holding not in self.source:  # a look at the whole tree takes longer; nothing is encoded in comments
            return []
        return [comment for comment in node.xpath("descendant::comment()") if holding in comment.data]

    def holding(self, name: str, operator: str = "", value: str = "") -> list[Node]:
        if not _PLAIN_NAME.fullmatch(name):  # the parser's selectors know names in lower case only
            return [node for node in self.root.iter_elements() if name in node.attrs]
        compared = f'{operator}"{value}"' if operator and _PLAIN_TEXT.fullmatch(value) else ""
        found: list[Node] = self.root.select(f"[{name}{compared}]")
        return found

    def to_lxml(self) -> Any:
        """The tree as lxml elements, without comments; a fragment's in a `div`. This one is changed to what they can hold."""
        from turbohtml.etree import ElementView, to_lxml_html  # noqa: PLC0415  # needs lxml: the rest does without

        for node in self.root.descendants:
            _make_xml(node)
        return to_lxml_html(ElementView(self.root.root if self.is_page else self.root))

    def location(self, node: Node) -> SourceLocation | None:
        """The spans of an element's start and end tag; None for one that the parser made up."""
        location = self._locations.get(node, _UNREAD)
        if location is _UNREAD:
            location = self._locations[node] = node.source_location
        return location  # type: ignore[no-any-return] # the placeholder of any type was replaced
