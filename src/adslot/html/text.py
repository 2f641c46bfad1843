"""What a reader sees of a text, and how much of it there is.

`visible` drops the code points that take no place on a line and collapses white space, so that the
number of code points of its result *is* the measure `chars`; only the zero-width spaces between words of
scripts without spaces stay, and count nothing. `count_words` follows the rule that word processors use for
mixed scripts: a run of letters and digits is one word, and each Han, Hiragana or Katakana character is one word,
because those scripts write no spaces (Korean does). Thai, Lao, Khmer and Burmese do not either: there so many
letters are a word as their words have on average, or what stands between zero-width spaces is.
"""

from __future__ import annotations

import unicodedata

from adslot.patterns import pattern

# Soft hyphen, zero-width marks, bidi marks, word joiner, BOM, the selectors of text and emoji style: as in a class of a
# regular expression.
WIDTHLESS = "\u00ad\u034f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe0e\ufe0f\ufeff"
_WIDTHLESS = pattern(f"[{WIDTHLESS}]+")
# What parts paragraphs in text without markup.
BLANK_LINE = pattern(r"\n[ \t\r\f]*\n[ \t\r\n\f]*")

# What no text on a line has: controls, halves of characters, and marks that turn the direction of all that follows.
_CONTROLS = pattern("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
_BREAKS = pattern("[ \t-\r\x85\u2028\u2029]+")

# Characters of scripts that write no spaces between words, as a class of a regular expression.
CJK = "\u3040-\u30fa\u30fd-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff"
# The same of Thai, Lao and Khmer, whose words have three letters on average, marks left out, and of Burmese, where they
# have two: so ICU parts them, by its dictionaries.
_OF_THREE = "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46\u0e81-\u0eb0\u0eb2\u0eb3\u0ebd\u0ec0-\u0ec6\u0edc-\u0edf\u1780-\u17b3\u17d7\u17dc"
_OF_TWO = "\u1000-\u102a\u103f\u1050-\u1055\u105a-\u105d\u1061\u1065\u1066\u106e-\u1070\u1075-\u1081\u108e\ua9e0-\ua9ef\ua9fa-\ua9fe\uaa60-\uaa7a"
_UNSPACED = f"{CJK}{_OF_THREE}{_OF_TWO}"
# What is written in these scripts is parted by zero-width spaces, where it is at all, into words of up to so many letters.
_LONGEST = 15
ZERO_WIDTH_SPACE = "\u200b"
_PARTING = pattern(
    "(?<=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f])\u200b+(?=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f])"
)
# Two columns of a terminal, and in print as wide as two letters: Chinese, Japanese and Korean.
_WIDE = pattern(f"[{CJK}\u1100-\u115f\u3000-\u303f\u30fb-\u30fc\uac00-\ud7a3\uff01-\uff60]")
# In none of these: all that alphabets have. Quicker to compile, and enough for most pages.
_PERHAPS_WIDE = pattern("[\u1100-\u115f\u3000-\U0010ffff]")
# They join letters of a word, or keep them apart, without parting it; so do the voiced marks of narrow Katakana.
_JOINERS = (0x200C, 0x200D, 0xFF9E, 0xFF9F)
# So many characters all alphabets have, and the common part of Chinese.
_MOST_KNOWN = 20_000
_LETTERS = rf"(?:(?![{_UNSPACED}])\w)+"
_WORD = pattern(
    rf"[{CJK}]|[{_OF_THREE}{_OF_TWO}]{{1,{_LONGEST}}}(?={ZERO_WIDTH_SPACE})|(?<={ZERO_WIDTH_SPACE})[{_OF_THREE}{_OF_TWO}]{{1,{_LONGEST}}}(?![{_OF_THREE}{_OF_TWO}])"
    rf"|[{_OF_THREE}]{{1,3}}|[{_OF_TWO}]{{1,2}}"
    # Within a word of Catalan, Hebrew or any language may stand a point, within a number a comma, too.
    rf"|{_LETTERS}(?:(?:['’.·\u05f3\u05f4]|(?<=\d)[,\u066b\u066c](?=\d)|(?<=[\u05d0-\u05ea])\"(?=[\u05d0-\u05ea])){_LETTERS})*"
)


def visible(text: str) -> str:
    """*text* as a reader sees it: white space collapsed and trimmed, marks without width left out.

    >>> visible(" Donau\\u00addampf\\n  schiff ")
    'Donaudampf schiff'
    """
    if text.isprintable() and "  " not in text and (text.isascii() or _is_unmarked(text)):
        return text.strip(" ")
    plain = " ".join(text.split())
    if plain.isascii() or (plain.isprintable() and _is_unmarked(plain)):
        return plain
    if ZERO_WIDTH_SPACE in plain:
        return " ".join(ZERO_WIDTH_SPACE.join(_WIDTHLESS.sub("", part) for part in _PARTING.split(text)).split())
    return " ".join(_WIDTHLESS.sub("", text).split())


def chars_of(text: str) -> int:
    """The number of code points of visible *text*."""
    return len(text) - text.count(ZERO_WIDTH_SPACE) if ZERO_WIDTH_SPACE in text else len(text)


def width_of(text: str) -> int:
    """As how many letters of an alphabet *text* is wide: those of Chinese, Japanese and Korean count twice.

    >>> width_of("Zug"), width_of("鉄道が再開")
    (3, 10)
    """
    if text.isascii():
        return len(text)
    return chars_of(text) + (len(_WIDE.findall(text)) if _PERHAPS_WIDE.search(text) else 0)


def is_invisible(text: str) -> bool:
    """Whether nothing of *text* shows: white space of any kind and marks without width.

    >>> is_invisible(" \\xa0\\u200b"), is_invisible("\\u200ba")
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


def escaped(text: str) -> str:
    """*text* as it is written in markup, between tags and in attributes: what `html.escape` makes of it.

    That module loads the names of all characters, for which a command would wait.

    >>> escaped('Züge & "Busse" <b>')
    'Züge &amp; &quot;Busse&quot; &lt;b&gt;'
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;")


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


def counted(count: int, one: str, many: str = "") -> str:
    """A number with what is counted: *one*, or *many* of them, which end in s if they are not given.

    >>> counted(1, "block"), counted(3, "gap"), counted(0, "reply", "replies")
    ('1 block', '3 gaps', '0 replies')
    """
    return f"{count} {one if count == 1 else many or f'{one}s'}"


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
    """The number of words of *text*; every CJK character counts as one, and three letters of Thai do.

    Marks belong to the letter that they stand on.

    >>> count_words("Er hat's für 3,50 Euro"), count_words("東京へ行く"), count_words("लंबी बहस के बाद"), count_words("แม่น้ำสูงขึ้น")
    (5, 5, 4, 3)
    """
    return sum(1 for _ in _WORD.finditer(text if text.isascii() else text.translate(_bare)))
