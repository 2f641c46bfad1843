"""`{% load adslot %}`: the filter `{{ article.body|safe|adslot }}`, and the tags `{% adslot %}` and `{% adslot_stream %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString

from adslot.contrib.django.placing import placed

register = template.Library()


@register.filter(name="adslot", needs_autoescape=True)
def adslot_filter(html: object, policy: str | int = "", *, autoescape: bool = True) -> SafeString:
    """*html* with its slots, by the policy of the settings or the one that is named; a number is the `id_prefix`."""
    said = {"id_prefix": policy} if isinstance(policy, int) else {"policy": policy}
    return placed(html, said, autoescape=autoescape)


@register.tag(name="adslot")
def adslot_tag(parser: Parser, token: Token) -> Slots:
    """Place slots in what stands between the tags.

    `object=article` asks the article for what it knows of itself; `policy`, `related`, `relevance`, `url`, `now`, `mode`,
    `id_prefix` and `context` are arguments of adslot; every other name is said of the page: `section="sport"`.
    """
    name, *bits = token.split_contents()
    said = _said(name, bits, parser)
    body = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return Slots(body, said)


@register.tag
def adslot_stream(parser: Parser, token: Token) -> StreamSlots:
    """Render a StreamField of Wagtail, `{% adslot_stream page.body %}`, with slots: see `adslot.contrib.wagtail`.

    It takes what the tag takes. `object` is `page`, if nothing else is said; `open` names kinds of blocks, parted by
    spaces, that slots may stand in as well.
    """
    name, *bits = token.split_contents()
    if not bits or "=" in bits[0]:
        raise template.TemplateSyntaxError(f"{{% {name} %}} takes a StreamField first, as in {{% {name} page.body %}}")
    return StreamSlots(parser.compile_filter(bits[0]), _said(name, bits[1:], parser))


def _said(name: str, bits: list[str], parser: Parser) -> dict[str, FilterExpression]:
    """What a tag is told by *bits*, name=value each."""
    said: dict[str, FilterExpression] = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{{% {name} %}} takes name=value only, found {bits[0]!r}")
    return said


class Slots(template.Node):
    """The tag, compiled."""

    def __init__(self, nodelist: NodeList, said: dict[str, FilterExpression]) -> None:
        self.nodelist, self.said = nodelist, said

    def render(self, context: Context) -> SafeString:
        """What stands between the tags, with its slots."""
        html = self.nodelist.render(context)
        return placed(html, lambda: _resolved(self.said, context), request=context.get("request"))


class StreamSlots(template.Node):
    """The tag for Wagtail, compiled."""

    def __init__(self, stream: FilterExpression, said: dict[str, FilterExpression]) -> None:
        self.stream, self.said = stream, said

    def render(self, context: Context) -> SafeString:
        """The blocks of the stream, with slots."""
        # By its name: Wagtail is not in every project, and what is made for it builds on this package.
        render_stream = import_string("adslot.contrib.wagtail.render_stream")
        said = dict(self.said)
        opened = said.pop("open").resolve(context) if "open" in said else ""
        html = render_stream(self.stream.resolve(context), context.flatten(), str(opened).split())
        page = {"object": context.get("page")}
        return placed(html, lambda: {**page, **_resolved(said, context)}, request=context.get("request"))


def _resolved(said: dict[str, FilterExpression], context: Context) -> dict[str, Any]:
    return {name: value.resolve(context) for name, value in said.items()}
