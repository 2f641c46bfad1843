"""Pictures in text: a paragraph that holds one is text in what it says, and a picture to every rule about pictures."""

from __future__ import annotations

from itertools import islice, takewhile

from adslot.article.raw import Flow
from adslot.article.words.class_names import spell, whole
from adslot.html.dom import Dom, Node
from adslot.html.elements import PICTURES, UNSEEN
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern
from adslot.roles import COUNTED, GROUPS, PICTURE

_TEXTS = COUNTED - GROUPS["headings"]
_PICTURED = frozenset({PICTURE})
# How many elements may stand between a picture and the block that it is in.
_DEEPEST = 8
# A `picture` is what its `img` is.
_DRAWN = tuple(name for name in PICTURES if name != "picture")
# Signs within a line: by their class, or neither wider nor higher than a line of text and a half.
_SIGNS = whole(
    r"(?:wp-)?smil(?:ey|ies) emoji\w* emoticon icons?(?:-\w+)? glyph\w* ikon pixel tracking sprite latex math\w* tex"
)
_MOST_SIGN = 40
_NUMBER = pattern(r"(\d+)(?:px)?\Z")


def mark_pictures(dom: Dom, flow: Flow) -> None:
    """Give the trait to all blocks of text that hold a picture."""
    body = flow.root.node
    if not (pictures := dom.find_all(body, *_DRAWN)):
        return
    texts = {node: piece for piece in flow.pieces if piece.role in _TEXTS for node in piece.nodes}
    for picture in pictures:
        node = next(filter(texts.__contains__, islice(dom.upwards(picture), _DEEPEST)), None)
        if node is not None and _is_seen(dom, picture, node) and not _is_sign(dom, picture):
            texts[node].traits |= _PICTURED


def _is_seen(dom: Dom, picture: Node, top: Node) -> bool:
    """Whether neither a picture in *top* is unseen nor an element around it."""
    path = [*takewhile(lambda node: node != top, dom.upwards(picture)), top]
    return not any(dom.tag(node) in UNSEEN or node in dom.unseen.nodes for node in path)


def _is_sign(dom: Dom, picture: Node) -> bool:
    names = dom.attribute_names(picture)
    if "class" in names and _names_sign(dom.classes(picture)):
        return True
    sizes = [dom.attribute(picture, name) for name in ("width", "height") if name in names]
    return bool(sizes) and all(map(_is_small, sizes))


@kept(megabytes=0.125, size=size_of_text)
def _names_sign(classes: str) -> bool:
    return _SIGNS.search(spell(classes)) is not None


def _is_small(size: str) -> bool:
    found = _NUMBER.match(size)
    return found is not None and int(found[1][:6]) <= _MOST_SIGN
