"""`manage.py adslot app.Model --field body`: what would be placed in stored articles, and what is wrong in them."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, FieldError
from django.core.management.base import BaseCommand, CommandError

import adslot
from adslot.contrib.django.conf import configured
from adslot.contrib.django.placing import arguments_of


class Command(BaseCommand):
    """Without an option nothing is written: one line an article tells which slots it would have."""

    help = "Tells which slots the stored articles would have, or what is wrong with those that they have."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The model, its field, and what to do."""
        parser.add_argument("model", help="app.Model")
        parser.add_argument("--field", required=True, help="the field that holds the HTML")
        parser.add_argument(
            "--filter", action="append", default=[], metavar="KEY=VALUE", help="only such articles; repeatable"
        )
        parser.add_argument("--policy", default="", metavar="NAME", help="one of ADSLOT['POLICIES']")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--check", action="store_true", help="tell what is wrong with the slots that are stored")
        what.add_argument("--write", action="store_true", help="store the articles with their slots")
        what.add_argument("--strip", action="store_true", help="store the articles without slots")

    def handle(self, *_: Any, **options: Any) -> None:
        """Go through the articles; a wrong article never stops the others."""
        policy = configured().policy(options["policy"])
        work = next((name for name in ("check", "write", "strip") if options[name]), "report")
        failed = 0
        for article in _articles(options):
            html = getattr(article, options["field"]) or ""
            lines, text, wrong = _DONE[work](html, policy, article)
            failed += wrong
            if text != html and not _stored(article, options["field"], html, text):
                lines, failed = ["changed by somebody else in the meantime: left as it is"], failed + 1
            for line in lines:
                self.stdout.write(f"{article._meta.label} {article.pk}: {line}")  # noqa: SLF001  # Django's way
        if failed:
            raise CommandError(f"{failed} {'article has' if failed == 1 else 'articles have'} errors")


def _articles(options: dict[str, Any]) -> Iterator[Any]:
    try:
        model = apps.get_model(options["model"])
        model._meta.get_field(options["field"])  # noqa: SLF001  # Django's way
        found = model._default_manager.filter(**dict(map(_pair, options["filter"]))).order_by("pk")  # noqa: SLF001
    except (LookupError, ValueError, FieldDoesNotExist, FieldError) as error:
        raise CommandError(str(error)) from error
    articles: Iterator[Any] = found.iterator(chunk_size=500)
    return articles


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise ValueError(f"--filter: expected KEY=VALUE, found {text!r}")
    return key, value


def _stored(article: Any, field: str, old: str, new: str) -> bool:
    """Store *new*, if *old* still stands there: editors may be at work."""
    rows = type(article)._default_manager.filter(pk=article.pk, **{field: old})  # noqa: SLF001
    return bool(rows.update(**{field: new}))


_Done = tuple[list[str], str, bool]


def _report(html: str, policy: adslot.Policy, article: Any) -> _Done:
    plan = adslot.place(html, policy, **arguments_of(None, article)).plan
    return [_told(plan)], html, False


def _write(html: str, policy: adslot.Policy, article: Any) -> _Done:
    result = adslot.place(html, policy, **arguments_of(None, article))
    return [_told(result.plan)], result.html, False


def _strip(html: str, _policy: adslot.Policy, _article: Any) -> _Done:
    text = adslot.strip(html)
    return (["slots removed"] if text != html else []), text, False


def _check(html: str, policy: adslot.Policy, article: Any) -> _Done:
    findings = adslot.check(html, policy, context=arguments_of(None, article)["context"])
    lines = [f"{each.line}:{each.column}: {each.severity} {each.code}: {each.message}" for each in findings]
    return lines, html, any(each.severity == "error" for each in findings)


def _told(plan: adslot.Plan) -> str:
    counts = Counter(placement.rule for placement in plan.placements)
    slots = ", ".join(f"{count} {rule}" for rule, count in sorted(counts.items())) or "no slot"
    unmet = f"; too few: {', '.join(plan.unmet)}" if plan.unmet else ""
    return slots + unmet


_DONE = {"report": _report, "check": _check, "write": _write, "strip": _strip}
