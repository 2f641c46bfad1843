"""The language of a text, as the parser's detector hears it: by the script, and by which three letters are frequent."""

from __future__ import annotations

from turbohtml.detect import LanguageDetection, detect_language

# What the detector is less sure of is no answer.
_DETECTION = LanguageDetection(threshold=0.8)
# ISO 639-3, as the detector names languages, to the tags of pages. Latin is none: that is filler text, or mostly names.
_TAGS = dict(
    pair.split("=")
    for pair in (
        "afr=af ara=ar aze=az bel=be ben=bn bul=bg cat=ca ces=cs cmn=zh dan=da deu=de ell=el eng=en est=et fin=fi fra=fr"
        " guj=gu heb=he hin=hi hrv=hr hun=hu hye=hy ind=id ita=it jpn=ja kan=kn kat=ka khm=km kor=ko lav=lv lit=lt mal=ml"
        " mar=mr mkd=mk mya=my nep=ne nld=nl nob=no nno=no nor=no ori=or pan=pa pes=fa pol=pl por=pt ron=ro rus=ru sin=si"
        " slk=sk slv=sl spa=es srp=sr swe=sv tam=ta tel=te tgl=tl tha=th tuk=tk tur=tr ukr=uk urd=ur uzb=uz vie=vi zul=zu"
    ).split()
)


def heard(text: str) -> str | None:
    """The language of *text*, as a tag without a region; None where it is not clear.

    >>> heard("Der Zug fährt, und die Strecke ist frei."), heard("Поезд идёт, и путь свободен."), heard("Lorem ipsum dolor sit amet")
    ('de', 'ru', None)
    """
    return _TAGS.get(detect_language(text, _DETECTION).language or "")


def is_known(language: str) -> bool:
    """Whether the detector knows a language; what it does not know, it takes for another one."""
    return language in _TAGS.values()
