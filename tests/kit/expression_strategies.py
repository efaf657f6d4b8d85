"""Expressions of every kind, drawn at random, over a few items whose ranges are known."""

from hypothesis import strategies as st

from rehabcore.instruments.model.expressions import (
    Affine,
    Blanks,
    Case,
    Cases,
    Chosen,
    Clamped,
    Coded,
    Combined,
    Compared,
    Curve,
    Curved,
    Elapsed,
    Expression,
    Extreme,
    FirstKnown,
    FixedNumber,
    Grid,
    ItemCount,
    Named,
    Negated,
    Number,
    Pick,
    PointsRow,
    Pool,
    Power,
    Product,
    Ratio,
    Rounded,
    Stepped,
    Test,
    Unit,
)

ITEMS = ("a", "b", "c")
CODES = ("none", "some", "much")

NUMBERS: st.SearchStrategy[Number] = st.integers(-3, 3) | st.sampled_from((0.5, -0.1, 2.5))
FACTORS = NUMBERS.filter(bool)
SOME_ITEMS = st.lists(st.sampled_from(ITEMS), min_size=1, unique=True).map(tuple)
ENDS = st.lists(NUMBERS, min_size=2, max_size=2).map(sorted)


def _steps(starts: list[int], values: list[Number]) -> tuple[PointsRow, ...]:
    """A table of points that leaves nothing out, and of which both ends are open."""
    lows: list[int | None] = [None, *sorted(starts)]
    highs = [*(start - 1 for start in sorted(starts)), None]
    return tuple(map(PointsRow, lows, highs, values))


STEPS = st.builds(
    _steps,
    st.lists(st.integers(-4, 8), max_size=3, unique=True),
    st.lists(NUMBERS, min_size=4, max_size=4),
)

LEAVES: st.SearchStrategy[Expression] = st.one_of(
    st.builds(Named, st.sampled_from(ITEMS)),
    st.builds(Named, st.sampled_from(ITEMS), NUMBERS | st.sampled_from(ITEMS)),
    st.builds(FixedNumber, NUMBERS),
    st.builds(Pool, SOME_ITEMS, st.booleans()),
    st.builds(ItemCount, SOME_ITEMS, NUMBERS),
    st.builds(Blanks, SOME_ITEMS),
    st.builds(
        Coded,
        st.just("kind"),
        st.tuples(*(st.tuples(st.just(code), NUMBERS) for code in CODES)),
    ),
    st.builds(
        Chosen,
        st.just("kind"),
        st.lists(st.sampled_from(CODES), min_size=1, unique=True).map(tuple),
    ),
    st.builds(Elapsed, st.just("born"), st.just("on"), st.sampled_from(Unit)),
)


def _made_of(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    fewer = st.lists(parts, max_size=2).map(tuple)
    named = SOME_ITEMS.map(lambda names: tuple(map(Named, names)))
    cells = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=2, max_size=2).map(tuple)
    starts = st.lists(st.integers(-9, 9), min_size=2, max_size=2, unique=True)
    rising = starts.map(sorted).map(tuple)
    compared = st.builds(Compared, parts, st.sampled_from(Test), parts)
    truths = compared | st.builds(Negated, compared)  # a file with any other condition is refused
    return st.one_of(
        st.builds(Combined, several, fewer),
        st.builds(FirstKnown, several),
        st.builds(Product, several),
        st.builds(Extreme, several, st.sampled_from(Pick).filter(lambda p: p is not Pick.ITEMS)),
        st.builds(Extreme, named, st.just(Pick.ITEMS)),
        st.builds(Affine, parts, FACTORS, FACTORS, NUMBERS),
        st.builds(Ratio, parts, parts),
        st.builds(Curved, parts, st.sampled_from(Curve)),
        st.builds(Power, parts, st.integers(2, 3)),
        st.builds(Stepped, parts, STEPS),
        st.builds(Grid, parts, parts, rising, rising, cells),
        st.builds(Cases, st.lists(st.builds(Case, truths, parts), max_size=2).map(tuple), parts),
        compared,
        st.builds(Negated, parts),
        st.builds(Rounded, parts, st.integers(0, 2)),
        ENDS.flatmap(lambda ends: st.builds(Clamped, parts, st.just(ends[0]), st.just(ends[1]))),
        st.builds(Clamped, parts),
    )


EXPRESSIONS = st.recursive(LEAVES, _made_of, max_leaves=12)
