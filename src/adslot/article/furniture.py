"""Furniture: what a page puts above and below a story, and is none of it: share bars, bylines, tags, author boxes.

Asked only of what stands at the ends of a body, and never of an element that holds the story itself: within the text
the same words mean something else. Known by the names of elements, by how much of a text is links, and by its words.
The names are those of the large systems (WordPress and its plug-ins, Drupal, TYPO3, Arc, Escenic, Ghost) and of
newsrooms in ten languages; the words are what newsrooms sign, source, correct and promote with.
"""

from __future__ import annotations

import re

from adslot.article.captions import is_set_apart
from adslot.article.class_names import spell, whole
from adslot.article.foreign.openings import linked_chars
from adslot.article.raw import Frame, RawBlock
from adslot.html.dom import Dom, Node
from adslot.kept import kept, size_of_text

_NAMES = {
    "share": r"""
        share\w* sharing\w* shariff social\w* addtoany addthis teilen follow(?:-us|-me|-button)? like-?(?:button|box) reactions? emoji-reactions dpsp\w*
    """,
    "tags": r"""
        (?:post-|article-|entry-|story-|news-)?tags? tag-?(?:list|cloud|links|container|wrapper) topics? (?:article-|post-)?keywords? schlagw(?:o|ö)rt\w* stichw(?:o|ö)rt\w*
        (?:post-|article-|related-)?(?:themen|topics|categor(?:y|ies)) cat-links filed-under
    """,
    "author": r"""
        (?:post-|article-|story-|about-(?:the-)?)?(?:authors?|autor(?:en|in)?|writers?|contributors?|bylines?)(?:-?(?:box|bio|info|profile|name|card|details|meta|description|note|block|list))?
        bio(?:graphy)? profile edit(?:or)? redakteur(?:in)? redaktion verfasser(?:in)? signature
    """,
    "meta": r"""
        (?:post|entry|article|story|news|content)-?(?:meta|info|footer|header|data|details|date|time|tools|actions|utility|controls?|end|bottom)
        meta(?:-?(?:data|info))? date datum time(?:stamp)? pub(?:lished|lish|-?date) updated? last-?modified reading-?time lesezeit lesedauer (?:post-|page-)?views counter
        text-?(?:size|resizer)\w* font-?(?:size|resizer) print(?:-\w+)? breadcrumbs? kicker toolbar
    """,
    "source": r"""
        (?:art|article-|post-|content-|text-)?(?:sources?|quellen?|fuente|fonte) attribution copyright rights licen[cs](?:e|ing) disclaimer correction korrektur editors?-?note
        trust-?badge\w* standards imprint credits? agency agentur paper-num
    """,
    "promotion": r"""
        newsletter\w* subscri\w+ sign-?up abo(?:nnement|nnieren)? promo\w* cta call-?to-?action support-us donat\w+ spenden? membership app-?(?:promo|banner|download|store)\w* install\w*
        paywall-?(?:banner|box|offer) mailing-?list whatsapp\w* telegram\w* podcast-?(?:promo|box|banner)
    """,
    "related": r"""
        related\w* recommend\w* read-?(?:more|next|also|on) (?:more|also)-?(?:from|on|stories|topic|news|read|articles|about)\w* most-?(?:read|popular|viewed) trending latest\w* popular
        weiterlesen mehr-zum-thema lesetipps? (?:post|article)-?(?:nav(?:igation)?|list|links) (?:[\\w]+-)?navigation next-?(?:post|article|story) prev(?:ious)?-?(?:post|article|story) pagination pager nav(?:igation)?-?links
        carousel outbrain\w* taboola\w* teasers?(?:-?list)? link-?list
    """,
    "comments": r"""
        comments?(?:-?\w+)? kommentare?(?:-?\w+)? disqus respond discussion forum feedback ratings? bewertung(?:en)? fb-comments review-?form
    """,
}  # fmt: skip
_PATTERNS = {reason: whole(names) for reason, names in _NAMES.items()}
# More unlinked text than this is no furniture by its name alone.
_MOST_NAMED = 900

# A text of links, and how long it may be.
_LINKED, _MOST_LINKED = 0.7, 600
# No line of words or signs is longer.
_MOST_SAID, _MOST_SIGNED = 420, 70
_MOST_NOTE = 600


def _any(lines: str) -> str:
    """A pattern for any of these patterns, one to a line."""
    return "|".join(line.strip() for line in lines.strip().splitlines())


_SENDERS = (
    r"(?:d?apd|dpa(?:-\w+)?|afp|ap|apa|epa|epd|kna|sid|sda|ats|reuters|ansa|adnkronos|efe|europa press|lusa|pap|čtk|tt|ntb|ritzau|stt|belga|anp"
    r"|tass|ria|interfax|xinhua|新华社|kyodo|時事|共同|yonhap|연합뉴스|pti|ani|ians|aap|cp|upi|bloomberg|keystone)"
)
# An agency with a name or a place; two names with a stroke between them; a line in brackets; initials.
_SIGNED = re.compile(
    rf"[(\[（/–—*|. ]*(?i:{_SENDERS})(?:[ ,/&+|-]+[\wäöü.]{{2,12}}){{0,4}}[)\]）/* ]*\Z"
    r"|[\w.'’-]{2,20}(?: [\w.'’-]{2,20})?/[\w.'’-]{2,20}(?: [\w.'’-]{2,20}){0,2}\Z"
    r"|[(\[（](?:\w{2,8}[:：])?[^()（）.!?]{2,40}[)\]）]\.?\Z|[a-zäöü]{2,5}\Z"
)
_DECORATION = r"[\s*_(\[•·|–—-]*"
_SOURCES = _any(r"""
    with (?:material|reporting|files|additional reporting|information)
    (?:reporting|reported|additional reporting|written|edited|compiled|editing|produced) by
    mit material|mit (?:informationen|agenturmaterial) (?:von|der)
    (?:quellen?|sources?|fuentes?|fonti?e?|bron(?:nen)?|kilder?|källor?|źródł[oa]|zdroj|источник|redaktion|autor(?:in)?|text|author|auteurs?|por)\s*:
    来源|來源|出典|출처|责编|責編|责任编辑
    (?:this|the) (?:article|story|post|report) (?:was|is|first|originally|has) |originally published|a version of this
    dies(?:er|e) (?:artikel|text|beitrag|meldung|nachricht) (?:ist|wurde|erschien|stammt|erscheint)
    cet article (?:a|est|fait) |este artículo (?:fue|se|es|ha) |questo articolo (?:è|fa) |este artigo (?:foi|é)
    copyright|©|\(c\) ?\d|all rights reserved|alle rechte vorbehalten|tous droits|riproduzione riservata|our standards
""")
_COUNTERS = _any(r"""
    (?:tags?|topics?|related (?:tags|topics)|filed under|posted in|categor(?:y|ies)|schlagw(?:o|ö)rter|stichw(?:o|ö)rter|themen|mots-clés|etiquetas|palabras clave|parole chiave|etichette|trefwoorden|ämnen|emner)\s*[:|]
    filed under|posted in|(?:post )?(?:views|aufrufe|vues|visitas|visualizzazioni|shares)\s*[:\d]
    \d+\s*(?:views|shares|comments?|kommentare?|commentaires?|comentarios|aufrufe)\b|(?:comments?|kommentare?|commentaires?|comentarios)\Z
""")
_PROMOTIONS = _any(r"""
    sign up|subscribe|join (?:us|our|the (?:discussion|conversation))|follow (?:us|our|the|me|\w+(?: \w+)? on|ap)|download (?:the|our)
    get (?:\w+ ){1,5}(?:newsletter|delivered|app|alerts|news)|(?:like|love|enjoy(?:ed)?) (?:us on|what you|this (?:story|article|post))
    share (?:this|on|it|your|with)|sharing is caring|support (?:us|our)|become a (?:member|subscriber|supporter|patron)|click here
    read (?:more|the full|the original|next|also)|see (?:also|more)|watch (?:more|now|also)|more (?:from|on|ap|about|stories)|listen (?:to|back|live)
    write to|e-?mail (?:us|him|her|\w+ \w+ at)|contact (?:us|the (?:author|writer|reporter))|check out|stay (?:tuned|up|on top|informed|connected)
    (?:for|want|need) (?:all )?(?:the latest|more)|our website|tell us|have your say|what do you think|add (?:a )?(?:comment|review)|please enable|this slideshow
    melden sie sich|jetzt (?:abonnieren|anmelden|lesen|testen|bestellen|herunterladen|kostenlos)|abonnieren|folgen? sie (?:uns|der|dem|\w+ (?:auf|bei))|folgt? uns
    teilen sie (?:diesen|den|uns|ihre)|artikel teilen|weitersagen|diskutieren sie|mehr (?:zum thema|dazu|nachrichten|lesen|infos?)|(?:bitte )?aktivieren sie
    lesen sie (?:auch|mehr|hier|dazu|weiter)|hier (?:geht(?: e|['’])?s z|finden sie|können sie|lesen sie)|sie (?:haben|wollen|möchten) (?:einen hinweis|fragen|informationen|nichts)|schreiben sie (?:uns|an)
    inscrivez|abonnez|suivez|partage[rz]|retrouvez|lire (?:aussi|la suite|plus)|à lire
    suscr[ií]b\w+|s[ií]guenos|comparte (?:est|en)|lee (?:también|más)|iscriviti|seguici|condividi|leggi (?:anche|tutto)
    assine|compartilhe|leia (?:também|mais)|abonneer|volg (?:ons|\w+ op)|lees (?:ook|meer|verder)|deel dit
    prenumerera|följ oss|läs (?:mer|också)|følg os|læs (?:også|mere)|les (?:også|mer)|lue (?:myös|lisää)|seuraa meitä
    czytaj (?:też|także|więcej)|zapisz się|udostępnij|obserwuj|подпис\w+|читайте|добавить|分享|扫码|更多|関連|続きを読む
""")
# One of these is part of whatever stands anywhere in a promotion: to look for words at every place is slow.
_PART_ANYWHERE = ("@", "letter", "here", "cken", "contr", "follow")
_ANYWHERE = _any(r"""
    newsletter|click here|hier klicken|klicken sie hier|[\w.+-]+@[\w-]+\.\w
    contributed (?:to (?:this|the) (?:report|story|article)|reporting)|follow (?:him|her|them|us|me|\w+ \w+) on (?:twitter|x|facebook|instagram)
""")
_SAID = {
    "source": re.compile(rf"{_DECORATION}(?:{_SOURCES})", re.I),
    "tags": re.compile(rf"{_DECORATION}(?:{_COUNTERS})", re.I),
    "promotion": re.compile(rf"{_DECORATION}(?:{_PROMOTIONS})", re.I),
}
_SAID_ANYWHERE = re.compile(_ANYWHERE, re.I)
# A byline, a date, how long it takes to read, a tool of the page.
_DATES = _any(r"""
    (?:(?:first |zuletzt |last )?(?:published|updated|posted|modified|stand|veröffentlicht|aktualisiert|erstellt|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|uppdaterad|publicerad|julkaistu|opublikowano)\b)
    (?:by|von|par|por|di|door|av|af|text|autor(?:in)?|author|auteur)\s*:?\s+\w|(?:text|font) size|share|print|teilen|drucken|merken|vorlesen|anhören|listen
    \d+\s*(?:min(?:ute)?s?\b|minuten|mins?) ?(?:read|lesezeit|de lecture|lesen)?|lesezeit|lesedauer|reading time
    \d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{1,2}\.? \w{3,9}\.? \d{4}|\w{3,9} \d{1,2},? \d{4}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|\d{1,2}[:h.]\d{2}\b
""")
_DATED = re.compile(rf"[\s|•·-]*(?:{_DATES})", re.I)
_MOST_DATED = 120
SENTENCE_ENDS = tuple('.!?…“”"»。！？।؟')


def reason_by_name(dom: Dom, piece: RawBlock, story: Frame) -> str | None:
    """Why a block is no story by the names of its elements, those left out that hold the *story*; None if it may be."""
    if len(piece.text) > _MOST_NAMED:
        return None
    nodes = [piece.nodes[0]] if len(piece.nodes) == 1 and dom.tag(piece.nodes[0])[0] != "#" else []
    frame: Frame | None = piece.frame
    while frame is not None and frame.outer is not None and not story.is_within(frame):
        nodes.append(frame.node)
        frame = frame.outer
    return next((reason for node in nodes if (reason := _reason_of(_names_of(dom, node)))), None)


def _names_of(dom: Dom, node: Node) -> str:
    names = dom.attribute_names(node)
    return " ".join([dom.attribute(node, name) for name in ("class", "id", "itemprop", "rel") if name in names])


@kept(megabytes=0.5, size=size_of_text)
def _reason_of(names: str) -> str | None:
    if not names:
        return None
    spelled = spell(names)
    return next((reason for reason, pattern in _PATTERNS.items() if pattern.search(spelled)), None)


def reason_by_words(dom: Dom, piece: RawBlock) -> str | None:
    """Why the last text of a body is no story by what it says; None if it may be."""
    text = piece.text
    if not any(letter.isalpha() for letter in text):
        return "signs"
    if len(text) <= _MOST_SIGNED and _SIGNED.match(text):
        return "source"
    if len(text) <= _MOST_SAID and (found := _reason_said(text)):
        return found
    if len(text) <= _MOST_LINKED and is_linked(dom, piece):
        return "links"
    return "note" if len(text) <= _MOST_NOTE and is_set_apart(dom, piece.nodes) else None


def _reason_said(text: str) -> str | None:
    """Why a text is no story by its first words, or by words that stand anywhere in it."""
    if found := next((reason for reason, pattern in _SAID.items() if pattern.match(text)), None):
        return found
    low = text.lower()
    may_promote = any(part in low for part in _PART_ANYWHERE)
    return "promotion" if may_promote and _SAID_ANYWHERE.search(text) else None


def reason_above(dom: Dom, piece: RawBlock) -> str | None:
    """Why one of the first texts of a body is no story by what it says; None if it may be."""
    text = piece.text
    if not any(letter.isalpha() for letter in text):
        return "signs"
    if len(text) <= _MOST_DATED and not text.endswith(SENTENCE_ENDS) and _DATED.match(text):
        return "meta"
    return "links" if len(text) <= _MOST_DATED and is_linked(dom, piece) else None


def is_linked(dom: Dom, piece: RawBlock) -> bool:
    """Whether most of a text leads elsewhere."""
    linked = sum(linked_chars(dom, node) for node in piece.nodes if dom.tag(node)[0] != "#")
    return linked >= _LINKED * len(piece.text)
