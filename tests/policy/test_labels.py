"""Labels of paid slots: what is accepted in which language, and what a policy says of the rest."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from adslot import ArticleOptions, Policy, PolicyError, Slot, loads, place, place_tree, plan, read
from adslot.policy.labels import labels_of, languages, plain, rows


def policy_with(label, language=None, **options):
    """A policy with one ad of this label."""
    return Policy([Slot("a", kind="ad", label=label, **options)], article=ArticleOptions(language=language))


def table_of(language):
    """The labels of a language that the table has."""
    found = labels_of(language)
    assert found is not None
    return found


def problem_of(label, language=None):
    """What is wrong with the label of an ad."""
    with pytest.raises(PolicyError) as caught:
        policy_with(label, language)
    (problem,) = caught.value.problems
    assert problem.path == "slots.a.label"
    return problem


@pytest.mark.parametrize("language, wording", [row[:2] for row in rows() if row[2] == "accepted"])
def test_accepted(language, wording):
    """Each wording of the table serves its language, in any case, with any decoration, and a policy without one."""
    for label in (wording, wording.upper(), f"– {wording.lower()}: –"):
        assert policy_with(label, language).slot("a").label == label
    policy_with(wording)


@pytest.mark.parametrize("language, wording, why", [(*row[:2], row[3]) for row in rows() if row[2] == "refused"])
def test_refused(language, wording, why):
    """A wording that was found wanting is an error that says why, and what is accepted instead."""
    problem = problem_of(wording, language)
    assert problem.found == f"{wording!r}: {why}"
    assert repr(table_of(language).accepted[0].text) in problem.expected


@pytest.mark.parametrize(
    "label, language, found",
    [
        ("Advertisement", "de", "'Advertisement': not known to be accepted"),
        ("Sponsored", "de-DE", "'Sponsored': not held to be enough"),
        ("entgeltliche Einschaltung", "de", "not known"),
        ("Werbung", "ja", "not known"),
        ("Sponsored by Böttcher", "en", "'Sponsored by Böttcher': says that somebody pays"),
        ("Promotional", "en", "not known"),
        ("Anzeigenteil", None, "not known"),
    ],
)
def test_of_another_language_or_of_none(label, language, found):
    """What is accepted elsewhere, or nowhere, is refused."""
    assert found in problem_of(label, language).found


@pytest.mark.parametrize("label", ["", "  ", "–"])
@pytest.mark.parametrize("language", ["de", "tlh", None])
def test_none_at_all(label, language):
    """An ad without a label is an error in every language; decoration is no label."""
    assert problem_of(label, language).found == ("none" if not label else repr(label))


def test_unknown_languages():
    """Of a language that the table lacks nothing is known but that there must be a label."""
    policy_with("Reklama", "pl")
    assert labels_of("pl") is None


def test_only_ads_need_a_label():
    """Teasers and promos may be called as they like."""
    policy = Policy([Slot("a", kind="teaser", label="Sponsored"), Slot("b", kind="promo", html="<b>x</b>")])
    assert [slot.label for slot in policy.slots] == ["Sponsored", ""]


@pytest.mark.parametrize("label", ["", "Sponsored", "Unser Partner"])
def test_as_it_is(label):
    """The check is off where the policy says so."""
    assert policy_with(label, "de", label_as_is=True).slot("a").label == label
    text = f'[article]\nlanguage = "de"\n[slots.a]\nkind = "ad"\nlabel = "{label}"\nlabel_as_is = true'
    assert loads(text) == policy_with(label, "de", label_as_is=True)


@pytest.mark.parametrize(
    "text, found",
    [
        ('[slots.a]\nkind = "ad"', ["slots.a.label"]),
        ('[slots.a]\nlabel = "Sponsored"', ["slots.a"]),
        ('[slots.a]\nkind = "ad"\nlabel = 3', ["slots.a.label"]),
        ('[slots.a]\nkind = "ad"\nlabel_as_is = 1', ["slots.a.label_as_is"]),
        ('[slots.a]\nkind = "ad"\nlabel = "Promotion"\n[article]\nlanguage = 3', ["slots.a.label", "article.language"]),
    ],
)
def test_no_fault_is_told_twice(text, found):
    """A label is not blamed for what could not be read, nor where the kind of the slot is unknown."""
    with pytest.raises(PolicyError) as caught:
        loads(text)
    assert [problem.path for problem in caught.value.problems] == found


def test_the_line_of_a_label():
    """The problem stands at the label's line, or at the slot's where there is none."""
    with pytest.raises(PolicyError) as caught:
        loads('[slots.a]\nkind = "ad"\nlabel = "Promotion"\n[slots.b]\nkind = "ad"\n')
    assert [problem.line for problem in caught.value.problems] == [3, 4]


def test_the_table():
    """Languages are there once, each with a usual word, none with a wording on both sides."""
    assert len(set(languages())) == len(languages()) >= 9
    for language in languages():
        labels = table_of(language.upper())
        assert labels.language == language
        texts = [plain(word.text) for word in (*labels.accepted, *labels.refused)]
        assert len(set(texts)) == len(texts)
        assert all(word.why for word in (*labels.accepted, *labels.refused))


@pytest.mark.parametrize(
    "html, language, told",
    [
        ('<html lang="en"><p>x', "de", True),
        ('<html lang="DE-ch"><p>x', "de", False),
        ('<html lang="de"><p>x', "de_AT", False),
        ('<html lang=""><p>x', "de", False),
        ("<html><p>x", "de", False),
        ('<html lang="en"><p>x', None, False),
        ('<p lang="en">x', "de", False),
    ],
)
def test_a_page_in_another_language_is_told(html, language, told):
    """The plan of a page whose language is not the policy's has a warning, whichever way it was made."""
    policy = policy_with("Werbung", language)
    tree = lxml.html.fromstring(html)
    plans = [place(html, policy).plan, plan(read(html, policy), policy), place_tree(tree, policy)]
    assert [any("language" in warning for warning in made.warnings) for made in plans] == [told] * 3


def test_the_page_shows_the_table():
    """The reference has every wording with its reason, in the order of the table, and no other."""
    page = (Path(__file__).parents[2] / "docs" / "reference" / "labels.md").read_text(encoding="utf-8")
    table = page.partition("## The table")[2]
    shown = [tuple(map(str.strip, line.strip("|").split("|"))) for line in table.splitlines() if line.startswith("| ")]
    assert shown[1:] == list(rows())
