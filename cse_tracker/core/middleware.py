"""Words where Django answers with none."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class MethodNotAllowedMiddleware:
    """Say what to do at an address that only takes what a form sends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        if answer.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return answer
        page = render(request, "405.html", status=answer.status_code)
        page.headers["Allow"] = answer.headers["Allow"]
        return page
