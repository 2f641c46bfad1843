"""The lead: the standfirst between headline and story, wherever the page keeps it.

It is called so, but the word alone is not enough: captions, products, recipes and cards have a description, an excerpt
or a summary as well. A lead stands above the text and below the headline, in no other thing, and is the best of those
that do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from adslot.article.raw import Frame, RawBlock
from adslot.article.traits import CAPTION
from adslot.article.words.class_names import spell, whole
from adslot.html.dom import Dom, Node
from adslot.html.visible import text_of
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern
from adslot.roles import Role

# Class and attribute words that news sites use for the standfirst, and words that other things have as well.
_LEAD = whole(
    "lead lede lead-?text lead-?in lead-paragraph standfirst vorspann anrisstext teaser-?text intro introduction intro-?text"
    " dek deck chapeau entradilla ingress"
)
_PERHAPS = whole("abstract excerpt summary sub-?headline sommario description")
# What is described, or introduced, by a name that has one of these as well, is no story.
_OTHER = whole(
    r"(?:images?|img|pictures?|photos?|fotos?|bild\w*|figures?|captions?|media|videos?|audio|player|galler(?:y|ies)"
    r"|galerie|slides?|slider|thumb\w*|icons?|cards?|products?|produkte?|offers?|shop|price|recipes?|rezepte?|events?"
    r"|jobs?|places?|ratings?|reviews?|authors?|profiles?|persons?|users?|comments?|messages?|notices?|search|results?"
    r"|newsletter|subscri\w+|cookies?|related|nav|menu|footer|sidebar|faq|wprm|tasty|meta|identity|accounts?|log-?in"
    r"|sign-?(?:in|up)|consent|forms?|formular|generation|cart|order|checkout|weather|wetter|match|score|chart|table|map"
    r"|poll|quiz|books?|games?|movies?|films?|software|plugin|company|podcasts?|episodes?|slide-deck|card-deck)"
)
# The same of a name that says so itself; around a story they are names of its page.
_LISTS = whole("site category term archive tags? series")
_STORY_TYPE = pattern(r"(?:Article|Posting|Report|Blog|Page|CreativeWork|Review)\b")
_APART = frozenset("figure figcaption aside nav footer li a button form table details dialog blockquote".split())
# A lead stands among the first blocks of a body, and says something.
_FIRST_PIECES = 4
_FEWEST_CHARS = 40
# From further up names tell of the page: of a review, of a page about books.
_NEAR = 4
# A wrapper around more of the story is no lead, whatever it is called.
_MOST_PIECES = 3
_MOST_STRENGTH = 2
_SCOPES = ("article", "main", "body")
_ROLES = (Role.PARAGRAPH, Role.PSEUDO_HEADING, Role.SHORT_PARAGRAPH)


def lead_piece(dom: Dom, pieces: Sequence[RawBlock]) -> int | None:
    """The index of the piece that is the lead, among the first pieces of the body: the best one, then the first."""
    best, found = 0, None
    for index, piece in enumerate(pieces[:_FIRST_PIECES]):
        if dom.tag(piece.nodes[0]) == "h1":
            best, found = 0, None
        elif piece.role in _ROLES and len(piece.text) >= _FEWEST_CHARS and CAPTION not in piece.traits:
            strength = _strength_of_piece(dom, pieces, piece)
            if strength > best:
                best, found = strength, index
            elif piece.role is Role.PARAGRAPH and not strength and not _is_beside(dom, piece.nodes[0]):
                break  # the text has begun
    return found


def _is_beside(dom: Dom, node: Node) -> bool:
    """Whether a paragraph in front of the text is none of it: described by its name, or part of something else."""
    return _is_apart(dom, node) or (dom.tag(node)[0] != "#" and _LISTS.search(spell(dom.classes(node))) is not None)


def _strength_of_piece(dom: Dom, pieces: Sequence[RawBlock], piece: RawBlock) -> int:
    strength = _strength(dom, piece.nodes[0])
    if strength < _MOST_STRENGTH and piece.frame.outer is not None:
        around = _strength(dom, piece.frame.node)
        if around > strength and _is_small(pieces, piece.frame):
            strength = around
    return strength if strength and not _is_apart(dom, piece.nodes[0]) else 0


def _is_small(pieces: Sequence[RawBlock], frame: Frame) -> bool:
    """Whether most of the story stands outside of a wrapper at its beginning."""
    inside = sum(piece.frame.is_within(frame) for piece in pieces[: _FIRST_PIECES + _MOST_PIECES])
    return inside <= _MOST_PIECES and 2 * inside < len(pieces)


def lead_outside(dom: Dom, body: Node, text: Node | None) -> Node | None:
    """The best of the elements above *body*, within the same article and below its headline, that are marked as the lead.

    A body that is the article itself may have the lead in its header: there all counts that is above the *text*.
    """
    best, found = 1, None
    scope = _scope(dom, body)
    dom.unseen.look_into(scope)
    for node in dom.find_all(scope, "h1", "p", "h2", "div", "header", "section"):
        if node in (body, text):
            break
        if dom.tag(node) == "h1":
            best, found = 1, None
        elif (strength := _strength(dom, node)) >= best and _is_text(dom, node):
            best, found = strength, node
    return found


def _is_text(dom: Dom, node: Node) -> bool:
    """Whether an element is a text of its own that says something."""
    if dom.holds(node, "p,div,section,article"):
        return False
    return len(text_of(dom, node)) >= _FEWEST_CHARS and not _is_apart(dom, node)


def _scope(dom: Dom, body: Node) -> Node:
    node = body
    for node in islice(dom.upwards(body), 1, None):
        if dom.tag(node) in _SCOPES:
            break
    return node


def _is_apart(dom: Dom, node: Node) -> bool:
    """Whether an element is part of something that is not the story: a figure, a box, an item of its own."""
    outer = dom.upwards(node if dom.tag(node)[0] != "#" else dom.parent(node))
    for level, at in enumerate(outer):
        if (tag := dom.tag(at)) in _SCOPES or tag[0] == "#":
            break
        names = dom.attribute_names(at)
        if "itemscope" in names:
            return _STORY_TYPE.search(dom.attribute(at, "itemtype")) is None
        if tag in _APART or dom.unseen.hides(at) or (level < _NEAR and "class" in names and _is_other(dom, at)):
            return True
    return False


def _is_other(dom: Dom, node: Node) -> bool:
    """Whether the first class of an element, which names it, is of some other thing."""
    first = dom.classes(node).split()[:1]
    return bool(first) and _OTHER.search(spell(first[0])) is not None


def _strength(dom: Dom, node: Node) -> int:
    """2 for an element with a name that only a lead has, 1 for one that others have as well, else 0."""
    if dom.tag(node)[0] == "#":
        return 0
    best = 0
    for name in ("class", "itemprop", "id"):
        if value := dom.attribute(node, name):
            best = max(best, _strength_of(value))
    return best


@kept(megabytes=0.5, size=size_of_text)
def _strength_of(value: str) -> int:
    names = [name for name in spell(value).split() if not (_OTHER.search(name) or _LISTS.search(name))]
    if any(map(_LEAD.search, names)):
        return _MOST_STRENGTH
    return 1 if any(map(_PERHAPS.search, names)) else 0
