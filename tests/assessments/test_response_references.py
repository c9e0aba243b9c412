"""Responses that only point to another one."""

import pytest

from assessments.response_references import Pointer, pointer_in


@pytest.mark.parametrize(
    "text",
    [
        "Response as above",
        "Response as above.",
        "As above",
        "see above",
        "Same as above.",
        "Ditto",
        "**See above**",
        "See response above",
        "Recommended response as above",
    ],
)
def test_words_that_point_to_the_response_above(text):
    assert pointer_in(text) == Pointer("")


@pytest.mark.parametrize(
    "text",
    [
        "see 3.3.2",
        "As 3.3.2.",
        "Response as 3.3.2 above",
        "See the response to 3.3.2",
        "Please see 3.3.2",
        "Response as for element 3.3.2",
        "as in 3.3.2",
        "Same as 3.3.2",
        "- see 3.3.2",
    ],
)
def test_words_that_point_to_an_element(text):
    assert pointer_in(text) == Pointer("3.3.2")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "We will ask customers.",
        "See 3.3.2, and we will also ask staff.",
        "As above, but later",
        "see 3.3",
        "see page 4",
        "see above " * 20,
    ],
)
def test_words_that_say_something_of_their_own(text):
    assert pointer_in(text) is None
