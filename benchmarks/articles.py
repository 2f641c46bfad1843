"""Made articles of any size: German-like news text with headings, the same for the same size or number."""

from __future__ import annotations

import random

_WORDS = (
    "der die das und in auf mit von für nach bei über unter seit wegen gegen ohne um am im zum zur ein eine einer "
    "Stadtrat Brücke Hafen Fähre Schule Bürgermeisterin Haushalt Sitzung Abend Morgen Woche Jahr Land Gemeinde Verein "
    "Feuerwehr Wetter Regen Ufer Bahnhof Strecke Zug Fahrgäste Verkehrsverbund Baustelle Anwohner Straße Plan Antrag "
    "Mehrheit Kosten Euro Prozent Menschen Familien Ärztin Klinik Versorgung Gericht Urteil Behörde Prüfung Ergebnis "
    "Ausbau Umbau Eröffnung Verzögerung Gutachten Entscheidung Zukunft Region Winter Sommer Markt Handwerk Bäckerei "
    "neue alte große kleine lange kurze erste zweite letzte schnelle stille öffentliche kommunale regionale wichtige "
    "sagt meint plant baut prüft fordert erwartet beginnt endet bleibt fährt öffnet schließt kostet dauert zeigt lobt "
    "bereits noch immer wieder deutlich kaum vielleicht gestern heute morgen bald später zunächst schließlich dennoch"
).split()  # fmt: skip
_PAGE_HEAD = (
    "<!doctype html>\n<html lang=de>\n<head>\n<meta charset=utf-8>\n<title>{title}</title>\n"
    '<link rel="stylesheet" href="/stil.css">\n<script>window.seite = {{art: "artikel"}};</script>\n</head>\n<body>\n'
    '<header><nav class="haupt"><ul>{menu}</ul></nav></header>\n<main>\n<article class="beitrag">\n'
    '<h1>{title}</h1>\n<p class="vorspann">{lead}</p>\n<div class="text">\n'
)
_PAGE_FOOT = "</div>\n</article>\n</main>\n<footer><ul>{menu}</ul><p>&copy; Der Bote</p></footer>\n</body>\n</html>\n"


def fragment(size: int) -> str:
    """An article's body of at least *size* characters, at most one block more."""
    source = random.Random(size)
    blocks: list[str] = []
    length = 0
    while length < size:
        block = _heading(source) if len(blocks) % 6 == 3 else _paragraph(source)
        blocks.append(block)
        length += len(block)
    return "".join(blocks)


def page(size: int) -> str:
    """A whole page of about *size* characters."""
    source = random.Random(-size)
    menu = "".join(f'<li><a href="/r/{n}">{_words(source, 1).title()}</a></li>' for n in range(12))
    head = _PAGE_HEAD.format(title=_words(source, 7).capitalize(), lead=_sentence(source), menu=menu)
    foot = _PAGE_FOOT.format(menu=menu)
    return head + fragment(max(size - len(head) - len(foot), 0)) + foot


def story(blocks: int, number: int) -> str:
    """An article's body of so many blocks: paragraphs of 20 to 80 words, a heading every 3 to 6 blocks."""
    source = random.Random(1_000_003 * blocks + number)
    found: list[str] = []
    until_heading = source.randint(3, 6)
    while len(found) < blocks:
        found.append(_heading(source) if not until_heading else f"<p>{_words(source, source.randint(20, 80))}.</p>\n")
        until_heading = source.randint(3, 6) if not until_heading else until_heading - 1
    return "".join(found)


def _words(source: random.Random, count: int) -> str:
    return " ".join(source.choices(_WORDS, k=count))


def _sentence(source: random.Random) -> str:
    return _words(source, source.randint(6, 18)).capitalize() + "."


def _heading(source: random.Random) -> str:
    return f"<h2>{_words(source, source.randint(3, 7)).capitalize()}</h2>\n"


def _paragraph(source: random.Random) -> str:
    sentences = [_sentence(source) for _ in range(source.randint(2, 5))]
    place = source.randrange(len(sentences))
    sentences[place] += (
        f' <a href="/thema/{source.randrange(1000)}">{_words(source, 2)}</a> &ndash; <b>{_words(source, 1)}</b>.'
    )
    return f"<p>{' '.join(sentences)}</p>\n"
