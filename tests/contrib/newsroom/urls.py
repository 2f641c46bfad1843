"""The pages of the site: an article of Django's, and those of Wagtail."""

from django.http import HttpResponse
from django.template import engines
from django.urls import include, path
from wagtail import urls as wagtail_urls

from tests.contrib.newsroom.models import Article

PAGE = "{% load adslot %}{% adslot object=article %}{{ article.body|safe }}{% endadslot %}"


def article(request, pk):
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"article": Article.objects.get(pk=pk)}, request))


urlpatterns = [path("artikel/<int:pk>/", article), path("", include(wagtail_urls))]
