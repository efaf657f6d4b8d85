"""Instruments of health: their bands and cuts, and what those of mental health say.

Motivation, quality of life and emotions are in ``test_instruments_change``.
"""

from typing import Any

import pytest

from rehabcore import instruments
from rehabcore.instruments import LicenceClass
from rehabcore.rules.sources import Status
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from tests.kit.instrument_forms import Answers, alike, listed, scored, summing, values

TOOLS = (
    *("PHQ-9", "PHQ-2", "GAD-7", "K6", "PC-PTSD-5", "PCL-5", "BJMHS", "ACE", "CES-D"),
    *("CMR", "SOCRATES-8", "URICA", "WHOQOL-BREF", "RSES", "DERS-16", "DERS-18"),
)
"""Those of mental health and trauma, then those of motivation, quality of life and emotions."""

MET, NOT_MET, UNKNOWN = Answer.MET, Answer.NOT_MET, Answer.UNKNOWN

# --- all of them --------------------------------------------------------------------------


@pytest.mark.parametrize("tool", TOOLS)
def test_file_is_a_draft_with_a_notice_and_the_name_of_the_vectors(tool: str) -> None:
    instrument = instruments.find(tool)
    assert instrument.tool == tool
    assert instrument.status is Status.DRAFT
    assert "item" in instrument.licence.notice.lower()


def test_only_whoqol_needs_the_permission_of_its_holder() -> None:
    asked = [
        tool
        for tool in TOOLS
        if instruments.find(tool).licence.licence_class is LicenceClass.PERMISSION
    ]
    assert asked == ["WHOQOL-BREF"]


@pytest.mark.parametrize("tool", TOOLS)
def test_no_figure_is_of_general_knowledge_alone(tool: str) -> None:
    assert {origin.tier.value for origin in instruments.find(tool).origins} <= {"A", "T", "R"}


@pytest.mark.parametrize("tool", TOOLS)
def test_every_answer_that_the_form_lacks_is_refused_with_its_item(tool: str) -> None:
    chosen = {"PC-PTSD-5": {"cut": 4}, "RSES": {"form": "order_a"}}.get(tool)
    with pytest.raises(InputError) as refused:
        scored(tool, {"1": 7, "2": -1}, choices=chosen)
    assert [problem.path for problem in refused.value.problems] == ["answers.1", "answers.2"]


# --- bands and cuts of totals -------------------------------------------------------------

PHQ_9, GAD_7, K6, RSES = range(1, 10), range(1, 8), range(1, 7), range(1, 11)


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [
        (0, 4, "minimal"),
        (5, 9, "mild"),
        (10, 14, "moderate"),
        (15, 19, "moderately_severe"),
        (20, 27, "severe"),
    ],
)
def test_band_of_phq_9_has_its_ends(first: int, last: int, label: str) -> None:
    for total in (first, last):
        assert scored("phq-9", summing(total, PHQ_9, 0, 3)).band("band").label == label


@pytest.mark.parametrize(
    ("first", "last", "label"),
    [(0, 4, "minimal"), (5, 9, "mild"), (10, 14, "moderate"), (15, 21, "severe")],
)
def test_band_of_gad_7_has_its_ends(first: int, last: int, label: str) -> None:
    for total in (first, last):
        assert scored("gad-7", summing(total, GAD_7, 0, 3)).band("band").label == label


@pytest.mark.parametrize(
    ("first", "last", "label"), [(0, 4, "low"), (5, 12, "moderate"), (13, 24, "serious")]
)
def test_band_of_k6_has_its_ends(first: int, last: int, label: str) -> None:
    for total in (first, last):
        assert scored("k6", summing(total, K6, 0, 4)).band("band").label == label


@pytest.mark.parametrize(
    ("first", "last", "label"), [(0, 7, "low"), (8, 12, "moderate"), (13, 24, "serious")]
)
def test_k6_is_moderate_from_8_where_that_is_asked_for(first: int, last: int, label: str) -> None:
    for total in (first, last):
        result = scored("k6", summing(total, K6, 0, 4), tables=("moderate_from_8",))
        assert result.band("moderate_from_8").label == label


@pytest.mark.parametrize(
    ("first", "last", "label"), [(0, 14, "low"), (15, 25, "normal"), (26, 30, "high")]
)
def test_conventional_band_of_rses_has_its_ends(first: int, last: int, label: str) -> None:
    for total in (first, last):
        result = scored(
            "rses",
            summing(total, RSES, 0, 3),
            keyed=True,
            choices={"form": "order_a"},
            tables=("conventional",),
        )
        assert result.score("total").value == total
        assert result.band("conventional").label == label


@pytest.mark.parametrize(
    ("name", "items", "most", "flag", "cut"),
    [
        ("phq-9", PHQ_9, 3, "positive", 10),
        ("phq-2", range(1, 3), 3, "positive", 3),
        ("phq-2", range(1, 3), 3, "positive_at_2", 2),
        ("gad-7", GAD_7, 3, "positive", 10),
        ("pcl-5", range(1, 21), 4, "cut31", 31),
        ("pcl-5", range(1, 21), 4, "cut33", 33),
        ("ces-d", range(1, 21), 3, "positive_16", 16),
        ("ces-d", range(1, 21), 3, "over_21", 22),
    ],
)
def test_flag_is_up_from_its_cut(name: str, items: range, most: int, flag: str, cut: int) -> None:
    told = []
    for total in (cut - 1, cut, cut + 1):
        asked = (flag,) if flag == "positive_at_2" else ()
        result = scored(name, summing(total, items, 0, most), keyed=True, tables=asked)
        assert result.score("total").value == total
        told.append(result.flag(flag).answer)
    assert told == [NOT_MET, MET, MET]


@pytest.mark.parametrize(
    ("name", "table"),
    [("phq-2", "positive_at_2"), ("k6", "moderate_from_8"), ("rses", "conventional")],
)
def test_table_on_request_is_not_shown_unasked(name: str, table: str) -> None:
    chosen = {"form": "order_b"} if name == "rses" else None
    result = scored(name, alike(2, 3), choices=chosen)
    assert table not in {placing.name for placing in result.placings}
    assert table not in {flag.name for flag in result.flags}


# --- PHQ-9 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "raw", "total", "prorated"),
    [
        pytest.param(alike(9, 1), 9, 9, (), id="complete"),
        pytest.param(summing(4, range(1, 9), 0, 3), 4.5, 5, ("9",), id="half-is-rounded-up"),
        pytest.param(summing(3, range(1, 9), 0, 3), 3.375, 3, ("9",), id="less-is-rounded-down"),
        pytest.param(alike(7, 1), 9, 9, ("8", "9"), id="two-blanks"),
        pytest.param(alike(6, 1), None, None, (), id="three-blanks"),
        pytest.param({}, None, None, (), id="all-blank"),
    ],
)
def test_up_to_two_blanks_of_phq_9_count_as_the_mean_of_the_answered(
    answers: Answers, raw: float | None, total: int | None, prorated: tuple[str, ...]
) -> None:
    result = scored("phq-9", answers)
    assert values(result) | {"raw": raw, "total": total} == values(result)
    assert result.score("raw").prorated == prorated


def test_three_blanks_of_phq_9_are_named_and_leave_open_what_they_may_change() -> None:
    result = scored("phq-9", alike(6, 2))
    total = result.score("total")
    assert (total.why, total.missing) == ("missing", ("7", "8", "9"))
    assert (total.low, total.high) == (12, 21)
    band = result.band("band")
    assert (band.label, band.possible) == (None, ("moderate", "moderately_severe", "severe"))
    assert result.flag("positive").answer is UNKNOWN
    assert result.flag("critical_item9").answer is UNKNOWN


def test_total_of_phq_9_falls_in_a_band_after_it_is_rounded() -> None:
    assert scored("phq-9", summing(4, range(1, 9), 0, 3)).band("band").label == "mild"


@pytest.mark.parametrize(
    ("answers", "labels"),
    [
        pytest.param(listed(2, 0, 0, 0, 0, 0, 0, 0, 0), ("none",), id="one"),
        pytest.param(listed(2, 2, 0, 0, 0, 0, 0, 0, 0), ("other",), id="two"),
        pytest.param(listed(2, 1, 0, 0, 0, 0, 0, 0, 1), ("other",), id="item-9-from-1"),
        pytest.param(listed(2, 1, 0, 0, 0, 0, 0, 1, 0), ("none",), id="item-8-from-2"),
        pytest.param(listed(2, 2, 2, 2, 0, 0, 0, 0, 0), ("other",), id="four"),
        pytest.param(listed(2, 2, 2, 2, 2, 0, 0, 0, 0), ("major",), id="five"),
        pytest.param(listed(0, 2, 2, 2, 2, 0, 0, 0, 1), ("major",), id="five-with-items-2-and-9"),
        pytest.param(alike(9, 3), ("major",), id="nine"),
        pytest.param(listed(1, 1, 3, 3, 3, 3, 3, 3, 3), ("none",), id="neither-of-1-and-2"),
        pytest.param(listed(2, 2, 2, 2, 0, 0, 0, 0), ("other", "major"), id="item-9-blank"),
        pytest.param(listed(2, 2, 2, 2, 2, 0, 0, 0), ("major",), id="blank-changes-nothing"),
    ],
)
def test_algorithm_of_phq_9_counts_symptoms(answers: Answers, labels: tuple[str, ...]) -> None:
    placing = scored("phq-9", answers).band("algorithm")
    assert placing.possible == labels
    assert placing.label == (labels[0] if len(labels) == 1 else None)


def test_blank_item_9_of_phq_9_is_neither_critical_nor_not() -> None:
    assert scored("phq-9", alike(8, 0)).flag("critical_item9").answer is UNKNOWN


# --- PC-PTSD-5 and PCL-5 ------------------------------------------------------------------


def five(yes: int, *, gate: bool | None = True) -> Answers:
    return {"gate": gate, **listed(*(number < yes for number in range(5)))}


@pytest.mark.parametrize(
    ("cut", "yes", "answer"),
    [(3, 2, NOT_MET), (3, 3, MET), (3, 4, MET), (4, 3, NOT_MET), (4, 4, MET), (4, 5, MET)],
)
def test_pc_ptsd_5_is_positive_from_the_cut_that_was_chosen(
    cut: int, yes: int, answer: Answer
) -> None:
    result = scored("pc-ptsd-5", five(yes), choices={"cut": cut})
    assert result.score("total").value == yes
    assert result.figure("cut_used").value == cut
    assert result.flag("positive").answer is answer


@pytest.mark.parametrize(
    ("choices", "code"), [({}, "missing_key"), ({"cut": 2}, "unknown_value")], ids=str
)
def test_cut_of_pc_ptsd_5_must_be_one_of_those_in_use(choices: dict[str, Any], code: str) -> None:
    with pytest.raises(InputError) as refused:
        scored("pc-ptsd-5", five(5), choices=choices)
    assert [(p.code, p.path) for p in refused.value.problems] == [(code, "choices.cut")]


def test_closed_gate_of_pc_ptsd_5_makes_the_total_0() -> None:
    result = scored("pc-ptsd-5", {"gate": False}, choices={"cut": 4})
    assert result.score("total").value == 0
    assert result.flag("positive").answer is NOT_MET
    assert result.not_asked == ("1", "2", "3", "4", "5")


def test_answers_behind_the_closed_gate_of_pc_ptsd_5_do_not_count_and_are_told() -> None:
    result = scored("pc-ptsd-5", five(5, gate=False), choices={"cut": 4})
    assert result.score("total").value == 0
    assert "answers_behind_closed_gate" in {warning.code for warning in result.warnings}


def test_gate_of_pc_ptsd_5_without_an_answer_leaves_the_total_open() -> None:
    total = scored("pc-ptsd-5", five(4, gate=None), choices={"cut": 4}).score("total")
    assert (total.value, total.low, total.high, total.missing) == (None, 0, 4, ("gate",))


CRITERIA = {"1": 2, "6": 2, "8": 2, "9": 2, "15": 2, "16": 2}


@pytest.mark.parametrize("item", CRITERIA)
def test_provisional_diagnosis_of_pcl_5_needs_every_cluster(item: str) -> None:
    met = {**alike(20, 0), **CRITERIA}
    assert scored("pcl-5", met).flag("dsm5_provisional").answer is MET
    lacking = {**met, item: 1}
    assert scored("pcl-5", lacking).flag("dsm5_provisional").answer is NOT_MET
    blank = {**met, item: None}
    assert scored("pcl-5", blank).flag("dsm5_provisional").answer is UNKNOWN


@pytest.mark.parametrize(
    ("cluster", "first", "last"), [("B", 1, 5), ("C", 6, 7), ("D", 8, 14), ("E", 15, 20)]
)
def test_cluster_of_pcl_5_has_its_items(cluster: str, first: int, last: int) -> None:
    own = {str(number): 4 for number in range(first, last + 1)}
    result = scored("pcl-5", {**alike(20, 0), **own})
    expected = dict.fromkeys("BCDE", 0) | {cluster: 4 * len(own), "total": 4 * len(own)}
    assert values(result) == expected


# --- BJMHS and ACE ------------------------------------------------------------------------

CALM = {**alike(8, False), "officer_concern": False}


@pytest.mark.parametrize(
    ("changed", "answer"),
    [
        pytest.param({}, NOT_MET, id="nothing"),
        pytest.param({"6": True}, NOT_MET, id="one-of-1-to-6"),
        pytest.param({"1": True, "6": True}, MET, id="two-of-1-to-6"),
        pytest.param({"7": True}, MET, id="7"),
        pytest.param({"8": True}, MET, id="8"),
        pytest.param({"officer_concern": True}, MET, id="officer-is-concerned"),
        pytest.param({"8": None}, UNKNOWN, id="8-blank"),
        pytest.param({"8": None, "7": True}, MET, id="8-blank-changes-nothing"),
        pytest.param({"officer_concern": None}, UNKNOWN, id="concern-blank"),
        pytest.param({"1": True, "2": None}, UNKNOWN, id="may-be-two"),
    ],
)
def test_bjmhs_refers_for_each_of_its_reasons(changed: Answers, answer: Answer) -> None:
    assert scored("bjmhs", {**CALM, **changed}).flag("refer").answer is answer


@pytest.mark.parametrize(("yes", "answer"), [(3, NOT_MET), (4, MET), (10, MET)])
def test_threshold_of_ace_is_told_only_to_who_asks(yes: int, answer: Answer) -> None:
    answers = {**alike(10, False), **alike(yes, True)}
    unasked = scored("ace", answers)
    assert (unasked.score("total").value, unasked.flags) == (yes, ())
    assert scored("ace", answers, tables=("four_plus",)).flag("four_plus").answer is answer


# --- CES-D --------------------------------------------------------------------------------


def test_four_items_of_ces_d_are_reversed() -> None:
    assert scored("ces-d", alike(20, 0)).score("total").value == 12
    highest = {**alike(20, 3), **dict.fromkeys(("4", "8", "12", "16"), 0)}
    assert scored("ces-d", highest).score("total").value == 60
