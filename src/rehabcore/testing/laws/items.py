"""The laws of a country as tests that pytest runs without a test file."""

from collections.abc import Iterator
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from rehabcore.exchange import read
from rehabcore.jurisdictions import Jurisdiction, bundled, load
from rehabcore.jurisdictions.golden_cases import (
    GoldenCase,
    expected_text,
    golden_cases,
    unexpected_answers,
)
from rehabcore.jurisdictions.reading.finding import pack_folder
from rehabcore.records import CaseFile
from rehabcore.strict.problems import JurisdictionError
from rehabcore.testing.laws.countries import for_country, golden_law
from rehabcore.testing.laws.law import Law, NotShown


class CountryNode(pytest.Collector):
    """The parent of all tests of one country."""

    def collect(self) -> Iterator[pytest.Item]:
        """Nothing: its tests are added when all others are collected."""
        return iter(())


class LawItem(pytest.Item):
    """A law as a test."""

    def __init__(self, *, law: Law, **node: Any) -> None:
        super().__init__(**node)
        self.law = law

    def runtest(self) -> None:
        """Try the law; skip it with the reason if it is not shown."""
        try:
            self.law.prove()
        except NotShown as reason:
            pytest.skip(str(reason))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """The counter-example, the statement of the law, and where it is from."""
        notes = getattr(excinfo.value, "__notes__", [])
        said = f"{self.law.law_id}: {self.law.statement} ({self.law.cite})"
        return "\n".join([str(excinfo.value), *notes, said])


def country_items(session: pytest.Session, which: str, *, update: bool) -> Iterator[pytest.Item]:
    """The tests of a country.

    Args:
        session: the run of pytest.
        which: the path of a folder, or the id of a bundled pack.
        update: whether golden cases that fail are written as they are answered.

    Raises:
        UsageError: names every problem of the pack.
    """
    pack = which if which in bundled() and not Path(which).exists() else Path(which)
    try:
        country, golden = load(pack), golden_cases(pack)
    except JurisdictionError as error:
        raise pytest.UsageError(f"{which}: {error}") from None
    node = CountryNode.from_parent(session, name=which, nodeid=which)
    laws = [golden_law(one, country) for one in golden]
    if update:
        rewritten = (partial(_rewrite, one, country, pack_folder(pack)) for one in golden)
        laws = [evolve(law, prove=prove) for law, prove in zip(laws, rewritten, strict=True)]
    for law in (*for_country(country), *laws):
        yield LawItem.from_parent(node, name=law.law_id, law=law)


def _rewrite(golden: GoldenCase, country: Jurisdiction, folder: Path) -> None:
    """Write a golden case as it is answered; it fails once more, so that somebody reviews it."""
    unexpected = unexpected_answers(golden, read(golden.case, CaseFile), country)
    if unexpected:
        path = folder / golden.file
        texts = path.read_text("utf-8"), expected_text(golden, unexpected)
        path.write_text(texts[1], "utf-8")
        old, new = (text.splitlines(keepends=True) for text in texts)
        told = "".join(unified_diff(old, new, golden.file, golden.file))
        raise AssertionError(f"written, to be reviewed:\n{told}")
