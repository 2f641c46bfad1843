"""Labels of paid slots: which wordings a reader of a language takes for an ad, and which were found wanting.

A paid slot stands under a word that says so, and what counts as such a word is a matter of law, of
courts and of the ad networks. The table below is data for engineers, not legal advice. Each wording
names what it rests on; one that only many sites use says `USAGE`, as nothing better was found.

Labels are compared without case, white space and decoration: `- ANZEIGE -` is `Anzeige`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import attrs

from adslot.errors import KeyPath, Problem

USAGE = "usage: the word that news sites put above ads; no law was looked up"

_LAW = "state press laws, e.g. LPresseG BW § 10: the word itself, unless the layout makes it plain"
_COURT = 'OLG Munich 29 U 2633/24 (not final): "Werbung" or "Anzeige"'
_GOOGLE = 'Google\'s publisher policies: "Advertisements" or "Sponsored Links", and nothing else'
_AUSTRIA = "MedienG § 26; LVwG Vienna VGW-001/086/12767/2021"
_JAPAN = "Consumer Affairs Agency, in force since 1 October 2023: a clear example"
_SWISS = "usage, as in Germany; no Swiss law was looked up"

_UNCLEAR = "not held to be enough for a reader to know an ad by"
_SPONSORED = f"{_UNCLEAR}: BGH I ZR 2/11, LG Munich I 4 HK O 21172/14"
_NO_AD = "says that somebody pays or recommends, not that this is an ad"

# Around a label these say nothing. The number sign stays: `#ad` is a wording of its own.
_DECORATION = " \t\r\n\f\xa0-–—―_*•·.,:;|+=~![](){}【】「」＜＞<>»«›‹→▶►▼▾➤\"'“”„‚’"


@attrs.frozen
class Wording:
    """A label, and *why* it is accepted or refused: a source, or a reason with one."""

    text: str
    why: str


@attrs.frozen
class Labels:
    """The labels of a *language*, as a tag such as "de-AT"; the first accepted one is the usual."""

    language: str
    accepted: tuple[Wording, ...]
    refused: tuple[Wording, ...] = ()


def _wordings(why: str, texts: str) -> tuple[Wording, ...]:
    return tuple(Wording(text.strip(), why) for text in texts.split("|"))


_DE = _wordings(_LAW, "Anzeige | Anzeigen") + _wordings(_COURT, "Werbung")
_DE_REFUSED = (
    *_wordings(_SPONSORED, "sponsored | sponsored by | gesponsert | gesponsert von"),
    *_wordings(_NO_AD, "powered by | präsentiert von | Promotion | Advertorial | Partnerinhalt | Empfehlung"),
    *_wordings("not enough: OLG Celle 13 U 53/17, KG 5 W 221/17", "#ad | #werbung | #anzeige"),
)
_ALL = (
    Labels("de", _DE, _DE_REFUSED),
    Labels("de-AT", _DE + _wordings(_AUSTRIA, "entgeltliche Einschaltung | bezahlte Anzeige"), _DE_REFUSED),
    Labels("de-CH", tuple(Wording(word.text, _SWISS) for word in _DE), _DE_REFUSED),
    Labels(
        "en",
        _wordings(_GOOGLE, "Advertisement | Advertisements") + _wordings(USAGE, "Ad")
        + _wordings("Google's publisher policies, for Google's ads only", "Sponsored Links"),
        _wordings(_NO_AD, "sponsored by | powered by | promotion | advertorial")
        + _wordings("a tag for posts, and easily overlooked", "#ad"),
    ),
    Labels(
        "ja",
        _wordings(_JAPAN, "広告 | PR"),
        _wordings("a tag, which hides among others", "#広告 | #PR | #ad"),
    ),
    Labels("fr", _wordings(USAGE, "Publicité | Annonce | Annonces")),
    Labels("es", _wordings(USAGE, "Publicidad | Anuncio | Anuncios")),
    Labels("it", _wordings(USAGE, "Pubblicità | Annuncio")),
    Labels("nl", _wordings(USAGE, "Advertentie | Advertenties")),
    Labels("pt", _wordings(USAGE, "Publicidade | Anúncio | Anúncios")),
)  # fmt: skip
_BY_TAG = {labels.language.lower(): labels for labels in _ALL}


def languages() -> tuple[str, ...]:
    """The languages that the table has."""
    return tuple(labels.language for labels in _ALL)


def labels_of(language: str) -> Labels | None:
    """The labels of a language tag, or of the longest part of it that the table has.

    >>> labels_of("de-DE").language, labels_of("de_at").language, labels_of("tlh")
    ('de', 'de-AT', None)
    """
    parts = language.strip().lower().replace("_", "-").split("-")
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_BY_TAG[tag] for tag in tags if tag in _BY_TAG), None)


def primary(language: str) -> str:
    """The language that a tag begins with.

    >>> primary("de-AT"), primary("DE_de")
    ('de', 'de')
    """
    return language.strip().lower().replace("_", "-").partition("-")[0]


def usual(languages: Iterable[str | None], labels: Iterable[str]) -> str:
    """The usual label of ads in the first of *languages* that the table has, else in that of the first of *labels* it has.

    >>> usual(["de-DE", "en"], []), usual([None], ["- Werbung -"]), usual([None], ["Reklama"])
    ('Anzeige', 'Anzeige', '')
    """
    known = [found for language in languages if language is not None and (found := labels_of(language))]
    for label in labels:
        known += [each for each in _ALL if plain(label) in _plain_texts((each,))]
    return known[0].accepted[0].text if known else ""


def plain(label: str) -> str:
    """*label* as it is compared: without case, white space and decoration.

    >>> plain(" – Anzeige: –"), plain("Sponsored  Links"), plain("#ad")
    ('anzeige', 'sponsored links', '#ad')
    """
    return " ".join(label.strip(_DECORATION).casefold().split())


def problem_of(path: KeyPath, label: str, language: str | None) -> Problem | None:
    """What is wrong with the *label* of a paid slot; *path* leads to it in the policy.

    Without a *language* a label will do that is accepted in any, as the policy then serves pages of
    several. Of a language that the table lacks nothing is known but that there must be a label.
    """
    known = list(_ALL) if language is None else [found] if (found := labels_of(language)) else []
    wanted = plain(label)
    if (not known and wanted) or wanted in _plain_texts(tuple(known)):
        return None
    expected = f"{_choice(known, language)}, or 'label_as_is = true'"
    if not wanted:
        return Problem(path, expected, "none" if not label else repr(label))
    refused = (word for labels in known for word in labels.refused)
    why = next((word.why for word in refused if f"{wanted} ".startswith(f"{plain(word.text)} ")), None)
    return Problem(path, expected, f"{label!r}: {why or 'not known to be accepted'}")


@lru_cache(maxsize=64)
def _plain_texts(known: tuple[Labels, ...]) -> frozenset[str]:
    return frozenset(plain(word.text) for labels in known for word in labels.accepted)


def _choice(known: list[Labels], language: str | None) -> str:
    """The labels to choose from, in words."""
    if not known:
        return "a label for the ad"
    if language is None:
        usual = (labels.accepted[0].text for labels in known)
        return f"a label that says it is an ad, such as {', '.join(map(repr, dict.fromkeys(usual)))}"
    return f"a label accepted in {language!r}: {', '.join(repr(word.text) for word in known[0].accepted)}"


def rows() -> Iterator[tuple[str, str, str, str]]:
    """The table, one wording to a row: language, wording, "accepted" or "refused", why."""
    for labels in _ALL:
        yield from ((labels.language, word.text, "accepted", word.why) for word in labels.accepted)
        yield from ((labels.language, word.text, "refused", word.why) for word in labels.refused)
