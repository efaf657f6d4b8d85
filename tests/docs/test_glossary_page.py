"""The page of terms gives each term one meaning."""

import re

from tests.kit.pages import page

TERMS = re.findall(r"^(.+)\n: ", page("reference/glossary.md"), re.MULTILINE)


def test_each_term_has_one_meaning() -> None:
    assert len(TERMS) == len({*TERMS}) > 90
