"""What marks an inline teaser, a pointer to other articles: words in classes and ids.

*Teaser* is also what German editors call the standfirst, and *read more* may wrap a folded story. So
none of these words is enough: a teaser leads elsewhere, its text is short and lies mostly in links.
"""

from __future__ import annotations

from adslot.article.words.class_names import whole

_GENERAL = r"""
    related\w* yarpp\w* \w*teasers? \w*recirc\w* recommend\w* reco trending similar(?=-(?:posts|articles|stories|news))
    read-?more read-?also also-?read see-?also more-(?:on|about|from|stories|articles|news|coverage|links|like)
    further-?reading keep-?reading next-(?:read|article|story|post) up-next you-(?:may|might)\w*
    most-(?:popular|read|viewed) popular-posts
    link-?cards? link-?box\w* cross-?links? internal-?links? inline-(?:links?|article|story|promo) article-?links?
    story-(?:card|link)s? (?:article|news)-cards?
"""
_LOCAL = r"""
    lesen-sie-auch lesetipps? weiterlesen mehr-zu\w* auch-interessant aehnliche\w* verwandte\w* themenbox empfehlung\w*
    lire-aussi a-lire sur-le-meme-(?:sujet|theme) catcher leggi-anche correlat[ei]
    te-puede-interesar le[ae]-tambien relacionad[oa]s? leia-(?:mais|tambem) veja-(?:mais|tambem)
    lees-(?:ook|meer) gerelateerd\w* les-(?:ogsa|ogsaa|mer) laes-ogsaa las-(?:mer|ocksa) czytaj-(?:tez|wiecej) kanren\w*
"""
MARKS = whole(_GENERAL + _LOCAL)
