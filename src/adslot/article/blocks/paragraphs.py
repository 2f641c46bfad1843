"""Paragraphs: text without a `<p>` of its own, cut into lines, and what a line or a paragraph is to a reader.

Classic editors store paragraphs as bare text with blank lines, older ones as lines with `<br><br>`
between them. A run of loose nodes is cut into lines at these breaks; each line with something to
see becomes a block. A single `<br>` does not end a line, as it ends no paragraph. An inline element around
several paragraphs is looked through, and so is a `p`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from adslot.article.words.class_names import spell, whole
from adslot.html.breaks import edge_breaks, paragraphs_in
from adslot.html.dom import TEXT, Dom, Node, TextCut
from adslot.html.elements import INLINE, UNSEEN
from adslot.html.sentences import ends_sentence
from adslot.html.text import BLANK_LINE, ZERO_WIDTH_SPACE, is_invisible, visible, width_of
from adslot.html.visible import has_media, has_picture, is_hidden, raw_text, text_of
from adslot.patterns import pattern
from adslot.roles import PARAGRAPH, PSEUDO_HEADING, SHORT_PARAGRAPH, Role


@attrs.define(eq=False)
class Line:
    """Consecutive loose nodes of one paragraph; *cut* is where it begins inside a text node."""

    nodes: list[Node] = attrs.field(factory=list)
    parts: list[str] = attrs.field(factory=list)
    cut: TextCut | None = None

    @property
    def text(self) -> str:
        """The visible text of the line."""
        return visible("".join(self.parts))


def lines(dom: Dom, run: Sequence[Node], *, blank_lines: bool) -> list[Line]:
    """Cut *run* into lines at `<br><br>` and, where *blank_lines* count, at blank lines.

    What shows nothing may stand between the two `br`, and each may stand in an inline element.
    """
    found = [Line()]
    breaks = 0
    for node in run:
        tag = dom.tag(node)
        if tag == "br":
            breaks += 1
            found[-1].nodes.append(node)
            found[-1].parts.append("\n")
            continue
        first, last = (0, 0) if tag[0] == "#" or not dom.holds(node, "br") else edge_breaks(dom, node)
        breaks += first
        if (breaks or last) and not is_blank(dom, node):
            if breaks > 1:
                found.append(Line())
            breaks = last
        if tag == TEXT and blank_lines:
            _add_text(dom, node, found)
        else:
            found[-1].nodes.append(node)
            found[-1].parts.append(raw_text(dom, node))
    return [line for line in found if line.nodes]


# Elements that say nothing of their text. Others may hold a few short lines: an address, a bold title with a second line.
_NEUTRAL = frozenset("span font ins del".split())


# What may hold paragraphs parted by breaks alone.
OF_TEXT = INLINE | {"p"}


def holds_paragraphs(dom: Dom, node: Node, tag: str, short: int) -> bool:
    """Whether an inline element, or a `p`, holds several paragraphs that `<br><br>` parts; not *short* ones, unless it is neutral."""
    if not dom.holds(node, "br"):
        return False
    found = paragraphs_in(dom, node)
    return len(found) > 1 and (tag in _NEUTRAL or sum(width_of(text) >= short for text in found) > 1)


def prose_size(dom: Dom, node: Node) -> int:
    """How much text stands in the paragraphs below *node*: by that a thing beside the story is told from the story."""
    return dom.total(node, "p", _size)


def _size(dom: Dom, paragraph: Node) -> int:
    return len(dom.text(paragraph))


def begins_line(dom: Dom, run: Sequence[Node]) -> bool:
    """Whether what follows *run* begins a paragraph: nothing of it shows, or two `br` end it."""
    breaks = 0
    for node in reversed(run):
        if dom.tag(node) == "br":
            breaks += 1
        elif not is_blank(dom, node):
            return breaks > 1
    return True


def _add_text(dom: Dom, node: Node, found: list[Line]) -> None:
    """Add a text node to the last line, and begin a new line after each of its blank lines."""
    for part, cut in _cut_text(dom, node):
        if cut is not None and (found[-1].nodes or found[-1].cut):
            found.append(Line(cut=cut))
        if part:
            found[-1].nodes.append(node)
            found[-1].parts.append(part)


def _cut_text(dom: Dom, node: Node) -> Iterator[tuple[str, TextCut | None]]:
    data, start, cut = dom.text(node), 0, None
    for ordinal, match in enumerate(BLANK_LINE.finditer(data)):
        yield data[start : match.end()], cut
        start, cut = match.end(), TextCut(node, ordinal, match.end())
    yield data[start:], cut


# A paragraph that is wholly bold counts as a heading up to this many code points: the subheads of
# German service texts ("Tag 2: Rom") are shorter, bold leads are longer.
PSEUDO_HEADING_CHARS = 100

_BOLD = ("strong", "b")
# Letters are bold by a style, too; a `b` that is not is what some editors wrap around all that is pasted.
_MAY_BE_BOLD = (*_BOLD, "span", "font", "em", "i", "u", "a", "big")
_BOLD_STYLE = pattern(r"(?:\A|;)\s*font-weight\s*:\s*(?:bold(?:er)?|[6-9]00)\b", re.I)
_LIGHT_STYLE = pattern(r"(?:\A|;)\s*font-weight\s*:\s*(?:normal|lighter|[1-5]00)\b", re.I)
_BOLD_NAMES = whole(r"(?<!no-)(?<!not-)(?:fw-|font-|text-|is-)?(?:(?:semi|extra|half-?)?bold(?:er)?|(?:halb)?fett)")
# What is left of the mark round the text in a feed: HTML knows none, and takes its beginning for a comment.
CDATA_END = "]]>"
_CONTROLS = ("button", "select", "textarea", "label", "input")


def paragraph_role(dom: Dom, nodes: Sequence[Node], text: str) -> Role:
    """The role of a paragraph with this visible *text*: a picture or an embed where it has none."""
    if not text:
        return Role.FIGURE if any(has_picture(dom, node) for node in nodes) else Role.EMBED
    if len(text) > PSEUDO_HEADING_CHARS or ends_sentence(text):
        return PARAGRAPH
    if is_bold(dom, nodes, text) and width_of(text) <= PSEUDO_HEADING_CHARS:
        return PSEUDO_HEADING
    return PARAGRAPH


def text_role(text: str, short: int) -> Role:
    """The role of a paragraph: a short one has less than *short* code points, and is no wider than so many letters."""
    return SHORT_PARAGRAPH if len(text) < short and width_of(text) < short else PARAGRAPH


def line_role(dom: Dom, nodes: Sequence[Node], text: str) -> Role | None:
    """The role of a line of loose nodes; None where it shows nothing."""
    elements = [node for node in nodes if dom.tag(node)[0] != "#" and not is_hidden(dom, node)]
    controls = "".join(text_of(dom, node) for node in elements if dom.tag(node) in _CONTROLS)
    if text == CDATA_END:
        return None
    if text and not _is_same(text, controls):
        return paragraph_role(dom, nodes, text)
    if any(has_picture(dom, node) for node in elements):
        return Role.FIGURE
    if text:
        return Role.BOX
    return Role.EMBED if any(has_media(dom, node) for node in elements) else None


def is_bold(dom: Dom, nodes: Sequence[Node], text: str) -> bool:
    """Whether all of a line is bold."""
    said, has_bold, text = "", False, text.replace(ZERO_WIDTH_SPACE, "")
    for part in _bold_parts(dom, nodes):
        has_bold = True
        said += part.replace(" ", "").replace(ZERO_WIDTH_SPACE, "")
        if len(said) > len(text):
            return False
    return has_bold and _is_same(said, text)


def _bold_parts(dom: Dom, nodes: Sequence[Node]) -> Iterator[str]:
    """The text of each bold element; what lies in one without text is as empty, and left out."""
    for node in nodes:
        if dom.tag(node)[0] == "#":
            continue
        if _is_bold_element(dom, node):
            yield text_of(dom, node)
            continue
        bold, at = _bold_in(dom, node), 0
        while at < len(bold):
            part = text_of(dom, bold[at])
            yield part
            at += 1 if part else 1 + len(_bold_in(dom, bold[at]))


def _bold_in(dom: Dom, node: Node) -> list[Node]:
    return [inner for inner in dom.find_all(node, *_MAY_BE_BOLD) if _is_bold_element(dom, inner)]


def _is_bold_element(dom: Dom, node: Node) -> bool:
    """Whether an element is bold by its name, its style or its class."""
    if not (attributes := dom.attribute_names(node)):
        return dom.tag(node) in _BOLD
    style = dom.attribute(node, "style") if "style" in attributes else ""
    if dom.tag(node) in _BOLD:
        return not _LIGHT_STYLE.search(style)
    return bool(_BOLD_STYLE.search(style)) or ("class" in attributes and _names_bold(dom.classes(node)))


def _names_bold(classes: str) -> bool:
    low = classes.lower()
    return ("bold" in low or "fett" in low) and _BOLD_NAMES.search(spell(classes)) is not None


def _is_same(one: str, other: str) -> bool:
    return one.replace(" ", "") == other.replace(" ", "")


def is_blank(dom: Dom, node: Node) -> bool:
    """Whether *node* shows nothing: white space, a comment, something unseen, an empty inline element."""
    tag = dom.tag(node)
    if tag == TEXT:
        return is_invisible(dom.text(node))
    if tag[0] == "#" or tag in UNSEEN or tag == "br" or is_hidden(dom, node):
        return True
    return is_invisible(dom.text(node)) and not has_media(dom, node)


def trim(dom: Dom, nodes: Sequence[Node], parts: Sequence[str]) -> tuple[int, int]:
    """The slice of a line's *nodes* without what shows nothing at its ends; *parts* is the text of each in the line."""
    first, last = 0, len(nodes)
    while first < last and _shows_nothing(dom, nodes[first], parts[first]):
        first += 1
    while last > first and _shows_nothing(dom, nodes[last - 1], parts[last - 1]):
        last -= 1
    return first, last


def _shows_nothing(dom: Dom, node: Node, part: str) -> bool:
    return is_invisible(part) and (dom.tag(node) == TEXT or is_blank(dom, node))
