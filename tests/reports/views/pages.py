"""Addresses of the pages of papers, and their words."""

import re

from django.urls import reverse


def list_url(cast) -> str:
    return reverse("reports:list", args=[cast.ashby.slug])


def order_url(cast) -> str:
    return reverse("reports:order", args=[cast.ashby.slug, "progression_annex"])


def words(page) -> str:
    """What a person reads, without the markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
