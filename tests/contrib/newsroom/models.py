"""Articles."""

from django.db import models


class Article(models.Model):
    body = models.TextField(blank=True, null=True)  # noqa: DJ001  # old rows have none
    ads = models.BooleanField(default=True)

    class Meta:
        app_label = "newsroom"

    def __str__(self):
        return f"Artikel {self.pk}"

    def get_absolute_url(self):
        return f"/artikel/{self.pk}/"

    def adslot_context(self):
        return {"ads": self.ads}
