"""Which facts there are in a country: their shapes, codes, parameters and what silence means."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.levels.policy import RiskPolicy
from rehabcore.questions import CountryWords, facts_of_kinds, questions
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records.glossary import Glossary, codes
from rehabcore.rules.criteria import ask
from rehabcore.rules.facts import CODED, RUNNING, Absence, Fact, Known, Shape, Unknown
from rehabcore.rules.time.ageing import Ageing
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import LegalStatus, ProgramId, Setting, Sex
from tests.kit.record_makers import XX

UNKNOWN, NONE, NEEDS_PERSON = Absence
FLAG, COUNT, AMOUNT, CHOICE, LEVEL, _, ELAPSED, REMAINING = Shape
WORDS = XX.glossary


def _facts(glossary: Glossary, *programs: str) -> dict[str, Fact]:
    offered = tuple(ProgramId(program) for program in programs)
    words = CountryWords(
        glossary=glossary,
        programs=offered,
        risk_policy=RiskPolicy(),
        records_policy=RecordsPolicy(),
    )
    return {name: question.fact for name, question in questions(words).items()}


FACTS = _facts(WORDS, "one", "two")


@pytest.mark.parametrize(
    ("name", "shape", "absence", "parameters"),
    [
        ("age", ELAPSED, UNKNOWN, ""),
        ("sex", CHOICE, UNKNOWN, ""),
        ("languages", Shape.SET, UNKNOWN, ""),
        ("died", FLAG, NONE, ""),
        ("legal_status", CHOICE, UNKNOWN, ""),
        ("setting", CHOICE, UNKNOWN, ""),
        ("time_in_legal_status", ELAPSED, UNKNOWN, "legal_status gap?"),
        ("time_in_setting", ELAPSED, UNKNOWN, "setting gap?"),
        ("time_in_institution", ELAPSED, UNKNOWN, ""),
        ("had_legal_status", FLAG, UNKNOWN, "legal_status within ageing"),
        ("had_setting", FLAG, UNKNOWN, "setting within ageing"),
        ("days_in_legal_status", COUNT, UNKNOWN, "legal_status within"),
        ("days_in_setting", COUNT, UNKNOWN, "setting within"),
        ("former_prisoner", FLAG, UNKNOWN, ""),
        ("time_since_release", ELAPSED, UNKNOWN, ""),
        ("sentence_remaining", REMAINING, UNKNOWN, ""),
        ("time_to_earliest_release", REMAINING, UNKNOWN, ""),
        ("time_to_share_served", REMAINING, UNKNOWN, "share term"),
        ("time_served", ELAPSED, UNKNOWN, ""),
        ("sentences", COUNT, NONE, ""),
        ("life_sentence", FLAG, UNKNOWN, ""),
        ("sentence_within", FLAG, UNKNOWN, "length"),
        ("sentence_under", FLAG, UNKNOWN, "length"),
        ("need_level", LEVEL, UNKNOWN, "domain"),
        ("need_found_in", FLAG, UNKNOWN, "subdomain"),
        ("risk_level", LEVEL, UNKNOWN, "domain?"),
        ("time_at_need_level", ELAPSED, UNKNOWN, "domain need_level gap?"),
        ("time_at_risk_level", ELAPSED, UNKNOWN, "risk_level gap? domain?"),
        ("risk_score", AMOUNT, UNKNOWN, "domain?"),
        ("risk_score_fall", AMOUNT, UNKNOWN, "within domain?"),
        ("time_to_reassessment", REMAINING, UNKNOWN, "domain?"),
        ("consent", FLAG, UNKNOWN, "purpose program? recipient?"),
        ("responsivity_factor", FLAG, UNKNOWN, "responsivity_kind"),
        ("enrolled", FLAG, NONE, "program"),
        ("completed", FLAG, NONE, "program"),
        ("referred", FLAG, NONE, "program"),
        ("time_enrolled", ELAPSED, NONE, "program gap?"),
        ("completed_within", FLAG, NONE, "program within ageing"),
        ("program_outcomes", COUNT, NONE, "outcome program? within ageing"),
        ("time_since_referral", ELAPSED, UNKNOWN, "program"),
        ("attendance_share", AMOUNT, UNKNOWN, "program excused within ageing"),
        ("events", COUNT, NONE, "kind within ageing"),
        ("events_between", COUNT, UNKNOWN, "kind anchor after until?"),
        ("event_months_in_a_row", COUNT, NONE, "kind"),
        ("time_since_event", ELAPSED, UNKNOWN, "kind"),
        ("observed_drug_test", CHOICE, UNKNOWN, ""),
        ("observed_health_clearance", CHOICE, NEEDS_PERSON, ""),
        ("observations_of_health_clearance", COUNT, NONE, "value within ageing"),
        ("streak_of_drug_test", ELAPSED, UNKNOWN, "value lapse"),
        ("streak_of_health_clearance", ELAPSED, NEEDS_PERSON, "value lapse"),
        ("state_employment", CHOICE, UNKNOWN, ""),
        ("state_supervision_level", LEVEL, UNKNOWN, ""),
        ("time_in_state_employment", ELAPSED, UNKNOWN, "state gap?"),
        ("had_state_employment", FLAG, UNKNOWN, "state within ageing"),
        ("days_in_state_employment", COUNT, UNKNOWN, "state within"),
        ("changes_of_state_employment", COUNT, UNKNOWN, "direction state? within ageing"),
        ("measured_restitution_owed", AMOUNT, UNKNOWN, ""),
        (
            "incidents_violation",
            COUNT,
            NONE,
            "severity_at_least? outcomes? counted_from within ageing",
        ),
        ("undecided_events", COUNT, NONE, "kind"),
        ("offence_of", FLAG, UNKNOWN, "offence_kind scope"),
        ("offences", COUNT, UNKNOWN, "offence_kind counted_from within ageing"),
        ("time_since_offence", ELAPSED, UNKNOWN, ""),
        ("time_to", REMAINING, UNKNOWN, "milestone"),
        ("refusals", COUNT, NONE, "subject except_reasons? within ageing"),
        ("ruling_in_force", FLAG, NONE, "subject outcome"),
        ("awaiting_decision", FLAG, NONE, "program"),
        ("registered", FLAG, NONE, "register"),
        ("required", FLAG, NONE, "subject"),
        ("program_refused", FLAG, NONE, "program"),
        ("need_refused", FLAG, NONE, "domain"),
        ("time_to_duty", REMAINING, UNKNOWN, "kind first every"),
        ("unpublished_rules_met", FLAG, NEEDS_PERSON, ""),
        ("unsettled_law_met", FLAG, NEEDS_PERSON, ""),
        ("law_not_on_file_met", FLAG, NEEDS_PERSON, ""),
    ],
)
def test_each_fact_is_declared(name: str, shape: Shape, absence: Absence, parameters: str) -> None:
    fact = FACTS[name]
    assert (fact.shape, fact.absence) == (shape, absence)
    told = " ".join(p.name if p.required else f"{p.name}?" for p in fact.parameters)
    assert told == parameters


def test_country_xx_has_all_facts_and_three_or_five_of_each_kind_of_its_own() -> None:
    own = 3 * len(WORDS.observation_kinds) + 5 * len(WORDS.state_kinds)
    assert len(FACTS) == 62 + own + len(WORDS.measurement_kinds)


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
        ("observed_release_decision", ("granted", "refused", "ordered", "revoked")),
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
        ("time_in_legal_status", "gap", ()),
        ("events", "kind", codes(WORDS.event_kinds)),
        ("time_at_risk_level", "risk_level", ("low", "medium", "high")),
        ("program_outcomes", "program", ("one", "two")),
        ("streak_of_drug_test", "value", ("negative", "positive")),
        ("changes_of_state_employment", "direction", ("any",)),
        ("changes_of_state_supervision_level", "direction", ("any", "raised", "lowered")),
        ("changes_of_state_supervision_level", "state", ("minimum", "medium", "maximum")),
        ("events", "within", ()),
        ("events", "ageing", tuple(Ageing)),
    ],
)
def test_parameters_take_the_codes_of_the_country(
    name: str, parameter: str, expected: tuple[str, ...]
) -> None:
    (found,) = (p for p in FACTS[name].parameters if p.name == parameter)
    assert found.codes == expected


def test_the_ageing_of_events_has_no_default() -> None:
    with pytest.raises(InputError) as raised:
        ask(FACTS["events"], kind="sanction", within="3 months")
    assert [(p.code, p.path) for p in raised.value.problems] == [("missing_key", "ageing")]


def test_every_fact_says_what_it_is_about_and_running_ones_their_unit() -> None:
    for name, fact in FACTS.items():
        assert fact.name == name
        assert fact.about.endswith("."), name
        assert bool(fact.codes) == (fact.shape in CODED), name
        assert (fact.unit == "calendar time") == (fact.shape in RUNNING), name


def test_every_fact_but_those_of_events_says_who_can_answer_it() -> None:
    of_events = {name for name in FACTS if "event" in name or name.startswith("incidents")}
    assert {name for name, fact in FACTS.items() if not fact.answered_by} == of_events


@pytest.mark.parametrize(
    ("name", "acts"),
    [
        ("need_level", ("assess_needs",)),
        ("risk_level", ("assess_risk",)),
        ("consent", ("ask_for_consent",)),
        ("enrolled", ("enrol", "end_enrolment")),
        ("completed", ("complete_program",)),
        ("referred", ("refer", "enrol")),
        ("risk_score_fall", ("assess_risk",)),
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
    employment = WORDS.state_kinds[0]
    assert FACTS["state_employment"].title == employment.title
    assert FACTS["observed_release_decision"].answered_by == ("court",)


@pytest.mark.parametrize(
    ("changed", "gone"),
    [
        ({"languages": ()}, "languages"),
        ({"need_subdomains": ()}, "need_found_in"),
        ({"responsivity_kinds": ()}, "responsivity_factor"),
        ({"consent_purposes": ()}, "consent"),
        (
            {"event_kinds": ()},
            "events events_between event_months_in_a_row time_since_event incidents_violation "
            "undecided_events",
        ),
        ({"measurement_kinds": WORDS.measurement_kinds[:1]}, "measured_literacy_points"),
        ({"milestone_kinds": ()}, "time_to"),
        ({"offence_kinds": ()}, "offence_of offences time_since_offence"),
        ({"registers": ()}, "registered"),
        (
            {"observation_kinds": WORDS.observation_kinds[:3]},
            "observed_income_check observations_of_income_check streak_of_income_check "
            "observed_recommended_level observations_of_recommended_level "
            "streak_of_recommended_level",
        ),
        (
            {"state_kinds": WORDS.state_kinds[:-1]},
            "state_fees time_in_state_fees had_state_fees days_in_state_fees changes_of_state_fees",
        ),
        (
            {},
            "enrolled completed referred time_enrolled completed_within program_outcomes "
            "time_since_referral attendance_share awaiting_decision program_refused",
        ),
    ],
    ids=[
        *(
            "languages",
            "parts-of-domains",
            "responsivity",
            "purposes",
            "events",
            "amounts",
            "milestones",
        ),
        *("offences", "registers"),
        *("observations", "states", "programmes"),
    ],
)
def test_a_country_without_the_words_has_not_the_fact(changed: dict[str, Any], gone: str) -> None:
    programs = ["one"] if changed else []
    assert set(FACTS) - set(_facts(evolve(WORDS, **changed), *programs)) == set(gone.split())


def test_a_country_in_which_nothing_is_ruled_on_has_no_facts_of_rulings() -> None:
    facts = _facts(evolve(WORDS, ruling_subjects=()))
    assert {"refusals", "ruling_in_force"} <= FACTS.keys() - facts.keys()


def test_a_country_in_which_nothing_can_be_required_has_no_fact_of_requirements() -> None:
    assert "required" in _facts(WORDS)
    assert "required" not in _facts(evolve(WORDS, requirement_subjects=()))


def test_an_office_is_asked_by_its_code() -> None:
    consent = FACTS["consent"]
    assert ask(consent, purpose="programme", recipient="ngo-9")["recipient"] == "ngo-9"
    with pytest.raises(InputError) as raised:
        ask(consent, purpose="programme", recipient=" ")
    assert [(p.code, p.path) for p in raised.value.problems] == [("out_of_range", "recipient")]


def test_each_kind_of_the_country_has_all_facts_of_its_forms() -> None:
    of_kinds = facts_of_kinds(WORDS)
    assert of_kinds["changes_of_state_employment"] == ("changes_of_state", "employment")
    assert of_kinds["incidents_violation"] == ("incidents", "violation")
    titled = {name for name, fact in FACTS.items() if fact.title is not None}
    assert titled == set(of_kinds) & set(FACTS)


@pytest.mark.parametrize(
    ("name", "silence"),
    [
        ("age", Unknown(UnknownKind.MISSING)),
        ("observed_release_decision", Unknown(UnknownKind.NEEDS_PERSON)),
        ("unpublished_rules_met", Unknown(UnknownKind.NEEDS_PERSON)),
        ("unsettled_law_met", Unknown(UnknownKind.NEEDS_PERSON)),
        ("law_not_on_file_met", Unknown(UnknownKind.NEEDS_PERSON)),
    ],
)
def test_silence_is_not_a_value(name: str, silence: Unknown) -> None:
    assert FACTS[name].absent() == silence


@pytest.mark.parametrize(("name", "nothing"), [("enrolled", False), ("completed", False)])
def test_a_complete_register_answers_by_its_silence(name: str, nothing: bool) -> None:
    silence = FACTS[name].absent()
    assert isinstance(silence, Known)
    assert (silence.value, silence.assumption) == (nothing, "none_on_file")
