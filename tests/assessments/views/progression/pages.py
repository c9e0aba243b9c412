"""The pages of the progression, and what stands in their tables."""

from django.urls import reverse

from tests.pages import rows_of


def url(name="progression", **parameters):
    return reverse(f"assessments:{name}", args=["ashby"], query=parameters)


def row(page, ref) -> list[str]:
    """The words in the cells of one element's row, without its head."""
    [found] = [
        cells[1:] for cells in rows_of(page) if cells and cells[0].startswith(f"{ref} ")
    ]
    return found


def refs(page) -> list[str]:
    """The refs of the elements in the table."""
    heads = [cells[0].split()[0] for cells in rows_of(page) if cells and cells[0]]
    return [head for head in heads if head.count(".") == 2]
