"""Words that tell nothing of what a text is about: those that any German or English text has, and times and numbers.

How rare a word is among the articles at hand tells more than any list, in every language. But three articles and one
section do not show yet that "wieder" and "week" are common; so these are known before.
"""

from __future__ import annotations

from functools import lru_cache

from adslot.related.words import stem_of

_GERMAN = """
aber acht achtzig alle allem allen aller allerdings alles als also am an andere anderen anders april auch auf august
aus außerdem außerhalb bald bei beide beiden beim bereits besonders besser beste bis bisher bleiben bleibt da dabei
dafür dagegen damals damit danach dann daran darauf darin darüber das dass davon davor dazu dem den denen denn dennoch
der deren des deshalb dezember die dienstag dies diese diesem diesen dieser dieses doch donnerstag doppelt doppelte
dort drei dreißig dritte drittel dritten durch dürfen ein eine einem einen einer eines einige einmal ende er erklärte
erst erste ersten es etwa etwas euch euro fast februar frage freitag frühjahr fünf fünfzig für gab ganz ganze ganzen
geben gegen geht gestern gibt gilt ging groß große großen grund größte gut gute haben halb hat hatte hatten heißt her
herbst heute heutige hier hin hinaus hinter hundert hälfte ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer in
innerhalb ins inzwischen ist ja jahr jahre jahren januar je jede jeden jeder jedes jedoch jetzt juli juni kam kann
kein keine keinen klein kleine knapp kommen kommt konnte können künftig lange lassen letzte lässt machen macht mai mal
man mehr mehrere mein milliarde milliarden million millionen minute minuten mit mittwoch monat monate montag montags
morgen muss märz müssen nach nachdem neben nein neu neue neuen neuer neues neun neunzig nicht nichts noch november nun
nur nächste nämlich ob oder oft ohne oktober prozent rund sagen sagt sagte samstag schließlich schon sechs sechzig
sehr sein seine seinem seinen seiner seit selbst september sich sie sieben siebzig sieht sind so sogar soll sollen
sollte sommer sondern sonntag sowie sowohl statt stehen steht stunde stunden tag tage tagen tausend teilte trotz uhr
um und uns unser unter unterdessen vergangene viel viele vielen vier vierte vierzig vom von vor wann war waren warum
was weder wegen weil weiter weitere welche wenig wenn wer werden wie wieder will winter wir wird wo woche wochen
wollen worden wurde wurden während zahl zehn zeit zu zudem zuletzt zum zur zwanzig zwar zwei zweite zweiten zwischen
zwölf über
"""

_ENGLISH = """
a about across after again against ago all almost already also although always am among an and another any april are
around as at august back be became because been before being best better between billion both but by came can cannot
could day days december despite did do does done down during each early end even ever every february few fifty first
five for forty four friday from get gets go going good great had half has have having he her here him his how however
hundred i if in into is it its january july june just keep know last late later least less like little long look made
make makes many march may me might million monday month months more morning most much must my near need never new news
next no not november now october of off old on once one only or other our out over own per percent put said same
saturday saw say says second see september seven she should since six small so some still such summer sunday take ten
than that the their them then there these they thing things think third thirty this those though thousand three
through thursday time times to today told tomorrow too tuesday twenty twice two under until up us use used very via
want wants was way we wednesday week weeks well were what when where whether which while who whom whose why will
winter with without won would year years yes yesterday yet you your
"""


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The stems of words that tell nothing.

    >>> "wied" in common(), "bruck" in common()
    (True, False)
    """
    return frozenset(stem_of(word) for word in f"{_GERMAN} {_ENGLISH}".split())
