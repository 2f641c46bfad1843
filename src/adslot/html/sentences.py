"""Ends of sentences, in any script: what the form of a line of text says of it.

Quotation marks and brackets may close behind an end mark, and a letter may have marks of its own
behind it: Indic vowels, Arabic and Hebrew points.
"""

from __future__ import annotations

import unicodedata

# A sentence, or a part of one, ends so, and no heading does. Latin, CJK and narrow ones, Devanagari, Arabic and Urdu,
# Armenian, Ethiopic, Tibetan, Burmese, Khmer, Mongolian.
_ENDS = frozenset(".,;…。．，、；｡､।॥،؛۔։።፣፤།༎၊။។៕᠂᠃")
_ASKING = frozenset("?？؟՞፧\u037e⁇⁈‽")
# What closes behind the end of a sentence. The typewriter's mark and the apostrophe open as well.
_CLOSERS = "\"'”“’‘»«›‹」』）)]］】〉》 \xa0"


def ends_sentence(text: str) -> bool:
    """Whether *text* ends as a sentence does that says something, or as a part of one.

    >>> ends_sentence("„Das Wasser steigt.“"), ends_sentence("»Wir bleiben«"), ends_sentence("川の水は増えている。")
    (True, False, True)
    """
    return text.rstrip(_CLOSERS)[-1:] in _ENDS


def asks(text: str) -> bool:
    """Whether *text* ends as a question does.

    >>> asks("Wer hilft?"), asks("„Und jetzt?“"), asks("誰が助ける？」")
    (True, True, True)
    """
    last = text[-1:]
    return last in _ASKING or (last in _CLOSERS and text.rstrip(_CLOSERS)[-1:] in _ASKING)


def ends_open(text: str) -> bool:
    """Whether *text* ends in a letter or digit, with the marks on it: no sentence is over then.

    >>> ends_open("बाढ़ का पानी"), ends_open("Wer hilft?")
    (True, False)
    """
    last = text[-1:]
    return last.isalnum() or (last != "" and not last.isascii() and unicodedata.category(last)[0] == "M")
