"""Labels of paid slots: which wordings a reader of a language takes for an ad, and which were found wanting.

A paid slot stands under a word that says so, and what counts as such a word is a matter of law, of courts and of the
ad networks. What is known of it stands in `label_table`.

Labels are compared without case, white space and decoration: `- ANZEIGE -` is `Anzeige`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import attrs

from adslot.errors import KeyPath, Problem
from adslot.kept import lazy
from adslot.policy.label_table import ROWS, Row, Source

# Around a label these say nothing. The number sign stays: `#ad` is a wording of its own.
_DECORATION = " \t\r\n\f\xa0-–—―_*•·.,:;|+=~![](){}【】「」＜＞<>»«›‹→▶►▼▾➤\"'“”„‚’"


@attrs.frozen
class Labels:
    """The labels of a *language*, as a tag such as "de-AT": its rows of the table, of a region those of its language too."""

    language: str
    rows: tuple[Row, ...]

    def accepted(self, template: str | None = None) -> tuple[Row, ...]:
        """The wordings that are accepted whatever the template, or those named for this one; the usual one first."""
        return tuple(row for row in self.rows if row.accepted and row.template == template)

    def rules(self, template: str | None) -> bool:
        """Whether who runs the ads of *template* says what may stand above them, as far as that could be read."""
        return any(row.source.read == "official page" for row in self.accepted(template))

    def choices(self, template: str | None) -> tuple[str, ...]:
        """The wordings to choose from for what *template* writes."""
        return tuple(row.text for row in self.accepted(template if self.rules(template) else None))

    def takes(self, wanted: str, template: str | None = None) -> bool:
        """Whether a label, as it is compared, will do for what *template* writes: a law is enough, whatever a network says."""
        rows = self._accepted.get(wanted, ())
        if self.rules(template):
            return any(row.template == template or row.source.is_law for row in rows)
        return bool(rows)

    def refusal(self, wanted: str, template: str | None) -> Source | None:
        """Why a label, as it is compared, will not do, if that is known."""
        for row in self.rows:
            if not row.accepted and f"{wanted} ".startswith(f"{plain(row.text)} "):
                return row.source
        return self.accepted(template)[0].source if self.rules(template) and wanted in self._accepted else None

    @lazy
    def _accepted(self) -> Mapping[str, tuple[Row, ...]]:
        """The rows of each accepted wording, as labels are compared with it."""
        found: dict[str, tuple[Row, ...]] = {}
        for row in self.rows:
            if row.accepted:
                found[plain(row.text)] = (*found.get(plain(row.text), ()), row)
        return found

    def doubt(self, wanted: str, template: str) -> tuple[str, Source] | None:
        """What speaks against an accepted label, as it is compared: other words are named for *template*, or it is for another one."""
        rows, named = self._accepted[wanted], self.accepted(template)
        if any(row.template == template for row in rows):
            return None
        if named:
            others = ", ".join(repr(row.text) for row in named)
            return f"for the template {template!r} others are named: {others}", named[0].source
        if all(row.template for row in rows):
            return f"only for the template {rows[0].template!r}", rows[0].source
        return None


def languages() -> tuple[str, ...]:
    """The languages that the table has."""
    return tuple(dict.fromkeys(row.language for row in ROWS))


def labels_of(language: str) -> Labels | None:
    """The labels of a language tag, or of the longest part of it that the table has.

    >>> labels_of("de-DE").language, labels_of("de_at").language, labels_of("tlh")
    ('de', 'de-AT', None)
    """
    parts = language.strip().lower().replace("_", "-").split("-")
    tags = ("-".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((_by_tag()[tag] for tag in tags if tag in _by_tag()), None)


@lru_cache(maxsize=1)
def _by_tag() -> dict[str, Labels]:
    """The labels of every language by its tag in lower case. What a region says of a wording replaces what its language says."""
    found: dict[str, Labels] = {}
    for language in languages():
        below = found.get(language.lower().partition("-")[0])
        rows = {(row.text, row.template): row for row in below.rows} if below else {}
        rows |= {(row.text, row.template): row for row in ROWS if row.language == language}
        found[language.lower()] = Labels(language, tuple(rows.values()))
    return found


def usual(languages: Iterable[str | None], labels: Iterable[str]) -> str:
    """The usual label of ads in the first of *languages* that the table has, else in that of the first of *labels* it has.

    >>> usual(["de-DE", "en"], []), usual([None], ["- Werbung -"]), usual([None], ["Reklama"])
    ('Anzeige', 'Anzeige', '')
    """
    known = [found for language in languages if language is not None and (found := labels_of(language))]
    for label in labels:
        known += [each for each in _by_tag().values() if each.takes(plain(label))]
    return known[0].accepted()[0].text if known else ""


def plain(label: str) -> str:
    """*label* as it is compared: without case, white space and decoration.

    >>> plain(" – Anzeige: –"), plain("Sponsored  Links"), plain("#ad")
    ('anzeige', 'sponsored links', '#ad')
    """
    return " ".join(label.strip(_DECORATION).casefold().split())


def problem_of(path: KeyPath, label: str, language: str | None, template: str | None = None) -> Problem | None:
    """What is wrong with the *label* of a paid slot that *template* writes; *path* leads to it in the policy.

    Without a *language* a label will do that is accepted in any, as the policy then serves pages of several; without a
    *template*, one that is for some. Of a language that the table lacks nothing is known but that there must be one.
    """
    wanted, known = plain(label), _known(language)
    if wanted and (not known or any(each.takes(wanted, template) for each in known)):
        return None
    expected = f"{_choice(known, language, template)}, or 'label_as_is = true'"
    if not wanted:
        return Problem(path, expected, "none" if not label else repr(label))
    why = next(filter(None, (each.refusal(wanted, template) for each in known)), None)
    return Problem(path, expected, f"{label!r}: {why.text if why else 'not known to be accepted'}")


def _known(language: str | None) -> Sequence[Labels]:
    if language is None:
        return tuple(_by_tag().values())
    return [found] if (found := labels_of(language)) else []


def _choice(known: Sequence[Labels], language: str | None, template: str | None) -> str:
    """The labels to choose from, in words."""
    if not known:
        return "a label for the ad"
    network = f" for the template {template!r}" if any(each.rules(template) for each in known) else ""
    if language is None:
        firsts = dict.fromkeys(each.choices(template)[0] for each in known)
        return f"a label that says it is an ad{network}, such as {', '.join(map(repr, firsts))}"
    return f"a label accepted in {language!r}{network}: {', '.join(map(repr, known[0].choices(template)))}"


def doubt_of(label: str, language: str | None, template: str) -> str | None:
    """Where the sources for a *language* and those for a *template* disagree about an accepted *label*; else None.

    >>> doubt_of("Anzeigen", "de", "adsense"), doubt_of("Sponsored Links", "en", "plain")[:66]
    (None, "'Sponsored Links' is accepted in 'en', but only for the template '")
    """
    labels = None if language is None else labels_of(language)
    if labels is None or not labels.takes(plain(label), template):
        return None
    if (doubt := labels.doubt(plain(label), template)) is None:
        return None
    but, source = doubt
    told = f"{source.text} ({source.read})" if source.read == "not verified" else source.text
    return f"{label!r} is accepted in {language!r}, but {but}; {told}"
