"""What a reader sees of a node: its text, its media."""

from __future__ import annotations

from adslot._door import BLOCKS, TEXT, UNSEEN, Door, Node
from adslot._text import visible

_SILENT = ("script", "style", "template", "noscript", "rt", "rp", "title", "textarea", "select", "svg", "math")
_SILENT_SET = frozenset(_SILENT)
# Elements whose text no reader sees, and besides the line break, as `Door.holds` wants them.
SILENT = ",".join(_SILENT)
_BROKEN = f"{SILENT},br"
_PICTURES = ("img", "picture", "amp-img", "image")
_MEDIA = (*_PICTURES, "iframe", "video", "audio", "object", "embed", "canvas", "svg", "math", "input", "meter")
_PICTURE_NAMES, _MEDIA_NAMES, _BLOCK_NAMES = ",".join(_PICTURES), ",".join(_MEDIA), ",".join(sorted(BLOCKS))


def text_of(door: Door, node: Node) -> str:
    """The visible text of *node*, white space collapsed; scripts and ruby readings left out."""
    return visible(raw_text(door, node))


def raw_text(door: Door, node: Node) -> str:
    """As `text_of`, white space as it is in the tree."""
    tag = door.tag(node)
    if tag == TEXT:
        return door.text(node)
    if tag[0] == "#" or tag in _SILENT_SET:
        return ""
    if not door.holds(node, _BROKEN):
        return door.text(node)
    return "".join(_loud_parts(door, node))


def _loud_parts(door: Door, node: Node) -> list[str]:
    parts: list[str] = []
    waiting = [node]
    while waiting:
        node = waiting.pop()
        tag = door.tag(node)
        if tag == TEXT:
            parts.append(door.text(node))
        elif tag == "br":
            parts.append("\n")
        elif tag[0] != "#" and tag not in _SILENT_SET:
            waiting.extend(reversed(door.children(node)))
    return parts


def has_picture(door: Door, node: Node) -> bool:
    """Whether *node* is a picture or holds one."""
    return door.tag(node) in _PICTURES or door.holds(node, _PICTURE_NAMES)


def has_media(door: Door, node: Node) -> bool:
    """Whether *node* is, or holds, something that a reader sees beside text."""
    tag = door.tag(node)
    if tag in UNSEEN:
        return False
    return tag in _MEDIA or "-" in tag or door.holds(node, _MEDIA_NAMES) or _has_custom(door, node)


def _has_custom(door: Door, node: Node) -> bool:
    return any("-" in door.tag(element) for element in door.elements(node))


def has_blocks(door: Door, node: Node) -> bool:
    """Whether an element holds a block at any depth."""
    return door.holds(node, _BLOCK_NAMES)


def is_hidden(door: Door, node: Node) -> bool:
    """Whether the markup itself keeps *node* from being shown."""
    style = door.attribute(node, "style")
    if style and "display:none" in style.replace(" ", "").lower():
        return True
    return door.has_attribute(node, "hidden")
