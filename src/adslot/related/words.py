"""Words as relevance compares them: the stems of words, short names as they are, pairs of characters, and what each weighs.

Weights are whole numbers: the same plan on every machine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise
from sys import getsizeof

from adslot.html.text import CJK
from adslot.kept import kept, size_of_text
from adslot.patterns import pattern
from adslot.related.countries import COUNTRIES

# What a term weighs: a name in capitals or with digits, a number, a pair of Chinese or Japanese characters.
_NAME, _NUMBER, _PAIR = 48, 8, 20
# What each letter of a word weighs, up to so many: with a capital letter, as the first word, which is often the subject
# and has a capital letter anyway, and with a small one.
_CAPITAL, _FIRST, _SMALL, _MOST_LETTERS = 4, 5, 3, 8
# Up to which length a word is short, and what it weighs, with a capital letter or as a tag of its own, and else.
_SHORT, _SHORT_CAPITAL, _SHORT_SMALL = 3, 24, 4
# Up to which length capitals are a name that small letters do not write: "US", "WHO", but "NATO" is "Nato".
_SPELT = 3
# A text of capitals only that is longer than this is loud, not made of names.
_LOUD = 12
_SUFFIXES = tuple("ischen isches ischer ungen ische ungs isch ung ern ers nen en er es em ing ed s e n t".split())
_LEAST_STEM = 4
HAS_CJK = pattern(f"[{CJK}]")
_TOKEN = pattern(rf"[{CJK}]+|[^\W_{CJK}]+")
# What stands before the ending of a form for all genders: Lehrer*innen, Lehrer:innen, Lehrer/-in, Lehrer(innen).
_GENDER = pattern(r"[*:_/·(](?<=\w.)-?(?=in(?:nen)?\b)")
# The terms of a token, and what each weighs: in a text of one word, as the first of several, and later.
Form = tuple[tuple[str, ...], tuple[int, int, int]]
# The ways to write an umlaut without dots; not after another vowel, as in "neue", nor in "Quelle".
_SPELT_OUT = pattern(r"(?<![aeiouq])([aou])e")


def tokens_of(text: str) -> list[str]:
    """The runs of letters and digits of a text, and those of Chinese and Japanese; forms for all genders are one.

    >>> tokens_of("Lehrer*innen, Köch:in und E-Autos"), tokens_of("NHK杯")
    (['Lehrerinnen', 'Köchin', 'und', 'E', 'Autos'], ['NHK', '杯'])
    """
    return _TOKEN.findall(_GENDER.sub("", text))


def quiet(text: str) -> str:
    """*text*, in small letters if it is one of capitals: there they tell of no names."""
    return text.lower() if len(text) > _LOUD and text.isupper() else text


def weighed(text: str, share: int, forms: Mapping[str, Form], found: dict[str, int]) -> None:
    """What the terms of a title, a tag or a summary weigh, times *share*, is *found*, where that is more than was found before.

    >>> from adslot.kept import Memo
    >>> found = {}
    >>> weighed("Die EZB prüft", 1, Memo(form_of), found)
    >>> found
    {'die': 4, 'EZB': 48, 'pruf': 12}
    """
    get, tokens = found.get, tokens_of(quiet(text))
    at = 0 if len(tokens) == 1 else 1
    for token in tokens:
        terms, weights = forms[token]
        weight = share * weights[at]
        at = 2
        for term in terms:
            if weight > get(term, 0):
                found[term] = weight


def form_of(token: str) -> Form:
    """The terms of a token, and what each weighs in a text of one word, as the first of several, and later.

    >>> form_of("EZB"), form_of("Brücke"), form_of("See")
    ((('EZB',), (48, 48, 48)), (('bruck',), (25, 25, 20)), (('see',), (24, 4, 24)))
    """
    if HAS_CJK.match(token):
        return tuple(_pairs(token)), (_PAIR, _PAIR, _PAIR)
    if is_name(token):
        return terms_of(token)[:1], (_NAME, _NAME, _NAME)
    term = stem_of(token)
    if token[0].isdigit():
        return (term,), (_NUMBER, _NUMBER, _NUMBER)
    is_capital, letters = token[0].isupper(), len(term)
    if letters <= _SHORT:
        return (term,), (_SHORT_CAPITAL, _SHORT_SMALL, _SHORT_CAPITAL if is_capital else _SHORT_SMALL)
    letters = min(letters, _MOST_LETTERS)
    return (term,), (letters * _FIRST, letters * _FIRST, letters * (_CAPITAL if is_capital else _SMALL))


def is_name(token: str) -> bool:
    """Whether a word is a short name: in capitals, or of capitals and digits.

    >>> [is_name(token) for token in ("EZB", "A65", "X", "Ezb", "2030")]
    [True, True, False, False, False]
    """
    return len(token) > 1 and token.isupper()


def terms_of(token: str) -> tuple[str, ...]:
    """The terms that a text has for a token.

    >>> terms_of("Brücken"), terms_of("USA"), terms_of("NATO"), terms_of("東京駅")
    (('bruck',), ('USA', 'usa'), ('nato',), ('東京', '京駅'))
    """
    if HAS_CJK.match(token):
        return tuple(_pairs(token))
    if len(token) <= _SPELT and token.isalpha() and is_name(token):
        return token, stem_of(token)
    return (stem_of(token),)


def _pairs(run: str) -> Iterable[str]:
    """Each two neighbours of a run of characters; one that stands alone."""
    return dict.fromkeys(map("".join, pairwise(run))) if len(run) > 1 else (run,)


@kept(megabytes=8, size=lambda word, root: getsizeof(word) + size_of_text(root))
def stem_of(word: str) -> str:
    """The stem of a word as it is written; of what comes from a country, that of its name.

    >>> [stem_of(word) for word in ("Märkte", "Maerkte", "Straße", "Lehrerinnen", "Lehrer", "A65")]
    ['markt', 'markt', 'strass', 'lehr', 'lehr', 'a65']
    >>> {stem_of(word) for word in ("Frankreich", "Franzosen", "Französin", "französische")}
    {'frankreich'}
    """
    plain = folded(word)
    if not plain.isalpha():
        return plain
    found = stem(plain)
    return COUNTRIES.get(found, found)


def folded(word: str) -> str:
    """*word* in small letters, without umlauts and accents, however they are written.

    >>> [folded(word) for word in ("Märkte", "Maerkte", "Café", "neue", "Strasse", "Straße")]
    ['markte', 'markte', 'cafe', 'neue', 'strasse', 'strasse']
    """
    plain = word.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return _SPELT_OUT.sub(r"\1", plain)


def stem(word: str) -> str:
    """*word* without the ending of a woman or of women, and without one of others, German or English, where enough is left.

    >>> [stem(word) for word in ("sperrung", "sperrungen", "gesperrt", "bridges", "haus", "lehrerinnen")]
    ['sperr', 'sperr', 'gesperr', 'bridg', 'haus', 'lehr']
    """
    if word.endswith(("erin", "innen")) and len(word) >= 2 * _LEAST_STEM:
        word = word.removesuffix("innen").removesuffix("in")
    for suffix in _SUFFIXES if word.endswith(_SUFFIXES) else ():
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_STEM:
            return word[: -len(suffix)]
    return word
