"""Paragraphs that people type or paste."""

from typing import Any

from django import forms

from cse_tracker.core.forms.rich_text import RichTextarea
from cse_tracker.core.texts import MAX_CHARACTERS


class LongText(forms.CharField):
    """Several paragraphs, kept with one character for each line end, as imports keep them.

    Browsers send two; comparing what was typed with what stands there would differ.
    """

    widget = forms.Textarea

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_CHARACTERS)
        super().__init__(widget=self.widget(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class RichText(LongText):
    """The same with a few marks: bold, lists, links. Its page links ``css/rich-text.css``."""

    widget = RichTextarea
