"""Words of a country: a title that the id says is left out, and comes back."""

from typing import Any

import pytest

from rehabcore.exchange.words import short_word, whole_word

WORDS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"id": "drug_test", "title": "drug test"}, {"id": "drug_test", "status": "draft"}),
    (
        {"id": "low", "title": "Low", "status": "reviewed"},
        {"id": "low", "title": "Low", "status": "reviewed"},
    ),
    (
        {
            "id": "fees",
            "title": {"en": "fees", "ka": "გადასახადი"},
            "values": [
                {"id": "due", "title": "due"},
                {"id": "paid", "title": "paid", "status": "reviewed"},
                {"id": "exempt", "title": "exempt for good"},
            ],
        },
        {
            "id": "fees",
            "title": {"en": "fees", "ka": "გადასახადი"},
            "status": "draft",
            "values": [
                {"id": "due"},
                {"id": "paid", "status": "reviewed"},
                {"id": "exempt", "title": "exempt for good"},
            ],
        },
    ),
]


@pytest.mark.parametrize(("word", "short"), WORDS, ids=["title", "own-title", "values"])
def test_a_word_is_short_and_whole_again(word: dict[str, Any], short: dict[str, Any]) -> None:
    assert short_word(word) == short
    assert whole_word(short, iter(())) == {"status": "draft", **word}


@pytest.mark.parametrize(
    "row",
    [{}, {"id": 1}, {"id": "a", "title": 1, "values": 1}, {"title": 1, "values": [1, None]}],
    ids=["nothing", "number", "no-list", "no-words"],
)
def test_what_is_no_word_is_left_to_its_reader(row: dict[str, Any]) -> None:
    assert whole_word(row, iter(())) == row


def test_some_words_may_be_no_more_than_their_id() -> None:
    row = {"id": "fees", "values": ["due", "paid_late", "exempt"]}
    whole = whole_word(row, iter(range(2)))
    assert whole["values"] == [
        {"title": "due", "id": "due"},
        {"title": "paid late", "id": "paid_late"},
        "exempt",
    ]
