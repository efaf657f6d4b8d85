"""Contents of plans as documents: people edit them, and their hash is what is signed."""

import pytest

from rehabcore import exchange
from rehabcore.care.plans.hashes import hash_of_content, short_hash
from rehabcore.plans import PlanContent
from rehabcore.strict.problems import InputError
from tests.kit.plans import content


def test_the_hash_of_the_document_is_what_is_signed() -> None:
    assert exchange.content_hash(content()) == hash_of_content(content())
    assert hash_of_content(content()).startswith(short_hash(hash_of_content(content())))


def test_a_content_is_written_a_line_for_each_part_and_read_again() -> None:
    text = exchange.write(content())
    assert exchange.read(text) == content()
    (line,) = [line for line in text.splitlines() if '"item_id"' in line]
    assert line.lstrip().startswith('{"item_id": "course", "program_id": "course", ')


def test_what_people_edit_has_no_hash_to_sign() -> None:
    with pytest.raises(InputError, match="sign: out_of_range"):
        exchange.write(content(), sign=lambda digest: digest)
    sealed = f'{{"schema": "plan_content/1", "sha256": "{"0" * 64}", "data": {{}}}}'
    with pytest.raises(InputError, match="unknown_key"):
        exchange.read(sealed, PlanContent)
