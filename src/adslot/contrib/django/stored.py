"""The articles that a site has stored: which there are, what HTML they hold, and storing it anew."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, FieldError, ValidationError
from django.core.management.base import CommandError


def articles(model: str, field: str, filters: Iterable[str]) -> Any:
    """The queryset of a *model*, app.Model, by *filters*, each KEY=VALUE. Raises CommandError for what is wrong with them."""
    if model.count(".") != 1:
        raise CommandError(f"expected app.Model, found {model!r}")
    try:
        kind = apps.get_model(model)
        kind._meta.get_field(field)  # noqa: SLF001  # Django's way
        return kind._default_manager.filter(**dict(map(_lookup, filters))).order_by("pk")  # noqa: SLF001
    except ValidationError as error:
        raise CommandError(f"--filter: {' '.join(error.messages)}") from error
    except (LookupError, ValueError, FieldDoesNotExist, FieldError) as error:
        raise CommandError(str(error)) from error


def _lookup(text: str) -> tuple[str, Any]:
    """A filter as Django has it. Values are text, which Django reads; lists are parted by commas.

    >>> _lookup("section=sport"), _lookup("pk__in=3,5"), _lookup("body__isnull=false")
    (('section', 'sport'), ('pk__in', ['3', '5']), ('body__isnull', False))
    """
    key, equals, value = text.partition("=")
    if not equals:
        raise CommandError(f"--filter: expected KEY=VALUE, found {text!r}")
    if key.endswith(("__in", "__range")):
        return key, value.split(",")
    if key.endswith("__isnull"):
        return key, value.lower() in {"true", "1", "yes"}
    return key, value


def html_of(article: Any, field: str) -> str:
    """The HTML that *article* holds: text, or what knows its HTML itself, as a StreamField of Wagtail does."""
    value = getattr(article, field)
    if value is None or isinstance(value, str):
        return value or ""
    if hasattr(value, "__html__"):
        return str(value.__html__())
    raise CommandError(f"{article._meta.label}.{field} holds no HTML, found {value!r}")  # noqa: SLF001


def store(article: Any, field: str, html: str) -> bool:
    """Store *html*, if the article still holds what it was made of: editors may be at work."""
    old = getattr(article, field)
    if not isinstance(old, str):
        raise CommandError(f"{article._meta.label}.{field} is no text, so that no slots can be stored in it")  # noqa: SLF001
    rows = type(article)._default_manager.filter(pk=article.pk, **{field: old})  # noqa: SLF001
    return bool(rows.update(**{field: html}))
