"""The book of a plan as a document."""

import json
from pathlib import Path
from typing import Any

import pytest

from rehabcore import exchange
from rehabcore.care.plans.book import MOST_ENTRIES, PlanBook
from rehabcore.care.plans.versions import plan_history
from rehabcore.rules.time.partial import LATEST_DAY
from rehabcore.strict.problems import InputError
from tests.exchange.test_hostile_documents import peak
from tests.kit.plan_acts import after
from tests.kit.sealing import sealed

STORED = Path(__file__).parent.parent / "cases" / "documents" / "plan_book-1.json"
WORDS = "life:proposed agrees signed given life:activated goal:achieved step:in_progress"


@pytest.mark.parametrize("number", range(8))
def test_a_book_is_read_back_equal_at_each_entry(number: int) -> None:
    plan = after(" ".join(WORDS.split()[:number]))
    text = exchange.write(plan)
    assert exchange.read(text, PlanBook) == plan
    assert exchange.write(exchange.read(text, PlanBook)) == text
    assert exchange.content_hash(plan) == json.loads(text)["sha256"]


def test_a_stored_book_tells_its_versions() -> None:
    plan = exchange.read(STORED, PlanBook)
    history = plan_history(plan, on=LATEST_DAY)
    assert [one.status for one in history.versions] == ["rejected", "transferred", "draft"]
    assert history.misfits == ()
    assert len(history.versions[2].disagreements) == 1


def test_a_book_that_was_altered_is_refused() -> None:
    with pytest.raises(InputError, match="altered"):
        exchange.read(exchange.write(after(WORDS)).replace("officer-1", "officer-2"))


def _with(**lists: Any) -> str:
    """A document with these keys in the place of its own, and the hash that goes with them."""
    document = json.loads(exchange.write(after(WORDS)))
    document["data"] |= lists
    return sealed(document)


def test_a_book_that_makes_no_sense_is_refused_with_every_problem() -> None:
    with pytest.raises(InputError) as caught:
        exchange.read(_with(answers=[{"answer": "maybe"}], steps=3, more=[]), PlanBook)
    told = {(one.code, one.path) for one in caught.value.problems}
    assert ("wrong_type", "data.steps") in told
    assert ("unknown_key", "data") in told
    assert ("unknown_value", "data.answers[0].answer") in told


def test_a_book_without_end_is_refused_within_bounds() -> None:
    (given,) = json.loads(exchange.write(after(WORDS)))["data"]["copies"]
    document = _with(copies=[given] * (MOST_ENTRIES + 1))
    text = document.encode()
    with pytest.raises(InputError, match="at most"):
        exchange.read(text, PlanBook)
    assert peak(lambda: exchange.read(text, PlanBook)) < 20 * len(text)
