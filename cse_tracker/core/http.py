"""Answers: the whole page, or the piece of it that changed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def render_page_or_piece(
    request: HttpRequest, page: str, piece: str, context: dict[str, Any]
) -> HttpResponse:
    """The whole page, or only the piece when htmx asked; the page includes the same piece."""
    return render(request, piece if request.htmx else page, context)  # type: ignore[attr-defined]
