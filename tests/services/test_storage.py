"""Who may read what on the disk: the image collects as root and serves as another account."""

from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_collected_static_files_may_be_read_by_every_account(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path)

    call_command("collectstatic", interactive=False, verbosity=0)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert {mode(path) for path in files} == {0o644}


def test_an_uploaded_file_may_be_read_by_the_products_account_only():
    name = default_storage.save("uploads/one", ContentFile(b"private"))

    assert mode(Path(default_storage.path(name))) == 0o600
