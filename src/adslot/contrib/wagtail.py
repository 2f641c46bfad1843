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
from adslot.patterns import pattern

_NOTHING = "<!-- adslot -->"
# A SlotBlock as a StructBlock without a template writes it: below the name of its field.
_FIELD = pattern(r" *<dt>[^<]*</dt>\s*<dd>(<!-- adslot[^>]*-->)</dd>")


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
        return [*super().check(**options), *_warnings_of_switch(cls)]


def _warnings_of_switch(model: type[AdslotPageMixin]) -> Iterator[CheckMessage]:
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


class SlotName(str):
    """The slot that an editor asks for, by its name. As HTML it is the marker that `adslot` heeds, which nobody sees."""

    __slots__ = ()

    def __html__(self) -> SafeString:
        """The marker; one that asks for nothing where no slot was chosen, or one that no policy has any more."""
        return mark_safe(f"<!-- adslot: here {self} -->" if self.is_known else _NOTHING)  # noqa: S308  # names are no markup

    @property
    def is_known(self) -> bool:
        """Whether a policy has such a slot."""
        return self in dict(slot_names())


class SlotBlock(ChoiceBlock):
    """A block that asks for a slot exactly where it stands: `("slot", SlotBlock())` in a StreamField.

    It renders the marker that `adslot` heeds, and is not seen where nothing is placed. Its text is for editors only:
    it is in no search index.
    """

    class Meta:  # noqa: D106  # Wagtail's
        label = _("Slot")
        icon = "pick"

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"choices": slot_names, **options})

    # A StructBlock without a template writes values, and a template writes `{{ value.slot }}`: each must be a marker.
    def to_python(self, value: Any) -> Any:
        """The value as it is stored, as one that knows its HTML."""
        return _named(super().to_python(value))

    def normalize(self, value: Any) -> Any:
        """The same for a value that a program sets."""
        return _named(super().normalize(value))

    def clean(self, value: Any) -> Any:
        """The same for one that an editor chose."""
        return _named(super().clean(value))

    def get_prep_value(self, value: Any) -> Any:
        """The name as plain text, which is stored and what the API gives."""
        return str(value or "")

    def get_searchable_content(self, value: Any) -> list[str]:  # noqa: ARG002  # Wagtail's
        """Nothing: a slot is no word of the story."""
        return []

    def render_basic(self, value: Any, context: Any = None) -> SafeString:  # noqa: ARG002  # Wagtail's
        """The marker; nothing where it would ask for nothing."""
        name = _named(value)
        return name.__html__() if name.is_known else mark_safe("")


def _named(value: Any) -> SlotName:
    return SlotName(value or "")


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
    html = _FIELD.sub(r"\1", html)
    return html if is_open else html.replace("<div ", '<div data-adslot="off" ', 1)
