"""The marks at the beginning of a line, and how to take one literally. Pure."""

import re

MAX_DIGITS = 3
INDENT = "  "
_DEEPEST = 8
_TYPED_BULLET = re.compile(r"^(\s*)[•●▪◦‣·\uf0b7](?=\s)")
# At the end of a line, where one alone would be a mark for a line end.
_ODD_BACKSLASHES = re.compile(r"(?<!\\)\\(?:\\\\)*$")
_MARK = re.compile(r"(?P<bullet>[-*+])(?=\s|$)|(?P<digits>\d+)(?P<end>[.)])(?=\s|$)")


def plain_marks(text: str) -> str:
    """The text with marks that the subset knows, all others taken literally.

    A typed ``•`` is a bullet. A ``+`` is none, because "+ 3 %" is not; nor is a number as
    long as a year's. A second mark on one line, which would nest, is plain text. A line with
    a mark always begins a point, a line at the margin without one always ends the list.
    """
    lines: list[str] = []
    in_list = False
    for line in text.split("\n"):
        plain = _plain_line(line)
        mark = _MARK.match(plain.lstrip())
        begins_point = bool(mark and _is_ours(mark))
        continues = in_list and plain.startswith(" ")
        if plain.strip() and begins_point != in_list and not continues:
            lines.append("")
        in_list = begins_point or continues or (in_list and not plain.strip())
        lines.append(plain)
    return "\n".join(lines)


def literal(line: str) -> str:
    """The line with a backslash where it would begin with a mark of the subset."""
    mark = _MARK.match(line)
    return _escaped(line, mark) if mark and _is_ours(mark) else line


def _is_ours(mark: re.Match[str]) -> bool:
    return mark["bullet"] != "+" and len(mark["digits"] or "") <= MAX_DIGITS


def _escaped(line: str, mark: re.Match[str]) -> str:
    at = mark.start("end") if mark["end"] else 0
    return f"{line[:at]}\\{line[at:]}"


def _plain_line(line: str) -> str:
    line = _TYPED_BULLET.sub(r"\1-", line, count=1)
    content = " ".join(line.split())
    if not content:
        return ""
    if _ODD_BACKSLASHES.search(content):
        content += "\\"
    blank = line[: len(line) - len(line.lstrip())]
    # Deeper than any nesting that is kept; a reader's recursion would else be as deep.
    indent = " " * min(len(blank.expandtabs(4)), _DEEPEST)
    mark = _MARK.match(content)
    if not mark:
        return indent + content
    if not _is_ours(mark):
        return indent + _escaped(content, mark)
    rest = content[mark.end() :].lstrip()
    second = _MARK.match(rest)
    begins = f"{mark['digits']}." if mark["digits"] else "-"
    return f"{indent}{begins} {_escaped(rest, second) if second else rest}"
