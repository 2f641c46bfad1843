"""How long pages take: from nothing known to what was measured."""

from __future__ import annotations

from adslot.contrib._pace import Pace


def test_before_anything_is_known_bytes_tell():
    """About 3 ms for 100 KB."""
    assert Pace().seconds(0) == 0
    assert 0.002 < Pace().seconds(100_000) < 0.004


def test_two_pages_tell_more():
    """One may have been slow by chance: the first of all is, when modules are loaded."""
    pace = Pace()
    pace.learn(100_000, 0.5)
    assert pace.seconds(100_000) < 0.004
    pace.learn(110_000, 0.22)
    assert round(pace.seconds(100_000), 6) == 0.2
    pace.learn(100_000, 0.001)
    assert pace.seconds(100_000) == 0.001


def test_magnitudes_are_kept_apart():
    """What each page costs, whatever its size, counts for small ones only."""
    pace = Pace()
    for _ in range(2):
        pace.learn(1_000, 0.002)
    assert pace.seconds(100_000) < 0.004
    assert pace.seconds(1_000) == 0.002


def test_a_page_of_nothing():
    pace = Pace()
    pace.learn(0, 0.001)
    assert pace.seconds(0) == 0
