"""The first words of short elements: labels above ads, and labels that open teasers.

An ad's label is all that its element says. A teaser's label is followed by its links, so what counts
is how much of the rest lies in links. All labels are known by their first four letters, because
the question is put to every paragraph and for most of them the answer is no.
"""

from __future__ import annotations

import re

from adslot.html.dom import Dom, Node
from adslot.html.visible import text_of
from adslot.roles import Role

# What stands for an ad, or tells the reader to go on below it, in the languages of the corpus.
_AD_LABELS = frozenset((
    "anzeige|anzeigen|bezahlte anzeige|werbeanzeige|werbung|entgeltliche einschaltung|ad|ads|advert|adverts"
    "|advertisement|advertisements|advertising|our ads|paid advertisement|paid content|sponsored|sponsored link"
    "|sponsored links|sponsored content|advertisement continue reading below|advertisement scroll to continue"
    "|story continues below|story continues below advertisement|story continues after advertisement|story continues"
    "|article continues below|article continues below advertisement|article continues after advertisement"
    "|article continues after ad|article continues below this ad|continue reading below|continue reading"
    "|continue reading below advertisement|scroll to continue|scroll to continue reading|scroll to continue with content"
    "|publicidad|anuncio|anuncios|publicité|annonce|annonces|pubblicità|annuncio|advertentie|advertenties|publicidade"
    "|anúncio|anúncios|continua após a publicidade|continua depois da publicidade|annonse|annonser|annonsørinnhold"
    "|annons|reklame|reklam|reklama|mainos|реклама|διαφήμιση|広告|スポンサーリンク|スポンサードリンク|pr|广告|廣告|광고"
).split("|"))  # fmt: skip
_LONGEST_AD_LABEL = 90

# Labels that may stand in one line with the ad's own link.
_AD_OPENINGS = ("anzeige", "werbeanzeige", "werbung", "advertisement", "sponsored", "publicidad", "publicité")
_TEASER_OPENINGS = tuple((
    "lesen sie auch|lesen sie dazu|lesen sie hier|lesen sie mehr|lesen sie jetzt|lesen sie weiter|lesen sie:|lest auch|lest hier"
    "|lest dazu|lest mehr|lies auch|lies hier|lies dazu|lies mehr|lesetipp|lesetipps|mehr lesen|weiterlesen|hier weiterlesen"
    "|zum weiterlesen|mehr zum thema|mehr zu|mehr dazu|mehr aus|mehr:|häufig gelesen|meistgelesen|auch interessant|auch lesenswert"
    "|das könnte sie auch|das könnte dich auch|das könnte euch auch|das könnte sie interessieren|das könnte dich interessieren"
    "|dazu passend|passend dazu|interessant dazu|ähnliche artikel|ähnliche beiträge|ähnliche themen|weitere themen"
    "|weitere artikel|weitere beiträge|weitere infos|weitere nachrichten|siehe auch|sehen sie auch|verwandte artikel"
    "|verwandte themen|hintergrund zum thema"
    "|read more|read also|read next|read our|read the full|read:|also read|also see|also on|see also|see more|watch more|watch also"
    "|learn more|what to read next|more on|more from|more about|more:|more reading|related:|related article|related articles|related stories"
    "|related story|related post|related posts|related reading|related links|related coverage|related content|related topics"
    "|related news|related|further reading|don't miss|don’t miss|must read|must-read|recommended|recommended reading"
    "|you may like|you may also like|you might like|you might also like|you may be interested|most read|most popular|up next"
    "|trending|trending now|keep reading|in case you missed it"
    "|もっと読む|関連記事|関連リンク|関連ニュース|あわせて読みたい|合わせて読みたい|こちらもおすすめ|おすすめ記事|相关阅读|관련기사"
    "|lire aussi|à lire|a lire aussi|lire également|lire plus|voir aussi|sur le même sujet|sur le même thème"
    "|leggi anche|leggi di più|leggi pure|vedi anche|potrebbe interessarti|potrebbero interessarti|articoli correlati"
    "|per approfondire|lea también|lea más|lee también|lee más|leer más|leer también|ver también|vea también|mira también"
    "|te puede interesar|te podría interesar|noticias relacionadas|noticia relacionada|más información|además:"
    "|leia mais|leia também|leia ainda|ler mais|veja também|veja mais|saiba mais|notícias relacionadas"
    "|lees ook|lees meer|lees verder|bekijk ook|gerelateerde|les også|les mer|les saken|læs også|læs mere|läs också|läs mer"
    "|läs även|lue myös|czytaj też|czytaj także|czytaj więcej|zobacz też|zobacz także|читайте также"
).split("|"))  # fmt: skip
_LONGEST_TEASER = 600
_LINKED_SHARE = {Role.AD: 0.8, Role.TEASER: 0.5}

_DECORATION = " \t\r\n\f\xa0-–—_*•·|:+=~[](){}【】＜＞<>»«›→▶►➤☞👉🔗#\"'“”„"
_BEGINNINGS = frozenset(label[:4] for label in (*_AD_LABELS, *_AD_OPENINGS, *_TEASER_OPENINGS))
_PARTS = re.compile(r"[^\w\s]+|\d+")


def is_ad_label(text: str) -> bool:
    """Whether *text* consists of labels of ads and nothing else.

    >>> is_ad_label("- Anzeige -"), is_ad_label("Advertisement. Scroll to continue"), is_ad_label("Anzeige erstattet")
    (True, True, False)
    """
    if not text or len(text) > _LONGEST_AD_LABEL:
        return False
    parts = [said for part in _PARTS.split(text.lower()) if (said := " ".join(part.replace("_", " ").split()))]
    return bool(parts) and all(part in _AD_LABELS for part in parts)


def may_be_label(text: str) -> bool:
    """Whether *text* begins as a label does: the answer is nearly always no, and cheap."""
    return text.strip(_DECORATION)[:4].lower() in _BEGINNINGS


def labelled_as(dom: Dom, element: Node, raw: str, seen: str | None = None) -> Role | None:
    """The role that the text of *element* gives it by its first words.

    *raw* is the text as the tree has it, *seen* what a reader sees of it, where that is known.
    """
    if not may_be_label(raw):
        return None
    text = text_of(dom, element) if seen is None else seen
    if is_ad_label(text):
        return None if dom.find_all(element, "video", "audio") else Role.AD
    if len(text) > _LONGEST_TEASER:
        return None
    said = text.lstrip(_DECORATION)
    for role, openings in ((Role.TEASER, _TEASER_OPENINGS), (Role.AD, _AD_OPENINGS)):
        if said.lower().startswith(openings) and _leads_elsewhere(dom, element, said, openings, _LINKED_SHARE[role]):
            return role
    return None


def linked_chars(dom: Dom, element: Node) -> int:
    """How much of the text of *element* lies in links."""
    if dom.tag(element) == "a":
        return len(text_of(dom, element))
    return dom.total(element, "a", _size)


def _size(dom: Dom, link: Node) -> int:
    return len(text_of(dom, link))


def _leads_elsewhere(dom: Dom, element: Node, said: str, openings: tuple[str, ...], share: float) -> bool:
    """Whether the longest of *openings* ends where a word ends, and enough of what follows is linked."""
    low = said.lower()
    label = max((opening for opening in openings if low.startswith(opening)), key=len)
    rest = said[len(label) :]
    if rest[:1].islower():  # a capital may follow at once: two elements without a blank between them
        return False
    return linked_chars(dom, element) >= share * len(rest.strip(_DECORATION))
