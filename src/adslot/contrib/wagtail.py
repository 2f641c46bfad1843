"""Wagtail: what editors decide of slots: a switch on a page, and a block of a StreamField that asks for a slot.

Placing itself is that of `adslot.contrib.django`: `{% adslot object=page %}{% include_block page.body %}{% endadslot %}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import ChoiceBlock

from adslot.contrib.django.conf import configured


class AdslotPageMixin(models.Model):
    """A page whose editors may turn its ads off: `class ArticlePage(AdslotPageMixin, Page)`.

    Put `adslot_panels` among the page's panels. `ads` is said of the page then, for a case `when = { ads = false }`.
    """

    adslot_off = models.BooleanField(_("no ads on this page"), default=False)

    adslot_panels = (MultiFieldPanel([FieldPanel("adslot_off")], heading=_("Ads")),)

    class Meta:  # noqa: D106  # Django's
        abstract = True

    def adslot_context(self) -> Mapping[str, object]:
        """What the page says of itself; a subclass may say more."""
        return {"ads": not self.adslot_off}


def slot_names() -> list[tuple[str, str]]:
    """The slots that editors may choose: those of the policy, by name, with their labels."""
    return [(slot.name, slot.label or slot.name) for slot in configured().policy("").slots]


class SlotBlock(ChoiceBlock):
    """A block of a StreamField that asks for a slot exactly where it stands: `("slot", SlotBlock())`.

    It renders the marker that `adslot` heeds, and is not seen where nothing is placed.
    """

    class Meta:  # noqa: D106  # Wagtail's
        label = _("Slot")
        icon = "pick"

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"choices": slot_names, **options})

    def render_basic(self, value: str | None, context: Any = None) -> SafeString:  # noqa: ARG002  # Wagtail's
        """The marker; nothing for a slot that the policy does not have any more."""
        known = {slot.name for slot in configured().policy("").slots}
        return mark_safe(f"<!-- adslot: here {value} -->" if value in known else "")  # noqa: S308  # names are no markup
