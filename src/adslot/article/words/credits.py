"""Credits: who made a picture, or what it shows, as the first words of a line say, or its last ones.

The words are those of the vocabulary, and German compounds, of which there is no end. They are looked up where a mark
ends them: a pattern of all of them would be slow to make and slow to match.
"""

from __future__ import annotations

from adslot.article.words.spelling import folded
from adslot.article.words.vocabulary import known
from adslot.patterns import pattern

# A credit at the end of a longer text is looked for in so much of it.
_LONGEST_END = 120
_LONGEST_NAME = 60
_LONGEST_WORDS = 40

_CAPTIONS, _SIGNS = tuple(known("captions")), tuple(known("signs"))
_WORDS = known("credits") | known("captions")
_COMPOUND = (
    r"(?:symbol|archiv|titel|vorschau|aufmacher|beitrags|header|teaser)?-?(?:foto|bild|photo|image)s?(?:er)?"
    r"|(?:foto|bild)-?(?:credits?|nachweis|quellen?|rechte|hinweis|unterschrift|text)"
)
_IS_COMPOUND = pattern(rf"(?:{_COMPOUND})\Z")
# Of these is said by whom they are, without a mark; `Fuentes de la policía` begins a sentence.
_BY = pattern(
    rf"(?:{_COMPOUND}|(?:foto|bild)?montage|collage|(?:info)?grafik(?:en)?|illustration|karte|screenshot|video|pictures?"
    r"|graphics?|chart|credits?|courtesy|photograph|photographie|infographie|imagen(?:es)?|immagine|imagem|fotografia)"
    r" (?:by|via|courtesy|credit|von|de|di|door)\b"
)
_OPENERS = "([【〈《<*■▲▼△▶◀@–—|/ -"
_MARK = pattern(r"[:=|/>〉》】)\]\u0903]")  # Hindi has its sign `ः` for a colon, too
_IN_BRACKETS = pattern(r"[(\[]([^:/()\[\]]+)[:/][^)\]]+[)\]]\.?\Z")
_AT_END = pattern(rf"[:=] ?[^.!?:]{{2,{_LONGEST_NAME}}}[)\]]?\.?\Z")
_BEFORE_WORDS = pattern(r"[\s.!?»“”\"'(\[|/–—。、,;)」』】》-]")
_SIGNED = pattern(r"(?:\A|.*[(\[=/。])([^()\[\]=/。]{3,40})[)\]]?\Z")
# News agencies, as parts of patterns for folded texts: of the German-speaking countries, of Europe, of the world.
AGENCIES = (
    "dapd apd dpa afp ap apa epa epd kna sid sda ats reuters keystone(?:-sda)? ansa adnkronos efe lusa pap tt ntb stt ritzau belga anp"
    " tass тасс interfax ria xinhua 新华社 kyodo 時事 共同 yonhap 연합뉴스 pti ani ians aap cp upi bloomberg"
).split()
_SOURCES = (
    rf"(?:{'|'.join(AGENCIES)}|getty ?images|picture[ -]alliance|imago(?: images)?"
    r"|shutterstock|i?stock(?:photo)?|adobe ?stock|unsplash|pixabay|pexels|flickr|wikimedia(?: commons)?|archiv|privat)"
)
_BEFORE_AGENCY = "([/|–—"
_AGENCY_AT_END = pattern(
    rf".*[(\[]\w[^()\[\]]{{1,50}} ?/ ?\w[^()\[\]/]{{1,30}}[)\]]\.?\Z|.*[(\[/|–—] ?{_SOURCES}[)\]]?\.?\Z"
)


def is_credit(text: str) -> bool:
    """Whether a short line is a credit or a caption by its first words, or has the sign of a copyright.

    >>> is_credit("Foto: Karla Muster"), is_credit("（图源：市政府）"), is_credit("Fotos sind Kunst.")
    (True, True, False)
    """
    low = folded(text)
    if "©" in low:
        return True
    said = low.lstrip(_OPENERS)
    if said.startswith(_CAPTIONS) or low.startswith("(c)") or _BY.match(said):
        return True
    if any(_are_words(said[: mark.start()]) for mark in _MARK.finditer(said, 0, _LONGEST_WORDS)):
        return True
    bracket = _IN_BRACKETS.search(low)
    return bracket is not None and _are_words(bracket[1])


def ends_in_credit(text: str) -> bool:
    """Whether a text ends in a credit.

    >>> ends_in_credit("Der Hafen am Morgen. Foto: Karla Muster"), ends_in_credit("Der Hafen. (Muster/dpa)")
    (True, True)
    """
    end = folded(text[-_LONGEST_END:])
    if _names_at_end(end) or _is_signed(end):
        return True
    return any(mark in end for mark in _BEFORE_AGENCY) and _AGENCY_AT_END.match(end) is not None


def _names_at_end(end: str) -> bool:
    if (found := _AT_END.search(end)) is None:
        return False
    start = max(found.start() - _LONGEST_WORDS, 0)
    before = end[start : found.start()].rstrip()
    starts = [0] if start == 0 else []
    starts += [gap.end() for gap in _BEFORE_WORDS.finditer(before)]
    return any(_are_words(before[at:]) for at in starts)


def _is_signed(end: str) -> bool:
    """Whether a name and what its owner did stand last: `（市提供）`."""
    found = _SIGNED.match(end) if end.rstrip(")]").endswith(_SIGNS) else None
    return found is not None and found[1] not in _SIGNS


def _are_words(said: str) -> bool:
    said = said.strip()
    return said in _WORDS or _IS_COMPOUND.match(said) is not None
