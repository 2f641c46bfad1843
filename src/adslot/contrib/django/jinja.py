"""Django's Jinja backend: the filter `{{ article.body|safe|adslot(object=article) }}`, by the settings.

TEMPLATES = [{"BACKEND": "django.template.backends.jinja2.Jinja2",
              "OPTIONS": {"extensions": ["adslot.contrib.django.jinja.Adslot"]}}]
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, Undefined, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context

from adslot.contrib.django.placing import placed


class Adslot(Extension):
    """Gives an environment the filter, which reads the settings when it first places: the system checks tell of them."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.filters["adslot"] = _filter


@pass_context
def _filter(context: Context, html: Any, policy: str = "", /, **said: Any) -> Any:
    """*html* with its slots; what is said is what the tag of Django's own templates takes."""
    if isinstance(html, Undefined):
        return html
    autoescape = bool(context.eval_ctx.autoescape)
    return placed(html, {"policy": policy, **said}, request=context.get("request"), autoescape=autoescape)
