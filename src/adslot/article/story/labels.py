"""Labels: lines that say nothing without the block below them, and stay with it.

Who speaks, when, which number; the question of an interview; the title of a table or listing; a verse, whose
stanza goes on. All pieces of a story are at hand here, as most of this shows by what follows.

A heading over a teaser is that teaser's: it becomes part of the box, and opens no section.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from adslot.article.blocks.captions import is_set_apart
from adslot.article.blocks.paragraphs import is_bold
from adslot.article.foreign.openings import is_ad_label
from adslot.article.raw import RawBlock
from adslot.article.traits import CAPTION
from adslot.article.words.class_names import spell, whole
from adslot.html.dom import Dom
from adslot.html.sentences import asks, ends_sentence
from adslot.kept import kept, lazy, size_of_text
from adslot.patterns import pattern
from adslot.roles import AD, COUNTED, GROUPS, PARAGRAPH, SHORT_PARAGRAPH, SLOT_ROLES, Role

LABEL = "label"
_LABELS = frozenset({LABEL})
_LINES = frozenset({PARAGRAPH, SHORT_PARAGRAPH})
_TITLED = frozenset({Role.CODE, Role.TABLE, Role.FIGURE, Role.EMBED, Role.LIST})
_HEADINGS = GROUPS["headings"]
_ANSWERS = COUNTED - _HEADINGS

# Names of speakers, time codes and numbers are no longer, nor are titles and verses.
_MOST_LABEL, _MOST_TITLE, _MOST_VERSE = 60, 150, 150
_NAMES = whole(r"""
    speaker(?:-?name)? sprecher(?:in)?(?:-?name)? redner(?:in)? interviewer(?:in)? time(?:-?(?:code|stamp))? uhrzeit zeit(?:marke|stempel)?
    (?:abs(?:atz)?-?|para(?:graph)?-?|line-?|section-?|rand-?)?(?:num(?:ber|mer)?|nr) rn rdnr marginal(?:ie|nummer)? label
    (?:definition-?)?term begriff stichwort
""")
_QUESTIONS = whole(
    r"(?:interview-?|question-?)?(?:questions?|frage(?:steller(?:in)?)?|pregunta|domanda|intervju-?fraga)(?:-?text)?"
)
_TITLES = whole(r"(?:\w+-?)?(?:title|titel|caption|heading|head)")
_STANZAS = whole(r"stanza strophe verse? lg line-?group poem poema poetry poésie gedicht lyrics lyrik")

# A number of a paragraph, a time with or without its day, the number of a question or a step: nothing else in the line.
_NUMBER = (
    r"(?:(?:§+|art(?:ikel|\.)?|rn\.?|rdnr?\.?|nr\.?|no\.?|abs(?:atz|\.)?|frage|question|schritt|step|punkt|platz|#) ?)?"
    r"[(\[]?\d{1,4}[a-z]?[)\].:]{0,2}"
)
_TIME = (
    r"(?:(?:mo|di|mi|do|fr|sa|so)\w{0,8}\.?,? )?(?:\d{1,2}\. ?(?:\d{1,2}\.|\w{3,9}) ?(?:\d{2,4})?,? (?:[-–|] ?)?)?"
    r"(?:um )?[(\[]?\d{1,2}[.:h]\d{2}(?:[.:]\d{2})?[)\]]?(?: ?(?:uhr|h|[ap]\.?m\.?|mesz|mez|cest|cet|gmt|utc))?[:.]?"
)
_ALONE = pattern(rf"(?:{_NUMBER}|{_TIME}|[ivxlc]{{1,6}}\.)\Z", re.I)
_WHEN = pattern(rf"{_TIME}\Z", re.I)
_NUMBERED = pattern(
    r"(?:tabelle|tab\.|abbildung|abb\.|bild|grafik|listing|beispiel|übersicht|table|figure|fig\.|example|tableau|tabla|tabella)"
    r"\s?\d+[a-z]?\s?(?:[.:–—-]|\Z)",
    re.I,
)
_SPEAKER = pattern(r"(\w[\w.’' -]{0,40}?) ?[:：] ?\S")
_FURTHEST_COLON = 44


def mark_labels(dom: Dom, pieces: Sequence[RawBlock]) -> None:
    """Give the trait to all labels among the *pieces* of a story; what slots part from their words are labels, too."""
    for piece, below in pairwise(pieces):
        if below.role in SLOT_ROLES and piece.role in _HEADINGS and (below.role is not AD or is_ad_label(piece.text)):
            piece.role, piece.chars, piece.traits = Role.BOX, 0, _LABELS
    story = _Story(piece for piece in pieces if piece.role not in SLOT_ROLES)
    for index, piece in enumerate(story[:-1]):
        # Most are long, and no questions.
        if piece.role not in _LINES or (len(piece.text) > _MOST_VERSE and not asks(piece.text)):
            continue
        if CAPTION not in piece.traits and _is_label(dom, story, index):
            piece.traits |= _LABELS


class _Story(list[RawBlock]):
    """The pieces of a story, and what is asked of them only where one is a question."""

    @lazy
    def turns(self) -> Counter[str]:
        """How often each of those speaks who are named in front of what they say."""
        return Counter(map(_speaker, self))


def _is_label(dom: Dom, pieces: _Story, index: int) -> bool:
    piece, below = pieces[index], pieces[index + 1]
    if below.role in _ANSWERS and asks(piece.text):
        return _is_question(dom, piece, below, pieces)
    if len(piece.text) > _MOST_VERSE:
        return False
    if below.role in _TITLED:
        return _is_title(dom, pieces, index)
    is_short = len(piece.text) <= _MOST_LABEL
    if below.role in _HEADINGS:
        return is_short and _is_time(dom, piece)
    if below.role not in _LINES:
        return False
    has_words = not _ALONE.match(below.text)  # a row of numbers has none
    if is_short and has_words and (_ALONE.match(piece.text) or _is_called(dom, piece, LABEL) or _is_time(dom, piece)):
        return True
    return _is_in_stanza(dom, piece, below)


def _is_time(dom: Dom, piece: RawBlock) -> bool:
    """Whether a short line says when: a time alone, or what has an element for one, as entries of a live blog begin."""
    if _WHEN.match(piece.text):
        return True
    if ends_sentence(piece.text):
        return False
    return any(dom.tag(node)[0] != "#" and (dom.tag(node) == "time" or dom.holds(node, "time")) for node in piece.nodes)


# ------------------------------------------------------------------------------------- questions


def _is_question(dom: Dom, piece: RawBlock, below: RawBlock, story: _Story) -> bool:
    """Whether a text with a question mark is the question of an interview: emphasised, called so, or of one of two who speak."""
    speaker, answers = _speaker(piece), _speaker(below)
    if speaker and (story.turns[speaker] > 1 or (answers and answers != speaker)):
        return True
    if _is_called(dom, piece, "question"):
        return True
    return is_bold(dom, piece.nodes, piece.text) or is_set_apart(dom, piece.nodes)


def _speaker(piece: RawBlock) -> str:
    """Who speaks in a text that begins with a name and a colon."""
    if ":" not in (start := piece.text[:_FURTHEST_COLON]) and "：" not in start:
        return ""
    found = _SPEAKER.match(piece.text) if piece.role in _LINES else None
    return found[1] if found else ""


# ---------------------------------------------------------------------------------------- titles


def _is_title(dom: Dom, pieces: Sequence[RawBlock], index: int) -> bool:
    """Whether a line is the title of the table, listing or picture below: by number, or as it shares an element with that alone."""
    piece, below = pieces[index], pieces[index + 1]
    if len(piece.text) > _MOST_TITLE:
        return False
    if below.role is not Role.LIST and (_NUMBERED.match(piece.text) or _is_called(dom, piece, "title")):
        return True
    around = piece.frame.common(below.frame)
    if around.outer is None:
        return False
    last = index + 1
    while last + 1 < len(pieces) and CAPTION in pieces[last + 1].traits:
        last += 1
    beside = [*pieces[max(index - 1, 0) : index], *pieces[last + 1 : last + 2]]
    return bool(beside) and not any(other.frame.is_within(around) for other in beside)


# ----------------------------------------------------------------------------------------- names


def _is_in_stanza(dom: Dom, piece: RawBlock, below: RawBlock) -> bool:
    """Whether two lines are of one stanza."""
    if (around := piece.frame.common(below.frame)).outer is None:
        return False
    return _means(dom.classes(around.node), "stanza")


def _is_called(dom: Dom, piece: RawBlock, meaning: str) -> bool:
    """Whether the classes of a line have this *meaning*, or those of an element around it alone."""
    node, around = piece.nodes[0], piece.frame
    if _means(dom.classes(node), meaning):
        return True
    if around.outer is None or not _means(dom.classes(around.node), meaning):
        return False
    return len(dom.text(around.node).split()) == len(piece.text.split())


def _means(classes: str, meaning: str) -> bool:
    return bool(classes) and meaning in _meanings(classes)


@kept(megabytes=1, size=size_of_text)
def _meanings(classes: str) -> frozenset[str]:
    """What class names say of a line or of what is around it."""
    names = spell(classes)
    marks = ((LABEL, _NAMES), ("question", _QUESTIONS), ("title", _TITLES), ("stanza", _STANZAS))
    return frozenset(meaning for meaning, mark in marks if mark.search(names))
