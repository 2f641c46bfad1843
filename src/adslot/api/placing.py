"""The library's verbs, composed of the stages: read, plan, place, strip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

import attrs

from adslot.api.policies import PolicyLike, policy_of, resolved
from adslot.article.reading import draft_source, read_source
from adslot.article.values import Article
from adslot.errors import wrong_type
from adslot.html.document import Mode
from adslot.html.document import is_page as is_whole
from adslot.html.own_slots import strip_parsed, strip_source
from adslot.html.source import Source, SpliceError
from adslot.planner.plan import Plan, make_plan
from adslot.policy.numbers import brief
from adslot.policy.policy import Policy
from adslot.related.relevance import Relevance
from adslot.related.request import Offered, Request
from adslot.related.values import Moment
from adslot.renderer.markup import markup

Html = TypeVar("Html", str, bytes)
# Offsets in the input, and the markup that is written there.
Inserts = Sequence[tuple[int, str]]

KNOTTED = "nothing placed: whenever slots are taken out of this page, others appear in it"


@attrs.frozen
class Result(Generic[Html]):
    """The page with its slots, of the type that was given, and the plan behind it."""

    html: Html = attrs.field(repr=brief)
    plan: Plan


@attrs.frozen
class Text:
    """A text and how it is read: enough to read its article again."""

    source: str | bytes
    encoding: str | None
    mode: Mode
    policy: Policy

    def read(self) -> Article:
        """The article in the text, with every gap certified."""
        return read(self.source, self.policy, mode=self.mode, encoding=self.encoding)


def read(
    html: str | bytes, policy: PolicyLike | None = None, *, mode: Mode = "auto", encoding: str | None = None
) -> Article:
    """The article in *html*: blocks, sections, gaps. Own slots are read as if they were not there.

    *policy* gives the `[article]` options and the selectors that `Article.matching` shall answer.
    *mode* is "page", "fragment" or "auto". Bytes are decoded as a browser would, unless *encoding*
    says how. Raises EncodingError for an encoding that does not exist, nothing for any HTML.

    >>> [block.role for block in read("<h2>Bahn</h2><p>Ab Montag fahren die Züge wieder im Takt.").blocks]
    [<Role.HEADING: 'heading'>, <Role.PARAGRAPH: 'paragraph'>]
    """
    source, lifting = strip_parsed(Source.of(html, encoding), mode)
    return read_source(source, lifting.document, Policy() if policy is None else policy_of(policy))


def is_page(html: str | bytes, *, encoding: str | None = None) -> bool:
    """Whether *html* is a whole page and no fragment of one, as the mode "auto" takes it. Raises EncodingError.

    >>> is_page(b"<!-- Startseite --><!DOCTYPE html><p>Moin."), is_page("<p>Moin.")
    (True, False)
    """
    return is_whole(Source.of(html, encoding).text)


def plan(  # noqa: PLR0913  # what is planned, and what its caller knows of the page
    article: Article,
    policy: PolicyLike,
    *,
    related: Offered = (),
    relevance: Relevance | None = None,
    context: Mapping[str, object] | None = None,
    url: str | None = None,
    now: Moment | None = None,
    id_prefix: str | int | None = None,
) -> Plan:
    """The best plan for an article that was read, without writing anything.

    Teasers show the articles of *related* that are most relevant where they stand, each once, and equally
    relevant ones in the order given. *relevance* says how relevant one is to a section, from 0 to 1; without
    it, words are compared.

    The article keeps the `[article]` options that it was read with, but for `existing`. Selectors that it was not asked
    for at reading time are answered from its text. *context* decides which cases of the policy hold; it, *related*,
    *url*, *now* and *id_prefix* are those of `place`.
    """
    request = Request(related=related, relevance=relevance, context=context, url=url, now=now, prefix=id_prefix)
    if not isinstance(article, Article):
        raise wrong_type("article", "what adslot.read returns", article)
    lacking, policy = resolved(policy, context)
    missing = set(policy.selectors) - set(article.matches)
    if missing and article.source is not None:
        wanted = attrs.evolve(policy, article=article.options)
        mode: Mode = "page" if article.is_page else "fragment"
        article = read(article.source, wanted, mode=mode, encoding=article.encoding)
    return make_plan(article, policy, request, article).warned(lacking)


def place(  # noqa: PLR0913  # how the text is read, and what its caller knows of the page
    html: Html,
    policy: PolicyLike,
    *,
    related: Offered = (),
    relevance: Relevance | None = None,
    context: Mapping[str, object] | None = None,
    url: str | None = None,
    now: Moment | None = None,
    mode: Mode = "auto",
    encoding: str | None = None,
    id_prefix: str | int | None = None,
) -> Result[Html]:
    """*html* with the slots that *policy* asks for, at the best places it allows.

    Slots of an earlier run are lifted out and planned afresh. Every byte that is not part of a slot
    is the author's, in place; where nothing can be placed the input comes back as it is. *related* and
    *relevance* are as in `plan`. *context*, such as `{"section": "sport", "subscriber": True}`, decides
    which cases of the policy hold. *policy* may also be a file, the name of a preset or a mapping of the file's form;
    it is loaded at each call then. Raises PolicyError for one that is wrong and for slot markup that no page can hold,
    ContextError for a context that is not as the policy declares, EncodingError for an unknown *encoding*, and
    TypeError or ValueError for an argument that is no such thing.

    *related* may be a callable: it is given each section of the article and returns articles that go with it,
    the best ones first. Left out are the article itself, whose address is *url* or what a page says of itself,
    and what its text links to; those that have expired *now*, which is a date or a time; and those that are not
    for this *context*. `Plan.unused` says why.

    Where one page shows several texts that are placed apart, say a list of articles, give each an *id_prefix* of its
    own, a number or a text of letters, digits, `_`, `.` and `-`: the ids of slots begin with `adslot-PREFIX-` then, and
    no two are the same. Raises ValueError for another text.

    >>> from adslot.policy.declarations import Rule
    >>> from adslot.policy.slots import Slot
    >>> policy = Policy(slots=[Slot("anzeige", kind="ad", label="Anzeige")],
    ...                 rules=[Rule("mitte", slot="anzeige")])
    >>> print(place("<p>Eins.</p><p>Zwei.</p>", policy).html)  # doctest: +NORMALIZE_WHITESPACE
    <p>Eins.</p><aside class="adslot adslot-ad" data-adslot="anzeige" data-adslot-rule="mitte"
     id="adslot-mitte-1" aria-label="Anzeige"><div class="adslot-label">Anzeige</div><div
     class="adslot-content"></div></aside><p>Zwei.</p>
    """
    request = Request(related=related, relevance=relevance, context=context, url=url, now=now, prefix=id_prefix)
    given = Source.of(html, encoding)
    lacking, policy = resolved(policy, context)
    source, lifting = strip_parsed(given, mode)
    draft = draft_source(source, lifting.document, policy, with_lead=policy.uses_lead)
    origin = Text(source.whole, source.codec, "page" if lifting.document.is_page else "fragment", policy)
    made = make_plan(draft, policy, request, origin).warned(lacking)
    if lifting.is_knotted:
        made = made.emptied(KNOTTED)
    return written(source, made, inserts_of(made, context))


def strip(html: Html, *, mode: Mode = "auto", encoding: str | None = None) -> Html:
    """*html* without adslot's slots, byte for byte as it was before; the same object if it has none.

    >>> page = "<p>Eins.</p><p>Zwei.</p>"
    >>> strip(page) is page
    True
    """
    source = Source.of(html, encoding)
    stripped = strip_source(source, mode)
    if stripped is source:
        return html
    return stripped.whole  # type: ignore[return-value] # as above


def inserts_of(plan: Plan, context: Mapping[str, object] | None) -> Inserts:
    """(offset, markup) of the placements of *plan*, in order."""
    return [(p.offset, markup(plan, p, context=context)) for p in plan.placements if p.offset is not None]


def written(source: Source, plan: Plan, inserts: Inserts) -> Result[Any]:
    """The page with the *inserts* of a plan, or as it is where these would change how its bytes are read."""
    try:
        return Result(source.splice(inserts), plan)
    except SpliceError as error:
        return Result(source.splice(()), plan.emptied(str(error)))
