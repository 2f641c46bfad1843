"""What probably covers the page, and what only looks like it."""

from __future__ import annotations

import pytest

from adslot import from_mapping, read

P = "<p>Der Fluss ist über Nacht um einen Meter gestiegen, und die Fähre bleibt am Ufer.</p>"
NOTE = "<p>Melden Sie sich bitte an.</p>"
TWO = f"<h3>Anmelden</h3>{NOTE}"


def _has_note(html, policy=None):
    return any("Melden Sie sich" in block.text for block in read(f"{P * 4}{html}{P * 4}", policy).blocks)


@pytest.mark.parametrize(
    "html",
    [
        f'<div aria-hidden="true">{TWO}</div>',
        f'<section aria-hidden="true">{NOTE * 2}</section>',
        f'<x-drawer aria-hidden="true">{NOTE * 2}</x-drawer>',
        f'<div class="modal fade">{TWO}<button>Zu</button></div>',
        f'<div class="newsletter-overlay"><div>{TWO}<form><input></form></div></div>',
        f'<div class="LoginModal x">{TWO}<button>Zu</button></div>',
        f'<div class="c-page__popup">{NOTE}<form><input></form></div>',
    ],
)
def test_a_cover_is_no_block(html):
    assert not _has_note(html)


@pytest.mark.parametrize(
    "html",
    [
        f'<div aria-hidden="true">{NOTE}</div>',
        f'<p aria-hidden="true">{NOTE[3:]}',
        f'<div aria-hidden="false">{TWO}</div>',
        f'<div class="overlay-handle">{TWO}<button>Zu</button></div>',
        f'<div class="newsletter-overlay">{TWO}</div>',
        *(
            f'<div class="{name}">{TWO}<button>Zu</button></div>'
            for name in ("no-modal", "js-open-modal", "text-overlay", "image-overlay", "img-overlay", "hero-overlay")
        ),
        f'<div class="card-overlay">{TWO}<button>Zu</button></div>',
    ],
)
def test_what_is_no_cover(html):
    """One line, such as a caption; a name that only begins so; what cannot be closed; a name that says otherwise."""
    assert _has_note(html)


def test_the_story_is_no_cover():
    """Behind a paywall some pages keep most of the story from screen readers."""
    assert len(read(f'{P * 2}<div aria-hidden="true">{P * 6}</div>').blocks) == 8


def test_a_policy_opens_a_cover():
    policy = from_mapping({"article": {"open": [".modal"]}})
    assert _has_note(f'<div class="modal">{TWO}<button>Zu</button></div>', policy)
