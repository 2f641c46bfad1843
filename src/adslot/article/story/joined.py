"""Pieces that are one block to a reader: an ad for two devices, a list in pieces, the notes below a story.

Exports write a list of its own for every item (Notion), or none at all (Word, where a paragraph says that it is an
item); editors type bullets in front of their lines. Notes stand one by one in elements of their own, or as numbered
lines below a rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from adslot.article.foreign.twins import are_twins
from adslot.article.groups.notes import are_marked, is_note
from adslot.article.raw import Flow, RawBlock
from adslot.article.words.class_names import spell, whole
from adslot.html.dom import TEXT, Dom, Node
from adslot.html.text import chars_of
from adslot.kept import kept, size_of_text
from adslot.roles import AD, COUNTED, PARAGRAPH, PSEUDO_HEADING, SHORT_PARAGRAPH, Role

_LINES = frozenset({PARAGRAPH, SHORT_PARAGRAPH, PSEUDO_HEADING})
_ITEM_ROLES = _LINES - {PSEUDO_HEADING}
_NUMBERED = _LINES | {Role.LIST}
# A longer text is a paragraph, whatever stands in front of it.
_MOST_ITEM = 200
_NOTES = _NUMBERED | {Role.BOX}
# Word's paragraphs that are items.
_ITEMS = whole(r"mso-list-paragraph(?:-?cx-?sp-?(?:first|middle|last))? list-paragraph")
_ITEM_STYLE = re.compile(r"(?:\A|;)\s*mso-list\s*:\s*l\d", re.I)
_OTHER_LISTS = frozenset((TEXT, "dl", "menu", "dir"))
_BULLETS = frozenset("•◦▪▫‣⁃∙●■□➤►✓✔")
_BULLET = re.compile(r".\s?\S")
NOTE = "note"
_IS_NOTE = frozenset({NOTE})


def join_pieces(dom: Dom, flow: Flow) -> None:
    """Make one piece of those that are one block."""
    for piece in flow.pieces:
        if piece.role in _ITEM_ROLES and not piece.traits and len(piece.text) <= _MOST_ITEM and _is_item(dom, piece):
            piece.role = Role.LIST
    _box_notes(dom, flow.pieces)
    # An editor's word parts two pieces, but no twins: of them a reader sees one.
    marked = {marker.after for marker in flow.markers}
    joined: list[RawBlock] = []
    now = [0]  # how many pieces there are now, for each number that there were
    for number, piece in enumerate(flow.pieces):
        last = joined[-1] if joined and (number not in marked or piece.role is AD) else None
        if last is not None and last.role is piece.role and last.frame is piece.frame and _goes_on(dom, last, piece):
            _join(last, piece)
        else:
            joined.append(piece)
        now.append(len(joined))
    flow.pieces = joined
    for marker in flow.markers:
        marker.after = now[min(marker.after, len(now) - 1)]  # what began before it may have come to nothing
        marker.until = None if marker.until is None else now[marker.until]


def _join(last: RawBlock, piece: RawBlock) -> None:
    last.nodes = [*last.nodes, *piece.nodes]
    if last.role is not AD:  # of an ad for two devices a reader sees one
        last.text = f"{last.text} {piece.text}".strip()
        last.chars = chars_of(last.text) if last.chars and piece.chars else last.chars + piece.chars


def _goes_on(dom: Dom, last: RawBlock, piece: RawBlock) -> bool:
    """Whether a piece goes on with the one above it, which has the same role and stands beside it."""
    if piece.role is AD:
        return are_twins(dom, last.nodes[-1], piece.nodes[0])
    if piece.role is Role.LIST:
        return not piece.strays and _is_next_part(dom, last.nodes[-1], piece.nodes[0])
    return NOTE in last.traits and NOTE in piece.traits


# ----------------------------------------------------------------------------------------- lists


def _is_item(dom: Dom, piece: RawBlock) -> bool:
    """Whether a line is an item of a list, as its classes, its style or its bullet say."""
    node = piece.nodes[0]
    if dom.tag(node)[0] == "#":
        return False
    if piece.text[:1] in _BULLETS and _BULLET.match(piece.text):
        return True
    names = dom.attribute_names(node)
    if "style" in names and _ITEM_STYLE.search(dom.attribute(node, "style")):
        return True
    return "class" in names and _names_item(dom.attribute(node, "class"))


@kept(megabytes=0.25, size=size_of_text)
def _names_item(classes: str) -> bool:
    return _ITEMS.search(spell(classes)) is not None


def _is_next_part(dom: Dom, above: Node, below: Node) -> bool:
    """Whether a list, or a line that is an item, goes on with the one above.

    An `ol` says where it starts; other lists in pieces have the same names, and one item: each `ol`, one `ul` of two.
    """
    tag = dom.tag(above)
    if tag != dom.tag(below) or tag in _OTHER_LISTS:
        return False
    if tag not in ("ul", "ol"):
        return True
    if tag == "ol" and _starts_later(dom, below):
        return True
    if dom.attribute(above, "class") != dom.attribute(below, "class") or dom.has_attribute(below, "start"):
        return False
    have_one = [_has_one_item(dom, above), _has_one_item(dom, below)]
    return all(have_one) if tag == "ol" else any(have_one)


def _starts_later(dom: Dom, node: Node) -> bool:
    start = dom.attribute(node, "start")
    return start.isdecimal() and int(start[:9]) > 1


def _has_one_item(dom: Dom, node: Node) -> bool:
    return [tag for tag, _ in dom.tagged_children(node)].count("li") == 1


# ----------------------------------------------------------------------------------------- notes


def _box_notes(dom: Dom, pieces: Sequence[RawBlock]) -> None:
    """Make boxes of notes: they are not the story."""
    for piece in [*(each for each in pieces if _is_called_note(dom, each)), *_below_rule(pieces)]:
        piece.role, piece.chars, piece.traits = Role.BOX, 0, _IS_NOTE


def _is_called_note(dom: Dom, piece: RawBlock) -> bool:
    return piece.role in _NOTES and is_note(dom, piece.nodes[0])


def _below_rule(pieces: Sequence[RawBlock]) -> Sequence[RawBlock]:
    """The last rule and the lines below it, where each of them begins as a note does, and no other text follows."""
    first = next((at for at in range(len(pieces) - 1, -1, -1) if pieces[at].role is Role.SEPARATOR), len(pieces))
    notes = [*takewhile(lambda piece: piece.role in _NUMBERED, pieces[first + 1 :])]
    end = first + 1 + len(notes)
    if not are_marked([piece.text for piece in notes]) or any(piece.role in COUNTED for piece in pieces[end:]):
        return ()
    is_most = sum(piece.chars for piece in notes) > sum(piece.chars for piece in pieces[:first])
    return () if is_most else pieces[first:end]
