"""The one page of the site: an article in a template that the request may choose."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from tests.contrib.newsroom.models import Article

PAGE = "{% load adslot %}{% adslot object=article %}{{ article.body|safe }}{% endadslot %}"


def article(request, pk):
    template = engines["django"].from_string(PAGE)
    return HttpResponse(template.render({"article": Article.objects.get(pk=pk)}, request))


urlpatterns = [path("artikel/<int:pk>/", article)]
