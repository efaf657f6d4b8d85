"""Which facts there are in a country: their shapes, codes, parameters and what silence means."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.errors import InputError
from rehabcore.questions import declare
from rehabcore.questions.reading import READINGS, READINGS_OF_KINDS
from rehabcore.records.glossary import codes
from rehabcore.rules.ageing import Ageing
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import CODED, RUNNING, Absence, Known, Shape, Unknown
from rehabcore.rules.truth import UnknownKind
from rehabcore.vocabulary import LegalStatus, ProgramId, Setting, Sex
from tests.record_makers import XX

WORDS = XX.glossary
FACTS = declare(WORDS, (ProgramId("one"), ProgramId("two")))


@pytest.mark.parametrize(
    ("name", "shape", "absence", "parameters"),
    [
        ("age", Shape.ELAPSED, Absence.UNKNOWN, ()),
        ("sex", Shape.CHOICE, Absence.UNKNOWN, ()),
        ("languages", Shape.SET, Absence.UNKNOWN, ()),
        ("legal_status", Shape.CHOICE, Absence.UNKNOWN, ()),
        ("setting", Shape.CHOICE, Absence.UNKNOWN, ()),
        ("time_in_legal_status", Shape.ELAPSED, Absence.UNKNOWN, ("legal_status",)),
        ("time_in_setting", Shape.ELAPSED, Absence.UNKNOWN, ("setting",)),
        ("sentence_remaining", Shape.REMAINING, Absence.UNKNOWN, ()),
        ("time_to_earliest_release", Shape.REMAINING, Absence.UNKNOWN, ()),
        ("need_level", Shape.LEVEL, Absence.UNKNOWN, ("domain",)),
        ("risk_level", Shape.LEVEL, Absence.UNKNOWN, ()),
        ("consent", Shape.FLAG, Absence.UNKNOWN, ("purpose",)),
        ("enrolled", Shape.FLAG, Absence.NONE, ("program",)),
        ("completed", Shape.FLAG, Absence.NONE, ("program",)),
        ("events", Shape.COUNT, Absence.NONE, ("kind", "within", "ageing")),
        ("observed_drug_test", Shape.CHOICE, Absence.UNKNOWN, ()),
        ("observed_health_clearance", Shape.CHOICE, Absence.NEEDS_PERSON, ()),
        ("observed_release_decision", Shape.CHOICE, Absence.NEEDS_PERSON, ()),
        ("observed_hand_over", Shape.CHOICE, Absence.NEEDS_PERSON, ()),
        ("state_employment", Shape.CHOICE, Absence.UNKNOWN, ()),
        ("unpublished_rules_met", Shape.FLAG, Absence.NEEDS_PERSON, ()),
    ],
)
def test_each_fact_is_declared(
    name: str, shape: Shape, absence: Absence, parameters: tuple[str, ...]
) -> None:
    fact = FACTS[name]
    assert (fact.shape, fact.absence) == (shape, absence)
    assert tuple(parameter.name for parameter in fact.parameters) == parameters


def test_country_xx_has_21_facts() -> None:
    assert len(FACTS) == 21


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sex", tuple(Sex)),
        ("languages", codes(WORDS.languages)),
        ("legal_status", tuple(LegalStatus)),
        ("setting", tuple(Setting)),
        ("need_level", ("none", "some", "high")),
        ("risk_level", ("low", "medium", "high")),
        ("observed_drug_test", ("negative", "positive")),
        ("observed_hand_over", ("accepted", "waived", "declined")),
        ("state_employment", ("employed", "unemployed")),
    ],
)
def test_coded_facts_have_the_codes_of_the_country(name: str, expected: tuple[str, ...]) -> None:
    assert FACTS[name].codes == expected


@pytest.mark.parametrize(
    ("name", "parameter", "expected"),
    [
        ("time_in_legal_status", "legal_status", tuple(LegalStatus)),
        ("time_in_setting", "setting", tuple(Setting)),
        ("need_level", "domain", codes(WORDS.need_domains)),
        ("consent", "purpose", codes(WORDS.consent_purposes)),
        ("enrolled", "program", ("one", "two")),
        ("completed", "program", ("one", "two")),
        ("events", "kind", ("sanction",)),
        ("events", "within", ()),
        ("events", "ageing", tuple(Ageing)),
    ],
)
def test_parameters_take_the_codes_of_the_country(
    name: str, parameter: str, expected: tuple[str, ...]
) -> None:
    (found,) = (p for p in FACTS[name].parameters if p.name == parameter)
    assert (found.codes, found.required) == (expected, True)


def test_the_ageing_of_events_has_no_default() -> None:
    with pytest.raises(InputError) as raised:
        ask(FACTS["events"], kind="sanction", within="3 months")
    assert [(p.code, p.path) for p in raised.value.problems] == [("missing_key", "ageing")]


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_says_what_it_is_about_and_running_ones_their_unit(name: str) -> None:
    fact = FACTS[name]
    assert fact.name == name
    assert fact.about.endswith(".")
    assert bool(fact.codes) == (fact.shape in CODED)
    assert (fact.unit == "calendar time") == (fact.shape in RUNNING)


@pytest.mark.parametrize("name", [name for name in FACTS if name != "events"])
def test_every_fact_but_counts_of_events_says_who_can_answer_it(name: str) -> None:
    assert FACTS[name].answered_by


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("need_level", ("assess_needs",)),
        ("risk_level", ("assess_risk",)),
        ("consent", ("ask_for_consent",)),
        ("enrolled", ("enrol", "end_enrolment")),
        ("completed", ("complete_program",)),
        ("unpublished_rules_met", ("publish_entry_rules",)),
        ("age", ()),
        ("sex", ()),
    ],
)
def test_facts_that_an_act_can_change_name_it(name: str, acts: tuple[str, ...]) -> None:
    assert FACTS[name].changed_by == acts


def test_only_the_particulars_identify() -> None:
    assert {name for name, fact in FACTS.items() if fact.identifying} == {"age", "sex", "languages"}


def test_age_is_only_asked_from_and_under_a_birthday() -> None:
    assert FACTS["age"].comparisons == ("at_least", "under")


def test_a_fact_of_the_country_has_the_title_and_the_answerers_of_its_kind() -> None:
    (employment,) = WORDS.state_kinds
    assert FACTS["state_employment"].title == employment.title
    assert FACTS["observed_release_decision"].answered_by == ("court",)


@pytest.mark.parametrize(
    ("changed", "gone"),
    [
        ({"languages": ()}, {"languages"}),
        ({"consent_purposes": ()}, {"consent"}),
        ({"event_kinds": ()}, {"events"}),
        ({"observation_kinds": WORDS.observation_kinds[:3]}, {"observed_hand_over"}),
        ({"state_kinds": ()}, {"state_employment"}),
        ({}, {"enrolled", "completed"}),
    ],
    ids=["languages", "purposes", "events", "observations", "states", "programmes"],
)
def test_a_country_without_the_words_has_not_the_fact(
    changed: dict[str, Any], gone: set[str]
) -> None:
    programs = (ProgramId("one"),) if changed else ()
    assert set(FACTS) - set(declare(evolve(WORDS, **changed), programs)) == gone


def test_programmes_may_be_given_as_any_iterable() -> None:
    facts = declare(WORDS, iter([ProgramId("one"), ProgramId("two")]))
    assert facts == FACTS


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_can_be_read(name: str) -> None:
    assert (name in READINGS) != name.startswith(tuple(READINGS_OF_KINDS))


@pytest.mark.parametrize(
    ("name", "silence"),
    [
        ("age", Unknown(UnknownKind.MISSING)),
        ("observed_hand_over", Unknown(UnknownKind.NEEDS_PERSON)),
        ("unpublished_rules_met", Unknown(UnknownKind.NEEDS_PERSON)),
    ],
)
def test_silence_is_not_a_value(name: str, silence: Unknown) -> None:
    assert FACTS[name].absent() == silence


@pytest.mark.parametrize(("name", "nothing"), [("enrolled", False), ("completed", False)])
def test_a_complete_register_answers_by_its_silence(name: str, nothing: bool) -> None:
    silence = FACTS[name].absent()
    assert isinstance(silence, Known)
    assert (silence.value, silence.assumption) == (nothing, "none_on_file")
