"""Texts with a few marks: what was pasted, and how one will look. Nothing is kept."""

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from cse_tracker.core.rich_text.html import to_html
from cse_tracker.core.rich_text.pasting import TooMuch, convert
from cse_tracker.core.rich_text.reading import read
from cse_tracker.core.texts import MAX_CHARACTERS


@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """The text of pasted HTML, and what of it was left out; 413 for more than a text.

    429 for more often than anybody pastes: the page then takes the words as they are.
    """
    if not ratelimit.consume(request, action="paste", user=request.user):
        return JsonResponse({}, status=429)
    try:
        pasted = convert(request.POST.get("html", ""))
    except TooMuch:
        return JsonResponse({}, status=413)
    return JsonResponse({"text": pasted.text, "left_out": pasted.left_out})


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text of the form's field that ``field`` names, as pages show it."""
    text = request.POST.get(request.POST.get("field", ""), "")
    return HttpResponse(to_html(read(text[:MAX_CHARACTERS])))
