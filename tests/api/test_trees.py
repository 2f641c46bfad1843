"""The tree door by itself."""

from __future__ import annotations

import subprocess
import sys

import lxml.html
import pytest

import adslot

SCRIPT = """
import sys
sys.modules["turbohtml"] = None
import adslot, lxml.html
policy = adslot.from_mapping(
    {"slots": {"anzeige": {"kind": "ad", "label": "Anzeige"}}, "rules": [{"name": "mitte", "slot": "anzeige"}]}
)
story = lxml.html.fragment_fromstring("<div><p>Eins.</p><p>Zwei.</p></div>")
print([placement.gap for placement in adslot.place_tree(story, policy).placements], [child.tag for child in story])
adslot.strip_tree(story)
print([child.tag for child in story], len(adslot.read_tree(story).blocks))
"""


def test_what_could_not_be_taken_out_again_is_refused():
    """At both doors alike: more text than a slot may hold, by which it would no longer be known."""
    slot = {"kind": "promo", "label": "x" * 1001}
    policy = adslot.from_mapping({"slots": {"mehr": slot}, "rules": [{"name": "r", "slot": "mehr"}]})
    html = "<div><p>Eins.</p><p>Zwei.</p></div>"
    story = lxml.html.fragment_fromstring(html)
    for work in (lambda: adslot.place(html, policy), lambda: adslot.place_tree(story, policy)):
        with pytest.raises(adslot.PolicyError, match="more than 1,000 characters"):
            work()
    assert lxml.html.tostring(story, encoding="unicode") == html


def test_trees_need_no_html_parser():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, check=True, encoding="utf-8")
    assert done.stdout == "[1] ['p', 'aside', 'p']\n['p', 'p'] 2\n"
