"""Editors' markers: what they close, and who may write them."""

from __future__ import annotations

import pytest

from adslot import Policy, read
from tests.timing import least_seconds

P = "<p>Ab Montag fahren die Züge auf der Strecke wieder im Takt, sagte ein Sprecher der Bahn.</p>"
OFF, ON, NONE, HERE = (f"<!-- adslot: {verb} -->" for verb in ("off", "on", "none", "here ad"))


def closed(html: str) -> list[int]:
    """The gaps in which an editor wants no slot."""
    return [gap.index for gap in read(html).gaps if gap.closed]


@pytest.mark.parametrize(
    "html, expected",
    [
        (P + OFF + P + P + ON + P, [1, 2]),
        (P + OFF + P + P, [1, 2, 3]),
        (P + OFF + P + OFF + P + ON + P + P, [1, 2]),
        (P + ON + P + OFF + P + ON + P + OFF, [2, 4]),
        (f"<div>{P}{OFF}{P}{P}</div>{P}{P}", [1, 2]),
        (f"<div>{P}{OFF}{P}</div><div>{P}{ON}</div>{P}", [1, 2]),
        (f"<div><div>{OFF}{P}</div>{P}{OFF}{P}</div>{P * 6}", [0, 2]),
        (f"<div>{P}{OFF}</div>{P}", []),
        (f"<div>{P}<div>{OFF}{P}</div>{OFF}{P}</div>{P}{ON}{P}", [1, 2, 3]),
        (f"{P}<div class='ad-slot mobile'></div>{OFF}<div class='ad-slot desktop'></div>{P}{P}", [2, 3, 4]),
    ],
)
def test_what_an_off_closes(html, expected):
    """All up to the next `on`; without one, all that follows in the element it stands in."""
    assert closed(html) == expected


STORY = f"<article><h1>Züge</h1>{P * 6}</article>"
THREADS = [
    "<!DOCTYPE html><body>{story}<section>{comment}</section></body>",
    "<!DOCTYPE html><body>{comment}{story}</body>",
    "<!DOCTYPE html><body><main>{story}<div class=comments><p>Ein Kommentar</p>{comment}</div></main></body>",
    "<!DOCTYPE html><body><article><h1>Züge</h1>{p}<ol id=comments><li>{comment}</ol></article></body>",
    "<!DOCTYPE html><body><article><h1>Züge</h1>{p}<div class=comment-list><div><p>Sehr gut {comment}</p></div></div></article></body>",
    "{p}<div id=disqus_thread><div>{comment}<p>Sehr gut</p></div></div>",
]


@pytest.mark.parametrize("thread", THREADS)
@pytest.mark.parametrize("marker", [NONE, OFF, HERE, ON])
def test_readers_write_no_markers(thread, marker):
    """What stands outside of the story, or among comments inside of it, steers nothing."""
    with_marker, without = (
        read(thread.format(story=STORY, p=P * 6, comment=comment)) for comment in (marker, "<!-- Sehr gut -->")
    )
    assert not with_marker.none
    assert (with_marker.manual, [gap.closed for gap in with_marker.gaps]) == ((), [False] * len(without.gaps))


@pytest.mark.parametrize("html", [P + NONE, f"<p>x {NONE}</p>{P}", f"<div>{P}<figure>{NONE}</figure></div>", NONE + P])
def test_none_counts_anywhere_in_the_story(html):
    """At any depth: what editors write source into wraps it as it likes."""
    assert read(html).none


@pytest.mark.parametrize("tag", ["body", "html"])
def test_a_stray_tag_closes_no_page(tag):
    """A parser gives its attributes to the page's own `html` and `body`."""
    page = f"<!DOCTYPE html><html><body>{P * 4}<p>Kommentar <{tag} data-adslot=off></body></html>"
    assert closed(page) == []


def test_many_markers_take_linear_time():
    """Also where each stands in an element of its own."""

    def seconds(count: int) -> float:
        page = f"<div>{OFF}<p>x</p></div>" * count
        return least_seconds(lambda: read(page, Policy()), 3)

    assert seconds(2_000) < 9 * seconds(500) + 0.05
