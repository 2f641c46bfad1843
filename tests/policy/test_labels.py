"""Labels of paid slots: what is accepted in which language, and what a policy says of the rest."""

from __future__ import annotations

import lxml.html
import pytest

from adslot import ArticleOptions, Policy, PolicyError, Slot, loads, place, place_tree, plan, preset, preset_names, read
from adslot.policy.label_table import ROWS
from adslot.policy.labels import labels_of, languages, plain, usual

ADSENSE = {"template": "adsense", "attributes": {"data-ad-client": "ca-pub-1", "data-ad-slot": "2"}}


def policy_with(label, language=None, **options):
    """A policy with one ad of this label."""
    return Policy([Slot("a", kind="ad", label=label, **options)], article=ArticleOptions(language=language))


def table_of(language):
    """The labels of a language that the table has."""
    found = labels_of(language)
    assert found is not None
    return found


def problem_of(label, language=None, **options):
    """What is wrong with the label of an ad."""
    with pytest.raises(PolicyError) as caught:
        policy_with(label, language, **options)
    (problem,) = caught.value.problems
    assert problem.path == "slots.a.label"
    return problem


@pytest.mark.parametrize("language, wording", [(row.language, row.text) for row in ROWS if row.accepted])
def test_accepted(language, wording):
    """Each wording of the table serves its language, in any case, with any decoration, and a policy without one."""
    for label in (wording, wording.upper(), f"– {wording.lower()}: –"):
        assert policy_with(label, language).slot("a").label == label
    policy_with(wording)


@pytest.mark.parametrize(
    "language, wording, why", [(row.language, row.text, row.source.text) for row in ROWS if not row.accepted]
)
def test_refused(language, wording, why):
    """A wording that was found wanting is an error that says why, and what is accepted instead."""
    problem = problem_of(wording, language)
    assert problem.found == f"{wording!r}: {why}"
    assert repr(usual([language], [])) in problem.expected


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
        said = [(plain(row.text), row.template) for row in labels.rows]
        assert len(set(said)) == len(said)
        refused = {plain(row.text) for row in labels.rows if not row.accepted}
        assert refused.isdisjoint(plain(row.text) for row in labels.rows if row.accepted)
        assert labels.accepted()
    assert all(row.source.text for row in ROWS)
    assert [row.source.read for row in ROWS if "usage" in row.source.text or "quote" in row.source.text].count(
        "not verified"
    ) == sum("usage" in row.source.text or "quote" in row.source.text for row in ROWS)


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


# ------------------------------------------------------------------------------------- by the template


@pytest.mark.parametrize(
    "language, label",
    [("en", "Advertisements"), ("en-GB", "– SPONSORED LINKS –"), ("de", "Anzeigen"), ("de-AT", "Werbung")]
    + [("ja", "広告"), ("it", "Pubblicità"), ("fr", "Publicité"), ("pl", "Reklama"), (None, "Advertisements")],
)
def test_what_the_network_takes(language, label):
    """What AdSense takes is accepted for the template `adsense`, without a warning."""
    assert policy_with(label, language, **ADSENSE).warnings == ()


@pytest.mark.parametrize("language, place", [("en", "accepted in 'en'"), (None, "that says it is an ad")])
@pytest.mark.parametrize("label", ["Advertisement", "AD"])
def test_what_the_network_does_not_take(language, place, label):
    """Where the network's own page says so, a word that is only usual is an error, and just for its template."""
    problem = problem_of(label, language, **ADSENSE)
    assert problem.expected.startswith(f"a label {place} for the template 'adsense'")
    assert "'Advertisements'" in problem.expected
    assert "'Advertisement'" not in problem.expected
    assert problem.found.startswith(f"{label!r}: AdSense Help, answer 3394713: ")
    assert policy_with(label, language).warnings == ()
    assert policy_with(label, language, **ADSENSE, label_as_is=True).warnings == ()


@pytest.mark.parametrize(
    "language, label, template, doubt",
    [
        ("de", "Anzeige", ADSENSE, "for the template 'adsense' others are named: 'Anzeigen', 'Werbung'; an older text"),
        ("de-AT", "bezahlte Anzeige", ADSENSE, "for the template 'adsense' others are named: 'Anzeigen', 'Werbung'"),
        ("ja", "PR", ADSENSE, "for the template 'adsense' others are named: '広告', 'スポンサーリンク'"),
        (
            "it",
            "Annuncio",
            ADSENSE,
            "for the template 'adsense' others are named: 'Pubblicità', 'Link sponsorizzati'; a text of AdSense's",
        ),
        ("en", "Sponsored Links", {}, "only for the template 'adsense'; AdSense Help, answer 3394713"),
        ("ja", "スポンサーリンク", {}, "only for the template 'adsense'; AdSense Help, as sites quote it"),
    ],
)
def test_where_sources_disagree(language, label, template, doubt):
    """Law and network, or what is known of another network only: a warning with the source, and whether it was verified."""
    (warning,) = policy_with(label, language, **template).warnings
    assert warning.startswith(f"slots.a.label: {label!r} is accepted in {language!r}, but {doubt}")
    assert warning.endswith("(not verified)") == (language != "en")
    assert policy_with(label, language, **template, label_as_is=True).warnings == ()
    assert policy_with(label, None, **template).warnings == ()


@pytest.mark.parametrize("own", [{"html": "<b>x</b>"}, {"template": "<b>x</b>"}])
def test_of_own_markup_nobody_knows_whose_ads_it_shows(own):
    """So that there is nothing to warn of."""
    assert policy_with("Sponsored Links", "en", **own).warnings == ()


@pytest.mark.parametrize("name", preset_names())
def test_the_presets_have_labels_for_every_template(name):
    """Also for the one whose network takes the fewest words."""
    policy = preset(name)
    for slot in policy.slots:
        if slot.is_ad:
            made = policy_with(slot.label, policy.article.language, **ADSENSE)
            assert made.slots[0].label == slot.label
            policy_with(slot.label, policy.article.language or "en", **ADSENSE)


# ------------------------------------------------------------------------------------------ languages


@pytest.mark.parametrize(
    "language, hint",
    [
        ("german", "de"),
        ("Deutsch", "de"),
        ("deu", "de"),
        ("ger-DE", "de"),
        ("english", "en"),
        ("jp", "ja"),
        ("GB", "en-GB"),
        ("at", "de-AT"),
        ("xx", None),
        ("", None),
        ("d", None),
        ("klingon", None),
        ("de DE", None),
        ("de,en", None),
        (3, None),
        ("*", None),
    ],
)
def test_an_unknown_language_is_a_problem(language, hint):
    """It would turn the check of labels off. No label is blamed for it, but one that is missing."""
    for label in ("Reklama", "Anzeige"):
        with pytest.raises(PolicyError) as caught:
            policy_with(label, language)
        assert [(problem.path, problem.hint) for problem in caught.value.problems] == [("article.language", hint)]
    with pytest.raises(PolicyError) as caught:
        policy_with("", language)
    assert {problem.path for problem in caught.value.problems} == {"article.language", "slots.a.label"}


@pytest.mark.parametrize(
    "language", ["de", "DE", "de-DE", "de_at", "zh-Hant-TW", "pl", "tlh", "fil", "gsw", "nb", " en "]
)
def test_tags_of_languages(language):
    """Of two letters, of three where there are no two, with scripts and regions."""
    made = policy_with({"de": "Anzeige", "en": "Ad"}.get(language.strip().lower()[:2], "Reklama"), language)
    assert made.article.language == language
