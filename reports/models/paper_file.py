"""One format of a built paper, with what proves that it is still the same."""

from django.db import models

from cse_tracker.accounts.models import TenantModel
from reports.models.paper import Paper

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class PaperFile(TenantModel):
    """A file of a paper. Replaced by each new build until the paper is issued."""

    class Format(models.TextChoices):
        PDF = "pdf", "PDF"
        HTML = "html", "web page"
        WORD = "docx", "Word"

        @property
        def media_type(self) -> str:
            """The type that browsers are told."""
            return MEDIA_TYPES[self.value]

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="files")
    format = models.CharField(max_length=4, choices=Format)
    # A path in the default storage, not a FileField: papers are written whole or not at all.
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()

    class Meta(TenantModel.Meta):
        ordering = ["-format"]
        constraints = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["paper", "format"], name="one_file_per_format"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} as {self.get_format_display()}"

    def get_absolute_url(self) -> str:
        return self.paper.url("download", file_format=self.format)
