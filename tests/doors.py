"""Asking both doors the same: an article as text, and as an lxml tree."""

from __future__ import annotations

import lxml.html

from adslot import Policy, read, read_tree
from adslot.guards import GUARDS
from adslot.policy.declarations import ArticleOptions

LONG = "<p>Um 22.14 Uhr rollt der Zug aus der Halle, pünktlich und fast lautlos.</p>"


def traits(html):
    """The traits of each block, alike at both doors."""
    wrapped = f"<div>{html}</div>"
    found = [[sorted(block.traits) for block in article.blocks] for article in _both(wrapped)]
    assert found[0] == found[1]
    return found[0]


def barred(guard, html, short=40):
    """The gaps that a guard closes, in order and alike at both doors."""
    found = [sorted(GUARDS[guard].barred(article.blocks)) for article in _both(f"<div>{html}</div>", short)]
    assert found[0] == found[1]
    assert len(set(found[0])) == len(found[0])
    return found[0]


def _both(html, short=40):
    # All of it is the story: what guards say of its last lines is asked here, not where a story ends.
    policy = Policy((), (), article=ArticleOptions(short=short, keep="*"))
    return read(html, policy), read_tree(lxml.html.fragment_fromstring(html), policy)
