from assessments.importing.marks import Mark
from assessments.importing.reading import read_annex_or_none
from assessments.progression import build_progression
from assessments.progression_export import export_tables
from assessments.progression_filter import Show, narrowed
from assessments.ratings import Rating
from cse_tracker.core.tables.delimited import read_delimited
from cse_tracker.core.tables.writing import write_csv
from tests.assessments.tables import TREE, carried, row, year

YEARS = [
    year(2014, examines_everything=True, kind="Initial assessment"),
    year(2015, visit_code="Y1", is_confirmed=False),
]
ROWS = [
    row("1.1.1", 2014, "PC", basis="assessed"),
    row("1.1.1", 2015, "CP", basis="assessed", sampled=True),
    row("1.1.2", 2014, "C", basis="assessed"),
    carried("1.1.2", 2015, "C", source=2014, said="C"),
    row("1.2.1", 2015, "", applicable=False),
    row("2.1.1", 2015, "", sampled=True, basis="assessed"),
]


def tables(show=Show.ALL):
    progression = build_progression(TREE, YEARS, ROWS)
    return export_tables(progression, narrowed(progression, show))


def test_the_first_sheet_reads_like_the_annex_people_keep():
    annex = tables()[0]

    rows = {line[0]: line for line in annex.rows}
    assert annex.head[4:] == ["2014", "Y1 2015 (not confirmed)"]
    assert rows["1"][1:3] == ["Criterion", "Title of 1"]
    assert rows["1.1.1"][4:] == ["PC", "X CP"]
    assert rows["1.1.2"][4:] == ["C", "C"]
    assert rows["1.2.1"][4:] == ["", "n/a"]
    assert rows["2.1.1"][4:] == ["", "X"]


def test_every_result_has_a_row_that_says_on_what_it_rests():
    results = tables()[1]

    lines = {
        (line[0], line[3]): dict(zip(results.head, line, strict=True))
        for line in results.rows
    }
    assert len(lines) == len(ROWS)
    assert lines["1.1.2", 2015]["Basis"] == "Carried forward"
    assert lines["1.1.2", 2015]["Carried from"] == 2014
    assert lines["1.1.1", 2015]["Ranks gained or lost"] == 2
    assert lines["1.2.1", 2015]["Rating in words"] == "Does not apply"
    assert lines["1.1.1", 2015]["Confirmed"] == "no"


def test_the_counts_name_their_level():
    counts = tables()[2]

    assert ["Elements", "All criteria", "Compliance Plus", 0, 1] in counts.rows
    assert ["Elements", "All criteria", "Sampled", "all", 2] in counts.rows


def test_a_narrowed_table_keeps_the_counts_of_everything():
    everything, changed = tables(), tables(Show.CHANGED)

    assert [line[0] for line in changed[0].rows] == ["1", "1.1", "1.1.1"]
    assert changed[2] == everything[2]


def test_every_row_is_as_wide_as_its_heads():
    for table in tables():
        assert {len(line) for line in table.rows} == {len(table.head)}


def test_the_downloaded_table_can_be_brought_in_again():
    sheet = read_delimited(write_csv(tables()[0]), name="Progression")

    reading = read_annex_or_none([sheet], TREE, this_year=2026)

    marks = {line.ref: [year.mark for year in line.marks] for line in reading.lines}
    assert [each.year for each in reading.years] == [2014, 2015]
    assert marks["1.1.1"] == [
        Mark(rating=Rating.PARTIAL),
        Mark(sampled=True, rating=Rating.PLUS),
    ]
    assert marks["1.2.1"][1] == Mark(applicable=False)
    assert marks["2.1.1"][1] == Mark(sampled=True)
