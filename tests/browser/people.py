"""Somebody at a browser: what they do and what they see, in their words."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from playwright.sync_api import Download, Locator, Page, expect

from tests.factories import PASSWORD


class Person:
    """Drives one page. A step that cannot be taken fails after the page's time limit."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # Where they go

    def goes_to(self, path: str) -> int:
        answer = self.page.goto(path)
        assert answer is not None
        return answer.status

    def signs_in(self, email: str, password: str = PASSWORD) -> None:
        self.goes_to("/account/login/")
        self.fills_in({"Email address": email, "Password": password})
        self.presses("Sign in")

    def opens(self, place: str) -> None:
        """One of the places in the menu."""
        self.menu.get_by_role("link", name=place, exact=True).click()

    def follows(self, words: str) -> None:
        self.main.get_by_role("link", name=words).first.click()

    def goes_back(self, words: str) -> None:
        """The link above the heading."""
        self.page.get_by_role("navigation", name="Back").get_by_text(words).click()

    # What they do

    def presses(self, words: str) -> None:
        """A button, or a link that looks like one."""
        self.page.get_by_role("button", name=words, exact=True).first.click()

    def fills_in(self, answers: dict[str, str]) -> None:
        for label, words in answers.items():
            self.page.get_by_role("textbox", name=label).first.fill(words)

    def chooses(self, *labels: str) -> None:
        """Radios and boxes."""
        for label in labels:
            self.page.get_by_label(label, exact=True).check()

    def selects(self, question: str, answer: str) -> None:
        self.page.get_by_role("combobox", name=question).select_option(label=answer)

    def enters_date(self, question: str, day: date) -> None:
        group = self.page.get_by_role("group", name=question)
        for label, number in (
            ("Day", day.day),
            ("Month", day.month),
            ("Year", day.year),
        ):
            group.get_by_role("textbox", name=label).fill(str(number))

    def attaches(self, question: str, file: Path | dict[str, Any]) -> None:
        self.page.get_by_label(question, exact=True).set_input_files(file)  # type: ignore[arg-type]

    def downloads(self, words: str) -> bytes:
        with self.page.expect_download() as waiting:
            self.follows(words)
        download: Download = waiting.value
        return download.path().read_bytes()

    # What they see

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def menu(self) -> Locator:
        return self.page.get_by_role("navigation", name="Menu")

    def sees(self, *words: str) -> None:
        """Each somewhere on the page; waits for what a piece brings."""
        for one in words:
            expect(self.main).to_contain_text(one)

    def sees_heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def sees_nothing_of(self, words: Iterable[str]) -> None:
        text = self.page.locator("body").inner_text()
        assert not [one for one in words if one in text]

    def row(self, heading: str, *, of: str) -> list[str]:
        """The cells of the row that begins with ``heading``, in the table named ``of``."""
        table = self.page.get_by_role("table", name=of, exact=True)
        row = table.get_by_role("row").filter(
            has=self.page.get_by_role("rowheader", name=heading)
        )
        expect(row).to_be_visible()
        return [cell.inner_text().strip() for cell in row.get_by_role("cell").all()]
