"""The application of Django."""

from django.apps import AppConfig
from django.core import checks
from django.utils.autoreload import autoreload_started


class AdslotConfig(AppConfig):
    """`adslot.contrib.django` in `INSTALLED_APPS`."""

    name = "adslot.contrib.django"
    label = "adslot"

    def ready(self) -> None:
        """Let `manage.py check` judge the policies, and `runserver` see that they change."""
        from adslot.contrib.django.checks import problems_of_settings  # noqa: PLC0415  # when settings are there
        from adslot.contrib.django.reloading import watch_policies  # noqa: PLC0415

        checks.register(problems_of_settings, "adslot")
        autoreload_started.connect(watch_policies)
