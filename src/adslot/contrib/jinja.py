"""Jinja: the filter `{{ article.body | adslot }}`, and the tag `{% adslot %}…{% endadslot %}` around markup.

from adslot.contrib.jinja import install

install(environment, "adslot.toml")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any

import attrs
from jinja2 import Environment, TemplateRuntimeError, Undefined, nodes, pass_eval_context
from jinja2.ext import Extension
from jinja2.nodes import EvalContext
from jinja2.parser import Parser
from markupsafe import Markup

import adslot
from adslot.contrib._policies import Setting, policy_of

Said = Mapping[str, object]
Offered = Iterable[adslot.Related] | Callable[[adslot.Section], Iterable[adslot.Related]]


def _nothing() -> Said:
    return {}


def _none() -> Offered:
    return ()


@attrs.frozen
class Slots:
    """What templates of one environment place by: policies by name, and what is said of every page.

    *context* and *related* are called whenever something is placed, with what a template says itself laid over.
    """

    policies: Mapping[str | None, adslot.Policy]
    context: Callable[[], Said] = _nothing
    related: Callable[[], Offered] = _none

    def placed(
        self,
        html: str,
        *,
        policy: str | None = None,
        context: Said | None = None,
        related: Offered | None = None,
        **page: Any,
    ) -> Markup:
        """*html* with its slots. *page* are other arguments of `adslot.place`."""
        result = adslot.place(
            str(html),
            self._policy(policy),
            context={**self.context(), **(context or {})},
            related=self.related() if related is None else related,
            **page,
        )
        return Markup(result.html)  # noqa: S704  # it was markup, and slots are escaped

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
    context: Callable[[], Said] = _nothing,
    related: Callable[[], Offered] = _none,
) -> None:
    """Give *environment* the filter and the tag `adslot`, which place by *policy*.

    A policy is the name of a preset, a file, a mapping of the file's form, or an `adslot.Policy`; others of
    *policies* are named in templates. Raises PolicyError for one that is wrong, so that it is found at the start.

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
    environment.extend(adslot=Slots(named, context, related))


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
        return nodes.CallBlock(self.call_method(method, [], said), [], [], body).set_lineno(line)

    def _place(self, caller: Callable[[], str], **said: Any) -> Markup:
        return _slots(self.environment).placed(caller(), **said)

    async def _place_async(self, caller: Callable[[], Any], **said: Any) -> Markup:
        return _slots(self.environment).placed(await caller(), **said)


@pass_eval_context
def _filter(state: EvalContext, html: object, **said: Any) -> object:
    """*html* with its slots. Text that nobody declared to be markup would be escaped, slots and all: that is told."""
    if isinstance(html, Undefined):
        return html
    if not isinstance(html, str):
        raise TemplateRuntimeError(f"adslot expected HTML, found {type(html).__name__}: {html!r:.40}")
    if state.autoescape and not hasattr(html, "__html__"):
        raise TemplateRuntimeError(
            "adslot was given text that is not marked as safe, which Jinja would escape: if the HTML comes from your CMS,"
            " write {{ … | safe | adslot }}, or pass a markupsafe.Markup"
        )
    placed = _slots(state.environment).placed(html, **said)
    return placed if state.autoescape else str(placed)


def _slots(environment: Environment) -> Slots:
    slots = getattr(environment, "adslot", None)
    if not isinstance(slots, Slots):
        raise TemplateRuntimeError("adslot has no policy: call adslot.contrib.jinja.install(environment, policy)")
    return slots
