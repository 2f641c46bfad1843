"""What marks a box, something beside the story that leads to no other one.

The words of `ASIDES` name boxes that hold sentences of their own; those of `WIDGETS` name controls and
notices and also, on other sites, wrappers of the whole story (`paywall`): with more than a few lines
of text they mean nothing.
"""

from __future__ import annotations

from adslot.article.words.class_names import whole

ASIDES = whole(r"""
    newsletters?\w* news-letter info-?box\w* fact-?box\w* fakten-?box\w* info-?kasten steckbrief key-(?:facts|points|takeaways)
    author-?(?:box|card|bio|info|profile|about|description|meta)\w* about-(?:the-)?authors? bio-box saboxplugin\w* abh-box\w*
    autor(?:en)?-?(?:box|info|card|profil)\w* disclaimer editors?-note donat(?:e|ion)\w* spenden?(?:box|aufruf)?
    comments comment-?(?:list|section|area|form|respond)\w* kommentare disqus\w*
""")
_SHARING = r"""
    share sharing share-?(?:bar|buttons?|tools|links?|icons?|box|widget|daddy|this)\w* addtoany\w* addthis\w* follow-us
    social-?(?:shar\w*|bar|links?|icons?|buttons?|media|follow|nav|tools) bookmark\w* print-?button toolbar
    article-?(?:actions|tools|options) content-options audio-?player text-to-speech read-?aloud
"""
_SELLING = r"""
    sign-?up\w* subscri(?:be|ption)\w* opt-?in pay-?wall\w* paid-?(?:barrier|hint) regwall login-?wall piano\w*
    abo-?(?:box|hint|teaser) premium-?(?:box|hint|teaser) promo promo-?box cta call-to-action app-?(?:banner|promo|store)
    push-?notification\w* google-news preferred-source\w*
"""
_LEADING = r"""
    toc toc-\w+ ez-toc\w* lwptoc\w* table-of-contents inhaltsverzeichnis jump-(?:to|links) breadcrumbs? pagination pager
    post-?navigation tags tag-?(?:list|cloud|links) (?:post|article|topic)-?tags
    poll quiz survey umfrage rating feedback
"""
WIDGETS = whole(_SHARING + _SELLING + _LEADING)
