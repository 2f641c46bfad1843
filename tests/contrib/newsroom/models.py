"""Articles."""

from django.db import models
from wagtail.blocks import CharBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search import index

from adslot.contrib.wagtail import AdslotPageMixin, SlotBlock


class Article(models.Model):
    body = models.TextField(blank=True, null=True)  # noqa: DJ001  # old rows have none
    ads = models.BooleanField(default=True)
    day = models.DateField(null=True)

    class Meta:
        app_label = "newsroom"

    def __str__(self):
        return f"Artikel {self.pk}"

    def get_absolute_url(self):
        return f"/artikel/{self.pk}/"

    def adslot_context(self):
        return {"ads": self.ads}


class CardBlock(StructBlock):
    name = CharBlock()
    text = RichTextBlock()

    class Meta:
        template = "newsroom/card.html"


class LoopBlock(StreamBlock):
    text = RichTextBlock()

    class Meta:
        template = "newsroom/loop.html"


class BoxBlock(StructBlock):
    title = CharBlock()
    place = SlotBlock(required=False)


class StoryPage(AdslotPageMixin, Page):
    intro = RichTextField(blank=True)
    body = StreamField(
        [
            ("heading", CharBlock(template="newsroom/heading.html")),
            ("text", RichTextBlock()),
            ("card", CardBlock()),
            ("slot", SlotBlock()),
            ("box", BoxBlock()),
            ("boxes", ListBlock(BoxBlock())),
            ("slots", ListBlock(SlotBlock())),
        ],
        blank=True,
    )
    notes = StreamField(LoopBlock(), blank=True)

    search_fields = [*Page.search_fields, index.SearchField("body"), index.SearchField("intro")]  # noqa: RUF012  # as Wagtail declares them
    promote_panels = [*Page.promote_panels, *AdslotPageMixin.adslot_panels]  # noqa: RUF012  # as Wagtail declares them

    class Meta:
        app_label = "newsroom"
