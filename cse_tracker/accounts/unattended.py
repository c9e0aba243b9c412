"""Requests that a page makes by itself while nobody need be there: keeping a draft, asking again.

They carry ``?unattended`` in their address, because what a browser sends when it leaves a page
can't carry a header. They don't prolong a session, and are told when it has ended.
"""

from django.http import HttpRequest, JsonResponse

PARAMETER = "unattended"


def is_unattended(request: HttpRequest) -> bool:
    """Whether the page asks, and not the person."""
    return PARAMETER in request.GET


def signed_out_answer(request: HttpRequest) -> JsonResponse:
    """401 for a script, which could do nothing with the sign-in page."""
    answer = JsonResponse({"signed_in": False}, status=401)
    answer.headers["Cache-Control"] = "no-store"
    if request.headers.get("HX-Request") == "true":
        # The whole page then leads to the sign-in page, and back again.
        answer.headers["HX-Refresh"] = "true"
    return answer
