"""Classes with shared methods mean what attrs would have written for each of them."""

import pickle
from concurrent.futures import ThreadPoolExecutor
from inspect import signature
from threading import Barrier
from typing import Any, Generic, TypeVar, cast
from weakref import ref

import attrs
import pytest
from attrs import field
from hypothesis import given
from hypothesis import strategies as st

from rehabcore.strict.frozen import declared_fields, field_names, frozen, is_unfinished


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


T = TypeVar("T")


@frozen
class Holding(Generic[T]):
    """A class whose fields are given in order, one of them made anew for each object."""

    held: T
    seen: list[int] = field(factory=list, init=False)


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


# --- a class that is finished later -------------------------------------------------------


def test_a_class_is_one_of_attrs_before_an_object_of_it_was_made() -> None:
    @frozen(kw_only=True)
    class Untouched:
        """What it says."""

        hours: int
        place: str = "here"

    assert [one.name for one in attrs.fields(Untouched)] == ["hours", "place"]
    assert str(signature(Untouched)) == "(*, hours: int, place: str = 'here') -> None"
    assert (Untouched.__doc__, Untouched.__qualname__[-9:]) == ("What it says.", "Untouched")
    assert not hasattr(Untouched(hours=1), "__dict__")


def test_objects_are_changed_matched_kept_and_referred_to_as_those_of_attrs() -> None:
    one = Holding("a")
    assert attrs.evolve(one, held="b") == Holding("b")
    assert attrs.asdict(one) == {"held": "a", "seen": []}
    assert ref(one)() is one
    match one:
        case Holding(held):
            assert held == "a"
    assert Holding[str]("a") == one


@pytest.mark.parametrize("made", [Visit(hours=1, place="p"), Holding((1, 2))])
def test_an_object_travels_to_another_process(made: object) -> None:
    assert pickle.loads(pickle.dumps(made)) == made


def test_threads_that_use_a_class_first_find_the_same_fields() -> None:
    for _ in range(20):

        @frozen
        class New:
            said: int

        start = Barrier(4)

        def first(said: int, new: type[New] = New, start: Barrier = start) -> tuple[object, object]:
            start.wait()
            return attrs.fields(new), new(said)

        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(first, range(4)))
        assert [one for _, one in found] == [New(said) for said in range(4)]
        assert {id(fields) for fields, _ in found} == {id(attrs.fields(New))}


def test_the_fields_of_a_class_and_how_its_objects_compare_are_known_before_it_is_finished() -> (
    None
):
    @frozen(kw_only=True)
    class Read:
        hours: "int"
        place: str | None = None

    fields = (("hours", int, attrs.NOTHING), ("place", str | None, None))
    one, same, other = (object.__new__(Read) for _ in range(3))
    for made, hours in ((one, 1), (same, 1), (other, 2)):
        vars(Read)["hours"].__set__(made, hours)
        vars(Read)["place"].__set__(made, None)
    assert (one == same, one == other, hash(one) == hash(same)) == (True, False, True)
    assert declared_fields(Read) == fields
    assert (field_names(Read), is_unfinished(Read)) == (("hours", "place"), True)
    assert Read(hours=1) == one
    assert (field_names(Read), is_unfinished(Read)) == (("hours", "place"), True)
    assert [(each.name, each.default) for each in attrs.fields(Read)] == [
        (name, default) for name, _, default in fields
    ]
    assert (field_names(Read), is_unfinished(Read)) == (("hours", "place"), False)
    assert Read(hours=1) == one


class Nothing: ...


class InOrder:
    """Fields in order, of which one has a name that only the class uses."""

    hours: int
    _place: "str" = "here"
    tags: tuple[str, ...] = ()


class Looking:
    """An object that is looked at when it is made."""

    hours: int

    def __attrs_post_init__(self) -> None:
        if self.hours < 0:
            raise ValueError


@pytest.mark.parametrize("kw_only", [False, True])
@pytest.mark.parametrize("body", [Nothing, InOrder, Looking])
def test_a_class_that_is_not_finished_makes_objects_as_attrs_does(
    body: type, kw_only: bool
) -> None:
    own: Any = frozen(body, kw_only=kw_only)
    written: Any = attrs.frozen(body, kw_only=kw_only)
    assert signature(own) == signature(written)
    assert own.__init__.__qualname__ == written.__init__.__qualname__
    calls: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
        ((), {}),
        ((1,), {}),
        ((1, "there"), {}),
        ((), {"hours": 1, "tags": ("a",)}),
        ((), {"hours": 1, "place": "there"}),
        ((), {"hours": -1}),
        ((1,), {"hours": 1}),
        ((), {"_place": "there", "hours": 1}),
    ]
    for args, named in calls:
        assert _made(own, *args, **named) == _made(written, *args, **named)
    assert is_unfinished(own)


def test_attrs_makes_objects_that_have_a_default_of_their_own() -> None:
    @frozen
    class Listing:
        hours: int
        seen: list[int] = attrs.Factory(list)

    one, other = Listing(1), Listing(1)
    assert one.seen == []
    assert one.seen is not other.seen


def _made(kind: Any, *args: Any, **named: Any) -> object:
    try:
        made = kind(*args, **named)
    except (TypeError, ValueError) as error:
        return str(error)
    return [getattr(made, name) for name in kind.__slots__ if name != "__weakref__"]


@pytest.mark.parametrize("kind", [Visit, Written, int])
def test_attrs_is_asked_for_fields_of_which_more_is_said_and_of_other_classes(kind: type) -> None:
    assert declared_fields(kind) is None


def test_what_is_finished_already_is_found_as_it_is() -> None:
    """As by a thread that asked at the same time as another one."""

    @frozen
    class New:
        said: int

    later = vars(New)["__attrs_attrs__"]
    fields = attrs.fields(New)
    assert later.__get__(None, New) is fields


def test_a_class_may_have_a_dictionary_and_be_equal_to_itself_only() -> None:
    @frozen(slots=False, eq=False)
    class Own:
        said: int

    one = Own(1)
    assert one != Own(1)
    assert vars(one) == {"said": 1}
