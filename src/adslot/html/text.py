"""What a reader sees of a text, and how much of it there is.

`visible` drops the code points that take no place on a line and collapses white space, so that the
number of code points of its result *is* the measure `chars`. `count_words` follows the rule that
word processors use for mixed scripts: a run of letters and digits is one word, and each Han,
Hiragana or Katakana character is one word, because those scripts write no spaces (Korean does).
"""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, zero-width marks, bidi marks, word joiner, BOM, the selectors of text and emoji style.
_UNSEEN = re.compile("[\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe0e\ufe0f\ufeff]+")
# What parts paragraphs in text without markup.
BLANK_LINE = re.compile(r"\n[ \t\r\f]*\n[ \t\r\n\f]*")

# What no text on a line has: controls, halves of characters, and marks that turn the direction of all that follows.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_BREAKS = re.compile("[ \t-\r\x85\u2028\u2029]+")

# Characters of scripts that write no spaces between words, as a class of a regular expression.
CJK = "\u3040-\u30fa\u30fd-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
# They join letters of a word, or keep them apart, without parting it.
_JOINERS = (0x200C, 0x200D)
# So many characters all alphabets have, and the common part of Chinese.
_MOST_KNOWN = 20_000
_WORD = re.compile(rf"[{CJK}]|(?:(?![{CJK}])\w)+(?:['’.,](?=\w)(?:(?![{CJK}])\w)+)*")


def visible(text: str) -> str:
    """*text* as a reader sees it: white space collapsed and trimmed, marks without width left out.

    >>> visible(" Donau\\u00addampf\\n  schiff ")
    'Donaudampf schiff'
    """
    if text.isprintable() and "  " not in text and _is_unmarked(text):
        return text.strip(" ")
    plain = " ".join(text.split())
    if plain.isprintable() and _is_unmarked(plain):
        return plain
    return " ".join(_UNSEEN.sub("", text).split())


def is_unseen(text: str) -> bool:
    """Whether nothing of *text* shows: white space of any kind and marks without width.

    >>> is_unseen(" \\xa0\\u200b"), is_unseen("\\u200ba")
    (True, False)
    """
    rest = text.strip()
    return not rest or not (rest[0].isalnum() or visible(rest))


def _is_unmarked(text: str) -> bool:
    """Whether printable *text* has no mark: all but a few that combine are no printable characters to Python."""
    return "\ufe0f" not in text and "\ufe0e" not in text and "\u034f" not in text


def one_line(text: str) -> str:
    """*text* in one line, without control characters; what joins letters or forbids a break stays.

    >>> one_line(" a\\x00b\\r\\n c\\u202e ")
    'ab c'
    """
    return _BREAKS.sub(" ", _CONTROLS.sub("", text)).strip(" \xa0")


def shortened(text: str, most: int) -> str:
    """*text* in so many characters: cut after a word, if that leaves enough.

    >>> shortened("Züge fahren wieder im Takt", 20), shortened("Takt", 20)
    ('Züge fahren wieder…', 'Takt')
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    words = cut.rpartition(" ")[0]
    return f"{words if 2 * len(words) > most else cut}…"


class _Bare(dict[int, int | None]):
    """For `str.translate`: marks and joiners left out, all else as it is; what was asked for once is kept."""

    def __missing__(self, code: int) -> int | None:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        is_mark = code in _JOINERS or unicodedata.category(chr(code))[0] == "M"
        self[code] = found = None if is_mark else code
        return found


_bare = _Bare()


def count_words(text: str) -> int:
    """The number of words of *text*; every CJK character counts as one. Marks belong to the letter that they stand on.

    >>> count_words("Er hat's für 3,50 Euro"), count_words("東京へ行く"), count_words("लंबी बहस के बाद")
    (5, 5, 4)
    """
    return sum(1 for _ in _WORD.finditer(text if text.isascii() else text.translate(_bare)))
