"""Class names and ids as words, so that a mark is only ever found whole.

`ad` is found in `AdSlot__box` and in `top_ad_1`, but not in `header` or `gradient`.
"""

from __future__ import annotations

import re

from adslot.patterns import pattern

# Where camelCase parts words. Two letters alone do not, nor do letters in front of them: the hashes
# that style compilers append (`fGbAdD`) would spell ads by chance.
_HUMP = pattern(r"(?<=[a-z]{3})(?=[A-Z])|(?<=[a-z\d])(?=[A-Z][a-z]{2})")
_MARKED_OFF = pattern(r"[^\w\s]+|_+")
_HYPHENS = pattern(r"--+")
# What may follow the name of a thing: a part of it is one as well.
_PART = (
    "(?:-?(?:bar|box|block|list|links?|group|tools?|widget|container|wrapper|wrap|section|area|row|items?|label|info|card|name|title|buttons?|icons?"
    "|details|description|bio|profile|line|form|banner|teaser|nav|footer|cloud|count(?:er)?|meta|note|image|photo|avatar|social|sticky))*"
)
# Behind these a name says that the thing is not there, or when it is.
_NOT = "".join(f"(?<!{word}-)" for word in "no not has is hide hides without with print js non".split())


def spell(names: str) -> str:
    """Class names as lower-case words between hyphens, a space between two names.

    >>> spell("AdSlot__box main-gujAd")
    '-ad-slot-box- -main-guj-ad-'
    """
    words = _MARKED_OFF.sub("-", _HUMP.sub("-", names)).lower()
    return _HYPHENS.sub("-", " ".join(f"-{word}-" for word in words.split()))


def whole(words: str) -> re.Pattern[str]:
    """A pattern for any of *words*, regular expressions with blanks between them, in spelled names."""
    return pattern(rf"(?<=-)(?:{'|'.join(words.split())})(?=-)")


def ending(words: str) -> re.Pattern[str]:
    """A pattern for any of *words* as the whole end of a spelled name, or in front of the name of a part.

    >>> [name for name in ("post-tags", "tag-box", "tag-politik", "has-tags") if ending("tags?").search(spell(name))]
    ['post-tags', 'tag-box']
    """
    return pattern(rf"(?<=-){_NOT}(?:{'|'.join(words.split())}){_PART}-(?=\s|\Z)")
