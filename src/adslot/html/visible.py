"""What a reader sees of a node: its text, its media."""

from __future__ import annotations

from adslot.html.dom import TEXT, Door, Node
from adslot.html.elements import BLOCKS, SILENT, UNSEEN
from adslot.html.text import visible

# As `Door.holds` wants them: elements whose text no reader sees, and besides the line break.
SILENT_NAMES = ",".join(sorted(SILENT))
_BROKEN = f"{SILENT_NAMES},br"
_PICTURES = ("img", "picture", "amp-img", "image")
_MEDIA = (*_PICTURES, "iframe", "video", "audio", "object", "embed", "canvas", "svg", "math", "input", "meter")
_PICTURE_NAMES, _MEDIA_NAMES, _BLOCK_NAMES = ",".join(_PICTURES), ",".join(_MEDIA), ",".join(sorted(BLOCKS))


def text_of(door: Door, node: Node) -> str:
    """The visible text of *node*, white space collapsed; scripts and ruby readings left out."""
    return visible(raw_text(door, node))


def element_text(door: Door, element: Node) -> str:
    """As `text_of`, of an element that is not silent itself."""
    if not door.holds(element, _BROKEN):
        return visible(door.text(element))
    return visible(door.seen_text(element))


def raw_text(door: Door, node: Node) -> str:
    """As `text_of`, white space as it is in the tree."""
    tag = door.tag(node)
    if tag == TEXT:
        return door.text(node)
    if tag[0] == "#" or tag in SILENT:
        return ""
    if not door.holds(node, _BROKEN):
        return door.text(node)
    return door.seen_text(node)


def has_picture(door: Door, node: Node) -> bool:
    """Whether *node* is a picture or holds one."""
    return door.tag(node) in _PICTURES or door.holds(node, _PICTURE_NAMES)


def has_media(door: Door, node: Node) -> bool:
    """Whether *node* is, or holds, something that a reader sees beside text."""
    tag = door.tag(node)
    if tag in UNSEEN:
        return False
    return tag in _MEDIA or "-" in tag or door.holds(node, _MEDIA_NAMES) or door.holds_custom(node)


def has_blocks(door: Door, node: Node) -> bool:
    """Whether an element holds a block at any depth."""
    return door.holds(node, _BLOCK_NAMES)


def is_hidden(door: Door, node: Node) -> bool:
    """Whether the markup itself keeps *node* from being shown."""
    return door.is_hidden(node)
