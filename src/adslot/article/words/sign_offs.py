"""Sign-offs: what newsrooms write below a story, and bylines and dates above it, by their words.

The words are those of the vocabulary. They begin sentences as well, so an opening is enough only where no sentence
follows, or where links do. A text that is a sentence must say all of it ("Sign up for our newsletter.").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from adslot.article.words.credits import AGENCIES, is_credit
from adslot.article.words.spelling import folded, spelled
from adslot.article.words.vocabulary import Kind, known
from adslot.html.sentences import asks, ends_sentence
from adslot.patterns import pattern

# In code points: no sign-off is longer, no credit, no line with a byline or a date, no signature.
_MOST_SAID, _MOST_CREDIT, _MOST_DATED, _MOST_SIGNED = 420, 150, 120, 70
# A sentence with so much of it in links may be a sign-off by its opening.
_LINKED = 0.15
_DECORATION = " \t\xa0*_([{<•·|–—-\"'„“«»"


def _by_length(*kinds: Kind) -> tuple[str, ...]:
    return tuple(sorted({word.rstrip(" :") for kind in kinds for word in known(kind)}, key=len, reverse=True))


def _by_letter(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """*words* by their first letter, in their order."""
    found = defaultdict[str, list[str]](list)
    for word in words:
        found[word[:1]].append(word)
    return {letter: tuple(same) for letter, same in found.items()}


_ABOUT = _by_length("about")
_NOTES, _TAGS, _CALLS = (
    _by_letter(_by_length("notes")),
    _by_letter(_by_length("tags")),
    _by_letter(_by_length("calls", "teasers")),
)
_COUNTERS, _DATES = _by_letter(_by_length("counters")), _by_letter(_by_length("dates"))
# A word alone begins too much.
_LONG_CALLS = _by_letter(call for call in _by_length("calls", "teasers") if " " in call)

# ------------------------------------------------------------------------------------ signatures

# These are words or names too, unless they are written in capitals.
_LIKE_WORDS = frozenset("sid ap cp efe pap ats sda tt ria ani".split())
_AGENCY = rf"(?:{'|'.join(name.upper() if name in _LIKE_WORDS else f'(?i:{name})' for name in AGENCIES)})"
_DESK = r"[a-zäöü]{2,5}"
_PROPER = r"[A-ZÄÖÜØ][\w.'-]*"
# An agency with desks, names or a place; desks; in brackets desks, or who did what.
_SIGNED = pattern(
    rf"[(\[/–—*|. ]*(?:{_DESK}[ /,&+-]+)*{_AGENCY}(?: ?[,/&+|-] ?(?:{_AGENCY}|{_DESK}|{_PROPER}))*(?: {_PROPER}){{0,2}}[)\]/* ]*\Z"
    rf"|(?!and/or|und/oder){_DESK}(?:/{_DESK})+\Z|[(\[](?:[a-zäöü]{{2,4}}|{_DESK}(?:[/, ]+{_DESK})+)[)\]]\Z"
    r"|[(\[]\w{2,12} ?:[^()]{2,60}[)\]]\.?\Z"
)
_BYLINE = pattern(
    rf"(?i:{'|'.join(map(re.escape, _by_length('bylines')))})(?: ?:)?(?: {_PROPER},?| (?:und|and|et|y|e|en|och|og|i|ve|&|de|van|von|der|del|la)(?= ))"
    r"{1,9}(?:[\s,|•·–-]+.{0,60}\d.{0,40})?\Z"
    rf"|(?:{'|'.join(word for word in _by_length('bylines') if not word.isascii())}) ?: ?\S.{{0,40}}\Z"
)
_DATE = pattern(
    r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? \w{3,9}\.? \d{4}|\w{3,9} \d{1,2},? \d{4}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[:h.]\d{2}(?!\d)"
    r"|\d+ ?(?:min|minutes?|mins|minuten) ?(?:read|lesezeit|de lecture|lesen|leestid)"
)

# ------------------------------------------------------------------------------ what says it all

_CHANNELS = "twitter|x|facebook|instagram|youtube|threads|linkedin|tiktok|mastodon|whatsapp|telegram|google"
_TEXT = r"(?:article|story|post|report)"
# Of a folded text: its beginning.
_BEGINS = {
    "source": pattern(
        rf"with (?:material|reporting|files|additional reporting|information) (?:from|by)\b|(?:additional )?reporting by\b|editing by\b"
        rf"|mit (?:material|informationen|agenturmaterial) (?:von|der|des) (?:{'|'.join(AGENCIES)}|agenturen|nachrichtenagentur)"
        rf"|(?:(?:this|the) {_TEXT}\b.{{0,60}})?\b(?:first|originally) (?:published|appeared|ran) (?:on|in|at|by|as)(?! \d)"
        rf"|this {_TEXT} (?:has been|was|is) (?:adapted|updated|corrected|amended|edited|originally|first|produced|translated|supported|sponsored)"
        rf"|dies(?:er|e) (?:artikel|text|beitrag|meldung)\b.{{0,60}}\b(?:erschien|erschienen|zuerst|aktualisiert|korrigiert|ubersetzt)\b"
        rf"|a version of this {_TEXT}|(?:©|\(c\)|copyright) ?©? ?\d{{4}}|© ?\w|our standards ?:",
        re.S,
    ),
    "promotion": pattern(
        rf"(?:sign up|subscribe|register) (?:for|to|now|here|today)\b|join (?:the|our) (?:conversation|discussion|newsletter|community)"
        rf"|follow .{{1,60}} on (?:{_CHANNELS})\b|listen to .{{1,40}}\b(?:live|back)\b|for (?:all )?the latest .{{1,60}}(?:news|stories|updates)\b"
        rf"|write to .{{1,40}}@\w|e-?mail ?: ?\S+@\w|e-?mail (?:us|him|her|\w+ \w+) at\b|mehr (?:zu|zum|zur|uber|dazu)\b.{{0,80}}\b(?:lesen|finden|gibt)(?: sie| es)? (?:hier|auf|unter)\b"
        rf"|(?:bitte )?aktivieren sie javascript|please enable javascript|this slideshow requires",
        re.S,
    ),
}
_SUBSCRIBE = r"(?:sign|subscri|abonn|anmeld|inscri|iscriv|suscri)"
# The same, anywhere in it: by a part of a word that all of these have, as a search for each of them takes long.
_HOLDS = {
    "source": {
        "contributed": pattern(rf"contributed (?:to (?:this|the) {_TEXT}|reporting)"),
        "serv": pattern(
            r"all rights reserved|tous droits reserves|todos los derechos reservados|riproduzione riservata"
        ),
        "vorbehalten": pattern(r"alle rechte vorbehalten"),
        "expressed": pattern(r"(?:views|opinions) .{0,60}expressed", re.S),
    },
    "promotion": {
        "newsletter": pattern(
            rf"newsletters?\b.{{0,120}}\b(?:{_SUBSCRIBE}|informiert|jeden|every)|{_SUBSCRIBE}\w*\b.{{0,120}}newsletter",
            re.S,
        ),
        "subscribe": pattern(r"subscribe to (?:our|the)\b"),
        " here": pattern(r"(?:click|tap) here (?:to|for)\b"),
        "klicken": pattern(r"hier klicken|klicken sie hier"),
        "follow": pattern(
            rf"\bfollow (?:us|me|\w+ \w+) (?:on )?@?(?:{_CHANNELS})\b|\. follow (?:him|her|them) on (?:{_CHANNELS})\b"
        ),
        "@": pattern(r"\b(?:us|our|uns|unsere?|redaktion|nous|notre)\b.{0,80}@[\w-]+\.\w", re.S),
    },
}
# An address that is written out; the numbers of the pages of a list.
_ADDRESS, _PAGES = pattern(r"https?://\S"), pattern(r"(?:\d{1,2}\s+){3,}\d{1,2}")


def sign_off(text: str, linked: float) -> str | None:
    """Why the last text of a body is no story by what it says, a key of `adslot.codes.OUTSIDE`; None if it may be.

    *linked* is how much of the text lies in links, from 0 to 1.
    """
    if len(text) > _MOST_SAID:
        return None
    has_end = ends_sentence(text) or asks(text)
    is_sentence = has_end or text.endswith("!")
    said = spelled(text)
    low = said.lower().lstrip(_DECORATION)
    if _is_signature(text, said, low, is_sentence=is_sentence):
        return "source"
    if _is_counter(low) or _PAGES.fullmatch(low) or (not is_sentence and _rest(low, _TAGS)[:1] in {":", "|", "."}):
        return "tags"
    if not has_end and _names_date(text, said):
        return "meta"
    if _rest(low, _CALLS)[:1] in {":", "."} or (_rest(low, _LONG_CALLS) and (not is_sentence or linked >= _LINKED)):
        return "promotion"
    if not is_sentence and _ADDRESS.search(low):
        return "links"
    return next((reason for reason in _BEGINS if _BEGINS[reason].match(low) or _holds(reason, low)), None)


def _holds(reason: str, low: str) -> bool:
    return any(word in low and pattern.search(low) for word, pattern in _HOLDS[reason].items())


def _is_signature(text: str, said: str, low: str, *, is_sentence: bool) -> bool:
    """Whether a text, *said* as it is compared and *low* once folded, says where it comes from, or what was corrected."""
    if len(text) <= _MOST_SIGNED and _SIGNED.match(said):
        return True
    return _rest(low, _NOTES)[:1] == ":" or (not is_sentence and len(text) <= _MOST_CREDIT and is_credit(text))


def is_dated(text: str) -> bool:
    """Whether a line is a byline or a date."""
    is_line = len(text) <= _MOST_DATED and not ends_sentence(text) and not asks(text)
    return is_line and _names_date(text, spelled(text))


def _names_date(text: str, said: str) -> bool:
    """Whether a text that is no sentence, *said* as it is compared, is short and begins as bylines and dates do."""
    if len(text) > _MOST_DATED:
        return False
    said = said.lstrip(_DECORATION)
    low = said.lower()
    return bool(_BYLINE.match(said) or _DATE.match(low) or any(each.isdigit() for each in _rest(low, _DATES)[:20]))


def is_tool(text: str) -> bool:
    """Whether a line is what a page offers to do, and nothing else."""
    return len(text) <= _MOST_SIGNED and _rest(folded(text).lstrip(_DECORATION), _CALLS) == "."


def is_about(text: str) -> bool:
    """Whether a text speaks of those who made the story, or of what became of it."""
    low = folded(text)
    return "@" in low or "www." in low or any(word in low for word in _ABOUT)


def _rest(low: str, words: Mapping[str, tuple[str, ...]]) -> str:
    """What follows the longest of *words* that open a folded text, a point where nothing does; "" where none opens it."""
    same = words.get(low[:1])
    if same is None or not low.startswith(same):
        return ""
    for word in same:
        if low.startswith(word) and not low[len(word) : len(word) + 1].isalnum():
            return low[len(word) :].strip(" .!?…") or "."
    return ""


def _is_counter(low: str) -> bool:
    """Whether a text is a number and what it counts, in whatever order."""
    number = low.strip(" .:").lstrip("0123456789., \xa0")
    if number != low.strip(" .:"):
        return number in _COUNTERS.get(number[:1], ())
    return _rest(low, _COUNTERS).strip(" :").replace(".", "").isdecimal()
