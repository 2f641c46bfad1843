"""`{% load adslot %}`: the filter `{{ article.body|adslot }}`, and the tag `{% adslot %}…{% endadslot %}`."""

from __future__ import annotations

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.context import Context
from django.utils.safestring import SafeString

from adslot.contrib.django.placing import placed

register = template.Library()


@register.filter(name="adslot", needs_autoescape=True)
def adslot_filter(html: object, policy: str = "", *, autoescape: bool = True) -> SafeString:
    """*html* with its slots, by the policy of the settings or the one that is named."""
    return placed(html, {"policy": policy}, autoescape=autoescape)


@register.tag(name="adslot")
def adslot_tag(parser: Parser, token: Token) -> Slots:
    """Place slots in what stands between the tags.

    `object=article` asks the article for what it knows of itself; `policy`, `related`, `relevance`, `url`, `now`, `mode`
    and `context` are arguments of adslot; every other name is said of the page: `section="sport"`.
    """
    name, *bits = token.split_contents()
    said = token_kwargs(bits, parser)
    if bits:
        raise template.TemplateSyntaxError(f"{{% {name} %}} takes name=value only, found {bits[0]!r}")
    body = parser.parse((f"end{name}",))
    parser.delete_first_token()
    return Slots(body, said)


class Slots(template.Node):
    """The tag, compiled."""

    def __init__(self, nodelist: NodeList, said: dict[str, FilterExpression]) -> None:
        self.nodelist, self.said = nodelist, said

    def render(self, context: Context) -> SafeString:
        """What stands between the tags, with its slots."""
        said = {name: value.resolve(context) for name, value in self.said.items()}
        return placed(self.nodelist.render(context), said, request=context.get("request"))
