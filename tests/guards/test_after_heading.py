"""after-heading: nothing stands directly below a heading."""

from __future__ import annotations

import pytest

from tests.doors import LONG, barred


@pytest.mark.parametrize(
    "html, gaps",
    [
        (f"<h2>Bahn</h2>{LONG}", [1]),
        (f"{LONG}<h3>Bahn</h3>{LONG}{LONG}", [2]),
        (f"{LONG}<h2>Bahn</h2><h3>Fahrplan</h3>{LONG}", [2, 3]),
        (f"{LONG}<p><strong>Bahn</strong></p>{LONG}", [2]),
        (f"{LONG}<h2>Bahn</h2>", [2]),
        (f"{LONG}{LONG}", []),
    ],
)
def test_gaps_below_headings(html, gaps):
    assert barred("after_heading", html) == gaps
