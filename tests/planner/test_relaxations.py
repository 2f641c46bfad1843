"""Which keys hold a rule back: found by halves, and the same as one by one."""

from __future__ import annotations

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from adslot.planner.relaxations import needed, sufficient

# Sets of keys of which each is enough to free the rule.
enough = st.sets(st.frozensets(st.integers(0, 11), min_size=1, max_size=4), max_size=4)


def runs_of(sizes):
    keys = iter(range(12))
    return [*(list(islice(keys, size)) for size in sizes), list(keys)]


@given(enough, st.lists(st.integers(0, 5), max_size=4))
def test_halves_find_what_single_keys_find(enough, sizes):
    """For any keys that are enough together, however they are parted into runs."""
    asked = []

    def reaches(keys):
        asked.append(set(keys))
        return any(each <= asked[-1] for each in enough)

    runs = runs_of(sizes)
    keys = [key for run in runs for key in run]
    kept = list(keys)
    for key in keys:
        if not reaches([other for other in keys if other not in kept or other == key]):
            kept.remove(key)
    assert list(needed(reaches, runs)) == kept
    assert [key for run in runs for key in sufficient(reaches, run)] == [key for key in keys if reaches([key])]


def test_many_keys_are_asked_about_together():
    """Of 64 keys one is found with some questions."""
    asked = []

    def reaches(keys):
        asked.append(list(keys))
        return "40" in asked[-1]

    assert list(needed(reaches, [list(map(str, range(64)))])) == ["40"]
    assert len(asked) <= 16
