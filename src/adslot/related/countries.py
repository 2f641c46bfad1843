"""Countries and what comes from them, where the words have too little in common: "Frankreich" and "französisch".

Each language has its own: an article in one does not belong to a text in the other because both name a country.
"""

from __future__ import annotations

_GERMAN = """
china: chines
danemark: danisch
england: engl
finnland: finn
frankreich: franzos franzosi
grossbritanni: brit briti
irland: irisch
kroati: kroat
poln: pole
spani: span
syri: syrer syrisch
tschechi: tschech
turkei: turk
"""

_ENGLISH = """
britai: british briton
denmark: danish dane
england: english
finland: finnish
franc: french
greec: greek
ireland: irish
netherland: dutch
poland: polish
scotland: scottish scot
spai: spanish spaniard
switzerland: swis
wale: welsh
"""

_ROWS = (line.partition(": ") for line in f"{_GERMAN}{_ENGLISH}".splitlines() if line)
# By the stem of what comes from a country, the stem of its name.
COUNTRIES = {stem: name for name, _, stems in _ROWS for stem in stems.split()}
