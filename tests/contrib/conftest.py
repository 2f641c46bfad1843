"""Django is set up once in a process, for the tests of Django and of Wagtail."""
# ruff: noqa: PLC0415 - Django must be set up before its parts can be imported

from __future__ import annotations

import os

import pytest


@pytest.fixture(scope="session")
def newsroom():
    """The site, with its tables in memory."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.contrib.newsroom.settings"
    import django
    from django.core.management import call_command

    django.setup()
    del os.environ["DJANGO_SETTINGS_MODULE"]  # the examples of the documentation have projects of their own
    call_command("migrate", run_syncdb=True, verbosity=0)

    from wagtail.models import Locale, Page

    Locale.objects.create(language_code="de")
    Page.add_root(title="Landbote", slug="landbote")
