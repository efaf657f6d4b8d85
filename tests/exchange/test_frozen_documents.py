"""A version of a document that was frozen: its keys, types and codes are never changed again."""

import json
from pathlib import Path

import pytest

from rehabcore.records import CaseFile
from tests.kit.document_forms import form_of

CASES = Path(__file__).parents[1] / "cases" / "frozen"
FROZEN = {"case-2": CaseFile}


@pytest.mark.parametrize("name", FROZEN)
def test_a_frozen_document_keeps_its_form(name: str) -> None:
    """To need another key, type or code is to need a next version, with a step in ``upcasters``.

    The list is written once, when a version is frozen, and not renewed.
    """
    written = json.loads((CASES / f"{name}.json").read_text("utf-8"))
    form = form_of(FROZEN[name])
    assert form.keys() == written.keys()
    for kind, told in form.items():
        assert told == written[kind], f"{kind} of {name} is frozen"
