"""Addresses outside any organisation. Same namespace as the pages inside."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
