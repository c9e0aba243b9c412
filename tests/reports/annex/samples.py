"""Small records written as people write them: "X CP", "C", "" and "<C" for carried forward."""

from datetime import date

from assessments.progression import build_progression
from assessments.ratings import Basis
from assessments.rows import ResultRow, YearColumn
from assessments.tree import Kind, Node, Tree
from reports.annex.facts import AnnexFacts

Cells = dict[str, list[str]]

FEW: Cells = {
    "1.1.1": ["C", "X CP", "<CP"],
    "1.1.2": ["PC", "X C", "X PC"],
    "1.1.2.1": ["C", "", ""],
    "1.1.3": ["C", "CP", "n/a"],
    "2.1.1": ["PC", "<PC", "X"],
}


def sample_facts(
    cells: Cells | None = None,
    *,
    titles: dict[str, str] | None = None,
    statements: dict[str, str] | None = None,
    **changes,
) -> AnnexFacts:
    """The annex of a council with these results, 2024 (everything examined) and later."""
    cells = FEW if cells is None else cells
    tree = sample_tree(list(cells), titles or {}, statements or {})
    years = [_year(place) for place in range(max(map(len, cells.values()), default=1))]
    rows = [row for ref in cells for row in _rows(tree.by_ref[ref], cells[ref], years)]
    values = {
        "organisation": "Ashby Borough Council",
        "standard": "Customer Service Excellence",
        "scope": "Whole organisation",
        "certification_body": "Example Certification",
        "assessment": "2026 review",
        "visit_code": "Y2",
        "visit_starts_on": date(2026, 3, 3),
        "visit_ends_on": date(2026, 3, 4),
        "outcome": "Certification continues",
        "is_confirmed": True,
        "progression": build_progression(tree, years, rows),
    }
    return AnnexFacts(**(values | changes))


def sample_tree(
    refs: list[str], titles: dict[str, str], statements: dict[str, str]
) -> Tree:
    """Nodes for these refs and for everything above them."""
    above = {
        ref.rsplit(".", cut)[0] for ref in refs for cut in range(1, ref.count(".") + 1)
    }
    nodes = [
        Node(
            id=number,
            ref=ref,
            kind=Kind.of_ref(ref),
            title=titles.get(ref, f"Title of {ref}"),
            statement=statements.get(
                ref, f"We do what {ref} asks." if ref.count(".") == 2 else ""
            ),
        )
        for number, ref in enumerate(sorted({*refs, *above}), 1)
    ]
    return Tree(nodes)


def many_elements(count: int, years: int = 3) -> Cells:
    """So many elements in one criterion, ten to a sub-criterion, each with every mark in turn."""
    shapes = [
        ["C", "X CP", "<CP"],
        ["PC", "<PC", "X C"],
        ["C", "C", ""],
        ["NC", "X PC", "<PC"],
    ]
    return {
        f"1.{number // 10 + 1}.{number % 10 + 1}": (shapes[number % 4] * years)[:years]
        for number in range(count)
    }


def _year(place: int) -> YearColumn:
    return YearColumn(
        assessment_id=place + 1,
        year=2024 + place,
        label=str(2024 + place),
        visit_code=f"Y{place}" if place else "",
        kind="Review" if place else "Initial assessment",
        is_confirmed=True,
        examines_everything=not place,
    )


def _rows(node: Node, cells: list[str], years: list[YearColumn]) -> list[ResultRow]:
    rows: list[ResultRow] = []
    for year, cell in zip(years, cells, strict=True):
        code = cell.replace("X", "").strip(" <")
        carried = cell.startswith("<")
        basis = Basis.CARRIED if carried else Basis.RECORDED
        if "X" in cell or year.examines_everything:
            basis = Basis.ASSESSED
        source = (year.year - 1, rows[-1].rating) if carried else (None, None)
        rows.append(
            ResultRow(
                year.assessment_id,
                node.id,
                "" if code == "n/a" else code,
                "X" in cell,
                basis.value,
                code != "n/a",
                *source,
            )
        )
    return rows
