"""The first words of short elements: labels above ads, and labels that open teasers.

An ad's label is all that its element says. A teaser's label is followed by its links, so what counts
is how much of the rest lies in links. The question is put to every paragraph and for most of them the
answer is no: labels are looked up by their first four letters.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from adslot.article.words.spelling import folded, spelled
from adslot.article.words.vocabulary import known
from adslot.html.dom import Dom, Node
from adslot.html.visible import linked_chars, text_of
from adslot.patterns import pattern
from adslot.roles import Role

_LONGEST_AD_LABEL = 90
_LONGEST_TEASER = 600
_LINKED_SHARE = {Role.AD: 0.8, Role.TEASER: 0.5}
# Labels are told apart by so many letters; by fewer where they have no more.
_BEGINNING = 4
# An ad's label that may stand in one line with the ad's link is one word, and not as short as `Ad` or `PR`.
_SHORTEST_AD_OPENING = 4

_DECORATION = " \t\r\n\f\xa0-–—_*•·|:：+=~[](){}（）【】〔〕「」『』《》〈〉＜＞<>»«›→▶►▷▼▲■□◆◇●○★☆※➤☞👉🔗#\"'“”„،؛।、"
# Python takes vowel signs of Indic and South East Asian scripts for punctuation.
_SIGNS = "\u0900-\u0963\u0966-\u0df3\u0e31-\u0e4e\u0eb1-\u0ecd\u102b-\u109d\u17b4-\u17d3"
_PARTS = pattern(rf"(?:[^\w\s{_SIGNS}]|_)+|\d+")
_LETTER = pattern(rf"[^\W\d_]|[{_SIGNS}]")
_AFTER_AD_OPENING = pattern(r"\s*[\d:|·•»›>,/–—-]")  # a number is that of the slot


def _parts(low: str) -> list[str]:
    """What is said between marks and numbers."""
    return [said for part in _PARTS.split(low) if (said := " ".join(part.split()))]


def _by_beginning(labels: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    found = defaultdict[str, list[str]](list)
    for label in labels:
        found[label[:_BEGINNING]].append(label)
    return {beginning: tuple(same) for beginning, same in found.items()}


_AD_LABELS = frozenset(" ".join(_parts(label)) for label in known("ads"))
_OPENINGS = {
    Role.TEASER: _by_beginning(known("teasers")),
    Role.AD: _by_beginning(
        label
        for label in _AD_LABELS
        if " " not in label and (len(label) >= _SHORTEST_AD_OPENING or not label.isascii())
    ),
}
_ALL = _by_beginning(known("ads") | known("teasers"))
# What a text begins with that may be one of these, where it begins with so many letters.
_LEAST = 3
_FIRST = frozenset(label[:_LEAST] for label in _ALL)
# Where marks are written out, so many characters may be needed for the first four letters.
_ENOUGH = 3 * _BEGINNING
_LONGEST = 3 * max(map(len, known("ads") | known("teasers")))


def is_ad_label(text: str) -> bool:
    """Whether *text* consists of labels of ads and nothing else.

    >>> is_ad_label("- Anzeige -"), is_ad_label("Advertisement. Scroll to continue"), is_ad_label("Anzeige erstattet")
    (True, True, False)
    """
    if not text or len(text) > _LONGEST_AD_LABEL:
        return False
    parts = _parts(folded(text))
    return bool(parts) and (all(part in _AD_LABELS for part in parts) or " ".join(parts) in _AD_LABELS)


def may_be_label(text: str) -> bool:
    """Whether *text* begins as a label does: the answer is nearly always no, and cheap.

    >>> may_be_label("Lesen Sie auch: Der Zug"), may_be_label("Lesen lernt man früh")
    (True, False)
    """
    said = text.lstrip()
    start = said[:_LEAST]
    if start.isalnum() and start.isascii() and start.lower() not in _FIRST:  # nearly all
        return False
    start = said[:_BEGINNING]
    if start.isascii() and (low := start.lower()) not in _ALL:
        if start.isalpha():
            return False
        if start[:1].isalnum() and low.rstrip(_DECORATION) not in _ALL:  # only its end is decoration, as a blank is
            return False
    said = said[:_LONGEST].strip(_DECORATION)
    start = said[:_BEGINNING]
    labels = _ALL.get(start.lower(), ()) if start.isascii() else _labels_like(_ALL, folded(said[:_ENOUGH]))
    return bool(labels) and folded(said[: 2 * max(map(len, labels))]).startswith(labels)


def _labels_like(labels: Mapping[str, tuple[str, ...]], low: str) -> tuple[str, ...]:
    """Those of the *labels* that have the beginning of a text; in Chinese two letters may be all of a label."""
    found = labels.get(low[:_BEGINNING], ())
    return found if low[:2].isascii() else (*found, *labels.get(low[:3], ()), *labels.get(low[:2], ()))


def labelled_as(dom: Dom, element: Node, raw: str, seen: str | None = None) -> Role | None:
    """The role that the text of *element* gives it by its first words.

    *raw* is the text as the tree has it, *seen* what a reader sees of it, where that is known.
    """
    if not may_be_label(raw):
        return None
    text = text_of(dom, element) if seen is None else seen
    if is_ad_label(text):
        return None if dom.find_all(element, "video", "audio") else Role.AD
    if len(text) > _LONGEST_TEASER:
        return None
    said = spelled(text.lstrip(_DECORATION))
    return next((role for role in _OPENINGS if _is_opened(dom, element, role, said)), None)


def _is_opened(dom: Dom, element: Node, role: Role, said: str) -> bool:
    """Whether a label of *role* opens a text, and enough of what follows is linked."""
    low = said.lower()
    label = max((label for label in _labels_like(_OPENINGS[role], low) if low.startswith(label)), key=len, default="")
    if not label:
        return False
    rest = said[len(label) :]
    linked, others = linked_chars(dom, element), len(rest.strip(_DECORATION))
    if linked < _LINKED_SHARE[role] * others:
        return False
    return _ends_label(role, label, rest) or abs(linked - others) <= 1


def _ends_label(role: Role, label: str, rest: str) -> bool:
    """Whether a label ends where *rest* begins, and not in the middle of a word or a sentence.

    A capital may follow at once: two elements without a blank between them. Scripts without capitals have nothing that
    tells this from a longer word, and a blank does not tell an ad from the title of a story about ads: there has to be
    a mark, or the link begins.
    """
    if not rest or rest[0].isupper():
        return True
    if role is Role.AD:
        return _AFTER_AD_OPENING.match(rest) is not None
    return not _LETTER.match(rest) or not _LETTER.match(label[-1])
