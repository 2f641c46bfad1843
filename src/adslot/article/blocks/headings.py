"""Headings wherever they stand: what else is a heading than `h1` to `h6`, and what stands around one.

Systems put a heading into a `header`, an `hgroup`, a link or a `div` of its own, and beside it an edit
link, an anchor, an icon or a second line. Such a *shell* is looked through, and nothing of it but the
heading is a block: a slot below the edit link would stand below the heading to a reader.

A shell is known by what it holds, whatever it is called: MediaWiki has `div.mw-heading`, GitHub
`div.markdown-heading`, TYPO3 a `header` above each element, and others follow.
"""

from __future__ import annotations

from collections.abc import Sequence

from adslot.html.dom import TEXT, Dom, Node
from adslot.html.elements import BLOCKS, EMBEDS, HEADING_NAMES, HEADINGS, UNSEEN
from adslot.html.text import visible
from adslot.html.visible import text_of
from adslot.roles import PSEUDO_HEADING, Role

# These may hold a heading and a line that belongs to it; in others a line is a paragraph.
_TITLES = frozenset(("header", "hgroup"))
SHELLS = _TITLES | {"div", "section", "a"}
# What `header` and `hgroup` may hold besides. With anything else, such as the picture above a story, they are boxes.
_LINES = frozenset("p div address".split())
_MORE = (BLOCKS | EMBEDS) - _LINES - {"svg"}
_LINK_NAMES = "a,button"
_DEEPEST = 4
# The words of an edit link, and those of a byline or a second line, in code points.
_MOST_TOOLS, _MOST_LINES = 60, 300
# With the white space of indented markup and with scripts: most wrappers have more, and are asked no more.
_MOST_RAW = 4_000
# What a heading without a level has, as the standard says.
_LEVEL = 2
# Pictures no larger than this, in pixels, are icons.
_ICON_SIZES = frozenset(map(str, range(65)))


def is_shell(dom: Dom, node: Node, tag: str, raw: str | None = None) -> bool:
    """Whether an element of one of `SHELLS` shows a heading and nothing that is not part of it; *raw* is its text, if known."""
    if raw is None:
        raw = dom.text(node)
    if len(raw) > _MOST_RAW or not dom.holds(node, HEADING_NAMES):
        return False
    headings = dom.find_all(node, *HEADINGS)
    if len(headings) > 1 and tag not in _TITLES:
        return False
    if node in dom.unseen.broken or node in dom.unseen.nodes:  # its text takes longer than to look at its children
        return bool(_headings(dom, node, tag, 0)) and _says_little(dom, tag, text_of(dom, node), headings)
    return _says_little(dom, tag, visible(raw), headings) and bool(_headings(dom, node, tag, 0))


def _says_little(dom: Dom, tag: str, text: str, headings: Sequence[Node]) -> bool:
    """Whether the *text* that a reader sees of a shell is hardly more than its *headings*."""
    most = _MOST_LINES if tag in _TITLES else _MOST_TOOLS
    return len(text) - sum(len(text_of(dom, heading)) for heading in headings) <= most


def _headings(dom: Dom, node: Node, tag: str, depth: int) -> list[Node] | None:
    """The headings in a shell; None where it holds something else."""
    found: list[Node] = []
    for name, child in dom.tagged_children(node):
        if name in HEADINGS:
            found.append(child)
        elif name in SHELLS and depth < _DEEPEST and dom.holds(child, HEADING_NAMES):
            inner = _headings(dom, child, name, depth + 1)
            if inner is None:
                return None
            found += inner
        elif not _is_beside(dom, child, name, tag):
            return None
    return found


def _is_beside(dom: Dom, node: Node, name: str, around: str) -> bool:
    """Whether a child of a shell may stand beside the heading: a link, an icon, a second line."""
    if name == TEXT:
        return around in _TITLES or (text := dom.text(node)).isspace() or not any(map(str.isalnum, text))
    if name[0] == "#" or name in UNSEEN:
        return True
    if name in _MORE or (name in _LINES and not (around in _TITLES or (name == "div" and _is_tool(dom, node)))):
        return False
    if name in _LINES and any(dom.tag(inner) in _MORE for inner in dom.elements(node)):
        return False
    return all(_is_icon(dom, one) for one in _pictures(dom, node, name))


def _is_tool(dom: Dom, node: Node) -> bool:
    """Whether a `div` shows no words, or has something to press."""
    return not dom.text(node).strip() or dom.holds(node, _LINK_NAMES)


def _pictures(dom: Dom, node: Node, name: str) -> list[Node]:
    return [node] if name == "img" else dom.find_all(node, "img")


def _is_icon(dom: Dom, picture: Node) -> bool:
    """Whether a picture is an icon, by its size or by its names."""
    if any(dom.attribute(picture, name).removesuffix("px") in _ICON_SIZES for name in ("width", "height")):
        return True
    names = f"{dom.attribute(picture, 'class')} {dom.attribute(picture, 'src')[-200:]}".lower()
    return "icon" in names or "emoji" in names or names.endswith(".svg")


def named_heading(dom: Dom, node: Node, tag: str) -> Role | None:
    """The role of an element that a policy calls a heading; None for `h1` to `h6`, which are some in any case."""
    if tag in HEADINGS:
        return None
    has_level = dom.has_attribute(node, "aria-level") or dom.holds(node, HEADING_NAMES)
    return Role.HEADING if has_level else PSEUDO_HEADING


def level_of(dom: Dom, node: Node) -> int:
    """The level of a heading, from 1 to 6: that of its name, or the one that it says of itself."""
    tag = dom.tag(node)
    if tag in HEADINGS:
        return int(tag[1])
    said = dom.attribute(node, "aria-level").strip()
    if said.isdecimal() and len(said) < 3:
        return min(max(int(said), 1), 6)
    inner = dom.find_all(node, *HEADINGS)
    return int(dom.tag(inner[0])[1]) if inner else _LEVEL
