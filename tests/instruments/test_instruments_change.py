"""Instruments of motivation, quality of life, self-esteem and emotions: what their scales say."""

import pytest

from rehabcore.strict.problems import InputError
from tests.kit.instrument_forms import Answers, alike, scored, summing, values

# --- CMR ----------------------------------------------------------------------------------


def test_item_of_cmr_that_does_not_apply_counts_as_the_mean_of_its_scale() -> None:
    result = scored("cmr", {**alike(18, 4), "12": "na", "13": 5, "14": 5})
    readiness = result.score("readiness")
    assert (readiness.value, readiness.prorated) == (30.3333, ("12",))
    assert result.score("total").value == 68.3333


def test_means_of_cmr_are_of_keyed_items() -> None:
    result = scored("cmr", {**alike(18, 3), "4": 1, "5": 1, "6": "na"})
    assert result.score("circ2").value == 15


def test_no_answer_to_an_item_of_cmr_is_not_that_it_does_not_apply() -> None:
    result = scored("cmr", {**alike(18, 3), "1": None, "7": "na"})
    assert values(result) == {
        "circ1": None,
        "circ2": 9,
        "motivation": 15,
        "readiness": 21,
        "total": None,
    }
    assert result.score("total").missing == ("1",)


def test_scale_of_cmr_of_which_nothing_applies_has_no_score_and_so_no_total() -> None:
    result = scored("cmr", {**alike(18, 3), "1": "na", "2": "na", "3": "na"})
    assert (result.score("circ1").value, result.score("total").value) == (None, None)
    assert result.score("total").missing == ("1", "2", "3")


# --- SOCRATES-8 ---------------------------------------------------------------------------

RECOGNITION, AMBIVALENCE = (1, 3, 7, 10, 12, 15, 17), (2, 6, 11, 16)
TAKING_STEPS = (4, 5, 8, 9, 13, 14, 18, 19)


@pytest.mark.parametrize(
    ("scale", "items", "last"),
    [
        ("recognition", RECOGNITION, {10: 26, 20: 28, 30: 30, 40: 31, 50: 33, 60: 34, 70: 35}),
        (
            "ambivalence",
            AMBIVALENCE,
            {10: 8, 20: 11, 30: 13, 40: 14, 50: 15, 60: 16, 70: 17, 80: 18, 90: 20},
        ),
        (
            "taking_steps",
            TAKING_STEPS,
            {10: 25, 20: 29, 30: 30, 40: 32, 50: 33, 60: 35, 70: 36, 80: 38, 90: 40},
        ),
    ],
)
def test_every_raw_score_of_socrates_has_its_decile(
    scale: str, items: tuple[int, ...], last: dict[int, int]
) -> None:
    for raw in range(len(items), 5 * len(items) + 1):
        result = scored("socrates-8", summing(raw, items, 1, 5))
        assert result.score(scale).value == raw
        decile = min(decile for decile, most in last.items() if raw <= most)
        assert result.score(f"{scale}_decile").value == decile


def test_blank_of_socrates_voids_its_own_scale_only() -> None:
    result = scored("socrates-8", {**alike(19, 3), "11": None})
    assert values(result) == {
        "recognition": 21,
        "ambivalence": None,
        "taking_steps": 24,
        "recognition_decile": 10,
        "ambivalence_decile": None,
        "taking_steps_decile": 10,
    }


def test_blanks_of_socrates_are_named_where_they_matter() -> None:
    result = scored("socrates-8", {**alike(19, 3), "1": None, "11": None})
    assert result.score("recognition_decile").missing == ("1",)
    assert result.score("ambivalence_decile").missing == ("11",)
    assert result.score("taking_steps_decile").value == 10


# --- URICA --------------------------------------------------------------------------------

C, A, M = (2, 8, 12, 15, 19, 21, 24), (3, 7, 10, 14, 17, 25, 30), (6, 16, 18, 22, 27, 28, 32)
PC = (1, 5, 11, 13, 23, 26, 29)


def ready(sevenths: int) -> Answers:
    """Answers with a readiness of so many sevenths, precontemplation at its lowest."""
    return {**summing(7, PC, 1, 5), **summing(sevenths + 7, (*C, *A, *M), 1, 5)}


@pytest.mark.parametrize(
    ("sevenths", "readiness", "group"),
    [
        (14, 2, "precontemplation"),
        (71, 10.1429, "precontemplation"),
        (72, 10.2857, "contemplation"),
        (82, 11.7143, "contemplation"),
        (83, 11.8571, "participation"),
        (98, 14, "participation"),
    ],
)
def test_group_of_urica_is_that_of_the_nearest_mean(
    sevenths: int, readiness: float, group: str
) -> None:
    result = scored("urica", ready(sevenths))
    assert result.score("readiness").value == readiness
    assert result.band("nearest_group").label == group


@pytest.mark.parametrize(
    ("sevenths", "groups"),
    [
        (71, ("precontemplation",)),
        (72, ("precontemplation", "contemplation")),
        (83, ("contemplation", "participation")),
        (88, ("participation",)),
    ],
)
def test_group_of_urica_may_be_any_that_a_missing_answer_leaves(
    sevenths: int, groups: tuple[str, ...]
) -> None:
    answers = ready(sevenths)
    blank = next(str(item) for item in (*C, *A, *M) if answers[str(item)] == 5)
    placing = scored("urica", {**answers, blank: None}).band("nearest_group")
    assert (placing.label, placing.possible) == (None, groups)


def test_readiness_of_urica_goes_down_to_minus_2() -> None:
    lowest = {**summing(35, PC, 1, 5), **summing(21, (*C, *A, *M), 1, 5)}
    assert scored("urica", lowest).score("readiness").value == -2


@pytest.mark.parametrize(("scale", "items"), [("PC", PC), ("C", C), ("A", A), ("M", M)])
def test_scale_of_urica_has_its_items(scale: str, items: tuple[int, ...]) -> None:
    result = scored("urica", {**alike(32, 1), **{str(item): 5 for item in items}})
    means = {name: value for name, value in values(result).items() if name != "readiness"}
    assert means == {"PC": 1, "C": 1, "A": 1, "M": 1} | {scale: 5}


def test_fillers_of_urica_may_be_blank() -> None:
    answers = {item: a for item, a in alike(32, 3).items() if item not in {"4", "9", "20", "31"}}
    result = scored("urica", answers)
    assert result.score("readiness").value == 6
    assert result.missing == ("4", "9", "20", "31")


# --- WHOQOL-BREF --------------------------------------------------------------------------

PHYSICAL, PSYCHOLOGICAL = ("3", "4", "10", "15", "16", "17", "18"), ("5", "6", "7", "11", "19")
SOCIAL, ENVIRONMENT = ("20", "21", "22"), ("8", "9", "12", "13", "14", "23", "24", "25")
DOMAINS = {
    "physical": PHYSICAL,
    "psychological": (*PSYCHOLOGICAL, "26"),
    "social": SOCIAL,
    "environment": ENVIRONMENT,
}


def without(*items: str) -> Answers:
    return {item: 4 for item in alike(26, 4) if item not in items}


@pytest.mark.parametrize("domain", DOMAINS)
def test_domain_of_whoqol_bref_has_its_items_and_both_scales(domain: str) -> None:
    highest = {**alike(26, 1), **dict.fromkeys(DOMAINS[domain], 5)}
    result = scored("whoqol-bref", highest, keyed=True)
    raw = {name: result.score(name).value for name in DOMAINS}
    scaled = {name: result.score(f"{name}_100").value for name in DOMAINS}
    assert raw == dict.fromkeys(DOMAINS, 4) | {domain: 20}
    assert scaled == dict.fromkeys(DOMAINS, 0) | {domain: 100}


@pytest.mark.parametrize(
    ("domain", "items", "most"),
    [
        ("physical", PHYSICAL, 2),
        ("psychological", PSYCHOLOGICAL, 2),
        ("social", SOCIAL, 1),
        ("environment", ENVIRONMENT, 2),
    ],
)
def test_domain_of_whoqol_bref_may_lack_so_many_answers(
    domain: str, items: tuple[str, ...], most: int
) -> None:
    enough = scored("whoqol-bref", without(*items[:most]), keyed=True)
    assert (enough.score(domain).value, enough.score(f"{domain}_100").value) == (16, 75)
    assert enough.score(domain).prorated == items[:most]
    lacking = scored("whoqol-bref", without(*items[: most + 1]), keyed=True)
    assert (lacking.score(domain).value, lacking.score(f"{domain}_100").value) == (None, None)
    assert lacking.score(f"{domain}_100").missing == items[: most + 1]
    others = [name for name in DOMAINS if name != domain]
    assert [lacking.score(name).value for name in others] == [16, 16, 16]


def test_six_blanks_of_26_void_whoqol_bref_and_five_do_not() -> None:
    five = ("1", "2", "3", "5", "8")
    scores = scored("whoqol-bref", without(*five), keyed=True).scores
    assert all(score.value in (16, 75) for score in scores)
    for sixth in ("20", "26"):
        scores = scored("whoqol-bref", without(*five, sixth), keyed=True).scores
        assert {(score.value, score.why) for score in scores} == {(None, "void_form")}


@pytest.mark.parametrize(
    ("domain", "value", "scaled"),
    [
        ("physical", 12.57, 53.57),
        ("psychological", 12.67, 54.17),
        ("social", 13.33, 58.33),
        ("environment", 12.5, 53.13),
    ],
)
def test_domain_of_whoqol_bref_has_two_decimals(domain: str, value: float, scaled: float) -> None:
    one_higher = {**alike(26, 3), DOMAINS[domain][0]: 4}
    result = scored("whoqol-bref", one_higher, keyed=True)
    assert (result.score(domain).value, result.score(f"{domain}_100").value) == (value, scaled)


def test_scale_to_100_of_whoqol_bref_is_made_of_the_value_before_it_is_rounded() -> None:
    result = scored("whoqol-bref", {**alike(26, 3), "3": 4, "4": 4}, keyed=True)
    assert result.score("physical").value == 13.14
    assert result.score("physical_100").value == 57.14  # of the rounded value: 57.13


# --- RSES and DERS ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "reversed_items"),
    [("order_a", ("3", "5", "8", "9", "10")), ("order_b", ("2", "5", "6", "8", "9"))],
)
def test_order_of_rses_says_which_items_are_reversed(
    form: str, reversed_items: tuple[str, ...]
) -> None:
    highest = {**alike(10, 3), **dict.fromkeys(reversed_items, 0)}
    assert scored("rses", highest, choices={"form": form}).score("total").value == 30


def test_form_of_rses_must_be_stated() -> None:
    with pytest.raises(InputError, match=r"choices\.form: missing_key"):
        scored("rses", alike(10, 3))


DERS_16 = {
    "clarity": (1, 2),
    "goals": (3, 7, 15),
    "impulse": (4, 8, 11),
    "strategies": (5, 6, 12, 14, 16),
    "nonacceptance": (9, 10, 13),
}
DERS_18 = {
    "awareness": (1, 4, 6),
    "clarity": (2, 3, 5),
    "goals": (8, 12, 15),
    "impulse": (9, 16, 18),
    "nonacceptance": (7, 13, 14),
    "strategies": (10, 11, 17),
}


@pytest.mark.parametrize(
    ("name", "last", "scales", "scale"),
    [
        *(("ders-16", 16, DERS_16, scale) for scale in DERS_16),
        *(("ders-18", 18, DERS_18, scale) for scale in DERS_18),
    ],
)
def test_subscale_of_ders_has_its_items(
    name: str, last: int, scales: dict[str, tuple[int, ...]], scale: str
) -> None:
    highest = {**alike(last, 1), **{str(item): 5 for item in scales[scale]}}
    expected = {one: len(items) * (5 if one == scale else 1) for one, items in scales.items()}
    result = scored(name, highest, keyed=True)
    assert values(result) == expected | {"total": sum(expected.values())}


def test_three_items_of_ders_18_are_reversed() -> None:
    assert scored("ders-18", alike(18, 1)).score("awareness").value == 15
