"""Furniture: what a page puts above and below a story, and is none of it: share bars, bylines, tags, author boxes.

Asked only of what stands at the ends of a body, and never of an element that holds the story itself: within the text
the same words mean something else. Known by the names of elements, by how much of a text is links, and by its words.
The names are those of the large systems (WordPress and its plug-ins, Drupal, TYPO3, Arc, Escenic, Ghost) and of
newsrooms in ten languages; the words are `sign_offs`' business.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import takewhile

from adslot.article.blocks.captions import is_set_apart
from adslot.article.raw import Frame, RawBlock
from adslot.article.words.class_names import ending, spell
from adslot.article.words.sign_offs import is_about, is_dated, is_tool, sign_off
from adslot.html.dom import Dom, Node
from adslot.html.elements import HEADING_NAMES
from adslot.html.sentences import ends_sentence
from adslot.html.visible import linked_chars
from adslot.kept import kept, size_of_text
from adslot.roles import PICTURE, Role

# The names of elements, by what they hold: words with blanks between them, regular expressions of spelled names.
_NAMES = {
    "share": """
        share sharing sharedaddy shariff social(?:-?(?:media|share|sharing|icons))? addtoany addthis teilen follow(?:-us|-me)? like reactions?
    """,
    "tags": """
        (?:post-|article-|entry-|story-|news-)?tags? topics? (?:article-|post-)?keywords? schlagw(?:o|ö)rter stichw(?:o|ö)rter mots-cles etiquetas
        (?:post-|article-|related-)?(?:themen|topics|categor(?:y|ies)) cat-links filed-under
    """,
    "author": """
        (?:post-|article-|story-|entry-|about-(?:the-)?)?(?:authors?|autor(?:en|in)?|yazar|writers?|contributors?|bylines?)
        bio(?:graphy)? redakteur(?:in)? verfasser(?:in)? signature
    """,
    "meta": """
        (?:post|entry|article|story|news)-?(?:meta|info|footer|data|date|tools|actions|utility|controls?)
        meta(?:-?(?:data|info))? date datum time(?:stamp)? pub(?:lished|lish|-?date) last-?modified reading-?time lesezeit lesedauer (?:post-|page-)?views
        (?:text|font)-?(?:size-?)?(?:resizer|switcher|changer|controls?) print-?(?:button|link|icon|this|article|version) breadcrumbs? kicker toolbar
    """,
    "source": """
        (?:art-?|article-|post-|content-|text-)?(?:sources?|quellen?|fuente|fonte) attribution copyright rights licen[cs](?:e|ing) disclaimer disclosure
        correction korrektur editors?-?note trust-?badge standards imprint credits? agency agentur affiliate-?(?:hinweis|notice)
    """,
    "promotion": """
        newsletter subscri(?:be|ption) sign-?up abo(?:nnement|nnieren)? promo(?:tion)? cta call-?to-?action support-us donat(?:e|ion) spenden? membership
        app-?(?:promo|download|store) mailing-?list podcast-?promo (?:whatsapp|telegram)-?(?:channel|kanal)
    """,
    "related": """
        related(?:-(?:articles?|posts?|stories|content|news|topics?))? (?:also-)?recommend(?:ed|ations?)? read-?(?:more|next|also|on)
        (?:more|also)-?(?:from|on|stories|topic|news|read|articles) most-?(?:read|popular|viewed) trending latest(?:-(?:news|posts|articles|stories))?
        popular(?:-posts)? weiterlesen mehr-zum-thema lesetipps? next-?(?:post|article|story) prev(?:ious)?-?(?:post|article|story) pagination pager navigation
        outbrain taboola teasers?
    """,
    "comments": """
        comments? kommentare? disqus respond discussion forum feedback ratings? bewertung(?:en)? review-?form
    """,
}  # fmt: skip
# `post-tags` and `share-bar`, not `tag-politik` or `share-article-body`.
_PATTERNS = {reason: ending(names) for reason, names in _NAMES.items()}
# More unlinked text than this is no furniture by its name alone.
_MOST_NAMED = 900

# A text of links, and how long it may be.
_LINKED, _MOST_LINKED = 0.7, 600
_WHOLLY_LINKED = 0.98
# Cards have dates, authors and topics beside their titles.
_LINKED_CARDS = 0.4
_MOST_ABOUT, _MOST_ABOVE = 600, 120


def reason_by_name(
    dom: Dom, piece: RawBlock, story: Frame, uncommon: Callable[[Sequence[str]], Sequence[str]]
) -> str | None:
    """Why a block is no story by the names of its elements, those left out that hold the *story*; None if it may be.

    Of names that tell something it is asked which are *uncommon* in the story: others say nothing.
    """
    if len(piece.text) > _MOST_NAMED:
        return None
    nodes = [piece.nodes[0]] if len(piece.nodes) == 1 and dom.tag(piece.nodes[0])[0] != "#" else []
    nodes += [frame.node for frame in takewhile(lambda frame: not story.is_within(frame), piece.frame.outward())]
    for node in nodes:
        names = names_of(dom, node)
        if _tell(names) is not None and (reason := _tell(uncommon(names))):
            return reason
    return None


def names_of(dom: Dom, node: Node) -> list[str]:
    """What an element is called; the id of a section with a heading is that heading's text."""
    names = dom.attribute_names(node)
    found = [dom.attribute(node, name) for name in ("class", "itemprop", "rel") if name in names]
    if "id" in names and not dom.holds(node, HEADING_NAMES):
        found.append(dom.attribute(node, "id"))
    return " ".join(found).split()


def _tell(names: Sequence[str]) -> str | None:
    return _reason_of(" ".join(names)) if names else None


@kept(megabytes=0.5, size=size_of_text)
def _reason_of(names: str) -> str | None:
    spelled = spell(names)
    return next((reason for reason, pattern in _PATTERNS.items() if pattern.search(spelled)), None)


def reason_by_words(dom: Dom, piece: RawBlock) -> str | None:
    """Why the last text of a body is no story by what it says; None if it may be."""
    text = piece.text
    if not _says_anything(text):
        return "signs"
    linked = _linked(dom, piece) if len(text) <= _MOST_LINKED else 0.0
    if said := sign_off(text, linked):
        return said
    if linked >= _WHOLLY_LINKED or (linked >= _LINKED and not ends_sentence(text)):
        return "links"
    return "about" if len(text) <= _MOST_ABOUT and is_set_apart(dom, piece.nodes) and is_about(text) else None


def is_of_cards(dom: Dom, piece: RawBlock) -> bool:
    """Whether a list is one of pictures with links, to more to read: at the end of a story that is no part of it."""
    return piece.role is Role.LIST and PICTURE in piece.traits and _linked(dom, piece) >= _LINKED_CARDS


def reason_above(dom: Dom, piece: RawBlock) -> str | None:
    """Why one of the first texts of a body is no story by what it says; None if it may be."""
    text = piece.text
    if not _says_anything(text):
        return "signs"
    if is_dated(text) or is_tool(text):
        return "meta"
    is_short = len(text) <= _MOST_ABOVE and not ends_sentence(text)
    return "links" if is_short and is_linked(dom, piece) else None


def _says_anything(text: str) -> bool:
    return any(map(str.isalnum, text))


def is_linked(dom: Dom, piece: RawBlock) -> bool:
    """Whether most of a text leads elsewhere."""
    return _linked(dom, piece) >= _LINKED


def _linked(dom: Dom, piece: RawBlock) -> float:
    """How much of a text lies in links."""
    linked = sum(linked_chars(dom, node) for node in piece.nodes if dom.tag(node)[0] != "#")
    return linked / max(1, len(piece.text))
