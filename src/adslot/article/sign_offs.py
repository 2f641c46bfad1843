"""Sign-offs: what newsrooms write below a story, and bylines above it, by their words.

A word that begins a sign-off begins sentences as well. So a text that ends as a sentence does must say all of it ("Sign
up for our newsletter.", "First published by …"); the opening alone is enough where no sentence follows, or links do.
"""

from __future__ import annotations

import re

from adslot.html.sentences import asks, ends_sentence

# No sign-off is longer, and no line of signs.
MOST_SAID, _MOST_SIGNED, _MOST_DATED = 420, 70, 120
# A sentence with so much of it in links may be one by its opening.
_LINKED = 0.15


def _any(lines: str) -> str:
    """A pattern for any of these patterns, one to a line, none of which ends within a word."""
    return rf"(?:{'|'.join(line.strip() for line in lines.strip().splitlines())})(?!\w)"


# Agencies, and those whose names are words or initials in other spellings.
_AGENCY = (
    r"(?:(?i:d?apd|dpa(?:-\w+)?|afp|apa|epd|kna|reuters|ansa|adnkronos|europa press|lusa|čtk|ritzau|belga|anp|tass|тасс|interfax|xinhua|新华社|kyodo|時事|共同"
    r"|yonhap|연합뉴스|ians|upi|bloomberg|keystone-sda|the canadian press|associated press)|AP|SID|sid|SDA|sda|ATS|EFE|PAP|TT|NTB|STT|RIA|PTI|ANI|AAP|CP|EPA|epa)"
)
_DESK = r"[a-zäöü]{2,5}"
# An agency with a desk, a name or a place; desks; a line in brackets that names them or says who did what; initials.
_SIGNED = re.compile(
    rf"[(\[（/–—*|. ]*(?:{_DESK}[ /,&+-]+)*{_AGENCY}(?: ?[,/&+|-] ?(?:{_AGENCY}|{_DESK}|[A-ZÄÖÜ][\w.]+))*(?: [A-ZÄÖÜ]\w+){{0,2}}[)\]）/* ]*\Z"
    rf"|(?!and/or|und/oder){_DESK}(?:/{_DESK})+\Z|[(\[](?:[a-zäöü]{{2,4}}|{_DESK}(?:[/, ]+{_DESK})+)[)\]]\Z"
    r"|[(\[（]\w{2,12} ?[:：][^()（）]{2,60}[)\]）]\.?\Z|(?=[^aeiouäöü]*[aeiouäöü]?[^aeiouäöü]*\Z)[a-zäöü]{2,4}\Z"
)
_DECORATION = r"[\s*_(\[•·|–—\"„“-]*"
_SURE = {
    "source": _any(r"""
        with (?:material|reporting|files|additional reporting|information) (?:from|by)
        (?:additional |with )?reporting (?:by|contributed by)|editing by
        mit (?:material|informationen|agenturmaterial) (?:von|der|des) (?:dpa|afp|reuters|ap|epd|kna|sid|apa|agenturen|nachrichtenagentur\w*|deutschen presse\W?agentur)
        (?:(?:this|the) (?:article|story|post|report)\b.{0,60})?\b(?:first|originally) (?:published|appeared|ran) (?:on|in|at|by|as)(?! \d)
        this (?:article|story|post|report) (?:has been|was|is) (?:adapted|updated|corrected|amended|edited|originally|first|produced|translated|supported|sponsored)
        dies(?:er|e) (?:artikel|text|beitrag|meldung)\b.{0,60}\b(?:erschien|erschienen|zuerst|aktualisiert|korrigiert|übersetzt)
        a version of this (?:article|story|post)
        (?:editor[’']?s[’']? note|correction|clarification|disclaimer|disclosure|korrektur|berichtigung|anmerkung der redaktion|transparenzhinweis)\s*:
        (?:©|\(c\)|copyright) ?©? ?\d{4}|© ?\w+|our standards\s*:
    """)
    + r"|(?:来源|來源|出典|출처|责编|責編|责任编辑|编辑|المصدر)\s*[:：]",
    "tags": _any(r"""
        (?:post )?(?:views|aufrufe|vues|visitas|visualizzazioni)\s*:?\s*\d+
        \d+\s*(?:views|shares|comments?|kommentare?|commentaires?|comentarios|aufrufe)\s*\Z|(?:comments?|kommentare?|commentaires?|comentarios)\s*\Z
    """),
    "promotion": _any(r"""
        (?:sign up|subscribe|register) (?:for|to|now|here|today)|join (?:the|our) (?:conversation|discussion|newsletter|community)|sharing is caring
        follow .{1,60} on (?:twitter|x|facebook|instagram|youtube|threads|linkedin|tiktok|mastodon|google)
        listen to .{1,40}\b(?:live|back)|for (?:all )?the latest .{1,60}(?:news|stories|updates)
        like this story|share (?:this|it) (?:article|story|post|with)|write to .{1,40}@[\w.-]+|e-?mail\s*:\s*\S+@[\w.-]+|e-?mail (?:us|him|her|\w+ \w+) at
        lesen sie (?:auch|dazu)\s*:|read (?:also|more|next)\s*:|see also\s*:|lire aussi\s*:|lea también\s*:|leggi anche\s*:|läs (?:också|även)\s*:|lees ook\s*:|les også\s*:
        (?:bitte )?aktivieren sie javascript|please enable javascript|this slideshow requires
        mehr (?:zu|zum|zur|über|dazu)\b.{0,80}\b(?:lesen|finden|gibt)(?: sie| es)? (?:hier|auf|unter)
        schreiben sie uns|abonnieren sie|folgen sie uns|folgt uns|melden sie sich (?:hier|jetzt) an|分享让更多人看到
    """),
}
_PERHAPS = {
    "source": _any(r"""
        (?:quellen?|sources?|fuentes?|fonti?e?|bron(?:nen)?|kilder?|källor?|źródł[oa]|zdroj|источник|kaynak|redaktion|autor(?:in)?|text|author|auteurs?|por|автор)\s*:.*
        (?:written|reported|edited|compiled|produced) by|(?:mit|avec|with) (?i:dpa|afp|reuters|ap|epd|kna)
    """),
    "tags": _any(r"""
        (?:tags?|topics?|related (?:tags|topics)|filed under|posted in|categor(?:y|ies)|schlagw(?:o|ö)rter|stichw(?:o|ö)rter|themen|mots-clés|etiquetas|palabras clave|parole chiave|etichette|trefwoorden|ämnen|emner)\s*[:|].*
        filed under|posted in
    """),
    "promotion": _any(r"""
        sign up|subscribe|follow (?:us|our|me|him|her|ap)|download (?:the|our)|get (?:\w+ ){1,5}(?:newsletter|delivered|app|alerts|news)
        share (?:this|on)|support us|become a (?:member|subscriber|supporter|patron)|click here|click for|read (?:more|the full|the original|next|also)
        see (?:also|more)|watch (?:more|now|also|the)|more (?:from|on|ap|about|stories)|contact us|check out|our website|tell us|have your say
        what do you think|add (?:a )?(?:comment|review)|leave a comment|you may also like
        jetzt (?:abonnieren|anmelden|lesen|testen|bestellen|herunterladen|kostenlos)|abonnieren|teilen|artikel teilen|diesen artikel teilen|weitersagen
        mehr (?:zum thema|dazu|nachrichten|lesen|infos?|informationen|zu)|lesen sie (?:auch|mehr|hier|dazu|weiter)|hier (?:geht(?: e|['’])?s z\w+|finden sie|lesen sie)|keine kommentare
        abonnez-vous|inscrivez-vous|suivez(?:-nous)?|partager|lire (?:aussi|la suite|plus)|à lire|suscríb\w+|síguenos|compartir|lea (?:también|más)|lee (?:también|más)
        iscriviti|seguici|condividi|leggi (?:anche|tutto)|assine|compartilhe|leia (?:também|mais)|abonneer|volg ons|lees (?:ook|meer|verder)|deel dit
        prenumerera|följ oss|läs (?:mer|också|även)|følg os|læs (?:også|mere)|les (?:også|mer)|lue (?:myös|lisää)|seuraa meitä
        czytaj (?:też|także|więcej)|zapisz się|udostępnij|подписаться|подписывайтесь|поделиться|читайте (?:также|нас)|добавить отзыв|paylaş|扫码|続きを読む|関連記事
    """),
}
_ANYWHERE = re.compile(
    r"abonelik için lütfen|contributed (?:to (?:this|the) (?:report|story|article)|reporting)|all rights reserved|alle rechte vorbehalten|tous droits réservés|riproduzione riservata"
    r"|(?:views|opinions) .{0,60}expressed|newsletters?\b.{0,120}\b(?:sign|subscri|abonn|anmeld|inscri|iscriv|informiert|jeden|every)|(?:sign|subscri|abonn|anmeld|inscri|iscriv)\w*\b.{0,120}newsletter"
    r"|subscribe to (?:our|the)|(?:click|tap) here (?:to|for)|hier klicken|klicken sie hier|follow (?:him|her|them|us|me|\w+ \w+) (?:on )?@?(?:twitter|x|facebook|instagram|\w+)\b.{0,40}(?:twitter|facebook|@)"
    r"|\b(?:us|our|uns|unsere?|redaktion|nous|notre)\b.{0,80}@[\w-]+\.\w",
    re.I | re.S,
)
# A part of each of `_ANYWHERE`: most texts have none.
_PARTS = (
    "abonelik",
    "contributed",
    "rights",
    "rechte",
    "droits",
    "riservata",
    "expressed",
    "newsletter",
    "here",
    "subscribe",
    "hier",
    "follow",
    "@",
)
_SAID = {
    reason: (
        re.compile(rf"{_DECORATION}(?:{_SURE[reason]})", re.I | re.S),
        re.compile(rf"{_DECORATION}(?:{_PERHAPS[reason]})", re.I | re.S),
    )
    for reason in _SURE
}
# What a line in slanted or small letters is about, below a story.
_ABOUT = re.compile(
    r"autor|author|redak|reporter|journalis|editor|ressort|kolumn|column|write|schreibt|artikel|article|affiliate|hinweis|note\b|correct|korrekt"
    r"|credit|foto|photo|updated|aktualis|version|disclaimer|@|https?:|www\.",
    re.I,
)
_NAME = r"[A-ZÄÖÜÉÈÁÓÚÅØ][\w.’'-]*,?"
_BYLINE = re.compile(
    rf"[\s|•·-]*(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or|[Dd]i|[Dd]oor|[Aa]v|[Aa]f|Text|Autor(?:in)?|Author|Auteur)\s*:?(?: {_NAME}| (?:und|and|et|y|e|en|och|og|&|de|van|von|der|del|la)(?= )){{1,9}}"
    r"(?:[\s,|•·–-]+.{0,60}\d.{0,40})?\Z"
)
_DATES = _any(r"""
    (?:first |zuletzt |last )?(?:published|updated|posted|modified|stand|veröffentlicht|aktualisiert|erstellt|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|uppdaterad|publicerad|julkaistu|opublikowano)\b.{0,20}\d.*
    (?:(?:text|font) size|share|print|teilen|drucken|merken|vorlesen|anhören|listen)(?:\s+(?:this )?(?:article|artikel))?\s*\Z
    \d+\s*(?:min(?:ute)?s?|minuten|mins?) ?(?:read|lesezeit|de lecture|lesen)|lesezeit.*|lesedauer.*|reading time.*
    \d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? \w{3,9}\.? \d{4}|\w{3,9} \d{1,2},? \d{4}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}.*|\d{1,2}[:h.]\d{2}
""")
_DATED = re.compile(rf"[\s|•·-]*(?:{_DATES})", re.I)


def sign_off(text: str, linked: float) -> str | None:
    """Why the last text of a body, so much of which lies in links, is no story by what it says; None if it may be."""
    if len(text) <= _MOST_SIGNED and _SIGNED.match(text):
        return "source"
    if len(text) > MOST_SAID:
        return None
    is_open = linked >= _LINKED or not (ends_sentence(text) or asks(text) or text.endswith("!"))
    for reason, (sure, perhaps) in _SAID.items():
        if sure.match(text) or (is_open and perhaps.match(text)):
            return reason
    if is_dated(text):
        return "meta"
    low = text.lower()
    return "promotion" if any(part in low for part in _PARTS) and _ANYWHERE.search(text) else None


def is_about(text: str) -> bool:
    """Whether a text speaks of those who made the story, or of what became of it."""
    return _ABOUT.search(text) is not None


def is_dated(text: str) -> bool:
    """Whether a line is a byline, a date, or a tool of the page."""
    if len(text) > _MOST_DATED or ends_sentence(text) or asks(text):
        return False
    return bool(_BYLINE.match(text) or _DATED.match(text))
