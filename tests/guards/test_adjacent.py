"""adjacent: one slot to a gap."""

from __future__ import annotations

import pytest

from tests.doors import LONG, barred

AD = '<div class="ad-slot"></div>'
TEASER = '<p>Lesen Sie auch: <a href="/x">Ein anderer Artikel über Züge</a></p>'


@pytest.mark.parametrize(
    "html, gaps",
    [
        (f"{LONG}{AD}{LONG}", [1, 2]),
        (f"{LONG}{TEASER}{LONG}", [1, 2]),
        (f"{AD}{LONG}{LONG}", [0, 1]),
        (f"{LONG}<figure><img src=a></figure>{LONG}", []),
        (f"{LONG}{LONG}", []),
    ],
)
def test_gaps_beside_what_the_page_has_already(html, gaps):
    assert barred("adjacent", html) == gaps
