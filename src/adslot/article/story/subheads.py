"""Subheads: lines of text that are headings to a reader, though no element of theirs says so.

Newsrooms have styles of their own for them: a class (`interline`, `Zwischentitel`), bold letters, or
nothing but the form: a short line without an end mark, between long paragraphs, again and again. What is
wholly bold is `paragraphs`' business, as that is asked of each paragraph alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adslot.article.raw import Frame, RawBlock
from adslot.article.story.labels import LABEL
from adslot.article.words.class_names import spell, whole
from adslot.html.dom import Dom, Node
from adslot.html.sentences import asks, ends_open
from adslot.html.text import width_of
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern
from adslot.roles import PARAGRAPH, PSEUDO_HEADING, SHORT_PARAGRAPH, SLOT_ROLES, Role

# A line that is called a subhead is one up to this many code points.
MOST_NAMED = 150
# The words of German, English, French, Italian, Spanish, Portuguese, Dutch and Nordic newsrooms, with what their
# systems put in front: `wp-block-ppi-onlineinterline` is the block of a publisher's plug-in for WordPress.
_NAMES = whole(r"""
    \w*zwischen-?(?:titel|(?:ü|ue?)berschrift|zeile|headline|head) \w*interline \w*interligne
    \w*inter-?(?:titles?|titres?|titol[oi]|t[ií]tulos?|head) \w*sub-?(?:headlines?|heads?|headings?|heds?) \w*cross-?(?:heads?|headings?|heds?)
    \w*ladillos? \w*tussen-?kop(?:je)? \w*(?:mellan-?titel|mellom-?tittel|mellem-?(?:titel|rubrik)|mellan-?rubrik|v(?:ä|a)liotsikko)
    \w*(?:section|paragraph|absatz|abschnitts?)-?(?:title|titel|heading|headline|(?:ü|ue?)berschrift)
""")
# As a whole name only: parts of others are `font-heading` and `heading-wrapper`.
_ALONE = pattern(r"(?:\A|(?<=\s))-(?:mso-heading-?\d?|heading-?[1-6]?|h[2-6]|fake-h[1-6])-(?=\s|\Z)")

# By its form a line is a subhead up to this many code points, between paragraphs of at least so many.
_MOST_FORMED, _FEWEST_PROSE = 70, 150
# One such line may be anything; several are a habit.
_FEWEST_LINES = 2
_LINES = frozenset({PARAGRAPH, SHORT_PARAGRAPH})
# What may end above a subhead, beside a paragraph.
_ABOVE = frozenset({Role.LIST, Role.QUOTE, Role.FIGURE, Role.EMBED, Role.TABLE})


def is_named_subhead(dom: Dom, nodes: Sequence[Node], frame: Frame) -> bool:
    """Whether a line of text is called a subhead, by its own class or by that of the element around it alone."""
    if _is_name(dom.classes(nodes[0])):
        return True
    if frame.outer is None or not _is_name(dom.classes(frame.node)):
        return False
    return len(dom.text(frame.node).strip()) <= MOST_NAMED


@kept(megabytes=0.5, size=size_of_text)
def _is_name(classes: str) -> bool:
    if not classes:
        return False
    names = spell(classes)
    return bool(_NAMES.search(names) or _ALONE.search(names))


def mark_subheads(pieces: Sequence[RawBlock]) -> None:
    """Make pseudo-headings of the lines that are subheads by their form, where a story has several.

    Where most of them are questions, it is an interview: its questions are labels, and open no section.
    """
    found = [piece for piece in _formed(pieces) if not piece.traits]
    if len({piece.text for piece in found}) < _FEWEST_LINES:
        return
    questions = [piece for piece in found if not ends_open(piece.text)]
    if 2 * len(questions) > len(found):
        for piece in questions:
            piece.traits |= {LABEL}
    else:
        for piece in found:
            piece.role = PSEUDO_HEADING


def _formed(pieces: Sequence[RawBlock]) -> Iterator[RawBlock]:
    """The short lines between long paragraphs, below the first of these."""
    short = [piece for piece in pieces if len(piece.text) <= _MOST_FORMED and piece.role in _LINES]
    lines = {piece for piece in short if width_of(piece.text) <= _MOST_FORMED}
    if len(lines) < _FEWEST_LINES:
        return
    story = [piece for piece in pieces if piece.role not in SLOT_ROLES]
    first = next((index for index, piece in enumerate(story) if _is_prose(piece)), len(story))
    for above, piece, below in zip(story[first:], story[first + 1 :], story[first + 2 :], strict=False):
        if piece in lines and _is_prose(below) and (above.role in _ABOVE or _is_prose(above)) and _has_form(piece.text):
            yield piece


def _is_prose(piece: RawBlock) -> bool:
    # Asked of every paragraph, and most are long whatever their script is, or short.
    if piece.role is not PARAGRAPH or 2 * len(piece.text) < _FEWEST_PROSE:
        return False
    return len(piece.text) >= _FEWEST_PROSE or width_of(piece.text) >= _FEWEST_PROSE


def _has_form(text: str) -> bool:
    """Whether a line begins as headings do, and does not end as sentences do."""
    return text[0].isalnum() and not text[0].islower() and (ends_open(text) or asks(text))
