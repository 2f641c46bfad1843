"""A page that many readers get: read and certified once, planned once for each policy that their contexts resolve to."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from typing import Generic, TypeVar

import attrs

from adslot.api.placing import KNOTTED, Html, Inserts, Result, Text, inserts_of, written
from adslot.api.policies import PolicyLike, policy_of, resolved
from adslot.article.reading import certified, draft_source
from adslot.article.values import Article
from adslot.html.document import Document, Mode, parse
from adslot.html.own_slots import strip_parsed
from adslot.html.source import Source
from adslot.kept import kept
from adslot.planner.plan import Plan, plan_of
from adslot.policy.declarations import ArticleOptions
from adslot.policy.language.anchors import Anchor
from adslot.policy.numbers import brief
from adslot.policy.policy import Policy
from adslot.policy.templates import PLAIN
from adslot.related.eligible import stock_of
from adslot.related.relevance import Relevance
from adslot.related.request import Offered, Request
from adslot.related.stock import Stock
from adslot.related.values import Moment

# Each reading holds the article, about as much as its text: sites have few kinds of readers that change how it is read.
MOST_READINGS = 8
# Each plan holds its placements and their markup.
MOST_PLANS = 32

# What a reading depends on beside the page: selectors that an article is asked besides change nothing in it.
_How = tuple[ArticleOptions, tuple[Anchor, ...], bool]
# What a plan depends on beside the article: where nothing is asked of a caller's function, this is all.
_Of = tuple[Policy, Stock, str]
_Key = TypeVar("_Key")
_Value = TypeVar("_Value")


@attrs.frozen
class _Planned:
    """A plan, and its markup where that is the same for every reader."""

    plan: Plan
    inserts: Inserts | None


@attrs.frozen(repr=False)
class Prepared(Generic[Html]):
    """A page under a policy, to be written for one reader after the other by `place`; `prepare` makes one.

    It holds the page without own slots, the article that was read in it, and the plans that were made so far: at most 8
    readings, one for each way in which cases change `[article]` or the selectors of anchors, and at most 32 plans.
    That is about three times the page's size; together they take no part in comparisons, and whatever is asked, the
    answers are the same. Threads may share it. It can be pickled, with its readings and without its plans, for the
    same version of adslot: keep that in the key of a cache.
    """

    policy: Policy
    _source: Source
    _mode: Mode
    _is_knotted: bool
    _readings: dict[_How, Article] = attrs.field(factory=dict, eq=False)
    _plans: dict[_Of, _Planned] = attrs.field(factory=dict, eq=False, init=False)

    def __repr__(self) -> str:
        return f"<Prepared {brief(self._source.whole)}>"

    def place(  # what its caller knows of the reader
        self,
        *,
        related: Offered = (),
        relevance: Relevance | None = None,
        context: Mapping[str, object] | None = None,
        url: str | None = None,
        now: Moment | None = None,
        id_prefix: str | int | None = None,
    ) -> Result[Html]:
        """The page with its slots for one reader: what `place` makes of the same page, policy and arguments.

        Where the same policy was planned with the same articles before, only the markup is written, and where no
        template is told the context not even that. A callable *related* or *relevance* is asked each time, and not kept.
        Raises what `place` does.
        """
        request = Request(related=related, relevance=relevance, context=context, url=url, now=now, prefix=id_prefix)
        lacking, policy = resolved(self.policy, context)
        planned = self._planned(policy, request)
        inserts = inserts_of(planned.plan, context) if planned.inserts is None else planned.inserts
        return written(self._source, planned.plan.warned(lacking), inserts)

    def _planned(self, policy: Policy, request: Request) -> _Planned:
        """The plan for a resolved policy: the one that was made before, where it depends on nothing but values."""
        article = self._article(policy)
        stock = stock_of(article, policy, request)
        if callable(request.related) or request.relevance is not None:
            return self._plan(article, policy, stock, request)
        of = policy, stock, request.prefix
        found = self._plans.get(of)
        return found or _add(self._plans, of, self._plan(article, policy, stock, request), MOST_PLANS)

    def _article(self, policy: Policy) -> Article:
        """The article as *policy* has it read."""
        how = _how(policy)
        found = self._readings.get(how)
        if found is None:
            article = _read(self._source, parse(self._source.text, self._mode), policy, self.policy)
            found = _add(self._readings, how, article, MOST_READINGS)
        return found

    def _plan(self, article: Article, policy: Policy, stock: Stock, request: Request) -> _Planned:
        origin = Text(self._source.whole, self._source.codec, self._mode, policy)
        plan = plan_of(article, policy, stock, request, origin)
        if self._is_knotted:
            plan = plan.emptied(KNOTTED)
        is_same = all(slot.template == PLAIN for slot in policy.slots)
        return _Planned(plan, inserts_of(plan, None) if is_same else None)

    def __reduce__(self) -> tuple[object, ...]:
        source, readings = self._source, dict(self._readings)
        return _restored, (
            pickle.dumps(self.policy),
            source.whole,
            source.asked,
            self._mode,
            self._is_knotted,
            readings,
        )


def prepare(html: Html, policy: PolicyLike, *, mode: Mode = "auto", encoding: str | None = None) -> Prepared[Html]:
    """Read *html* once, to place the slots of *policy* in it for many readers.

    The arguments are those of `place`, and `prepare(html, policy).place(context=…)` is what `place(html, policy, context=…)`
    returns, for whatever `place` takes. It takes as long as placing once. Raises PolicyError, EncodingError and TypeError as `place` does.

    >>> from adslot import Case, Policy, Rule, Slot
    >>> policy = Policy([Slot("anzeige", kind="ad", label="Anzeige")], [Rule("mitte", slot="anzeige")],
    ...                 cases=[Case({"subscriber": True}, changes={"limits": {"ads": 0}})])
    >>> prepared = prepare("<p>Eins.</p><p>Zwei.</p>", policy)
    >>> [len(prepared.place(context={"subscriber": paid}).plan.placements) for paid in (True, False)]
    [0, 1]
    """
    given = Source.of(html, encoding)
    policy = policy_of(policy)
    source, lifting = strip_parsed(given, mode)
    document = lifting.document
    readings = {_how(policy): _read(source, document, policy, policy)}
    return Prepared(policy, source, "page" if document.is_page else "fragment", lifting.is_knotted, readings)


def _how(policy: Policy) -> _How:
    return policy.article, policy.anchors, policy.uses_lead


def _read(source: Source, document: Document, policy: Policy, whole: Policy) -> Article:
    """The article as *policy* has it read, which also knows what the selectors of all cases of the *whole* match."""
    selectors = whole.every_selector
    draft = draft_source(source, document, policy, selectors=selectors, with_lead=policy.uses_lead)
    return certified(draft, policy)


def _add(things: dict[_Key, _Value], key: _Key, value: _Value, most: int) -> _Value:
    """Keep *value*, or what another thread kept meanwhile; so many at the most, else they begin anew."""
    if len(things) >= most:
        things.clear()
    return things.setdefault(key, value)


def _restored(  # what `__reduce__` says
    policy: bytes,
    whole: str | bytes,
    asked: str | None,
    mode: Mode,
    is_knotted: bool,  # noqa: FBT001
    readings: dict[_How, Article],
) -> Prepared[str] | Prepared[bytes]:
    return Prepared(_policy(policy), Source.of(whole, asked), mode, is_knotted, readings)


@kept(megabytes=1)
def _policy(pickled: bytes) -> Policy:
    """The policy of pages that were pickled: one for all of them, so that its cases are resolved once."""
    policy: Policy = pickle.loads(pickled)  # noqa: S301  # it was pickled with the page, by `__reduce__`
    return policy
