"""Foreign elements: the ads, teasers and boxes that an article already contains.

An element's class and id *claim* a role for it (`claims`), and its content must bear the claim out:
sites call wrappers of the whole story `ad-content`, `paywall` or `read-more`, so a claim falls where
the element holds more prose, text outside links, than such a thing ever does; a teaser must lead
somewhere, too. Where class and id claim nothing, ad code is known by its attributes and by the hosts
of its frames, and short elements by their first words (`openings`).

Every element of the flow is asked, so the questions come in the order of their cost: most elements
have neither class nor id, and their first letters begin no label.
"""

from __future__ import annotations

from collections.abc import Sequence

from adslot.article.foreign import ads
from adslot.article.foreign.claims import AD, NAMING, Claim, claims
from adslot.article.foreign.openings import labelled_as
from adslot.html.dom import Dom, Node
from adslot.html.elements import HEADINGS, SILENT_NAMES
from adslot.html.visible import has_blocks, has_media, has_picture, linked_chars, text_of
from adslot.roles import MARK, RULE_MARK, Role

# Parts of a line of text, or elements whose role no mark can change.
_NEVER = HEADINGS | frozenset(
    "abbr acronym audio b bdi bdo big blockquote body br button cite code data del dfn em font hr html i img input kbd "
    "label main mark math meter object output picture pre q ruby s samp select small strike strong sub sup svg textarea "
    "time tt u var video wbr".split()
)
_INLINE = frozenset(("a", "span"))
_NAMES = frozenset(("class", "id"))
_OF_ADS = frozenset(ads.ATTRIBUTES)
_TELLING = _OF_ADS.union(NAMING)
# Atomic in any case: the walk never meets an ad inside them.
_CLOSED = frozenset("p figure table aside header footer nav ul ol".split())
# Not what ad code or a component is made of: their other attributes are not asked.
_PLAIN = frozenset("p figure table ul ol dl a span".split())
# These keep their own role where they are no ad and no teaser.
_NO_BOX = frozenset("p figure table a span".split())

# A paragraph is story text sooner than a container with the same prose is.
_MOST_PARAGRAPH_PROSE = 120
# A teaser's excerpts may be so many times as long as its links.
_PROSE_PER_LINK = 3
# Slots are empty or hold a label or a short script, teasers a few lines; of longer texts the
# attributes are not asked at all.
_MOST_SLOT_TEXT = 120
_MOST_NAMED_TEXT = 600
# No claim is borne out by more, scripts included.
_MOST_CLAIMED_TEXT = 200_000
# With the white space of indented markup and with scripts. Longer elements need a claim.
_MOST_TEXT = 2000


def classify(dom: Dom, element: Node, tag: str, seen: str | None = None, raw: str | None = None) -> Role | None:
    """The role of an element that is foreign to the story, None for one that is part of it.

    *tag* is its name, *seen* its visible text and *raw* all its text, where these are known.
    """
    if tag in _NEVER:
        return None
    attributes = dom.attribute_names(element)
    if RULE_MARK in attributes and MARK in attributes:  # a forged slot of adslot counts as nothing
        return None
    names = _names(dom, element, tag, attributes) if attributes or "-" in tag else ""
    if tag in _INLINE and not (names and _stands_alone(dom, element)):
        return None
    if names and (role := _claimed(dom, element, tag, names)):
        return role
    if tag == "iframe":
        return Role.AD if ads.FRAMES.search(dom.attribute(element, "src")) else None
    text = dom.text(element) if raw is None else raw
    if len(text) > _MOST_TEXT:
        return None
    role = labelled_as(dom, element, text, seen)
    if role is None and attributes and tag not in _PLAIN and not _TELLING.isdisjoint(attributes):
        role = _by_attributes(dom, element, tag, len(text))
    if role is None and not seen and tag in _CLOSED:
        role = _enclosed(dom, element, text)
    return role


def classify_unnamed(dom: Dom, element: Node, raw: str | None) -> Role | None:
    """As `classify`, of a wrapper of which no name says anything, but its first words may."""
    text = dom.text(element) if raw is None else raw
    return labelled_as(dom, element, text) if len(text) <= _MOST_TEXT else None


def _names(dom: Dom, element: Node, tag: str, attributes: Sequence[str]) -> str:
    """The class and the id of an element with these *attributes*, and its tag where that is a name as well."""
    if "id" in attributes:
        names = " ".join([dom.attribute(element, name) for name in attributes if name in _NAMES])
    else:
        names = dom.classes(element)
    return f"{names} {tag}" if "-" in tag else names


def _claimed(dom: Dom, element: Node, tag: str, names: str) -> Role | None:
    """The first role claimed by *names* that the content of the element bears out."""
    found = claims(names)
    size = len(dom.text(element)) if found else 0
    for claim in found:
        if size <= _MOST_CLAIMED_TEXT and _bears_out(dom, element, tag, claim, size):
            return claim.role
    return None


def _bears_out(dom: Dom, element: Node, tag: str, claim: Claim, size: int) -> bool:
    if claim.role is Role.BOX and (tag in _NO_BOX or not _is_seen(dom, element)):
        return False
    most = _MOST_PARAGRAPH_PROSE if tag == "p" else claim.most_prose
    if claim.role is not Role.TEASER and size <= most:
        return True
    linked = linked_chars(dom, element)
    prose = len(text_of(dom, element)) - linked
    return prose <= most and (claim.role is not Role.TEASER or (linked > 0 and prose <= _PROSE_PER_LINK * linked))


def _stands_alone(dom: Dom, element: Node) -> bool:
    """Whether an inline element is a thing of its own, no part of a line of text."""
    return has_blocks(dom, element) or has_picture(dom, element) or not dom.text(element).strip()


def _by_attributes(dom: Dom, element: Node, tag: str, length: int) -> Role | None:
    """The role of an element that its attributes name, class and id apart."""
    if length > _MOST_NAMED_TEXT:
        return None
    if length <= _MOST_SLOT_TEXT and not _OF_ADS.isdisjoint(dom.attribute_names(element)):
        return Role.AD
    names = " ".join(filter(None, [dom.attribute(element, name) for name in NAMING]))
    return _claimed(dom, element, tag, names) if names else None


def _enclosed(dom: Dom, element: Node, text: str) -> Role | None:
    """The role of an atomic element that shows nothing itself: an ad where it holds one."""
    if text and not text.isspace() and not dom.holds(element, SILENT_NAMES):
        return None
    if text_of(dom, element) or not any(_is_ad_code(dom, inner) for inner in dom.elements(element)):
        return None
    return Role.AD


def _is_ad_code(dom: Dom, element: Node) -> bool:
    tag = dom.tag(element)
    if AD in claims(f"{dom.attribute(element, 'class')} {dom.attribute(element, 'id')} {tag}"):
        return True
    if tag == "iframe":
        return bool(ads.FRAMES.search(dom.attribute(element, "src")))
    return not _OF_ADS.isdisjoint(dom.attribute_names(element))


def _is_seen(dom: Dom, element: Node) -> bool:
    return bool(dom.text(element).strip()) or has_media(dom, element)
