"""The labels of ads: for each wording the language, the template that it is for, what it rests on, and where that was read.

All that adslot says of labels is made of these rows: the usual ones, the checks, the warnings, the page of the
reference. They are data for engineers, not legal advice.
"""

from __future__ import annotations

from typing import Literal

import attrs

# Where a source was read: in its own words, or as others tell it; or nothing was found that could be read.
Read = Literal["official page", "secondary pages", "not verified"]


@attrs.frozen
class Source:
    """What a row rests on, and where that was *read*; *is_law* says that laws or courts are behind it."""

    text: str
    read: Read
    is_law: bool = False


@attrs.frozen
class Row:
    """A wording, and whether it is *accepted* in a *language*: for every template, or for one only."""

    language: str
    text: str
    source: Source
    accepted: bool = True
    template: str | None = None


_USAGE = Source("usage: the word that news sites put above ads; no law was looked up", "not verified")
_SWISS = Source("usage, as in Germany; no Swiss law was looked up", "not verified")
_NO_AD = Source("says that somebody pays or recommends, not that this is an ad", "not verified")
_TAG = Source("a tag, which hides among others", "not verified")

_PRESS = Source(
    "state press laws, e.g. LPresseG BW § 10: the word itself, unless the layout makes it plain",
    "secondary pages",
    is_law=True,
)
_MUNICH = Source('OLG Munich 29 U 2633/24 (not final): "Werbung" or "Anzeige"', "secondary pages", is_law=True)
_SPONSORED = Source(
    "not held to be enough for a reader to know an ad by: BGH I ZR 2/11, LG Munich I 4 HK O 21172/14",
    "secondary pages",
    is_law=True,
)
_HASHTAG = Source("not enough: OLG Celle 13 U 53/17, KG 5 W 221/17", "secondary pages", is_law=True)
_AUSTRIA = Source("MedienG § 26; LVwG Vienna VGW-001/086/12767/2021", "secondary pages", is_law=True)
_JAPAN = Source(
    "Consumer Affairs Agency, in force since 1 October 2023: a clear example", "secondary pages", is_law=True
)

# The one on English pages is answer 3394713 of AdSense Help, read in English.
_ADSENSE = Source(
    'AdSense Help, answer 3394713: no labels above ads but "sponsored links" and "advertisements"', "official page"
)
_ADSENSE_DE = Source('an older text of AdSense\'s policies, as sites quote it: "Anzeigen" or "Werbung"', "not verified")
_ADSENSE_IT = Source(
    'a text of AdSense\'s of 2014, as a site quotes it: "Link sponsorizzati" or "Pubblicità"', "not verified"
)
_ADSENSE_JA = Source("AdSense Help, as sites quote it: 広告 or スポンサーリンク", "not verified")


def _rows(
    language: str, source: Source, texts: str, *, accepted: bool = True, template: str | None = None
) -> tuple[Row, ...]:
    return tuple(Row(language, text, source, accepted, template) for text in texts.split(" | "))


# The first accepted wording of a language is the usual one. A region has the rows of its language as well.
ROWS = (
    *_rows("de", _PRESS, "Anzeige | Anzeigen"),
    *_rows("de", _MUNICH, "Werbung"),
    *_rows("de", _ADSENSE_DE, "Anzeigen | Werbung", template="adsense"),
    *_rows("de", _SPONSORED, "sponsored | sponsored by | gesponsert | gesponsert von", accepted=False),
    *_rows("de", _NO_AD, "powered by | präsentiert von | Promotion | Advertorial", accepted=False),
    *_rows("de", _NO_AD, "Partnerinhalt | Empfehlung", accepted=False),
    *_rows("de", _HASHTAG, "#ad | #werbung | #anzeige", accepted=False),
    *_rows("de-AT", _AUSTRIA, "entgeltliche Einschaltung | bezahlte Anzeige"),
    *_rows("de-CH", _SWISS, "Anzeige | Anzeigen | Werbung"),
    *_rows("en", _USAGE, "Advertisement | Advertisements | Ad"),
    *_rows("en", _ADSENSE, "Advertisements | Sponsored Links", template="adsense"),
    *_rows("en", _NO_AD, "sponsored by | powered by | promotion | advertorial", accepted=False),
    *_rows("en", _TAG, "#ad", accepted=False),
    *_rows("ja", _JAPAN, "広告 | PR"),
    *_rows("ja", _ADSENSE_JA, "広告 | スポンサーリンク", template="adsense"),
    *_rows("ja", _TAG, "#広告 | #PR | #ad", accepted=False),
    *_rows("fr", _USAGE, "Publicité | Annonce | Annonces"),
    *_rows("es", _USAGE, "Publicidad | Anuncio | Anuncios"),
    *_rows("it", _USAGE, "Pubblicità | Annuncio"),
    *_rows("it", _ADSENSE_IT, "Pubblicità | Link sponsorizzati", template="adsense"),
    *_rows("nl", _USAGE, "Advertentie | Advertenties"),
    *_rows("pt", _USAGE, "Publicidade | Anúncio | Anúncios"),
)
