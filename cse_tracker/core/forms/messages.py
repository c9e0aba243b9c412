"""What a form says when an answer will not do: one sentence, from the label of the field.

Only Django's own sentences are replaced. A message that a form or a field was given stays.
"""

import re

from django import forms
from django.forms.utils import pretty_name

EMAIL_EXAMPLE = "name@example.com"
WEB_EXAMPLE = "https://www.example.org"
CHOOSING = (
    forms.Select,
    forms.RadioSelect,
    forms.CheckboxSelectMultiple,
    forms.FileInput,
)
# After these a label needs no "the": "Enter your name", "Enter what done looks like".
NO_ARTICLE_AFTER = re.compile(
    "(a|an|any|at|each|every|one|our|the|their|which|your"
    r"|how|what|when|where|who|whom|whose|why)\b"
)


def use_govuk_messages(field: forms.Field, name: str, label: str | None = None) -> None:
    """Give the field our sentences for every code that still has Django's.

    ``label`` replaces the field's own label in the sentences, for a label that is a
    question: "Due date must be a real date", not "When is it due? must be …".
    """
    words = Words(label or str(field.label or pretty_name(name)))
    defaults = _default_messages(field)
    for code, message in _messages(field, words).items():
        if field.error_messages.get(code) == defaults.get(code):
            field.error_messages[code] = message


class Words:
    """A label as it stands in a sentence: as its subject and as what is asked for."""

    def __init__(self, label: str) -> None:
        # Some sentences are %-templates, so that Django can fill in a limit, and some are not.
        self.label = label.replace("%", "percent")

    @property
    def subject(self) -> str:
        """At the start of a sentence: "Due date", or the answer to a question."""
        return f"Your answer to “{self.label}”" if self._is_question else self.label

    @property
    def thing(self) -> str:
        """After a verb: "the due date", "your name", "an answer to “Will you act?”"."""
        if self._is_question:
            return f"an answer to “{self.label}”"
        first, _, rest = self.label.partition(" ")
        # ABC, A4 and iPhone keep their letters; other labels begin with a capital only as labels.
        is_name = any(c.isupper() or c.isdigit() for c in first[1:])
        word = first if is_name else first.lower()
        phrase = f"{word} {rest}".strip()
        return phrase if NO_ARTICLE_AFTER.match(phrase) else f"the {phrase}"

    @property
    def from_list(self) -> str:
        """For a choice that was not offered."""
        select = f"Select {self.thing}"
        return f"{select} from the list"

    @property
    def _is_question(self) -> bool:
        return self.label.endswith("?")


def _default_messages(field: forms.Field) -> dict[str, str]:
    found: dict[str, str] = {}
    for ancestor in reversed(type(field).__mro__):
        found.update(getattr(ancestor, "default_error_messages", {}))
    return found


def _messages(field: forms.Field, words: Words) -> dict[str, str]:
    messages = {
        "required": _required(field, words),
        "max_length": f"{words.subject} must be %(limit_value)d characters or fewer",
        "min_length": f"{words.subject} must be %(limit_value)d characters or more",
        "max_value": f"{words.subject} must be %(limit_value)s or less",
        "min_value": f"{words.subject} must be %(limit_value)s or more",
        "invalid_choice": words.from_list,
    }
    for kind, its_messages in _by_kind(words).items():
        if isinstance(field, kind):
            messages |= its_messages
    return messages


def _required(field: forms.Field, words: Words) -> str:
    if isinstance(field.widget, forms.CheckboxInput):
        return f"Select “{words.label}”"
    verb = "Select" if isinstance(field.widget, CHOOSING) else "Enter"
    return f"{verb} {words.thing}"


def _by_kind(words: Words) -> dict[type[forms.Field], dict[str, str]]:
    """Messages that only some kinds of field have; a later kind has the last word."""
    return {
        forms.IntegerField: {"invalid": f"{words.subject} must be a whole number"},
        forms.FloatField: {"invalid": f"{words.subject} must be a number"},
        forms.DecimalField: {"invalid": f"{words.subject} must be a number"},
        forms.DateField: {
            "invalid": f"{words.subject} must be a real date",
            "incomplete": f"{words.subject} must include %(missing)s",
            "short_year": f"{words.subject} must include a year with 4 numbers",
        },
        forms.EmailField: {
            "invalid": f"Enter an email address in the correct format, like {EMAIL_EXAMPLE}"
        },
        forms.URLField: {
            "invalid": f"Enter a web address in the correct format, like {WEB_EXAMPLE}"
        },
        forms.MultipleChoiceField: {"invalid_list": words.from_list},
        forms.ModelMultipleChoiceField: {
            "invalid_list": words.from_list,
            "invalid_pk_value": words.from_list,
        },
        forms.FileField: {
            "invalid": "The selected file could not be uploaded. Try again",
            "missing": "The selected file could not be uploaded. Try again",
            "empty": "The selected file is empty",
            "max_length": "The name of the selected file must be %(max)d characters or fewer",
        },
    }
