"""A page shows, and a test checks."""

import re
from collections.abc import Iterator

import pytest

from tests.kit.first_example import README
from tests.kit.pages import DOCS

PAGES = {
    path.relative_to(README.parent).as_posix(): path.read_text("utf-8")
    for path in sorted([README, *DOCS.rglob("*.md")])
}
HIDDEN = re.compile(r"^<!--- invisible-code-block.*?^-->$", re.MULTILINE | re.DOTALL)
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def misplaced(text: str) -> Iterator[str]:
    """Hidden blocks that check something, and fences that hold a hidden block."""
    yield from (block for block in HIDDEN.findall(text) if re.search(r"^ *assert\b", block, re.M))
    yield from (block for block in FENCED.findall(text) if HIDDEN.search(block))


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_hides_makes_the_input_of_its_examples_and_checks_nothing(name: str) -> None:
    assert list(misplaced(PAGES[name])) == []


def test_a_hidden_check_is_found_and_so_is_a_hidden_block_between_fences() -> None:
    hidden = "<!--- invisible-code-block: python\n{}\n-->"
    check, fenced = hidden.format("assert folder"), f"```\n{hidden.format('folder = 1')}\n```"
    assert list(misplaced(f"Text.\n\n{check}\n")) == [check]
    assert list(misplaced(f"Text.\n\n{fenced}\n")) == [fenced]
