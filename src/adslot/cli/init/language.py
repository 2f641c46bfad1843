"""The language of a story. For advice only: nothing is placed by it."""

from __future__ import annotations

from adslot.html.language import heard, is_known
from adslot.patterns import pattern
from adslot.policy.language_tags import is_tag, primary

# Of less text nothing is said.
_FEWEST = 100
_KANA = pattern("[\u3040-\u30ff]")
# So much of a text in kana is Japanese, however many names in other letters it has.
_KANA_SHARE = 0.1
# Languages that differ by a few words, or in name: the page knows better which one it is in.
_ALIKE = tuple(map(frozenset, (("bs", "hr", "sh", "sr"), ("id", "ms"), ("nb", "nn", "no"), ("fil", "tl"))))


def language_of(text: str) -> str | None:
    """The language of *text*; None for a short one, and where it is not clear.

    >>> language_of("Der Zug fährt und die Strecke ist frei. " * 9), language_of("Ça va."), language_of("ひらがなで書く" * 20)
    ('de', None, 'ja')
    """
    if len(text) < _FEWEST:
        return None
    return "ja" if len(_KANA.findall(text)) > _KANA_SHARE * len(text) else heard(text)


def is_believed(declared: str, language: str | None) -> bool:
    """Whether the *declared* language of a page is its own, although its text was taken for *language*.

    >>> is_believed("de-AT", "de"), is_believed("nn", "no"), is_believed("eu", "es"), is_believed("en", "de"), is_believed("german", "de")
    (True, True, True, False, False)
    """
    own = primary(declared)
    return is_tag(declared) and (
        language in {own, None} or not is_known(own) or any({own, language} <= alike for alike in _ALIKE)
    )
