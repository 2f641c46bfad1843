"""Placing for a page of Django: by a policy of the settings, for a request and an object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.template import TemplateSyntaxError
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from adslot.contrib._arguments import asked_by, check
from adslot.contrib._faults import Faults
from adslot.contrib._pages import PAGES
from adslot.contrib._said import context_of, offered_of, text_of
from adslot.contrib._warned import Warned
from adslot.contrib.django.conf import configured

FAULTS = Faults(lambda: bool(settings.DEBUG))
WARNED = Warned()

_UNSAFE = (
    "adslot was given text that is not marked as safe, which Django would escape: if the HTML comes from your CMS,"
    " write {{ …|safe|adslot }}"
)


# What a template says to adslot; every other name is said of the page.
_ARGUMENTS = ("related", "relevance", "url", "now", "mode", "id_prefix")


def arguments_of(request: Any = None, subject: Any = None, said: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The arguments of `adslot.place` for a page: of the settings, of the *subject*, its article, and of the template.

    What the template has *said* by name, or as a `context`, goes before what `subject.adslot_context()` says, and that
    before the settings. Related articles are those of `subject.adslot_related()`, the URL is the subject's own address,
    where the template gives none.
    """
    if isinstance(subject, str):  # so Django has it where the template names what is not there
        raise TypeError(f"object is to be the article, found {subject!r}")
    site, names = configured(), dict(said or {})
    page = {name: names.pop(name) for name in _ARGUMENTS if name in names}
    said_last = context_of(names.pop("context", None))
    own = context_of(subject.adslot_context() if hasattr(subject, "adslot_context") else None)
    if "related" not in page:
        page["related"] = subject.adslot_related() if hasattr(subject, "adslot_related") else site.related(request)
    page["related"] = offered_of(page["related"])
    if "url" not in page:
        page["url"] = _address_of(subject, request)
    return {**page, "context": {**context_of(site.context(request)), **own, **names, **said_last}}


def _address_of(subject: Any, request: Any) -> str | None:
    """Where the article stands: by Django's habit, or by Wagtail's."""
    if hasattr(subject, "get_absolute_url"):
        return str(subject.get_absolute_url())
    return subject.get_full_url(request) if hasattr(subject, "get_full_url") else None


Said = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


def placed(html: Any, said: Said | None = None, *, request: Any = None, autoescape: bool = True) -> SafeString:
    """*html* with its slots, as safe as it was. A template has *said* the `policy`, the `object` and what else it knows.

    Readers get the article whatever goes wrong: the error is logged. With `DEBUG` it is raised. Text that is not marked
    as safe is escaped, as Django does everywhere, and has no slots then.
    """
    if html is None or html == "":
        return mark_safe("")
    page = str(getattr(request, "path", None) or "a template")
    where = f"no slots were placed in {page}"
    if autoescape and not hasattr(html, "__html__"):
        FAULTS.refuse(TemplateSyntaxError(_UNSAFE), where)
        return conditional_escape(html)
    text = text_of(html)
    placed = FAULTS.guard(lambda: _placed(text, said() if callable(said) else said, request, page), text, where)
    return mark_safe(placed)  # noqa: S308  # it was safe, and slots are escaped


def _placed(html: str, said: Mapping[str, Any] | None, request: Any, where: str) -> str:
    names = dict(said or {})
    name, subject = names.pop("policy", ""), names.pop("object", None)
    policy = configured().policy(name)
    check(names, ("policy", "object", "context", *_ARGUMENTS), besides=asked_by(policy))
    result = PAGES.place(html, policy, **arguments_of(request, subject, names))
    WARNED.tell(where, result.plan.warnings)
    return result.html
