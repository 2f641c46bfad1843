"""What the site knows of a request."""

import adslot


def context(request):
    return {"ads": True, "section": "" if request is None else request.GET.get("section", "")}


def related(request):
    return [adslot.Related("Züge & Busse", "/artikel/1/"), adslot.Related("Fähren", "/artikel/2/")]
