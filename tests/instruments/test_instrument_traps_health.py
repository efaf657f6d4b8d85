"""Faults found in public scorers of these instruments: each is shown not to be here."""

from importlib import resources

import pytest

from rehabcore import instruments
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from tests.kit.instrument_forms import alike, scored


def file_of(name: str) -> str:
    folder = resources.files("rehabcore.instruments").joinpath("library")
    return folder.joinpath(f"{name}.toml").read_text("utf-8")


@pytest.mark.parametrize(("name", "last"), [("ders-18", 18), ("ders-16", 16), ("ces-d", 20)])
def test_blank_never_lowers_a_score(name: str, last: int) -> None:
    total = scored(name, {**alike(last, 3), "10": None}).score("total")
    assert (total.value, total.missing) == (None, ("10",))


def test_blank_of_phq_9_never_lowers_its_score() -> None:
    answers = {**alike(9, 2), "9": None}
    assert scored("phq-9", answers).score("total").value == 18


def test_whoqol_bref_takes_raw_and_keyed_answers_to_two_known_results() -> None:
    answers = alike(26, 4)
    raw = scored("whoqol-bref", answers)
    keyed = scored("whoqol-bref", answers, keyed=True)
    assert (raw.score("physical").value, raw.score("psychological").value) == (13.71, 14.67)
    assert (keyed.score("physical").value, keyed.score("psychological").value) == (16, 16)


def test_same_answers_to_rses_score_14_and_16_by_the_order_of_the_items() -> None:
    answers = {str(number): 2 if number % 2 else 1 for number in range(1, 11)}
    totals = [
        scored("rses", answers, choices={"form": form}).score("total").value
        for form in ("order_a", "order_b")
    ]
    assert totals == [14, 16]


def test_urica_tells_the_nearest_group_and_no_band() -> None:
    placings = scored("urica", alike(32, 3)).placings
    assert [placing.name for placing in placings] == ["nearest_group"]


@pytest.mark.parametrize(
    ("last", "code"), [(15, "overlap"), (13, "gap")], ids=["15 is in two", "14 is in none"]
)
def test_bands_of_phq_9_that_do_not_fit_together_cannot_load(last: int, code: str) -> None:
    moderate = 'to = 14, label = "moderate"'
    with pytest.raises(InputError) as refused:
        instruments.read_instrument(
            file_of("phq-9").replace(moderate, f'to = {last}, label = "moderate"')
        )
    [problem] = refused.value.problems
    assert (problem.code, problem.path) == (code, "bands.band.table[3].from")


def test_bands_of_urica_that_share_8_and_11_cannot_load() -> None:
    stages = """
[bands.stage]
of = "readiness"
source = "groups"
table = [
  { from = -2, to = 8, label = "precontemplation" },
  { from = 8, to = 11, label = "contemplation" },
  { from = 11, to = 14, label = "preparation" },
]
"""
    with pytest.raises(InputError) as refused:
        instruments.read_instrument(file_of("urica") + stages)
    told = {(problem.code, problem.path) for problem in refused.value.problems}
    assert told == {
        ("not_half_open", "bands.stage.table[0].to"),
        ("not_half_open", "bands.stage.table[1].to"),
    }


def test_band_without_a_citation_cannot_load() -> None:
    cited = 'source = "table"\ntable = ['
    with pytest.raises(InputError, match=r"bands\.band"):
        instruments.read_instrument(file_of("gad-7").replace(cited, "table = ["))


def test_item_9_of_phq_9_is_critical_whatever_the_total() -> None:
    result = scored("phq-9", {**alike(9, 0), "9": 1})
    assert result.score("total").value == 1
    assert result.band("band").label == "minimal"
    assert result.critical == ("critical_item9",)


def test_provisional_diagnosis_of_pcl_5_does_not_come_from_the_total() -> None:
    some = {**alike(20, 0), **dict.fromkeys(("1", "6", "8", "9", "15", "16"), 2)}
    many = {**alike(20, 0), **dict.fromkeys(("8", "9", "10", "11", "12", "13", "14"), 4), "1": 3}
    few, most = scored("pcl-5", some), scored("pcl-5", many)
    assert (few.score("total").value, most.score("total").value) == (12, 31)
    assert few.flag("dsm5_provisional").answer is Answer.MET
    assert most.flag("dsm5_provisional").answer is Answer.NOT_MET
    assert (few.flag("cut31").answer, most.flag("cut31").answer) == (Answer.NOT_MET, Answer.MET)
