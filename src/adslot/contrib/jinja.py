"""Jinja: the filter `{{ article.body | adslot }}`, and the tag `{% adslot %}…{% endadslot %}` around markup.

from adslot.contrib.jinja import install

install(environment, "adslot.toml")
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any

import attrs
from jinja2 import Environment, TemplateRuntimeError, Undefined, nodes, pass_context
from jinja2.ext import Extension
from jinja2.parser import Parser
from jinja2.runtime import Context
from markupsafe import Markup

import adslot
from adslot.contrib._arguments import check
from adslot.contrib._faults import Faults
from adslot.contrib._pages import PAGES
from adslot.contrib._policies import Setting, policy_of
from adslot.contrib._said import Offered, context_of, offered_of, text_of
from adslot.contrib._warned import Warned

Said = Mapping[str, object]

# What a template may say.
_ARGUMENTS = ("policy", "context", "related", "relevance", "url", "now", "mode", "id_prefix")

_UNSAFE = (
    "adslot was given text that is not marked as safe, which Jinja would escape: if the HTML comes from your CMS,"
    " write {{ … | safe | adslot }}, or pass a markupsafe.Markup"
)


def _nothing() -> None:
    return None


@attrs.frozen
class Slots:
    """What templates of one environment place by: policies by name, and what is said of every page.

    *context* and *related* are called whenever something is placed, with what a template says itself laid over.
    """

    policies: Mapping[str | None, adslot.Policy]
    context: Callable[[], Said | None] = _nothing
    related: Callable[[], Offered | None] = _nothing
    faults: Faults = attrs.field(factory=Faults)
    warned: Warned = attrs.field(factory=Warned)

    def placed(self, html: str, where: str, /, **said: Any) -> Markup:
        """*html* with its slots, and without them where anything fails; *where* it stands is for the log.

        A template has *said* the `policy`, and other arguments of `adslot.place`.
        """
        work = lambda: self._placed(html, where, **said)  # noqa: E731  # what may fail
        return Markup(self.faults.guard(work, html, f"no slots were placed in {where}"))  # noqa: S704  # it was markup, and slots are escaped

    def _placed(
        self,
        html: str,
        where: str,
        /,
        *,
        policy: str | None = None,
        context: Said | None = None,
        related: Offered | None = None,
        **page: Any,
    ) -> str:
        check(page, _ARGUMENTS)
        result = PAGES.place(
            html,
            self._policy(policy),
            context={**context_of(self.context()), **context_of(context)},
            related=offered_of(self.related() if related is None else related),
            **page,
        )
        self.warned.tell(where, result.plan.warnings)
        return result.html

    def _policy(self, name: str | None) -> adslot.Policy:
        if name in self.policies:
            return self.policies[name]
        known = [str(each) for each in self.policies if each is not None]
        close = get_close_matches(str(name), known, 1)
        hint = f" (did you mean {close[0]!r}?)" if close else ""
        raise TemplateRuntimeError(
            f"adslot has no policy {name!r}; its policies are {', '.join(known) or 'none'}{hint}"
        )


def install(
    environment: Environment,
    policy: Setting,
    *,
    policies: Mapping[str, Setting] | None = None,
    context: Callable[[], Said | None] = _nothing,
    related: Callable[[], Offered | None] = _nothing,
    debug: bool | Callable[[], bool] = False,
) -> None:
    """Give *environment* the filter and the tag `adslot`, which place by *policy*.

    A policy is the name of a preset, a file, a mapping of the file's form, or an `adslot.Policy`; others of
    *policies* are named in templates. Raises PolicyError for one that is wrong, so that it is found at the start.
    Whatever fails later is logged, and readers get the article without slots; with *debug*, or where that says so
    when it is called, it is raised.

    >>> from jinja2 import Environment
    >>> environment = Environment(autoescape=True)
    >>> install(environment, {"slots": {"more": {"kind": "promo", "html": "<b>Mehr</b>"}},
    ...                       "rules": [{"name": "end", "slot": "more", "at": "end"}]})
    >>> page = environment.from_string("{{ body | safe | adslot }}")
    >>> print(page.render(body="<p>Eins.</p>"))  # doctest: +NORMALIZE_WHITESPACE
    <p>Eins.</p><aside class="adslot adslot-promo" data-adslot="more" data-adslot-rule="end"
     id="adslot-end-1"><b>Mehr</b></aside>
    """
    named: dict[str | None, adslot.Policy] = {None: policy_of(policy)}
    named.update({name: policy_of(each) for name, each in (policies or {}).items()})
    environment.add_extension(Adslot)
    faults = Faults(debug if callable(debug) else lambda: debug)
    # Not by `extend`, which keeps what an earlier call said.
    vars(environment)["adslot"] = Slots(named, context, related, faults)


class Adslot(Extension):
    """The filter and the tag; `install` adds it, as it needs a policy."""

    tags = {"adslot"}  # noqa: RUF012  # as Jinja declares it

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.filters["adslot"] = _filter

    def parse(self, parser: Parser) -> nodes.Node:
        """Read `{% adslot related=…, context=… %}` up to its end."""
        line = next(parser.stream).lineno
        said: list[nodes.Keyword] = []
        while parser.stream.current.type != "block_end":
            if said:
                parser.stream.skip_if("comma")
            name = parser.stream.expect("name").value
            parser.stream.expect("assign")
            said.append(nodes.Keyword(name, parser.parse_expression(), lineno=line))
        body = parser.parse_statements(("name:endadslot",), drop_needle=True)
        method = "_place_async" if self.environment.is_async else "_place"
        where = nodes.Const(str(parser.name or parser.filename or "a template"), lineno=line)
        return nodes.CallBlock(self.call_method(method, [where], said), [], [], body).set_lineno(line)

    def _place(self, where: str, /, caller: Callable[[], str], **said: Any) -> Markup:
        return _slots(self.environment).placed(str(caller()), where, **said)

    async def _place_async(self, where: str, /, caller: Callable[[], Any], **said: Any) -> Markup:
        return _slots(self.environment).placed(str(await caller()), where, **said)


@pass_context
def _filter(context: Context, html: Any, /, **said: Any) -> Any:
    """*html* with its slots. Text that nobody declared to be markup is left to Jinja, which escapes it, and a warning is logged."""
    if isinstance(html, Undefined):
        return html
    slots, where = _slots(context.environment), context.name or "a template"
    autoescape = context.eval_ctx.autoescape
    if html is None or html == "":
        return Markup() if autoescape else ""
    if autoescape and not hasattr(html, "__html__"):
        slots.faults.refuse(TemplateRuntimeError(_UNSAFE), f"no slots were placed in {where}")
        return html
    placed = slots.placed(text_of(html), where, **said)
    return placed if autoescape else str(placed)


def _slots(environment: Environment) -> Slots:
    slots = getattr(environment, "adslot", None)
    if not isinstance(slots, Slots):
        raise TemplateRuntimeError("adslot has no policy: call adslot.contrib.jinja.install(environment, policy)")
    return slots
