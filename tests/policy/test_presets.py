"""Presets: each is a right policy, and says where its numbers come from."""

from __future__ import annotations

from importlib.resources import files

import pytest

from adslot.api.loading import preset, preset_names
from adslot.errors import PolicyError
from adslot.policy.language.distance import chars, paragraphs
from adslot.policy.presets import is_of_others


def test_presets_are_read_once():
    """A ready policy is found by its name and kept."""
    assert "de-news" in preset_names()
    assert preset("de-news") is preset("de-news")


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_is_right(name):
    """Each ready policy is legal, places something, and leaves nothing to be warned of."""
    assert preset(name).rules
    assert preset(name).warnings == ()


def test_every_preset_says_where_its_numbers_come_from():
    """Each file begins with a comment."""
    for name in preset_names():
        text = files("adslot.policy.presets").joinpath(f"{name}.toml").read_text(encoding="utf-8")
        assert text.startswith("# ")


def test_the_german_preset_keeps_ads_apart():
    """Its numbers are those that were measured on German news pages."""
    policy = preset("de-news")
    (rule,) = (rule for rule in policy.rules if rule.name == "in-text")
    assert (rule.max, rule.apart, rule.from_start) == (3, chars(700) & paragraphs(1), chars(200))
    assert "list" not in {term.name for term in rule.before}
    assert (policy.article.short, policy.slot("anzeige").height) == (75, 274)


def test_an_unknown_preset_is_told_with_the_nearest_name():
    """The error lists what there is."""
    with pytest.raises(PolicyError, match=r"found 'de-new' \(did you mean 'de-news'\?\)"):
        preset("de-new")


def test_presets_to_begin_with_are_told_from_what_others_do():
    """By whether they name the source of somebody's rules."""
    own = {name for name in preset_names() if not is_of_others(name)}
    assert own == {"de-news", "de-portal", "en-news", "ja-news", "liveblog", "longform"}
