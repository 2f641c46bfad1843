"""Language tags, as `<html lang>` has them: whether a text is one, and which one was perhaps meant."""

from __future__ import annotations

from adslot.patterns import pattern

TAG_PATTERN = "[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{1,8})*"

_TAG = pattern(TAG_PATTERN)
# ISO 639-1: every language of two letters. Those of three are too many to list.
_TWO_LETTERS = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es"
    " et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki"
    " kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no"
    " nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta"
    " te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)
# Names of the languages that labels are known in, codes of three letters where there is one of two, and countries.
_MEANT = {
    word: tag
    for tag, words in {
        "de": "german deutsch ger deu",
        "de-AT": "austrian österreichisch at",
        "en": "english englisch eng",
        "en-GB": "british gb",
        "en-US": "american us",
        "es": "spanish español castellano spanisch spa",
        "fr": "french français französisch fra fre",
        "it": "italian italiano italienisch ita",
        "ja": "japanese japanisch 日本語 jpn jp",
        "nl": "dutch nederlands niederländisch nld dut",
        "pt": "portuguese português portugiesisch por",
        "pt-BR": "brazilian brasileiro",
    }.items()
    for word in words.split()
}


def primary(tag: str) -> str:
    """The language that a tag begins with.

    >>> primary("de-AT"), primary("DE_de")
    ('de', 'de')
    """
    return tag.strip().lower().replace("_", "-").partition("-")[0]


def is_tag(text: str) -> bool:
    """Whether *text* is the tag of a language.

    >>> is_tag("de"), is_tag("en-GB"), is_tag("de_at"), is_tag("tlh"), is_tag("german"), is_tag("deu"), is_tag("xx")
    (True, True, True, True, False, False, False)
    """
    language = primary(text)
    known = language in _TWO_LETTERS if len(language) == 2 else language not in _MEANT
    return known and _TAG.fullmatch(text.strip()) is not None


def meant(text: str) -> str | None:
    """The tag that was meant by *text*, where it is a language by another name.

    >>> meant("German"), meant("deu-DE"), meant("Klingon")
    ('de', 'de', None)
    """
    return _MEANT.get(text.strip().lower()) or _MEANT.get(primary(text))
