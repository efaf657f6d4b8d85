"""Documents that a caller signs, and that are read only with a signature that is right."""

import hmac
import json
from typing import Any

import pytest

from rehabcore import exchange
from rehabcore.records import CaseFile
from tests.exchange.test_altered_documents import DOCUMENTS
from tests.kit.refusals import problems_of
from tests.kit.sealing import sealed

KEY = b"kept by the agency"
STORABLE = {name: one for name, one in DOCUMENTS.items() if not isinstance(one, CaseFile)}


def sign(digest: str) -> str:
    return hmac.new(KEY, digest.encode(), "sha256").hexdigest()


def verify(digest: str, signature: str) -> bool:
    return hmac.compare_digest(sign(digest), signature)


@pytest.mark.parametrize("name", STORABLE)
def test_what_was_signed_is_read_with_its_signature_or_without_looking(name: str) -> None:
    result = STORABLE[name]
    text = exchange.write(result, sign=sign)
    assert exchange.read(text, verify=verify) == result
    assert exchange.read(text) == result
    document = json.loads(text)
    assert document["signature"] == sign(document["sha256"])
    assert document["sha256"] == exchange.content_hash(result)


@pytest.mark.parametrize("made", [5, b"x", None, "\ud800"])
def test_what_is_no_text_is_not_written_as_a_signature(made: Any) -> None:
    refused = problems_of(lambda: exchange.write(STORABLE["match"], sign=lambda _: made))
    assert refused == [("wrong_type", "sign")]


def _read(changed: dict[str, Any]) -> list[tuple[str, str]]:
    document = json.loads(exchange.write(STORABLE["match"], sign=sign)) | changed
    return problems_of(lambda: exchange.read(document, verify=verify))


def test_who_makes_the_hash_anew_has_no_signature_for_it() -> None:
    document = json.loads(exchange.write(STORABLE["match"], sign=sign))
    document["data"]["case_id"] = "case-2"
    forged = json.loads(sealed({k: v for k, v in document.items() if k != "signature"}))
    assert exchange.read(forged)
    forged["signature"] = document["signature"]
    assert problems_of(lambda: exchange.read(forged, verify=verify)) == [("altered", "signature")]
    del forged["signature"]
    found = problems_of(lambda: exchange.read(forged, verify=verify))
    assert found == [("missing_key", "signature")]


def test_a_signature_is_a_text_and_that_of_the_hash() -> None:
    assert _read({"signature": "other"}) == [("altered", "signature")]
    assert _read({"signature": 5}) == [("wrong_type", "signature")]
    assert _read({"sha256": "other"}) == [("altered", "sha256")]


def test_a_case_file_has_no_hash_that_could_be_signed() -> None:
    case = DOCUMENTS["case"]
    assert problems_of(lambda: exchange.write(case, sign=sign)) == [("out_of_range", "sign")]
    text = exchange.write(case)
    found = problems_of(lambda: exchange.read(text, verify=verify))
    assert found == [("missing_key", "signature")]


def test_what_signs_and_what_verifies_has_to_be_a_function() -> None:
    text = exchange.write(STORABLE["match"], sign=sign)
    no_function: Any = "no function"
    refused = (
        problems_of(lambda: exchange.write(STORABLE["match"], sign=no_function)),
        problems_of(lambda: exchange.read(text, verify=no_function)),
    )
    assert refused == ([("wrong_type", "sign")], [("wrong_type", "verify")])
