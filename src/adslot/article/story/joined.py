"""Pieces that are one block to a reader: an ad for two devices, a list in pieces, the notes below a story.

Exports write a list of its own for every item (Notion), or none at all (Word, where a paragraph says that it is an
item); editors type bullets in front of their lines. Notes stand one by one in elements of their own, or as numbered
lines below a rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from adslot.article.foreign.twins import are_twins
from adslot.article.groups.notes import are_marked, is_note
from adslot.article.raw import Flow, RawBlock
from adslot.article.words.class_names import spell, whole
from adslot.html.dom import TEXT, Dom, Node
from adslot.html.text import chars_of
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern
from adslot.roles import AD, COUNTED, PARAGRAPH, PSEUDO_HEADING, SHORT_PARAGRAPH, Role

_LINES = frozenset({PARAGRAPH, SHORT_PARAGRAPH, PSEUDO_HEADING})
_ITEM_ROLES = _LINES - {PSEUDO_HEADING}
_NUMBERED = _LINES | {Role.LIST}
# A longer text is a paragraph, whatever stands in front of it.
_MOST_ITEM = 200
_NOTES = _NUMBERED | {Role.BOX}
# What may go on in the next piece: of boxes those that are notes.
_GOING_ON = frozenset({AD, Role.LIST, Role.BOX})
# Word's paragraphs that are items.
_ITEMS = whole(r"mso-list-paragraph(?:-?cx-?sp-?(?:first|middle|last))? list-paragraph")
_ITEM_STYLE = pattern(r"(?:\A|;)\s*mso-list\s*:\s*l\d", re.I)
_OTHER_LISTS = frozenset((TEXT, "dl", "menu", "dir"))
_BULLETS = frozenset("•◦▪▫‣⁃∙●■□➤►✓✔")
_BULLET = pattern(r".\s?\S")
NOTE = "note"
_IS_NOTE = frozenset({NOTE})


def join_pieces(dom: Dom, flow: Flow) -> None:
    """Make one piece of those that are one block."""
    for piece in flow.pieces:
        if len(piece.text) <= _MOST_ITEM and piece.role in _ITEM_ROLES and not piece.traits and _is_item(dom, piece):
            piece.role = Role.LIST
    roles = {piece.role for piece in flow.pieces}
    has_notes = _box_notes(dom, flow.pieces, has_rule=Role.SEPARATOR in roles)
    may_go_on = has_notes or not roles.isdisjoint(_GOING_ON)
    now = _join_neighbours(dom, flow) if may_go_on and _are_neighbours(flow.pieces) else range(len(flow.pieces) + 1)
    for marker in flow.markers:
        marker.after = now[min(marker.after, len(now) - 1)]  # what began before it may have come to nothing
        marker.until = None if marker.until is None else now[marker.until]


def _are_neighbours(pieces: Sequence[RawBlock]) -> bool:
    """Whether a piece may go on with the one above it, by their roles: in most stories none does."""
    roles = [piece.role for piece in pieces]
    return any(one is other and one in _GOING_ON for one, other in pairwise(roles))


def _join_neighbours(dom: Dom, flow: Flow) -> Sequence[int]:
    """Join each piece to the one above that it goes on with; how many pieces there are now, for each number that there were."""
    marked = {marker.after for marker in flow.markers}
    joined: list[RawBlock] = []
    now = [0]
    for number, piece in enumerate(flow.pieces):
        if piece.role in _GOING_ON and joined and _goes_on(dom, joined[-1], piece, is_marked=number in marked):
            _join(joined[-1], piece)
        else:
            joined.append(piece)
        now.append(len(joined))
    flow.pieces = joined
    return now


def _join(last: RawBlock, piece: RawBlock) -> None:
    last.nodes = [*last.nodes, *piece.nodes]
    if last.role is not AD:  # of an ad for two devices a reader sees one
        last.text = f"{last.text} {piece.text}".strip()
        last.chars = chars_of(last.text) if last.chars and piece.chars else last.chars + piece.chars


def _goes_on(dom: Dom, last: RawBlock, piece: RawBlock, *, is_marked: bool) -> bool:
    """Whether a piece goes on with the one above it, from which an editor's word parts one that *is_marked*."""
    if last.role is not piece.role or last.frame is not piece.frame:
        return False
    if piece.role is AD:  # no word parts twins: of them a reader sees one
        return are_twins(dom, last.nodes[-1], piece.nodes[0])
    if is_marked:
        return False
    if piece.role is Role.LIST:
        return not piece.strays and _is_next_part(dom, last.nodes[-1], piece.nodes[0])
    return NOTE in last.traits and NOTE in piece.traits


# ----------------------------------------------------------------------------------------- lists


def _is_item(dom: Dom, piece: RawBlock) -> bool:
    """Whether a line is an item of a list, as its classes, its style or its bullet say."""
    node = piece.nodes[0]
    if piece.text[:1] in _BULLETS and _BULLET.match(piece.text):
        return dom.tag(node)[0] != "#"
    names = dom.attribute_names(node)
    if not names:
        return False
    if "style" in names and _ITEM_STYLE.search(dom.attribute(node, "style")):
        return True
    return "class" in names and _names_item(dom.classes(node))


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
    if dom.classes(above) != dom.classes(below) or dom.has_attribute(below, "start"):
        return False
    have_one = [_has_one_item(dom, above), _has_one_item(dom, below)]
    return all(have_one) if tag == "ol" else any(have_one)


def _starts_later(dom: Dom, node: Node) -> bool:
    start = dom.attribute(node, "start")
    return start.isdecimal() and int(start[:9]) > 1


def _has_one_item(dom: Dom, node: Node) -> bool:
    return [tag for tag, _ in dom.tagged_children(node)].count("li") == 1


# ----------------------------------------------------------------------------------------- notes


def _box_notes(dom: Dom, pieces: Sequence[RawBlock], *, has_rule: bool) -> bool:
    """Make boxes of notes: they are not the story. Whether there are any."""
    names = dom.attribute_names  # most pieces have none
    called = [
        piece for piece in pieces if names(piece.nodes[0]) and piece.role in _NOTES and is_note(dom, piece.nodes[0])
    ]
    notes = [*called, *(_below_rule(pieces) if has_rule else ())]
    for piece in notes:
        piece.role, piece.chars, piece.traits = Role.BOX, 0, _IS_NOTE
    return bool(notes)


def _below_rule(pieces: Sequence[RawBlock]) -> Sequence[RawBlock]:
    """The last rule and the lines below it, where each of them begins as a note does, and no other text follows."""
    first = next((at for at in range(len(pieces) - 1, -1, -1) if pieces[at].role is Role.SEPARATOR), len(pieces))
    notes = [*takewhile(lambda piece: piece.role in _NUMBERED, pieces[first + 1 :])]
    end = first + 1 + len(notes)
    if not are_marked([piece.text for piece in notes]) or any(piece.role in COUNTED for piece in pieces[end:]):
        return ()
    is_most = sum(piece.chars for piece in notes) > sum(piece.chars for piece in pieces[:first])
    return () if is_most else pieces[first:end]
