"""Class names and ids as words, so that a mark is only ever found whole.

`ad` is found in `AdSlot__box` and in `top_ad_1`, but not in `header` or `gradient`.
"""

from __future__ import annotations

import re

# Where camelCase parts words. Two letters alone do not, nor do letters in front of them: the hashes
# that style compilers append (`fGbAdD`) would spell ads by chance.
_HUMP = re.compile(r"(?<=[a-z]{3})(?=[A-Z])|(?<=[a-z\d])(?=[A-Z][a-z]{2})")
_MARKED_OFF = re.compile(r"[^\w\s]+|_+")
_HYPHENS = re.compile(r"--+")


def spell(names: str) -> str:
    """Class names as lower-case words between hyphens, a space between two names.

    >>> spell("AdSlot__box main-gujAd")
    '-ad-slot-box- -main-guj-ad-'
    """
    words = _MARKED_OFF.sub("-", _HUMP.sub("-", names)).lower()
    return _HYPHENS.sub("-", " ".join(f"-{word}-" for word in words.split()))


def whole(words: str) -> re.Pattern[str]:
    """A pattern for any of *words*, regular expressions with blanks between them, in spelled names."""
    return re.compile(rf"(?<=-)(?:{'|'.join(words.split())})(?=-)")
