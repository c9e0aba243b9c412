"""The shipped data file: complete, consistent, and in words good enough to work from."""

import textwrap
from collections import Counter

import pytest

from assessments.standard_file import STANDARDS_DIR, read_standard
from assessments.tree import Kind
from tests.factories import shipped_standard

ELEMENTS_PER_SUB_CRITERION = {
    "1.1": 3,
    "1.2": 3,
    "1.3": 5,
    "2.1": 6,
    "2.2": 5,
    "3.1": 2,
    "3.2": 4,
    "3.3": 3,
    "3.4": 3,
    "4.1": 3,
    "4.2": 4,
    "4.3": 6,
    "5.1": 2,
    "5.2": 5,
    "5.3": 3,
}
TITLE_WORDS = 8
GUIDANCE_BULLETS = 3


def nodes_of(kind):
    return [node for node in shipped_standard().nodes if node.kind is kind]


def test_five_criteria_have_fifteen_sub_criteria():
    assert [node.ref for node in nodes_of(Kind.CRITERION)] == list("12345")
    assert [node.ref for node in nodes_of(Kind.SUB_CRITERION)] == list(
        ELEMENTS_PER_SUB_CRITERION
    )


def test_each_sub_criterion_has_its_elements():
    counted = Counter(node.parent_ref for node in nodes_of(Kind.ELEMENT))

    assert counted == ELEMENTS_PER_SUB_CRITERION
    assert counted.total() == 57


def test_the_file_has_no_sub_elements():
    assert nodes_of(Kind.SUB_ELEMENT) == []


@pytest.mark.parametrize(
    "path", sorted(STANDARDS_DIR.glob("*.yaml")), ids=lambda path: path.stem
)
def test_each_ref_extends_its_parents_ref_and_appears_once(path):
    refs = [node.ref for node in read_standard(path).nodes]

    assert len(set(refs)) == len(refs)
    for node in read_standard(path).nodes:
        assert node.ref.rpartition(".")[0] == node.parent_ref
        assert not node.parent_ref or refs.index(node.parent_ref) < refs.index(node.ref)


def test_elements_are_numbered_without_a_gap():
    for parent, count in ELEMENTS_PER_SUB_CRITERION.items():
        refs = [
            node.ref for node in nodes_of(Kind.ELEMENT) if node.parent_ref == parent
        ]
        assert refs == [f"{parent}.{number}" for number in range(1, count + 1)]


def test_titles_are_short_and_no_two_are_the_same():
    titles = [node.title for node in nodes_of(Kind.ELEMENT)]

    assert [title for title in titles if len(title.split()) > TITLE_WORDS] == []
    assert len({title.lower() for title in titles}) == len(titles)


def test_each_element_says_what_we_do():
    silent = [
        n.ref for n in nodes_of(Kind.ELEMENT) if not n.statement.startswith("We ")
    ]

    assert silent == []


def test_each_element_has_guidance_of_three_bullets_or_more():
    thin = [
        node.ref
        for node in nodes_of(Kind.ELEMENT)
        if len([line for line in node.guidance.splitlines() if line.strip()])
        < GUIDANCE_BULLETS
    ]

    assert thin == []


def test_no_bullet_stands_twice_in_an_element():
    for node in nodes_of(Kind.ELEMENT):
        bullets = node.guidance.splitlines()
        assert len(set(bullets)) == len(bullets), node.ref


def file_with(tmp_path, criteria):
    path = tmp_path / "standard.yaml"
    head = 'key: small\nversion: "1"\nname: Small\ncriteria:\n'
    path.write_text(head + textwrap.indent(textwrap.dedent(criteria), "  "))
    return path


def test_a_ref_that_appears_twice_is_refused(tmp_path):
    path = file_with(
        tmp_path,
        """
        - {ref: "1", title: One}
        - {ref: "1", title: One again}
        """,
    )

    with pytest.raises(ValueError, match="1 appears twice"):
        read_standard(path)


def test_a_ref_below_the_wrong_parent_is_refused(tmp_path):
    path = file_with(
        tmp_path,
        """
        - ref: "1"
          title: One
          sub_criteria:
            - {ref: "2.1", title: Misplaced}
        """,
    )

    with pytest.raises(ValueError, match=r"2\.1 does not extend 1"):
        read_standard(path)
