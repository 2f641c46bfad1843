"""The application of Django."""

from django.apps import AppConfig
from django.core import checks


class AdslotConfig(AppConfig):
    """`adslot.contrib.django` in `INSTALLED_APPS`."""

    name = "adslot.contrib.django"
    label = "adslot"

    def ready(self) -> None:
        """Let `manage.py check` judge the policies."""
        from adslot.contrib.django.checks import problems_of_settings  # noqa: PLC0415  # when settings are there

        checks.register(problems_of_settings, "adslot")
