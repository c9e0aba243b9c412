"""An old annex as a council might have kept it, with what is in it and what is wrong with it."""

from collections import Counter
from pathlib import Path

from openpyxl import Workbook

from assessments.tree import Kind
from tests.factories import shipped_standard

SPLIT = "1.3.4"
# Ref to its five cells, where they are not "C" throughout.
MARKS = {
    "1.1.1": ["C", "X CP", "CP", "CP", "x Compliance Plus"],
    "1.1.3": ["C", "C", "CP", "CP", "X CP"],  # changed in the third year, unsampled
    "1.3.4": ["PC", "X PC", "X C", "C", "C"],
    "1.3.4.1": ["C", "C", "", "", ""],
    "1.3.4.2": ["PC", "X PC", "X C", "", ""],
    "2.1.4": ["Partially Compliant", "PC", "X PC", "PC", "X C"],
    "2.2.3": ["C", "C", "X", "C", "C"],  # sampled in the third year, without a rating
    "3.1.1": ["C", "C", "C", "Good", "C"],  # nobody can read the fourth year
    "4.1.2": ["PC", "X PC", "X PC", "PC", "X PC"],
    "5.2.1": ["C", "X C", "C", "X C", "C"],
}
CODES = {"Compliance Plus": "CP", "Partially Compliant": "PC"}


def cells_of(ref: str) -> list[str]:
    return MARKS.get(ref, ["C"] * 5)


def rating_in(cell: str) -> str:
    """The code that a reader of the file takes from a cell; "" where there is none."""
    words = cell.removeprefix("X").removeprefix("x").strip()
    code = CODES.get(words, words)
    return code if code in {"CP", "C", "PC", "NC"} else ""


def element_refs() -> list[str]:
    return [node.ref for node in shipped_standard().nodes if node.kind is Kind.ELEMENT]


def counts_of(position: int) -> dict[str, int]:
    """Elements by rating in one of the five years, 0 to 4; "" counts those without."""
    return Counter(rating_in(cells_of(ref)[position]) for ref in element_refs())


def sampled_in(position: int) -> int:
    return sum(cells_of(ref)[position][:1] in {"X", "x"} for ref in element_refs())


def write_annex(path: Path, *, first_year: int) -> Path:
    """Five years from ``first_year`` on, below a title; the last total is typed wrong."""
    book = Workbook()
    sheet = book.create_sheet("Annex", 0)
    years = [f"{first_year + number}" for number in range(5)]
    sheet.append(["Progress since we were first assessed"])
    sheet.append(["Ref", "Element", *years])
    for node in shipped_standard().nodes:
        if node.kind is not Kind.ELEMENT:
            sheet.append([node.ref, node.title])
            continue
        sheet.append([f"{node.ref}.", node.title, *cells_of(node.ref)])
        for clause in ["1", "2"] if node.ref == SPLIT else []:
            ref = f"{SPLIT}.{clause}"
            sheet.append([ref, f"Part {clause} of it", *cells_of(ref)])
    totals = [sampled_in(position) or None for position in range(5)]
    totals[4] = (totals[4] or 0) + 3
    sheet.append([None, "Total elements sampled", *totals])
    book.save(path)
    return path
