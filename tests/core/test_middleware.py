"""An address that only takes what a form sends says so to whoever opens it."""

import pytest


@pytest.mark.parametrize("path", ["/o/ashby/notifications/read/", "/text/paste/"])
def test_an_address_that_only_takes_what_a_button_sends_says_so(cast, signed_in, path):
    page = signed_in(cast.lena).get(path)

    assert (page.status_code, page.headers["Allow"]) == (405, "POST")
    assert "There is nothing to read here" in page.text
    assert "nothing was changed" in page.text


def test_such_a_request_is_logged_once(cast, signed_in, caplog):
    signed_in(cast.lena).get("/text/paste/")

    assert len(caplog.records) == 1
