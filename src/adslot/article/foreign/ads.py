"""What marks an ad: words in classes and ids, attributes, scripts, hosts of frames."""

from __future__ import annotations

import re

from adslot.article.words.class_names import whole
from adslot.patterns import pattern

# Flags that say something about ads without being one: they stand on wrappers and on paragraphs.
# `hidden-for-ad-free-users` is the exception: only an ad is hidden from those who pay to see none.
STATES = pattern(
    r"-(?:no|non|not|has|have|with|without|allow|show|hide|contains?|disable|enable|before|after|above|below|until"
    r"|beside|skip|remove|tag|category|topic)-(?:the-)?(?:ads?|advert\w*)(?=-)"
    r"|(?<!hidden-for)(?<!hide-for)-(?:ads?|adsense|advert\w*)-(?:free|enabled|disabled|blockers?|blocked|less"
    r"|lite|light|ready|allowed|supported|eligible|aware|hoc|lib|lock|lover|locked|consent)(?=-)"
)

_NAMES = r"""
    ads?\d* advert(?!en[cs])\w* sponsored sponsoring sponsorship
    ads?(?:slot|unit|box|wrap|contain|space|place|zone|tag|tile|banner|area|pos|frame|label|layer|element|widget)\w*
    ads?(?:holder|spot|sense|sby|manager|thrive|lazy|mark|desktop|mobile)\w*
    (?:banner|inline|google|video|native|display|mobile|desktop|text|content|article|inarticle|inread|page|web)ads?\d*
    (?:mid|top|bottom|side|rect|house|guj|bi|smart|trf|amp|dfp|in|j)ads?\d*
    anzeige anzeigen(?:block|platz|box|feld|label|container|slot|text)\w* (?:text|native|banner)anzeigen?
    werbung werbe(?:block|mittel|banner|platz|box|fl(?:ae|ä)che|anzeige|slot|container|partner)\w*
    publicidade?s? publicit(?:e|é|ario|aire|aria)s? pubblicit(?:a|à|ari[ao])
    advertenties? annonse[rn]? annonsering annonsplats reklam[ae]?\w* mainos\w*
"""
# Formats that only ads have.
_FORMATS = r"""
    (?:video)?in-?read\w* out-?stream\w* interscroller\w* superbanner\w* mpu\d* mrec\d* medrec\d* medium-rectangle\w*
    skyscraper\d* halfpage native-?ads? contentad\w* commercial-sdi
"""
# Ad servers, exchanges and plug-ins, which name their elements after themselves. Ad Inserter
# (WordPress) numbers its `code-block`; alone, that is a listing. Last, unit names: ABC_D_Incontent-2.
_VENDORS = r"""
    gpt\w* dfp\w* gam-(?:slot|unit) doubleclick google-?ads\w* googlesyndication prebid\w* criteo\w* teads\w*
    iqad\w* iqd\w* traffective\w* beep-slot yieldlove\w* ligatus\w* plista\w* zemanta\w* strossle\w* seedtag\w*
    outbrain\w* ob-widget taboola\w* mgid\w* revcontent\w* nativo\w* sharethrough\w* connatix\w* primis\w* vi-stories
    ezoic\w* mediavine\w* mv-ad raptive\w* freestar\w* pubguru snigel\w* adngin\w* insticator\w* venatus\w* playwire\w*
    code-block-\s-code-block-\d+
    \w{2,8}-[dm]-(?:\w+-)?in-?content\w*
"""
MARKS = whole(_NAMES + _FORMATS + _VENDORS)

# Attributes that ad code gives to its elements, whatever these are called.
ATTRIBUTES = (
    "data-ad",
    "data-ad-slot",
    "data-ad-unit",
    "data-ad-client",
    "data-ad-small",
    "data-ad-unit-path",
    "data-ad-unit-small",
    "data-advertisement",
    "data-google-query-id",
    "data-hide-ad-text",
    "data-commercial-format",
)

FRAMES = pattern(
    r"doubleclick\.net|googlesyndication|googletagservices|amazon-adsystem|adnxs|adserver|adition|smartadserver|teads"
    r"|taboola|outbrain|//ads?\d*\.|/ads?/",
    re.IGNORECASE,
)
