"""Wagtail: StreamFields with slots, and what editors decide: a switch on a page, and a block that asks for a slot.

{% load adslot %}{% adslot_stream page.body %}
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from typing import Any

from django.core.checks import CheckMessage, Warning  # noqa: A004  # Django's name
from django.db import models
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.blocks import ChoiceBlock, RichTextBlock, StreamValue, TextBlock

from adslot.contrib.django.conf import WRONG_SETTINGS, configured


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

    @classmethod
    def check(cls, **options: Any) -> list[CheckMessage]:
        """Django's checks of the model, and whether the switch does anything."""
        return [*super().check(**options), *_doubts_of_switch(cls)]


def _doubts_of_switch(model: type[AdslotPageMixin]) -> Iterator[CheckMessage]:
    """A warning where no policy asks for `ads`; none where the model says more than that, as it may mean another word."""
    try:
        policies = configured().policies.values()
    except WRONG_SETTINGS:  # the checks of the settings tell
        return
    asked = {key for policy in policies for case in policy.cases for key in case.when}
    if "ads" not in asked and model.adslot_context is AdslotPageMixin.adslot_context:
        hint = "A case for it: [[cases]] with when = { ads = false } and limits = { ads = 0 }"
        told = "the switch 'no ads on this page' does nothing, as no policy has a case for 'ads'"
        yield Warning(told, hint=hint, obj=model, id="adslot.W002")


def slot_names() -> list[tuple[str, str]]:
    """The slots that editors may choose: those of all policies, by name, with their labels.

    Wagtail asks for them whenever it reads a page, which wrong settings must not cost: the system checks tell of these,
    and the log does where slots are placed.
    """
    try:
        policies = configured().policies.values()
    except WRONG_SETTINGS:
        return []
    return [*{slot.name: slot.label or slot.name for policy in policies for slot in policy.slots}.items()]


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
        """The marker; nothing for a slot that no policy has any more."""
        known = dict(slot_names())
        return mark_safe(f"<!-- adslot: here {value} -->" if value in known else "")  # noqa: S308  # names are no markup


def render_stream(stream: Any, context: Mapping[str, Any], opened: Container[str] = ()) -> Any:
    """The HTML of a StreamField as Wagtail writes it, but blocks that are no prose are closed to slots.

    A card, a gallery or a quote is one thing to its readers, whatever elements it is made of. Slots stand around it,
    and within text only; or within the kinds of blocks that are *opened*. What is no StreamField stays what it is.
    """
    if not isinstance(stream, StreamValue):
        return stream
    block = stream.stream_block
    if block.get_template(stream, context=context):  # the site writes the blocks itself
        return stream.render_as_block(context)
    rendered = ((child, block.render_basic([child], context)) for child in stream)
    return mark_safe("\n".join(_marked(child, html, opened) for child, html in rendered))  # noqa: S308  # Wagtail's


def _marked(child: Any, html: str, opened: Container[str]) -> str:
    """A block in its element, which says by adslot's own mark if no slots may stand in it."""
    is_open = isinstance(child.block, RichTextBlock | TextBlock | SlotBlock) or child.block_type in opened
    return html if is_open else html.replace("<div ", '<div data-adslot="off" ', 1)
