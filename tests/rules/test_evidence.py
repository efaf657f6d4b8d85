"""Evidence: ids of records kept as numbers, and equal to the sorted tuple of them."""

import pickle
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.rules.evidence import Evidence, Ids, Index, Tally, together
from rehabcore.rules.facts import Known, Unknown
from rehabcore.rules.truth import UnknownKind

LETTERS = tuple("abcdefgh")
INDEX, OTHER = Index("hgfedcba"), Index(("c", "d", "x"))


def test_evidence_is_the_sorted_tuple_of_its_ids() -> None:
    evidence = INDEX.of(("b", "a", "b"))
    assert evidence == ("a", "b")
    assert tuple(evidence) == ("a", "b")
    assert repr(evidence) == "('a', 'b')"
    assert hash(evidence) == hash(("a", "b"))
    assert "a" in evidence
    assert "c" not in evidence
    assert "z" not in evidence
    assert evidence
    assert not INDEX.of(())
    assert evidence != INDEX.of("a")
    assert pickle.loads(pickle.dumps(evidence)) == ("a", "b")


def test_evidence_of_many_records_is_that_of_each() -> None:
    ids = tuple(f"r-{number:03}" for number in range(100))
    index = Index(ids)
    assert index.of(ids[::3]) == ids[::3]
    assert index.bits(ids) == (1 << 100) - 1
    assert index.bits(index.of(ids[::3])) == index.bits(ids[::3])
    assert index.bits(OTHER.of(())) == 0


def test_evidence_of_two_indexes_is_compared_by_its_ids() -> None:
    both = together((INDEX.of("ac"), OTHER.of("x")))
    assert both == ("a", "c", "x")
    assert both == together((OTHER.of("cx"), INDEX.of("a")))
    # The same record may stand in both, or in one of them.
    assert both == together((INDEX.of("a"), OTHER.of("cx")))
    assert both != together((INDEX.of("a"), OTHER.of("x")))
    assert INDEX.of("c") == OTHER.of("c")


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (INDEX.of("bc"), True),
        (INDEX.of("c"), False),
        (OTHER.of("c"), False),
        (("b", "z"), True),
        ((), False),
    ],
)
def test_evidence_meets_what_has_one_of_its_records(other: Ids, expected: bool) -> None:
    assert INDEX.of("ab").meets(other) is expected


def test_a_cell_lists_its_evidence_as_a_tuple() -> None:
    known, unknown = Known(True, evidence=INDEX.of("ba")), Unknown(UnknownKind.MISSING)
    assert known.evidence == ("a", "b")
    assert known == Known(True, evidence=("a", "b"))
    assert repr(known) == "Known(evidence=('a', 'b'), assumption=None)"
    assert unknown.evidence == ()
    assert repr(unknown) == f"Unknown(kind={UnknownKind.MISSING!r}, evidence=())"


@st.composite
def _ids(draw: st.DrawFn) -> Ids:
    ids = draw(st.sets(st.sampled_from(LETTERS)))
    index = draw(st.sampled_from((None, INDEX, OTHER)))
    if index is OTHER:
        ids &= {"c", "d"}
    return tuple(sorted(ids)) if index is None else index.of(ids)


@given(st.lists(_ids(), max_size=4), st.lists(_ids(), max_size=4))
def test_what_is_joined_has_the_ids_of_all(some: list[Ids], others: list[Ids]) -> None:
    ids, more = ({own for one in each for own in one} for each in (some, others))
    assert tuple(together(some)) == tuple(sorted(ids))
    assert (together(some) == together(others)) == (ids == more)


@given(st.lists(st.sets(st.sampled_from(LETTERS)), max_size=12), st.data())
def test_a_tally_has_the_records_that_speak(added: list[set[str]], data: st.DataObject) -> None:
    tally, counted = Tally(), Counter[str]()
    for ids in added:
        tally.add(INDEX.bits(tuple(ids)))
        counted.update(ids)
        if data.draw(st.booleans()):
            least = {own for own, number in counted.items() if number}
            taken = tuple(own for own in least if data.draw(st.booleans()))
            tally.take(INDEX.bits(taken))
            counted.subtract(taken)
        assert set(Evidence((INDEX, tally.bits()))) == {own for own in counted if counted[own]}
