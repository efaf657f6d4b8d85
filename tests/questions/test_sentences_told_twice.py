"""Which sentences may be one that several offices tell, whichever were told first."""

from datetime import timedelta

import pytest
from attrs import evolve

from rehabcore.questions.counting.sentencing import sentencing
from rehabcore.questions.policy import InARow, RecordsPolicy, SentencePolicy, ToldTwice
from rehabcore.records import Sentence
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.rules.time.partial import PartialDay
from rehabcore.strict.vocabulary import RecordId
from tests.kit.builders import day, filed
from tests.kit.record_makers import sentence

STATED = SentencePolicy(in_a_row=InARow.EACH, courts=("court",))
POLICY = RecordsPolicy(told_twice=ToldTwice(within_days=3), sentences=STATED)


def _told(name: str, source: str, after: int, *joined: str) -> Sentence:
    """A sentence that begins so many days after the first of January 2026."""
    start = day("2026-01-01") + timedelta(after)
    return Sentence(
        filed=filed(name, source=source),
        start=start,
        end=start + timedelta(400),
        concurrent_with=tuple(map(RecordId, joined)),
    )


@pytest.mark.parametrize(
    ("sentences", "groups"),
    [
        pytest.param([_told("a", "court", 0), _told("b", "prison", 3)], ["a b"], id="near"),
        pytest.param([_told("a", "court", 0), _told("b", "prison", 4)], ["a", "b"], id="far"),
        pytest.param([_told("a", "court-1", 0), _told("b", "court-2", 0)], ["a", "b"], id="courts"),
        pytest.param(
            [_told("a", "prison", 0), _told("b", "prison", 0), _told("c", "court", 1)],
            ["a b c"],
            id="two-may-be-one",
        ),
        pytest.param(
            [_told("a", "court", 0), _told("b", "prison", 0), _told("c", "court", 1)],
            ["a b c"],
            id="both-courts-may-be-what-a-prison-tells",
        ),
        pytest.param(
            [_told("a", "court", 0), _told("b", "prison", 0, "a"), _told("c", "registry", 1)],
            ["a b c"],
            id="joined-but-each-may-be-a-third",
        ),
        pytest.param(
            [_told("a", "court", 0), _told("b", "prison", 0, "a"), _told("c", "court", 1)],
            ["a", "b c"],
            id="joined-to-one-of-two",
        ),
        pytest.param(
            [_told("a", "court", 0), _told("b", "prison", 1), _told("c", "registry", 20)],
            ["a b", "c"],
            id="a-group-that-is-past",
        ),
        pytest.param(
            [
                _told("a", "court", 0),
                _told("b", "prison", 3),
                _told("c", "registry", 6),
                _told("d", "court", 9),
            ],
            ["a b c d"],
            id="one-after-another",
        ),
        pytest.param(
            [
                _told("a", "court", 0),
                _told("b", "prison", 0),
                _told("c", "registry", 1, "a", "b"),
                _told("d", "registry", 2),
            ],
            ["a b d", "c"],
            id="joined-to-all-of-a-group",
        ),
    ],
)
def test_sentences_that_may_be_one_stand_together(
    sentences: list[Sentence], groups: list[str]
) -> None:
    for order in (sentences, sentences[::-1]):
        found = sentencing(order, POLICY)
        ids = [
            " ".join(sorted(r.filed.record_id for told in part for r in told.records))
            for part in found.parts
        ]
        assert sorted(ids) == groups


def test_a_row_surely_began_only_where_it_began_whichever_two_records_are_one() -> None:
    """One office tells no end, another perhaps of the same sentence no first day."""
    sentences = (
        sentence("a", "2026-01-15", UNSURE, source="prison"),
        evolve(
            sentence("b", "2026-02-19", "2026-02-20", source="registry"),
            start=PartialDay(day("2026-01-01"), day("2026-02-19")),
        ),
        sentence("c", "2026-02-20", OPEN, source="registry", after="b"),
    )
    policy = evolve(POLICY, sentences=evolve(STATED, in_a_row=InARow.ADDED))
    found = sentencing(sentences, policy).told_by(RecordId("c"))
    assert found is not None
    assert found.since.high == day("2026-02-19")
