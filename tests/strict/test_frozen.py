"""Classes with shared methods mean what attrs would have written for each of them."""

from typing import Any, cast

import attrs
import pytest
from attrs import field
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.strict.frozen import frozen


@frozen(kw_only=True)
class Visit:
    """A class as most are: some fields are no part of what it is, or are not shown."""

    hours: Any
    place: Any = None
    note: Any = field(default="", eq=False)
    name: Any = field(default="", repr=False)


@attrs.frozen(kw_only=True)
class Written:
    """The same class, with the methods that attrs writes."""

    hours: Any
    place: Any = None
    note: Any = field(default="", eq=False)
    name: Any = field(default="", repr=False)


PARTS = st.integers(0, 1) | st.sampled_from(["", "a"]) | st.tuples(st.integers(0, 1))
FIELDS = st.fixed_dictionaries(dict.fromkeys(("hours", "place", "note", "name"), PARTS))


@given(FIELDS, FIELDS)
def test_two_objects_are_equal_when_attrs_says_so(one: dict[str, Any], two: dict[str, Any]) -> None:
    equal = Visit(**one) == Visit(**two)
    assert equal == (Written(**one) == Written(**two))
    assert not equal or hash(Visit(**one)) == hash(Visit(**two))
    assert repr(Visit(**one)) == repr(Written(**one)).replace("Written", "Visit")


def test_fields_that_do_not_count_are_not_compared_and_hidden_ones_not_shown() -> None:
    visit = Visit(hours=1, note="x", name="somebody")
    assert visit == visit  # noqa: PLR0124
    assert visit == Visit(hours=1, name="somebody")
    assert hash(visit) == hash(Visit(hours=1, name="somebody"))
    assert visit != Visit(hours=1)
    assert visit != cast("object", Written(hours=1, note="x", name="somebody"))
    assert repr(visit) == "Visit(hours=1, place=None, note='x')"


def test_a_class_may_have_no_field_or_one() -> None:
    @frozen
    class Nothing: ...

    @frozen
    class One:
        only: int

    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert repr(Nothing()) == "Nothing()"
    assert (One(1) == One(1), One(1) == One(2)) == (True, False)
    assert {One(1), One(1), One(2)} == {One(1), One(2)}


def test_a_class_keeps_its_own_way_to_be_shown_and_may_be_told_apart_by_identity() -> None:
    @frozen(eq=False)
    class Told:
        said: str

        def __repr__(self) -> str:
            return "told"

    one = Told("a")
    assert repr(one) == "told"
    assert one != Told("a")
    assert len({one, Told("a")}) == 2


def test_a_hash_that_is_kept_is_made_by_attrs() -> None:
    @frozen(cache_hash=True)
    class Kept:
        said: str

    assert Kept("a") == Kept("a")
    assert hash(Kept("a")) == hash(Kept("a"))
    assert repr(Kept("a")) == "Kept(said='a')"


def test_no_field_can_be_changed() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Visit(hours=1).hours = 2  # type: ignore[misc]
