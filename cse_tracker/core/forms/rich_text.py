"""A text box for texts with a few marks (see ``core.rich_text``)."""

from django import forms


class RichTextarea(forms.Textarea):
    """With a toolbar, a preview, and a server that reads what is pasted.

    The page links ``css/rich-text.css``.
    """

    template_name = "core/rich_text.html"
