"""The form of adslot's own slots: what an element must be to be taken out again, at both doors.

Authors, commenters and advertisers can write anything that looks like a slot. So an own slot is known by
everything that adslot writes (tag, classes, both marks, id), and one that holds more than a slot ever does
is the author's: a forged one costs no more than that of what stands inside it. SECURITY.md says why.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator

from adslot.errors import AdslotError
from adslot.html.dom import TEXT, Dom, Node
from adslot.html.elements import FALLBACK, SILENT
from adslot.patterns import pattern
from adslot.roles import ID_PREFIX, ID_SUFFIX, KINDS, MARK, RULE_MARK, SLOT_CLASS, SLOT_TAGS

# A slot has no more text (white space not counted) than this and so much for each link, and no more elements.
MOST_TEXT = 1_000
MOST_LINK_TEXT = 200
MOST_ELEMENTS = 1_000
# What only a story, or a page, has.
_LANDMARKS = frozenset({"article", "main", "h1"})
_STORY = "articleBody"
# What stands in a video is text all the same: a slot with much of it is the author's.
_SILENT = SILENT - FALLBACK

# What a caller may put before the rule in an id.
_MOST_PREFIX = 255
_PREFIX = pattern(rf"\w[\w.-]{{0,{_MOST_PREFIX - 1}}}")
_END = pattern(rf"-[1-9][0-9]{{0,8}}(?:{ID_SUFFIX})*")


class IdPrefixError(AdslotError, ValueError):
    """A prefix that an id of a slot cannot have."""


def prefix_of(said: object) -> str:
    """What ids begin with where a caller has *said* so: nothing for None and empty text. Raises IdPrefixError.

    >>> prefix_of("artikel.7"), prefix_of(7), prefix_of(None)
    ('adslot-artikel.7-', 'adslot-7-', 'adslot-')
    """
    text = "" if said is None else str(said)
    if text and not _PREFIX.fullmatch(text):
        expected = f"up to {_MOST_PREFIX} letters, digits, '_', '.' and '-', neither of the last two in front"
        raise IdPrefixError(f"id_prefix: expected {expected}, found {text!r:.80}")
    return f"{ID_PREFIX}{text}-" if text else ID_PREFIX


def new_id(prefix: str, rule: str, number: int, taken: Container[str]) -> str:
    """The id of the slot of this *number* that *rule* places, made longer until it is none of those *taken*.

    >>> new_id("adslot-", "in-text", 2, {"adslot-in-text-2"})
    'adslot-in-text-2-slot'
    """
    found = f"{prefix}{rule}-{number}"
    while found in taken:
        found += ID_SUFFIX
    return found


def is_form(tag: str, attribute: Callable[[str], str]) -> bool:
    """Whether an element is written as a slot is; *attribute* gives the value of one by its name, "" where absent.

    >>> anzeige = {"class": "adslot adslot-ad", "data-adslot": "a", "data-adslot-rule": "b", "id": "adslot-b-1"}
    >>> is_form("aside", lambda name: anzeige.get(name, "")), is_form("article", lambda name: anzeige.get(name, ""))
    (True, False)
    """
    slot, rule = attribute(MARK), attribute(RULE_MARK)
    return bool(tag in SLOT_TAGS and slot and rule and kind_of(attribute("class")) and _is_id(attribute("id"), rule))


def kind_of(classes: str) -> str | None:
    """The kind that a slot says it is of.

    >>> kind_of("adslot adslot-ad"), kind_of("adslot-ad")
    ('ad', None)
    """
    tokens = classes.split()
    return next((kind for kind in KINDS if f"{SLOT_CLASS}-{kind}" in tokens), None) if SLOT_CLASS in tokens else None


def _is_id(value: str, rule: str) -> bool:
    """Whether *value* is an id that `new_id` makes for *rule*, whatever prefix a caller said."""
    start = len(ID_PREFIX)
    if not value.startswith(ID_PREFIX):
        return False
    if value.startswith(rule, start) and _END.fullmatch(value, start + len(rule)):
        return True
    part, last = f"-{rule}-", start + _MOST_PREFIX
    at = value.find(part, start + 1, last + len(part))
    while at >= 0:
        if _END.fullmatch(value, at + len(part) - 1):
            return _PREFIX.fullmatch(value, start, at) is not None
        at = value.find(part, at + 1, last + len(part))
    return False


def shown_texts(dom: Dom, element: Node) -> Iterator[str]:
    """The texts of *element* that its markup does not hide."""
    waiting = [element]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
        elif not dom.is_hidden(node):
            inner = [(tag, child) for tag, child in dom.tagged_children(node) if tag == TEXT or tag[0] != "#"]
            waiting += [
                dom.text(child) if tag == TEXT else child for tag, child in reversed(inner) if tag not in _SILENT
            ]


def excess_of(dom: Dom, element: Node, apart: Container[Node] = ()) -> str | None:
    """What *element* holds that no slot does, None where all could be a slot's; slots *apart* inside it do not count."""
    links, elements = [0], 0  # the text of each link; that outside of links comes first
    waiting = [(element, 0)]
    while waiting:
        node, link = waiting.pop()
        for tag, inner in dom.tagged_children(node):
            if tag == TEXT:
                links[link] += len("".join(dom.text(inner).split()))
            elif tag[0] != "#" and tag not in _SILENT and inner not in apart:
                elements += 1
                if tag in _LANDMARKS or _STORY in dom.attribute(inner, "itemprop").split():
                    return f"<{tag}>, which only stories have"
                if is_link := tag == "a" and not link:
                    links.append(0)
                waiting.append((inner, len(links) - 1 if is_link else link))
        if elements > MOST_ELEMENTS:
            return f"more than {MOST_ELEMENTS:,} elements"
        if links[0] > MOST_TEXT:
            break
    if links[0] + sum(max(0, text - MOST_LINK_TEXT) for text in links[1:]) > MOST_TEXT:
        return f"more than {MOST_TEXT:,} characters of text, and {MOST_LINK_TEXT} in each link"
    return None
