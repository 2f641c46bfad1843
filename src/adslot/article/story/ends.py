"""The ends of a story: where it begins and where it is over, among the blocks of a body.

A body often holds more than the story: bylines and share bars above it, tags, author boxes and newsletters below it.
What stands at an end and is no story is taken from the blocks, with the reason; so "start", "end", distances from
them, sections and counts are those of the story. Within the text nothing is taken out.

In a fragment, which a system keeps for the story alone, a box or a picture without a telling name was put there by
somebody who wrote it; on a page nearly all that close a body are the page's (of 160 pages whose story is known, 40
ended with a box and 10 with a picture that no text speaks of: none of these was the story's).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from adslot.article.blocks.names import Choices
from adslot.article.blocks.paragraphs import text_role
from adslot.article.raw import Flow, Frame, RawBlock
from adslot.article.story.furniture import (
    is_linked,
    is_of_cards,
    names_of,
    reason_above,
    reason_by_name,
    reason_by_words,
)
from adslot.article.story.joined import NOTE
from adslot.article.story.labels import LABEL
from adslot.article.story.lead import lead_piece
from adslot.article.traits import CAPTION
from adslot.html.dom import Dom
from adslot.html.sentences import asks, ends_sentence
from adslot.kept import lazy
from adslot.patterns import pattern
from adslot.roles import COUNTED, GROUPS, PSEUDO_HEADING, SHORT_PARAGRAPH, Role

_HEADINGS = GROUPS["headings"]
_TEXTS = COUNTED - _HEADINGS
_SHOWN = frozenset({Role.FIGURE, Role.EMBED})
_NEVER_STORY = {Role.TEASER: "related", Role.AD: "ad", Role.SEPARATOR: "separator"}
# Below these no story goes on: share bars, teasers and newsletters stand within stories, too.
_CLOSING = frozenset({"tags", "author", "meta", "comments"})
# These stand above a story as well as above furniture: they alone do not tell where it begins.
_OPEN_ABOVE = frozenset({"heading", "picture", "ad", "separator"})
# A paragraph that is surely the story's, and how much of all such text an element holds that holds the story.
_PROSE, _SHARE = 60, 0.8
# What stands at the ends has no more than so much of all text.
_MOST_OUTSIDE = 0.5
# No longer is a line that stands beside the story, one that leads to what stands below, a box that may be anything.
_MOST_BESIDE, _MOST_LEADING, _MOST_IN_BOX = 100, 150, 400
# So many short lines may stand below what surely is furniture.
_MOST_WAITING = 2
_COLONS = (":", "：")
# What closes a sentence beside a full stop and a question mark.
_CLOSING_MARKS = tuple("!！“”»")
# Words with which a text leads to the picture or the video below it, among its last.
_SHOWS = pattern(
    r"\b(?:hier|here|ici|aquí|qui|här|her) (?:zu |à |to |de )?(?:sehen|hören|see|hear|watch|voir|écouter|ver)|\b(?:see|watch|hear|listen)\b.{0,20}\b(?:here|below)"
    r"|\b(?:unten|im video|im bild|below|ci-dessous|abajo|qui sotto|nedan|hieronder)\b",
    re.I,
)
_LAST_WORDS = 60


def trim_story(dom: Dom, flow: Flow, choices: Choices) -> None:
    """Take from the blocks of *flow* what is not the story at its ends; of what the policy chose, what that says.

    The lead is the story's, whatever stands around it.
    """
    frame = _story_frame(flow)
    if frame is None or flow.root.node in choices.keep:
        return
    ends = _Ends(dom, flow.pieces, frame, choices)
    below = ends.below()
    above = ends.above(len(flow.pieces) - len(below))
    if above and (lead := lead_piece(dom, flow.pieces)) is not None:
        above = above[:lead]
    if not (above or below):
        _mend_end(flow, choices.short)
    elif _leaves_most(flow, len(above), len(flow.pieces) - len(below)):
        _take(flow, above, below)
        _mend_end(flow, choices.short)


def _leaves_most(flow: Flow, first: int, last: int) -> bool:
    """Whether most of the text is that of the pieces from *first* to *last*."""
    sizes = [piece.chars for piece in flow.pieces]
    return first < last and sum(sizes[:first]) + sum(sizes[last:]) <= _MOST_OUTSIDE * sum(sizes)


def _take(flow: Flow, above: Sequence[str], below: Sequence[str]) -> None:
    """Take the pieces at the ends that have these reasons from the blocks."""
    pieces, first, last = flow.pieces, len(above), len(flow.pieces) - len(below)
    flow.above = [*zip(pieces[:first], above, strict=True)]
    flow.below = [*zip(pieces[last:], below, strict=True)]
    flow.pieces = pieces[first:last]
    if below:
        flow.strays = list(pieces[last].strays)
    for marker in flow.markers:
        marker.after = min(max(marker.after - first, 0), last - first)
        marker.until = None if marker.until is None else min(max(marker.until - first, 0), last - first)


def _mend_end(flow: Flow, short: int) -> None:
    """Make text of a bold sentence at the end of the story: it heads nothing."""
    end = flow.pieces[-1]
    if end.role is PSEUDO_HEADING and _is_sentence(end.text):
        end.role = text_role(end.text, short)


def _is_sentence(text: str) -> bool:
    return ends_sentence(text) or asks(text) or text.endswith(_CLOSING_MARKS)


def _story_frame(flow: Flow) -> Frame | None:
    """The innermost frame that holds nearly all prose; None where there is none."""
    direct = defaultdict[Frame, int](int)
    for piece in flow.pieces:
        if piece.chars >= _PROSE and piece.role in _TEXTS:
            direct[piece.frame] += piece.chars
    if len(direct) == 1:
        return next(iter(direct))
    sizes: dict[Frame, int] = {}
    for frame, size in direct.items():
        for around in (*frame.outward(), flow.root):
            sizes[around] = sizes.get(around, 0) + size
    holding = [frame for frame, size in sizes.items() if size >= _SHARE * sizes[flow.root]]
    return max(holding, key=lambda each: each.depth, default=None)


def _without_ads(reasons: list[str]) -> list[str]:
    """*reasons* below a story without the first, if these are ads: one there stands beside whatever is put there."""
    ads = next((count for count, reason in enumerate(reasons) if reason != "ad"), len(reasons))
    return reasons[ads:]


class _Ends:
    """Where the pieces of a body are no story: above and below the text in the frame *story*."""

    def __init__(self, dom: Dom, pieces: Sequence[RawBlock], story: Frame, choices: Choices) -> None:
        self._dom, self._pieces, self._story, self._choices = dom, pieces, story, choices
        self._is_page = dom.is_page

    @lazy
    def _labels(self) -> int:
        """How many pieces are labels."""
        return sum(LABEL in piece.traits for piece in self._pieces)

    @lazy
    def _tops(self) -> Sequence[int]:
        """Where a run of pictures and videos begins, for each of its pieces."""
        pieces, tops = self._pieces, list[int]()
        for at, piece in enumerate(pieces):
            goes_on = at > 0 and piece.role in _SHOWN and pieces[at - 1].role in _SHOWN
            tops.append(tops[-1] if goes_on else at)
        return tops

    @lazy
    def _common(self) -> frozenset[str]:
        """The names that prose in the first half of the story carries: they say nothing of what stands below."""
        half = self._pieces[: (len(self._pieces) + 1) // 2]
        prose = [piece for piece in half if piece.role in _TEXTS and piece.chars >= _PROSE]
        nodes = {node for piece in prose for node in (*piece.nodes, *(frame.node for frame in piece.frame.outward()))}
        return frozenset(name for node in nodes if self._dom.tag(node)[0] != "#" for name in names_of(self._dom, node))

    def _uncommon(self, names: Sequence[str]) -> Sequence[str]:
        """Those of *names* that prose of the story does not carry."""
        return [name for name in names if name not in self._common]

    def below(self) -> list[str]:
        """The reasons of all pieces at the end that are not the story's, from the first of them on."""
        reasons: list[str] = []
        waiting = 0  # short lines that are furniture if some stands above them
        for at in range(len(self._pieces) - 1, -1, -1):
            reason = self._below(at)
            if reason is None and waiting < _MOST_WAITING and self._may_wait(self._pieces[at]):
                waiting += 1
                continue
            if reason is None or (waiting and reason not in _CLOSING):
                break
            reasons += [*["beside"] * waiting, reason]
            waiting = 0
        reasons.reverse()
        return _without_ads(reasons)

    def above(self, end: int) -> list[str]:
        """The reasons of all pieces down to the last one above the first text, of those in front of *end*."""
        reasons: list[str] = []
        for piece in self._pieces[:end]:
            if (reason := self._above(piece)) is None:
                break
            reasons.append(reason)
        while reasons and reasons[-1] in _OPEN_ABOVE:
            reasons.pop()
        return reasons

    def _below(self, at: int) -> str | None:
        piece = self._pieces[at]
        if self._is_kept(piece):
            return None
        if reason := self._never(piece) or reason_by_name(self._dom, piece, self._story, self._uncommon):
            return reason
        if piece.role is Role.BOX:
            return "box" if self._is_page else None
        if piece.role in _SHOWN:
            return self._of_shown(at)
        if is_of_cards(self._dom, piece):
            return "related"
        return self._of_text(at) if piece.role in COUNTED else None

    def _of_shown(self, at: int) -> str | None:
        """Why a picture or a video at the end is no story: it advertises, or no text speaks of it."""
        piece = self._pieces[at]
        if piece.text and (said := reason_by_words(self._dom, piece)):
            return said
        if not self._is_page:
            return None
        is_story = piece.frame.is_within(self._story) and self._is_told_of(at)
        return None if is_story else "picture"

    def _is_told_of(self, at: int) -> bool:
        """Whether a picture has a caption, or the text above leads to it."""
        top = self._tops[at]
        piece = self._pieces[top]
        if piece.text and piece.role is Role.FIGURE and not is_linked(self._dom, piece):
            return True
        above = self._pieces[top - 1].text if top else ""
        return above.endswith(_COLONS) or _SHOWS.search(above[-_LAST_WORDS:]) is not None

    def _of_text(self, at: int) -> str | None:
        piece = self._pieces[at]
        if self._is_beside(piece):
            return "beside"
        if piece.role in _HEADINGS:
            is_sentence = piece.role is PSEUDO_HEADING and _is_sentence(piece.text)
            return reason_by_words(self._dom, piece) or (None if is_sentence else "heading")
        if CAPTION in piece.traits and at and self._pieces[at - 1].role in _SHOWN:
            return None
        leads_on = LABEL in piece.traits or (len(piece.text) <= _MOST_LEADING and piece.text.endswith(_COLONS))
        if leads_on and at + 1 < len(self._pieces):
            return "heading"
        return reason_by_words(self._dom, piece)

    def _is_beside(self, piece: RawBlock) -> bool:
        """Whether a line stands outside of the element that holds the story; in a fragment sentences do."""
        if piece.frame.is_within(self._story):
            return False
        if self._is_page and piece.role is Role.LIST:
            return True
        if len(piece.text) > _MOST_BESIDE:
            return False
        return self._is_page or not _is_sentence(piece.text)

    def _may_wait(self, piece: RawBlock) -> bool:
        return piece.role is SHORT_PARAGRAPH and not self._is_kept(piece)

    def _above(self, piece: RawBlock) -> str | None:
        if self._is_kept(piece):
            return None
        if reason := self._never(piece):
            return reason
        if piece.role in _HEADINGS:
            return "heading"
        if piece.role in _SHOWN or CAPTION in piece.traits:
            return "picture"
        if LABEL in piece.traits and self._labels > 1:  # the time of an entry, as others have
            return None
        is_short = len(piece.text) < _PROSE or piece.role is Role.BOX
        if is_short and (named := reason_by_name(self._dom, piece, self._story, self._uncommon)):
            return named
        if piece.role is Role.BOX:
            return "box" if self._is_page and self._is_slight(piece) else None
        return reason_above(self._dom, piece) if piece.role in _TEXTS else None

    def _is_slight(self, piece: RawBlock) -> bool:
        """Whether a box says little, or little that is no link."""
        return len(piece.text) <= _MOST_IN_BOX or is_linked(self._dom, piece)

    def _is_kept(self, piece: RawBlock) -> bool:
        keep = self._choices.keep
        if not keep:
            return False
        return any(node in keep for node in piece.nodes) or any(frame.node in keep for frame in piece.frame.outward())

    def _never(self, piece: RawBlock) -> str | None:
        """Why a piece is no story wherever it stands."""
        if piece.nodes[0] in self._choices.skip:
            return "skip"
        return "note" if NOTE in piece.traits else _NEVER_STORY.get(piece.role)
