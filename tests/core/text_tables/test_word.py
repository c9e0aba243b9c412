"""Word tables are read with their lists, links, merged cells and waiting changes."""

from copy import deepcopy
from io import BytesIO

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from cse_tracker.core.text_tables.word import read_word


def table_in(document, rows=1, columns=1):
    return document.add_table(rows=rows, cols=columns)


def texts(document):
    content = BytesIO()
    document.save(content)
    [table] = read_word(content.getvalue())
    return [[cell.text for cell in row] for row in table.rows]


def test_points_of_words_own_lists_keep_bullets_and_numbers():
    document = Document()
    cell = table_in(document).cell(0, 0)
    cell.text = "Both:"
    for words, style in [("a rota", "List Bullet"), ("First", "List Number")]:
        cell.add_paragraph(words, style=style)
    cell.add_paragraph("Second", style="List Number")

    assert texts(document) == [["Both:\n\n- a rota\n\n1. First\n2. Second"]]


def test_links_and_bold_words_are_kept():
    document = Document()
    paragraph = table_in(document).cell(0, 0).paragraphs[0]
    paragraph.add_run("See ")
    paragraph.add_run("the plan").bold = True
    paragraph.add_run(" ")
    address = "https://quay.example/plan"
    key = document.part.relate_to(
        address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    link = parse_xml(
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}"><w:r><w:t>online</w:t></w:r></w:hyperlink>'
    )
    paragraph._p.append(link)

    assert texts(document) == [[f"See **the plan** [online]({address})"]]


def test_a_link_that_runs_something_is_words_only():
    document = Document()
    paragraph = table_in(document).cell(0, 0).paragraphs[0]
    key = document.part.relate_to(
        "javascript:alert(1)", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    paragraph._p.append(
        parse_xml(
            f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}"><w:r><w:t>here</w:t></w:r></w:hyperlink>'
        )
    )

    assert texts(document) == [["here"]]


def test_insertions_that_wait_for_approval_count_and_deletions_do_not():
    document = Document()
    paragraph = table_in(document).cell(0, 0).paragraphs[0]
    paragraph.add_run("Boats ")
    for wrapper, word in (("ins", "leave"), ("del", "arrive")):
        tag = "w:t" if wrapper == "ins" else "w:delText"
        paragraph._p.append(
            parse_xml(
                f'<w:{wrapper} {nsdecls("w")} w:id="1" w:author="A"><w:r><{tag}>{word}</{tag}></w:r></w:{wrapper}>'
            )
        )

    assert texts(document) == [["Boats leave"]]


def test_words_in_a_content_control_count():
    document = Document()
    cell = table_in(document).cell(0, 0)
    paragraph = cell.paragraphs[0]
    run = paragraph.add_run("Chosen")._r
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtContent/></w:sdt>")
    paragraph._p.replace(run, control)
    control.find(qn("w:sdtContent")).append(run)

    assert texts(document) == [["Chosen"]]


def test_a_cell_merged_over_rows_goes_on_below_and_over_columns_stands_first():
    document = Document()
    table = table_in(document, rows=2, columns=3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "1.1.1"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "wide"
    content = BytesIO()
    document.save(content)

    [read] = read_word(content.getvalue())

    assert [cell.text for cell in read.rows[0]] == ["1.1.1", "wide", ""]
    assert [cell.continues for cell in read.rows[1]] == [True, False, False]


@pytest.mark.slow
def test_a_cell_merged_over_more_rows_than_the_library_can_climb_is_one_cell():
    document = Document()
    table = table_in(document, columns=2)
    table.cell(0, 0).text = "1.1.1"
    below = deepcopy(table.rows[0]._tr)
    below.tc_lst[0].get_or_add_tcPr().append(parse_xml(f"<w:vMerge {nsdecls('w')}/>"))
    table._tbl.extend([deepcopy(below) for _ in range(1_500)])
    content = BytesIO()
    document.save(content)

    [read] = read_word(content.getvalue())

    assert [cell.continues for cell in read.rows[1_500]] == [True, False]


def test_a_merged_cell_of_a_table_inside_a_cell_says_its_words_once():
    document = Document()
    inner = table_in(document).cell(0, 0).add_table(rows=2, cols=2)
    inner.cell(0, 0).merge(inner.cell(1, 1)).text = "Boats: 5"

    assert texts(document) == [["Boats: 5"]]


def test_a_table_inside_a_cell_is_part_of_its_words():
    document = Document()
    cell = table_in(document).cell(0, 0)
    cell.text = "Counts"
    cell.add_table(rows=1, cols=1).cell(0, 0).text = "Boats: 5"

    assert texts(document) == [["Counts\n\nBoats: 5"]]


def test_lines_above_a_table_are_its_titles():
    document = Document()
    document.add_heading("Partial compliance")
    table_in(document).cell(0, 0).text = "x"
    content = BytesIO()
    document.save(content)

    assert read_word(content.getvalue())[0].titles == ("Partial compliance",)
