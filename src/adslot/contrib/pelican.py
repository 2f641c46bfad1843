"""Pelican: the pages of articles get their slots when they have been written.

PLUGINS = ["adslot.contrib.pelican"]
ADSLOT_POLICY = "adslot.toml"

The pages and not what stands in them: `article.content` also goes into feeds, summaries and lists, where no slot belongs.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Article

import adslot
from adslot import Related
from adslot.contrib._counted import numbered
from adslot.contrib._faults import Faults
from adslot.contrib._policies import policy_of
from adslot.contrib._said import Offered, items_of, offered_of
from adslot.contrib._warned import Warned

LOGGER = logging.getLogger("adslot")

# The setting that the plugin makes for itself.
_FAULTS = "ADSLOT_FAULTS"
_WARNED = Warned()

Pool = Callable[[Article, Article], bool]

# Which of the site's own articles are offered for one, by the word that stands in ADSLOT_RELATED.
POOLS: Mapping[str, Pool] = {
    "all": lambda _article, _other: True,
    "category": lambda article, other: bool(article.category == other.category),
    "tags": lambda article, other: not _tags(article).isdisjoint(_tags(other)),
}


def register() -> None:
    """Connect with Pelican, which calls this when it loads the plugin."""
    signals.initialized.connect(prepare)
    signals.content_written.connect(fill)
    signals.finalized.connect(end)


def prepare(pelican: Pelican) -> None:
    """Put the policy that `ADSLOT_POLICY` names in its place. Whatever is wrong stops the build."""
    settings = pelican.settings
    if settings.get("ADSLOT_POLICY") is None:
        raise RuntimeError("ADSLOT_POLICY is not set: name a policy file, such as 'adslot.toml', or a preset")
    settings["ADSLOT_POLICY"] = policy_of(settings["ADSLOT_POLICY"])
    settings[_FAULTS] = Faults(lambda: bool(settings.get("DEBUG")))
    related = settings.setdefault("ADSLOT_RELATED", ())
    if isinstance(related, str) and related not in POOLS:
        raise ValueError(
            f"ADSLOT_RELATED: expected one of {', '.join(POOLS)}, articles or a function, found {related!r}"
        )
    if not isinstance(related, str) and not callable(related):
        settings["ADSLOT_RELATED"] = items_of(related)


def fill(path: str, context: Mapping[str, Any]) -> None:
    """Place the slots in the page of an article that was written to *path*; other pages have no article."""
    article = context.get("article")
    if article is None:
        return
    file = Path(path)
    page = file.read_bytes()
    work = lambda: _filled(page, path, article, context)  # noqa: E731  # what may fail
    filled = context[_FAULTS].guard(work, page, f"no slots were placed in {path}")
    if filled != page:
        file.write_bytes(filled)


def end(_pelican: Pelican) -> None:
    """Tell how many pages each warning held for."""
    _WARNED.end()


def _filled(page: bytes, path: str, article: Article, context: Mapping[str, Any]) -> bytes:
    result = adslot.place(
        page,
        context["ADSLOT_POLICY"],
        related=_related(article, context),
        context=_declared(said_of(article), context["ADSLOT_POLICY"]),
        url=None if context["RELATIVE_URLS"] else _url(article, context),
        now=datetime.now(UTC),
        mode="page",
        encoding="utf-8",
    )
    LOGGER.debug("%s: %s", path, numbered(len(result.plan.placements), "slots"))
    _WARNED.tell(path, result.plan.warnings)
    return result.html


def said_of(article: Article) -> dict[str, object]:
    """What the lines of metadata of *article* say, for the cases of a policy; where there is no line, `adslot` is "on".

    Numbers and bools stay what they are, lists become one text, and anything else the text that stands for it.
    """
    said = {"adslot": "on", "lang": article.lang, "status": article.status, **article.metadata}
    return {key.lower(): _plain(value) for key, value in said.items()}


def _declared(said: dict[str, object], policy: adslot.Policy) -> dict[str, object]:
    """Of the lines of metadata those that the policy declares, where it declares any: articles have others, too."""
    return {key: value for key, value in said.items() if key in policy.context} if policy.context else said


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return value if isinstance(value, bool | int) else str(value)


def _related(article: Article, context: Mapping[str, Any]) -> Offered:
    """The articles that `ADSLOT_RELATED` offers for *article*."""
    related = context["ADSLOT_RELATED"]
    if isinstance(related, str):
        return _own(article, context, POOLS[related])
    return offered_of(related(article) if callable(related) else related)


def _own(article: Article, context: Mapping[str, Any], pool: Pool) -> Iterator[Related]:
    """The site's other articles in the language of *article*, the newest first, as Pelican has them."""
    for first in context["articles"]:
        for other in (first, *first.translations):
            if other is not article and other.lang == article.lang and pool(article, other):
                yield Related(
                    _text(other.title),
                    _url(other, context),
                    tags=[*sorted(_tags(other)), str(other.category)],
                    summary=_text(other.metadata.get("summary", "")),
                )


def _tags(article: Article) -> set[str]:
    return {str(tag) for tag in getattr(article, "tags", ())}


def _url(article: Article, context: Mapping[str, Any]) -> str:
    """Where themes link to *article*, from the page that is being written."""
    return f"{context['SITEURL']}/{article.url}"


def _text(markup: object) -> str:
    return str(Markup(str(markup)).striptags())  # noqa: S704  # the tags are taken out, and teasers are escaped
