"""Captions: lines of text that belong to the picture, table or quotation directly above them.

A line is one by its own class or that of an element around it, by the words of credits, by its form (small
or italic letters, or centred, alone), or because it stands with a picture in an element that is made for
both. Below a quotation stands its author.

Nothing here is asked but of text below a picture or a quotation, or below another caption.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from adslot.article.blocks.paragraphs import is_blank
from adslot.article.words.class_names import spell, whole
from adslot.article.words.credits import ends_in_credit, is_credit
from adslot.html.dom import TEXT, Dom, Node
from adslot.html.sentences import asks
from adslot.html.text import visible
from adslot.html.visible import has_media
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern

# A caption, and an element around a picture and its caption, has no more text than this.
MOST_CAPTION = 600
# A text that is no caption by its class is one only where it is short.
_MOST_CREDIT = 200
# An author's name and office.
_MOST_AUTHOR = 120

# ----------------------------------------------------------------------------------------- names

_CAPTION_NAMES = whole(r"""
    (?<!no-)(?<!not-)(?<!has-)(?<!with-)(?<!without-)(?<!closed-)(?!no)\w*captions? cutline didascalia bijschrift
    bild-?(?:unterschrift|text|quelle|nachweis|beschreibung|legende|titel|info)(?:en)? l(?:e|é)gende legend
    pie-de-foto (?<!no-)(?<!without-)credits? copyright attribution quelle bildcredits? fotocredits? photographer fotograf
    (?:image|img|photo|foto|picture|figure|video)-?(?:credits?|source|copyright|text|description|quelle|nachweis|info|by)
    media-?(?:credits?|source|copyright|description|info)
""")
# Elements that are made for a picture and what stands below it: of AsciiDoc, LaTeX, Docutils, and of many editors.
_FIGURE_NAMES = whole(r"""
    (?<!no-)(?:inline-?|wp-block-|single-?|article-?|content-?|media-?)?(?:figures?|fig|image|img|picture|photo|foto|bild|grafik|illustration)
    (?:image|img|picture|photo|foto|bild|table|video|figure|media|embed)-?(?:block|box|container|wrapper|wrap|holder|frame|component|element|kasten)
    wp-caption thumbinner thumb
""")
_AUTHOR_NAMES = whole(r"""
    attributions? author autor(?:in)? auteur autore cite source quelle verfasser(?:in)? urheber(?:in)? speaker credits? signature
    (?:pull-?|block-?)?quote-?(?:author|source|name|by|attribution|cite|credits?|caption|person|footer|meta)
    zitat-?(?:autor(?:in)?|geber(?:in)?|quelle|von|name|person)
""")

_DASHES = ("—", "–", "―", "--", "- ")
_END_MARKS = tuple(".!?:;,…。")

# ------------------------------------------------------------------------------------------ form

_SMALL = frozenset("em i small cite figcaption center".split())
_SMALL_STYLE = pattern(
    r"(?:\A|;)\s*(?:font-style\s*:\s*(?:italic|oblique)|font-size\s*:\s*(?:smaller|(?:x+-)?small|0?\.\d|1[0-2](?:px|pt))"
    r"|text-align\s*:\s*(?:center|right|end))",
    re.I,
)
_SMALL_NAMES = whole(
    r"(?<!no-)(?:(?:text-|font-|has-|is-)*(?:small(?:er)?-?(?:text|font-size)?|italics?|kursiv|klein))"
    r" (?:has-)?(?:text-)?(?:align-?)?(?:center(?:ed)?|zentriert|mittig)"
)
_DEEPEST = 4


def is_caption_element(dom: Dom, node: Node) -> bool:
    """Whether an element is a caption by its names."""
    return dom.tag(node) == "figcaption" or _names(dom.classes(node))[0]


@kept(megabytes=1, size=size_of_text)
def _names(classes: str) -> tuple[bool, bool]:
    """Whether class names say that an element is a caption, or made for a picture and a caption."""
    names = spell(classes)
    return _CAPTION_NAMES.search(names) is not None, _FIGURE_NAMES.search(names) is not None


def is_figure_element(dom: Dom, node: Node) -> bool:
    """Whether an element is made for a picture and what stands below it."""
    return _names(dom.classes(node))[1] and _has_captioned(dom, node)


def holds_one_line(dom: Dom, node: Node, text: str) -> bool:
    """Whether an element holds a picture, and of text nothing but a short line."""
    if len(text) > _MOST_CREDIT or len(held := dom.text(node)) > 2 * _MOST_CREDIT:
        return False
    return visible(held) == text and _has_captioned(dom, node)


def _has_captioned(dom: Dom, node: Node) -> bool:
    return has_media(dom, node) or dom.holds(node, "table")


def is_caption_text(dom: Dom, nodes: Sequence[Node], text: str) -> bool:
    """Whether a line below a picture is a caption by its words or by its form."""
    if len(text) <= _MOST_CREDIT and (is_credit(text) or (not asks(text) and is_set_apart(dom, nodes))):
        return True
    return ends_in_credit(text)


def is_author(dom: Dom, nodes: Sequence[Node], around: Node | None, text: str) -> bool:
    """Whether a line below a quotation says who is quoted; *around* is the element that holds it."""
    if len(text) > _MOST_CREDIT:
        return False
    elements = [node for node in (nodes[0], around) if node is not None and dom.tag(node)[0] != "#"]
    if any(names_author(dom.classes(node)) for node in elements):
        return True
    if len(text) > _MOST_AUTHOR or text.endswith(_END_MARKS):
        return False
    return text.startswith(_DASHES) or is_set_apart(dom, nodes)


def names_author(classes: str) -> bool:
    """Whether class names say that somebody is quoted."""
    return bool(classes) and _AUTHOR_NAMES.search(spell(classes)) is not None


def is_set_apart(dom: Dom, nodes: Sequence[Node]) -> bool:
    """Whether all of a line is in small or italic letters, or centred."""
    shown = _elements(dom, nodes)
    for _ in range(_DEEPEST):
        if not shown:
            return False
        if all(_is_small(dom, node) for node in shown):
            return True
        if len(shown) > 1:
            return False
        shown = _elements(dom, dom.children(shown[0]))
    return False


def _elements(dom: Dom, nodes: Sequence[Node]) -> list[Node]:
    """Those of *nodes* that show anything; none where loose text does."""
    found = []
    for node in nodes:
        if not is_blank(dom, node):
            if dom.tag(node) == TEXT:
                return []
            found.append(node)
    return found


def _is_small(dom: Dom, node: Node) -> bool:
    if dom.tag(node) in _SMALL:
        return True
    if not (attributes := dom.attribute_names(node)):
        return False
    if "style" in attributes and _SMALL_STYLE.search(dom.attribute(node, "style")):
        return True
    return dom.attribute(node, "align") == "center" or _names_small(dom.classes(node))


def _names_small(classes: str) -> bool:
    return bool(classes) and _SMALL_NAMES.search(spell(classes)) is not None
