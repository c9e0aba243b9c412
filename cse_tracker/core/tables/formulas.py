"""Text that a spreadsheet would run: telling it apart, and protecting it in separated text. Pure."""

import re

# What spreadsheets take for the start of a formula, after blanks too. The escapes are the
# same four signs as East Asian keyboards write them.
FORMULA = re.compile(r"[\s\0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
# Text that has apostrophes before its formula gets one more, so that taking one off is exact.
_PROTECTED = re.compile(rf"'*(?:{FORMULA.pattern})")


def protected(text: str) -> str:
    """The text with an apostrophe in front if it would start a formula."""
    return f"'{text}" if _PROTECTED.match(text) else text


def unprotected(text: str) -> str:
    """The text that ``protected`` was given."""
    is_protected = text.startswith("'") and _PROTECTED.match(text)
    return text[1:] if is_protected else text
