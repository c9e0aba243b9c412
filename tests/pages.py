"""What a person reads on a page and what their browser would send, from its HTML."""

from html.parser import HTMLParser

from django.http import HttpResponse

# Within a line of text; any other tag separates words.
INLINE = {
    *("a", "abbr", "b", "del", "em", "i", "ins"),
    *("mark", "small", "span", "strong", "time"),
}
VOID = {"input", "br", "meta", "link", "img", "hr", "source", "path"}


class _Reader(HTMLParser):
    """Collects words, table cells and forms in one pass."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.rows: list[list[list[str]]] = []
        self.forms: list[Form] = []
        self.open: list[str] = []
        self.select: str | None = None
        self.textarea: str | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in INLINE:
            self._read_words(" ")
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append([])
        elif tag == "form":
            self.forms.append(Form(given.get("method", "get"), given.get("action", "")))
        elif self.forms and "form" in self.open:
            self._read_control(tag, given)

    def _read_control(self, tag, given):
        values = self.forms[-1].values
        name = given.get("name")
        match tag:
            case "input" if given.get("type") in {"radio", "checkbox"}:
                if "checked" in given:
                    values.setdefault(name, []).append(given.get("value", "on"))
            case "input" if name and given.get("type") != "file":
                values.setdefault(name, []).append(given.get("value") or "")
            case "select":
                self.select = name
            case "option" if self.select and "selected" in given:
                values[self.select] = [given.get("value", "")]
            case "textarea":
                self.textarea = name
                values[name] = [""]

    def handle_endtag(self, tag):
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea:
            # A browser drops the line break that Django writes after the tag.
            [text] = self.forms[-1].values[self.textarea]
            self.forms[-1].values[self.textarea] = [text.removeprefix("\n")]
            self.textarea = None

    def handle_data(self, data):
        if self.textarea:
            self.forms[-1].values[self.textarea][0] += data
        if not {"script", "style", "head", "template"} & set(self.open):
            self._read_words(data)

    def _read_words(self, data):
        self.words.append(data)
        if self.rows and self.rows[-1] and {"td", "th"} & set(self.open):
            self.rows[-1][-1].append(data)


class Form:
    """A form as drawn: where it goes, and what it sends if nobody touches it."""

    def __init__(self, method: str, action: str) -> None:
        self.method = method
        self.action = action
        self.values: dict[str, list[str]] = {}

    def sending(self, **changes) -> dict[str, object]:
        """What it sends once these controls were changed; None takes one out."""
        values: dict[str, object] = {**self.values, **changes}
        return {name: value for name, value in values.items() if value is not None}


def text_of(page: HttpResponse) -> str:
    """All words of the page, with single spaces between them."""
    return _squeezed(_read(page).words)


def rows_of(page: HttpResponse) -> list[list[str]]:
    """The words in each cell of each row of the page's tables, without the headings."""
    rows = [[_squeezed(cell) for cell in row] for row in _read(page).rows]
    return rows[1:]


def form_of(page: HttpResponse, *, action: str = "") -> Form:
    """The page's POST form that goes to ``action``; to the page itself if not said."""
    [form] = [form for form in forms_of(page) if form.action == action]
    return form


def forms_of(page: HttpResponse) -> list[Form]:
    """All the page's POST forms."""
    return [form for form in _read(page).forms if form.method == "post"]


def _read(page: HttpResponse) -> _Reader:
    reader = _Reader()
    reader.feed(page.content.decode())
    return reader


def _squeezed(words: list[str]) -> str:
    return " ".join("".join(words).split())
