"""Placing for a page of Django: by a policy of the settings, for a request and an object."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template import TemplateSyntaxError
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

import adslot
from adslot.contrib.django.conf import configured

LOGGER = logging.getLogger("adslot")

_UNSAFE = (
    "adslot was given text that is not marked as safe, which Django would escape: if the HTML comes from your CMS,"
    " write {{ …|safe|adslot }}"
)


def arguments_of(
    request: Any = None, subject: Any = None, context: Mapping[str, object] | None = None, **page: Any
) -> dict[str, Any]:
    """The arguments of `adslot.place` for a page: of the settings, of the *subject*, its article, and of the template.

    What the template says goes before what `subject.adslot_context()` says, and that before the settings. The URL is
    that of `subject.get_absolute_url()`, where none is given.
    """
    said = configured()
    own: Mapping[str, object] = subject.adslot_context() if hasattr(subject, "adslot_context") else {}
    if "related" not in page:
        page["related"] = said.related(request)
    if "url" not in page and hasattr(subject, "get_absolute_url"):
        page["url"] = subject.get_absolute_url()
    return {**page, "context": {**said.context(request), **own, **(context or {})}}


def placed(html: object, policy: str = "", *, autoescape: bool = True, **said: Any) -> SafeString:
    """*html* with its slots, as safe as it was. *said* are arguments of `arguments_of`.

    Readers get the article whatever goes wrong: the error is logged. With `DEBUG` it is raised. Text that is not marked
    as safe is escaped, as Django does everywhere, and has no slots then.
    """
    if html is None or html == "":
        return mark_safe("")
    if autoescape and not hasattr(html, "__html__"):
        if settings.DEBUG:
            raise TemplateSyntaxError(_UNSAFE)
        LOGGER.error(_UNSAFE)
        return conditional_escape(html)
    text = str(html)
    try:
        text = adslot.place(text, configured().policy(policy), **arguments_of(**said)).html
    except Exception:
        if settings.DEBUG:
            raise
        LOGGER.exception("no slots were placed")
    return mark_safe(text)  # noqa: S308  # it was safe, and slots are escaped
