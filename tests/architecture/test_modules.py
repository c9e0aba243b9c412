"""Size and names of modules; import directions are import-linter's (bin/lint)."""

from tests.architecture.source_files import (
    fail_with,
    line_count,
    python_files,
    relative,
)

MODULE_LINES = 400
TEST_MODULE_LINES = 500
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "common", "misc", "tools"}


def test_a_module_fits_in_the_head():
    long = [
        f"{relative(path)}: {line_count(path)} lines"
        for path in python_files()
        if line_count(path) > MODULE_LINES
    ]
    fail_with(long, remedy=f"Over {MODULE_LINES} lines; split by noun:")


def test_a_test_module_fits_in_the_head():
    long = [
        f"{relative(path)}: {line_count(path)} lines"
        for path in python_files(folders=["tests"])
        if line_count(path) > TEST_MODULE_LINES
    ]
    fail_with(long, remedy=f"Over {TEST_MODULE_LINES} lines; split by what happens:")


def test_a_module_name_says_what_it_holds():
    nameless = [
        relative(path)
        for path in python_files()
        if path.stem in NAMES_THAT_SAY_NOTHING
        or path.parent.name in NAMES_THAT_SAY_NOTHING
    ]
    fail_with(nameless, remedy="Name the thing that the module holds:")


def test_every_module_starts_with_a_line_about_itself():
    silent = [
        relative(path)
        for path in python_files()
        if (text := path.read_text(encoding="utf-8").strip())
        and not text.startswith(('"""', "#!"))
    ]
    fail_with(
        silent, remedy="Begin the module with a docstring that says what lives here:"
    )
