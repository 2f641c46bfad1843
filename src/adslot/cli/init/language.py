"""The language of a text, by the small words that every text has. For advice only: nothing is placed by it."""

from __future__ import annotations

import re
from collections import Counter

_WORDS = {
    "de": "der die und das nicht mit den ist von ein eine für auf sich dem auch im wird",
    "en": "the and of to in that is was for it with as his on be at by had are but from",
    "fr": "le les et des est une dans qui que pour pas sur plus du au avec ont ce",
    "es": "el los las y en que del una por con para como más pero su se ha fue",
    "it": "il di che è la per non un una sono della con alla anche più nel gli ha",
    "nl": "de het een en van is op te dat niet met voor zijn er aan ook bij maar",
    "da": "det og af er en til på der ikke den med for som at har om ved blev de fra",
    "no": "det og av er en til på som ikke den med for at har om ved ble de fra jeg",
    "sv": "det och av är en till på som inte den med för att har om vid blev de från jag",
    "pt": "o os as e que do da em um uma para com não por mais dos se na foi",
}
_BY_WORD = {name: set(words.split()) for name, words in _WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_KANA = re.compile("[\u3040-\u30ff]")
# So much of a text in kana is Japanese; so many small words make a language, and so many times as many as the next.
_KANA_SHARE = 0.1
_FEWEST = 10
_CLEARLY = 1.5


def language_of(text: str) -> str | None:
    """The language of *text*; None for a short one, an unknown one or a mixture.

    >>> language_of("Der Zug fährt und die Strecke ist frei. " * 9), language_of("Ça va."), language_of("ひらがなで書く")
    ('de', None, 'ja')
    """
    if len(_KANA.findall(text)) > _KANA_SHARE * len(text):
        return "ja"
    counts = Counter(_WORD.findall(text.lower()))
    hits = sorted(((sum(counts[word] for word in words), name) for name, words in _BY_WORD.items()), reverse=True)
    (most, name), (next_most, _) = hits[:2]
    return name if most >= _FEWEST and most >= _CLEARLY * next_most else None
