"""A text as it is compared with words that are known: all ways to write one word come to the same.

Left out are marks that a reader does not miss: accents, the vowels and points of Arabic and Hebrew, the stroke that
draws Arabic letters out, the points below Indic letters, what has no width. Capitals of Greek and French go without
accents, many Serbian and Vietnamese pages too, and vowels are written out in schoolbooks. Letters that have two code
points (Arabic and Persian ones), full-width letters and signs, and typographic apostrophes are one each.
"""

from __future__ import annotations

from unicodedata import normalize

from adslot.html.text import WIDTHLESS
from adslot.patterns import pattern

_UNMISSED = pattern(
    f"[{WIDTHLESS}\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u093c\u09bc\u0a3c]+"
)
# Of the capital sigma `lower` makes two letters, by where it stands.
_ONE = dict(zip("ıςΣيىكةہ’‘ʼ∶", "iσσییکهه''':", strict=True)) | {"ß": "ss", "ẞ": "SS"}
_OTHER = pattern(f"[{''.join(_ONE)}]")  # `str.translate` looks up every letter, and is ten times as slow


def spelled(text: str) -> str:
    """*text* as it is compared, but for its case; `lower` of it has as many characters.

    >>> spelled("Διαφήμιση"), spelled("اِقْرَأْ أَيْضًا"), spelled("Ｐｈｏｔｏ：")
    ('Διαφημιση', 'اقرا ایضا', 'Photo:')
    """
    if text.isascii():
        return text
    bare = _OTHER.sub(lambda found: _ONE[found[0]], _UNMISSED.sub("", normalize("NFKD", text)))
    return normalize("NFC", bare)


def folded(text: str) -> str:
    """*text* as it is compared.

    >>> folded("À LIRE AUSSI :"), folded("İLGİLİ HABER"), folded("Größe")
    ('a lire aussi :', 'ilgili haber', 'grosse')
    """
    return spelled(text).lower()
