"""Settings read from the environment. A wrong or missing value stops the start, by name."""

import os
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

_environ = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def env_text(name: str, *, default: str = "") -> str:
    """The variable as text; ``default`` when it is unset or empty."""
    return os.environ.get(name) or default


def env_required(name: str, *, remedy: str) -> str:
    """The variable as text. Raises ImproperlyConfigured, naming it and the remedy, when unset."""
    value = os.environ.get(name)
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. {remedy} (see .env.example)")
    return value


def env_bool(name: str, *, default: bool) -> bool:
    """Read True or False from the environment; anything else stops the start, by name."""
    raw = os.environ.get(name) or str(default)
    if raw not in {"True", "False"}:
        raise ImproperlyConfigured(
            f"{name}={raw!r}: write True or False (see .env.example)"
        )
    return raw == "True"


def env_list(name: str, *, default: str = "") -> list[str]:
    """A comma-separated variable as a list without blanks."""
    return [
        part.strip()
        for part in env_text(name, default=default).split(",")
        if part.strip()
    ]


def env_database(name: str, *, default: str) -> dict[str, object]:
    """A database URL as Django's settings for one database."""
    return dict(_environ.db_url_config(env_text(name, default=default)))


def env_email(name: str, *, default: str) -> dict[str, object]:
    """An email URL as Django's ``EMAIL_…`` settings."""
    return dict(_environ.email_url_config(env_text(name, default=default)))
