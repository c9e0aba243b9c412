"""What style attributes say about words, as browsers and Office write them. Pure."""

import re

# Not the mso-bidi-… ones, which are about other scripts.
_BOLD = re.compile(
    r"(?<![\w-])font-weight\s*:\s*(bold|bolder|normal|lighter|\d+)", re.I
)
_ITALIC = re.compile(r"(?<![\w-])font-style\s*:\s*(?:italic|oblique)", re.I)
_UNDERLINE = re.compile(r"text-decoration(?:-line)?\s*:[^;]*\bunderline", re.I)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I
)
_WORD_LEVEL = re.compile(r"mso-list\s*:\s*\S+\s+level(\d+)", re.I)
_WORD_MARK = re.compile(r"mso-list\s*:\s*ignore", re.I)
_COMMENT = re.compile(
    r"mso-element\s*:\s*comment|mso-special-character\s*:\s*comment", re.I
)
_NUMBER = re.compile(r"\(?(\d{1,3})[.)]")
_LETTER = re.compile(r"\(?([a-zA-Z])[.)]")
# Words of a list whose marks are typed, as some Word versions copy them.
TYPED_MARK = re.compile(
    r"\s*([·•▪§o\uf0a7\uf0b7–-]|\(?(?:\d{1,3}|[a-z])[.)])(?:\s{2,}|\t|\xa0)\s*"
)


def weight(style: str) -> bool | None:
    """Whether the style makes words bold; None if it says nothing about it."""
    found = _BOLD.search(style)
    if not found:
        return None
    value = found.group(1).lower()
    return int(value) >= 600 if value.isdigit() else value in {"bold", "bolder"}


def is_italic(style: str) -> bool:
    return bool(_ITALIC.search(style))


def is_underlined(style: str) -> bool:
    return bool(_UNDERLINE.search(style))


def is_hidden(style: str) -> bool:
    return bool(_HIDDEN.search(style))


def is_word_comment(style: str) -> bool:
    """Whether the element is a comment in the margin of a Word document."""
    return bool(_COMMENT.search(style))


def is_word_mark(style: str) -> bool:
    """Whether the words are the bullet or number of a point in Word."""
    return bool(_WORD_MARK.search(style))


def word_level(style: str) -> int:
    """The level of a point in Word, 1 or deeper; 0 for an ordinary paragraph."""
    found = _WORD_LEVEL.search(style)
    return int(found.group(1)) if found else 0


def number_of(mark: str) -> int | None:
    """The number that a point's mark shows, ``b)`` being 2; None for a bullet."""
    number = _NUMBER.fullmatch(mark.strip())
    if number:
        return int(number.group(1))
    letter = _LETTER.fullmatch(mark.strip())
    return ord(letter.group(1).lower()) - ord("a") + 1 if letter else None
