"""Instruments of alcohol, drugs and gambling: every band and cut, on both sides of its edge."""

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import field, frozen

from rehabcore.instruments import ScoreResult, find
from rehabcore.reports import explain
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from tests.kit.instrument_forms import Points, adding_up, numbered, scored

AUDIT: Points = {**numbered(range(5), 1, 8), **numbered((0, 2, 4), 9, 10)}
ASSIST: Points = {
    "2": (0, 2, 3, 4, 6),
    "3": (0, 3, 4, 5, 6),
    "4": (0, 4, 5, 6, 7),
    "5": (0, 5, 6, 7, 8),
    **numbered((0, 3, 6), 6, 7),
}
CUDIT_R: Points = {**numbered(range(5), 1, 7), "8": (0, 2, 4)}
DUDIT: Points = {**numbered(range(5), 1, 9), **numbered((0, 2, 4), 10, 11)}
TEN_YES_NO: Points = numbered((0, 1), 1, 10)
TCUDS: Points = {**numbered((0, 1), 1, 9), "10a": (0, 1), "10b": (0,), "11a": (0, 1), "11b": (0,)}
SDS: Points = numbered(range(4), 1, 5)
PGSI: Points = numbered(range(4), 1, 9)
WITHOUT_SEX = (None, "other")


@frozen
class Form:
    """A form and how it is scored; ``bands`` are the bands that are asked for."""

    name: str
    points: Points
    bands: str = "band"
    sex: str | None = None
    how: Mapping[str, Any] = field(factory=dict)

    def scored(self, total: int) -> ScoreResult:
        return scored(self.name, adding_up(self.points, total), self.sex, **self.how)


def _assist(substance: str) -> Form:
    points = {item: values for item, values in ASSIST.items() if (item, substance) != NOT_ASKED}
    how = {"keyed": True, "choices": {"substance": substance}}
    return Form("assist-3.1", points, how=how)


NOT_ASKED = ("5", "tobacco")
GAMBLING = "non_problem", "low_risk", "moderate_risk", "problem"
DUDIT_LABELS = "negative", "drug_related_problems", "dependence_likely"
ON_REQUEST = {"tables": ("alternative",)}
UNREAD = {"tables": ("currie",), "unread": True}
LEVELS = "low", "moderate", "high"
HARM = "low", "hazardous", "harmful", "dependence_likely"
DEGREES = "none", "low", "moderate", "substantial", "severe"
BANDS: list[tuple[Form, tuple[int, ...], tuple[str, ...]]] = [
    (Form("audit", AUDIT, "zone"), (7, 15, 19, 40), ("I", "II", "III", "IV")),
    (Form("audit", AUDIT, "alternative", how=ON_REQUEST), (7, 14, 19, 40), HARM),
    (Form("dast-10", TEN_YES_NO, how={"keyed": True}), (0, 2, 5, 8, 10), DEGREES),
    (Form("tcuds-5", TCUDS), (1, 3, 5, 11), ("none", "mild", "moderate", "severe")),
    (Form("cudit-r", CUDIT_R), (7, 11, 32), ("negative", "hazardous", "possible_cud")),
    (Form("dudit", DUDIT, sex="female"), (1, 24, 44), DUDIT_LABELS),
    (Form("dudit", DUDIT, sex="male"), (5, 24, 44), DUDIT_LABELS),
    (Form("pgsi", PGSI), (0, 2, 7, 27), GAMBLING),
    (Form("pgsi", PGSI, "currie", how=UNREAD), (0, 4, 7, 27), GAMBLING),
    (_assist("alcohol"), (10, 26, 39), LEVELS),
    (_assist("cannabis"), (3, 26, 39), LEVELS),
    (_assist("other"), (3, 26, 39), LEVELS),
    (_assist("tobacco"), (3, 26, 31), LEVELS),
]
"""The last total of each band, and their labels."""


def _edges() -> list[Any]:
    """The first and the last total of every band."""
    rows: list[Any] = []
    for form, lasts, labels in BANDS:
        firsts = (0, *(last + 1 for last in lasts[:-1]))
        for label, *ends in zip(labels, firsts, lasts, strict=True):
            rows += [(form, total, label) for total in dict.fromkeys(ends)]
    return [
        pytest.param(*row, id=f"{row[0].name}-{row[0].bands}-{number}-{row[1]}")
        for number, row in enumerate(rows)
    ]


@pytest.mark.no_cover
@pytest.mark.parametrize(("form", "total", "label"), _edges())
def test_total_at_the_edge_of_a_band_is_in_it(form: Form, total: int, label: str) -> None:
    result = form.scored(total)
    placing = result.band(form.bands)
    assert (result.score(placing.of).value, placing.label, placing.why) == (total, label, "")


@pytest.mark.parametrize(
    ("answers", "contradicting", "total"),
    [
        pytest.param({"1": 0}, (), 0, id="the-rest-is-left-out"),
        pytest.param({"1": 0, "2": 0, "8": 0}, (), 0, id="answered-with-nothing"),
        pytest.param({"1": 0, "2": 1}, ("1", "2"), 1, id="never-and-then-an-amount"),
        pytest.param({"1": 0, "8": 4, "3": 2}, ("1", "3", "8"), 6, id="in-the-order-of-the-form"),
        pytest.param({"1": 0, "9": 2, "10": 4}, (), 6, id="what-ever-happened"),
        pytest.param({"1": 1, "2": 0, "3": 0, "4": 1}, (), 2, id="a-little-and-still-a-problem"),
    ],
)
def test_never_and_then_an_amount_contradict_each_other_and_count(
    answers: dict[str, int], contradicting: tuple[str, ...], total: int
) -> None:
    result = scored("audit", {"9": 0, "10": 0, **answers})
    told = [r.items for r in result.warnings if r.code == "contradicting_answers"]
    assert told == ([contradicting] if contradicting else [])
    assert result.score("total").value == total
    assert ("answers that contradict each other" in explain(result)) is bool(contradicting)


def test_the_form_says_which_answers_contradict_a_skip() -> None:
    told = explain(find("audit"))
    assert told.count("any other answer contradicts it") == 1


@pytest.mark.parametrize("sex", WITHOUT_SEX)
@pytest.mark.parametrize("total", [0, 2, 6, 24])
def test_dudit_without_a_cut_for_the_sex_has_no_lower_band(sex: str | None, total: int) -> None:
    result = scored("dudit", adding_up(DUDIT, total), sex)
    why = "sex_not_covered" if sex else "sex_not_stated"
    assert (result.score("total").value, result.figure("cut").value) == (total, None)
    assert (result.band("band").label, result.band("band").why) == (None, why)


@pytest.mark.parametrize("sex", WITHOUT_SEX)
@pytest.mark.parametrize("total", [25, 44])
def test_dudit_has_its_upper_band_whatever_the_sex(sex: str | None, total: int) -> None:
    assert scored("dudit", adding_up(DUDIT, total), sex).band("band").label == "dependence_likely"


@pytest.mark.parametrize(
    ("sex", "total", "cut", "positive"),
    [
        ("female", 2, 3, Answer.NOT_MET),
        ("female", 3, 3, Answer.MET),
        ("male", 3, 4, Answer.NOT_MET),
        ("male", 4, 4, Answer.MET),
        (None, 2, 3, Answer.NOT_MET),
        (None, 3, 3, Answer.MET),
        ("other", 0, None, Answer.UNKNOWN),
        ("other", 12, None, Answer.UNKNOWN),
    ],
)
def test_audit_c_is_positive_from_the_cut_of_the_sex(
    sex: str | None, total: int, cut: int | None, positive: Answer
) -> None:
    result = scored("audit-c", adding_up(numbered(range(5), 1, 3), total), sex)
    assert result.score("total").value == total
    assert (result.figure("cut").value, result.flag("positive").answer) == (cut, positive)


def test_audit_c_says_that_the_lower_cut_was_used_as_the_sex_was_not_stated() -> None:
    cut = scored("audit-c", {"1": 1, "2": 1, "3": 1}).figure("cut")
    assert cut.table == "sex=not_stated"
    assert "the lower cut" in cut.note


def test_audit_c_other_sex_says_that_no_cut_covers_it() -> None:
    positive = scored("audit-c", {"1": 1, "2": 1, "3": 1}, "other").flag("positive")
    assert positive.why == "no_table"


@pytest.mark.parametrize(
    ("flag", "total", "answer"),
    [
        ("high", 7, Answer.NOT_MET),
        ("high", 8, Answer.MET),
        ("positive_5", 4, Answer.NOT_MET),
        ("positive_5", 5, Answer.MET),
    ],
)
def test_audit_c_has_cuts_for_everybody(flag: str, total: int, answer: Answer) -> None:
    answers = adding_up(numbered(range(5), 1, 3), total)
    result = scored("audit-c", answers, tables=("positive_5",))
    assert result.flag(flag).answer is answer


@pytest.mark.parametrize(
    ("name", "on_request"),
    [
        ("audit", "alternative"),
        ("audit-c", "positive_5"),
        ("cudit-r", "dsm_5_disorder"),
        ("pgsi", "currie"),
    ],
)
def test_other_cuts_are_used_on_request_only(name: str, on_request: str) -> None:
    result = scored(name, {})
    names = [*(band.name for band in result.placings), *(flag.name for flag in result.flags)]
    assert on_request not in names


def test_pgsi_bands_that_nobody_has_read_are_used_only_if_that_is_accepted() -> None:
    placing = scored("pgsi", adding_up(PGSI, 3), tables=("currie",)).band("currie")
    assert (placing.label, placing.why) == (None, "unread_table")


@pytest.mark.parametrize(("total", "answer"), [(12, Answer.NOT_MET), (13, Answer.MET)])
def test_cudit_r_has_the_cut_of_a_community_study(total: int, answer: Answer) -> None:
    result = scored("cudit-r", adding_up(CUDIT_R, total), tables=("dsm_5_disorder",))
    assert result.flag("dsm_5_disorder").answer is answer


CUTS = [
    ("heroin", "usual", 5),
    ("cannabis", "usual", 3),
    ("cocaine", "usual", 3),
    ("amphetamine", "usual", 4),
    ("alcohol", "usual", 3),
    ("benzodiazepine", "usual", 7),
    ("mdma", "usual", 4),
    ("cannabis", "dutch_frequent_cannabis_users", 4),
    ("heroin", "young_adults_in_barcelona", 3),
    ("cocaine", "young_adults_in_barcelona", 4),
]


@pytest.mark.parametrize(("substance", "sample", "cut"), CUTS)
def test_sds_suggests_dependence_from_the_cut_of_substance_and_sample(
    substance: str, sample: str, cut: int
) -> None:
    choices = {"substance": substance, "sample": sample}
    below, at = (scored("sds", adding_up(SDS, t), choices=choices) for t in (cut - 1, cut))
    assert at.figure("cut").value == cut
    assert at.figure("cut").note
    answers = (below.flag("dependent").answer, at.flag("dependent").answer)
    assert answers == (Answer.NOT_MET, Answer.MET)


@pytest.mark.parametrize(
    ("substance", "sample"),
    [
        ("several", "usual"),
        ("other", "usual"),
        ("heroin", "dutch_frequent_cannabis_users"),
        ("alcohol", "young_adults_in_barcelona"),
    ],
)
def test_sds_without_a_cut_has_a_score_and_no_answer(substance: str, sample: str) -> None:
    choices = {"substance": substance, "sample": sample}
    result = scored("sds", adding_up(SDS, 15), choices=choices)
    assert (result.score("total").value, result.figure("cut").value) == (15, None)
    assert result.flag("dependent").answer is Answer.UNKNOWN
    assert result.flag("dependent").why == "no_table"


def test_sds_needs_to_know_the_substance() -> None:
    with pytest.raises(InputError) as refused:
        scored("sds", adding_up(SDS, 15))
    assert [(p.path, p.code) for p in refused.value.problems] == [
        ("choices.substance", "missing_key")
    ]


NO_PROBLEMS = adding_up(AUDIT, 0)


@pytest.mark.parametrize(
    ("answers", "up"),
    [
        *(({item: 1}, False) for item in ("4", "5", "6")),
        *(({item: 2}, True) for item in ("4", "5", "6")),
        *(({item: 2}, False) for item in ("9", "10")),
        *(({item: 4}, True) for item in ("9", "10")),
        *(({item: 4}, False) for item in ("1", "2", "3", "7", "8")),
        ({"4": 1, "5": 1, "6": 1, "9": 2, "10": 2}, False),
    ],
)
def test_audit_escalates_for_signs_of_dependence_and_recent_harm(
    answers: dict[str, int], up: bool
) -> None:
    expected = Answer.MET if up else Answer.NOT_MET
    assert scored("audit", {**NO_PROBLEMS, **answers}).flag("escalate").answer is expected


@pytest.mark.parametrize(
    ("answers", "total", "skipped", "missing"),
    [
        ({"1": 0, "9": 2, "10": 0}, 2, "2345678", ""),
        ({"1": 1, "2": 0, "3": 0, "9": 0, "10": 4}, 5, "45678", ""),
        ({"1": 1, "2": 0, "3": 1, "9": 0, "10": 4}, None, "", "45678"),
        ({"1": 1, "2": 1, "3": 0, "9": 0, "10": 4}, None, "", "45678"),
        ({"1": 1, "2": 0, "9": 0, "10": 4}, None, "", "345678"),
        ({"9": 0, "10": 4}, None, "", "12345678"),
        ({"1": 0, "10": 0}, None, "2345678", "9"),
        ({"1": 0, "2": 1, "3": 3, "9": 0, "10": 0}, 4, "45678", ""),
        ({"1": 1, "2": 0, "3": 0, "7": 3, "9": 0, "10": 0}, 4, "4568", ""),
    ],
)
def test_audit_items_that_may_be_left_out_are_not_missing(
    answers: dict[str, int], total: int | None, skipped: str, missing: str
) -> None:
    result = scored("audit", answers)
    assert result.score("total").value == total
    assert ("".join(result.skipped), "".join(result.missing)) == (skipped, missing)


@pytest.mark.parametrize("answered", ["", "a", "b", "ab"])
@pytest.mark.parametrize("criterion", ["10", "11"])
def test_tcu_criterion_of_two_answers_is_met_by_either(criterion: str, answered: str) -> None:
    answers = {**adding_up(TCUDS, 0), **{criterion + part: 1 for part in answered}}
    assert scored("tcuds-5", answers).score("total").value == int(bool(answered))


@pytest.mark.parametrize(("answer", "points"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 3)])
def test_pgsi_answers_of_the_victorian_edition_have_their_points(answer: int, points: int) -> None:
    answers = dict.fromkeys(PGSI, answer)
    result = scored("pgsi", answers, choices={"edition": "victorian"})
    assert result.score("total").value == 9 * points


EARLIER = {"never": 0, "before": 3, "past3m": 6}
WEIGHTS: list[tuple[str, int | str, int]] = [
    *((item, answer, points) for item in "2345" for answer, points in enumerate(ASSIST[item])),
    *((item, answer, points) for item in "67" for answer, points in EARLIER.items()),
]


@pytest.mark.parametrize(("item", "answer", "points"), WEIGHTS)
def test_assist_answer_has_the_weight_of_its_item(item: str, answer: Any, points: int) -> None:
    never = {"2": 0, "3": 0, "4": 0, "5": 0, "6": "never", "7": "never"}
    result = scored("assist-3.1", {**never, item: answer}, choices={"substance": "cocaine"})
    assert result.score("score").value == points
