"""A fault of a record leaves open the facts that it decides, and no others."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.questions.readings import MOST_READINGS
from rehabcore.records import CaseFile, Sentence
from rehabcore.records.fields import REFERS_TO, fields_with
from rehabcore.records.stand_ins import STAND_INS
from rehabcore.rules.facts import NEVER
from rehabcore.rules.truth import UnknownKind
from rehabcore.strict.vocabulary import RecordId, Sex
from tests.kit.builders import case, day, filed, person
from tests.kit.record_makers import (
    XX,
    Given,
    Piece,
    attendance,
    completion,
    enrolment,
    event,
    in_words,
    needs,
    observation,
    of_every_kind,
    offence,
    override,
    referral,
    requirement,
    resolution,
    retraction,
    risk,
    sentence,
    state,
)

MISSING, PERSON, DISPUTED = (
    UnknownKind.MISSING,
    UnknownKind.NEEDS_PERSON,
    UnknownKind.DISPUTED,
)
SKILLS: dict[str, Any] = {"program": "thinking_skills"}


def told(file: CaseFile, name: str, known_at: str | None = None, **given: Given) -> list[Piece]:
    """All that a file answers to a fact, in spite of its faults."""
    on = None if known_at is None else day(known_at)
    return in_words(XX.facts_of(file, known_at=on), name, **given)


def aside(file: CaseFile, known_at: str | None = None) -> list[tuple[str, str, str]]:
    """The records that were set aside, each with its place and the code of the problem."""
    on = None if known_at is None else day(known_at)
    return [(a.record_id, a.place, a.code) for a in XX.facts_of(file, known_at=on).set_aside]


# --- a record that was taken back ---------------------------------------------------------

ENDED = case(
    enrolments=(enrolment("en", "2020-01-01"), enrolment("x", "2020-01-01", "drop_in")),
    completions=(completion("co", "en", "2020-03-01"), completion("y", "x", "2020-03-01")),
    retractions=(retraction("rt", "en", "2020-04-01"),),
)


def test_the_end_of_an_enrolment_that_was_taken_back_waits_for_a_person() -> None:
    assert told(ENDED, "completed", **SKILLS) == [("", False, ""), ("2020-03-01", PERSON, "co en")]
    assert told(ENDED, "enrolled", **SKILLS) == [
        ("", False, ""),
        ("2020-01-01", PERSON, "co en"),
        ("2020-03-01", False, ""),
    ]
    assert aside(ENDED) == [("co", "completions.enrolment", "dangling_id")]


def test_a_count_that_rests_on_what_was_taken_back_lies_between() -> None:
    ends = told(
        ENDED,
        "program_outcomes",
        outcome="completed",
        within="1 month",
        ageing="exclusive",
        **SKILLS,
    )
    assert ends == [
        ("", 0, ""),
        ("2020-03-01", "needs_person 0..1", "co en"),
        ("2020-04-01", 0, ""),
    ]


def test_what_does_not_rest_on_it_is_answered() -> None:
    assert told(ENDED, "completed", program="drop_in") == [
        ("", False, ""),
        ("2020-01-01", False, "x"),
        ("2020-03-01", True, "x y"),
    ]


def test_before_it_was_taken_back_nothing_was_set_aside() -> None:
    assert told(ENDED, "completed", "2020-03-31", **SKILLS)[-1] == ("2020-03-01", True, "co en")
    assert aside(ENDED, "2020-03-31") == []


def test_an_override_of_an_assessment_that_was_taken_back_waits_for_a_person() -> None:
    file = case(
        risk_assessments=(
            risk("ra", "low", "2020-01-01", domain="work"),
            risk("rb", "high", "2020-01-01"),
        ),
        level_overrides=(override("lo", "ra", "medium", "2020-02-01", "2020-06-01"),),
        retractions=(retraction("rt", "ra"),),
    )
    assert told(file, "risk_level", domain="work") == [
        ("", MISSING, ""),
        ("2020-01-01", PERSON, "lo ra"),
    ]
    assert told(file, "risk_level") == [("", MISSING, ""), ("2020-01-01", "high", "rb")]
    assert aside(file) == [("lo", "level_overrides.assessment", "dangling_id")]


def test_an_offence_stands_without_the_sentence_that_was_taken_back() -> None:
    file = case(
        sentences=(sentence("s", "2020-01-01", "2022-01-01"),),
        offences=(offence("of", "property", convicted="2020-01-01", of="s"),),
        retractions=(retraction("rt", "s"),),
    )
    alone = evolve(
        file,
        sentences=(),
        retractions=(),
        offences=(offence("of", "property", convicted="2020-01-01"),),
    )
    for given in ({"scope": "current"}, {"scope": "ever"}):
        asked: dict[str, Any] = {"offence_kind": "property", **given}
        assert told(file, "offence_of", **asked) == told(alone, "offence_of", **asked)
    assert aside(file) == [("of", "offences.sentence", "dangling_id")]


def test_the_only_particulars_may_be_taken_back() -> None:
    file = case(
        beneficiary=(person("p", birth_date=day("1990-01-01")),),
        retractions=(retraction("rt", "p"),),
    )
    assert told(file, "age") == [("", MISSING, "")]
    assert aside(file) == [("p", "beneficiary", "empty_group")]
    assert XX.facts_of(file, known_at=day("2020-01-01")).set_aside


# --- a record that is not on file ---------------------------------------------------------


def test_the_end_of_an_enrolment_nobody_filed_may_be_that_of_any_programme() -> None:
    file = case(
        completions=(completion("co", "gone", "2020-03-01"),),
        enrolments=(enrolment("en", "2020-01-01", "drop_in"),),
        referrals=(referral("rf", "2020-01-01"),),
    )
    for program in XX.known_programs():
        begun = " en" if program == "drop_in" else ""
        assert told(file, "completed", program=program)[-1] == ("2020-03-01", PERSON, f"co{begun}")
    assert told(file, "enrolled", program="drop_in") == [
        ("", PERSON, "co"),
        ("2020-01-01", True, "en"),
    ]
    # On any day from the referral to the end the enrolment may have begun that answered it.
    assert told(file, "referred", **SKILLS) == [
        ("", False, ""),
        ("2020-01-01", PERSON, "co rf"),
    ]
    assert told(file, "age") == [("", MISSING, "")]
    assert aside(file) == [("co", "completions.enrolment", "dangling_id")]


def test_an_override_of_an_assessment_nobody_filed_may_be_of_any_domain() -> None:
    file = case(
        risk_assessments=(risk("ra", "low", "2020-01-01"),),
        level_overrides=(override("lo", "gone", "medium", "2020-02-01"),),
    )
    assert told(file, "risk_level") == [
        ("", MISSING, ""),
        ("2020-01-01", "low", "ra"),
        ("2020-02-01", PERSON, "lo ra"),
    ]
    for domain in ("work", "housing"):
        assert told(file, "risk_level", domain=domain) == [
            ("", MISSING, ""),
            ("2020-02-01", PERSON, "lo"),
        ]


def test_a_resolution_that_names_a_missing_assessment_ends_no_dispute() -> None:
    file = case(
        risk_assessments=(
            risk("ra", "low", "2020-01-01"),
            risk("rb", "high", "2020-01-01", instrument="other"),
        ),
        resolutions=(resolution("rs", ["ra", "gone"], "low", "2020-02-01"),),
    )
    assert told(file, "risk_level") == [
        ("", MISSING, ""),
        ("2020-01-01", DISPUTED, "ra rb"),
    ]
    assert aside(file) == [("rs", "resolutions.assessments[1]", "dangling_id")]


def test_a_reference_to_a_record_filed_later_is_not_yet_one_to_a_record_on_file() -> None:
    file = case(
        enrolments=(enrolment("en", "2020-01-01", recorded_on="2020-04-01"),),
        completions=(completion("co", "en", "2020-03-01", recorded_on="2020-03-01"),),
    )
    assert told(file, "completed", "2020-03-31", program="drop_in")[-1][1] is PERSON
    assert told(file, "completed", program="drop_in")[-1][1] is False
    assert aside(file, "2020-03-31") == [("co", "completions.enrolment", "dangling_id")]


def test_every_field_that_names_another_record_has_stand_ins() -> None:
    kinds = {type(record): record for _, record in of_every_kind().entries()}
    naming = {
        (kind, one.name) for kind, record in kinds.items() for one in fields_with(record, REFERS_TO)
    }
    assert naming == STAND_INS.keys()


def test_an_attendance_of_a_session_nobody_filed_may_be_that_of_any_programme() -> None:
    for outcome in ("attended", "cancelled_by_provider"):
        file = case(attendances=(attendance("at", "gone", outcome),))
        assert aside(file) == [("at", "attendances.session", "dangling_id")]
        assert told(file, "completed", **SKILLS) == [("", False, "")]
        share = {"excused": "missed", "within": "30 days", "ageing": "exclusive"}
        pieces = told(file, "attendance_share", **SKILLS, **share)
        assert {value for _, value, _ in pieces} == {UnknownKind.MISSING}


def test_two_ends_of_one_enrolment_that_nobody_filed_are_read_apart() -> None:
    file = case(
        completions=(
            completion("co", "gone", "2020-03-01"),
            completion("cp", "gone", "2020-04-01", source="b"),
        ),
    )
    assert [record_id for record_id, _, _ in aside(file)] == ["co", "cp"]
    assert told(file, "completed", **SKILLS)[-1][1] == PERSON


def test_an_unknown_code_in_a_record_that_names_one_nobody_filed_is_its_own() -> None:
    """Not one of what is read in the place of the record that is named."""
    file = case(offences=(offence("of", "no_such_code", of="gone"),))
    assert aside(file) == [
        ("of", "offences.kind", "unknown_value"),
        ("of", "offences.sentence", "dangling_id"),
    ]
    asked: dict[str, Any] = {"offence_kind": "property", "scope": "ever"}
    assert told(file, "offence_of", **asked) == [("", PERSON, "of")]
    assert told(file, "sentences")[-1] == ("1850-01-01", "needs_person 0..1", "of")


def test_a_sentence_that_names_two_nobody_filed_is_one_of_three() -> None:
    file = case(sentences=(sentence("s", "2026-01-01", "2027-01-01", after="x", beside=("y",)),))
    assert told(file, "sentences")[1:] == [
        ("1850-01-01", "needs_person 0..2", "s"),
        ("2026-01-01", "needs_person 1..3", "s"),
    ]


def test_ids_of_stand_ins_are_never_ids_on_file() -> None:
    file = case(
        completions=(completion("co", "gone", "2020-03-01"),),
        events=(event("~drop_in gone", "2020-01-01"), event("~~", "2020-01-02")),
    )
    assert told(file, "completed", program="drop_in")[-1] == ("2020-03-01", PERSON, "co")


# --- two offices correct one record -------------------------------------------------------

SENTENCE = sentence("s", "2020-01-01", "2022-01-01", source="court")


def _corrected(*starts: tuple[str, str], **records: Any) -> CaseFile:
    """A sentence that several offices corrected, each to another first day."""
    corrections = (
        sentence(f"s-{by}", start, "2022-01-01", source=by, corrects="s", recorded_on="2020-02-01")
        for by, start in starts
    )
    return case(sentences=(SENTENCE, *corrections), **records)


def test_two_corrections_by_two_offices_are_a_dispute_about_that_record() -> None:
    file = _corrected(("prison", "2020-01-01"), ("probation", "2020-01-11"))
    assert told(file, "time_served") == [
        ("", NEVER, "s-prison"),
        ("2020-01-01", "disputed 2020-01-01..never", "s-prison s-probation"),
        ("2020-01-11", "disputed 2020-01-01..2020-01-11", "s-prison s-probation"),
        ("2022-01-01", NEVER, "s-prison"),
    ]
    assert aside(file) == [
        ("s-prison", "sentences.filed.corrects", "corrected_twice"),
        ("s-probation", "sentences.filed.corrects", "corrected_twice"),
    ]


def _since_known(file: CaseFile) -> list[object]:
    return [says for _, says, _ in told(file, "time_served")][1:2]


def test_two_corrections_that_say_the_same_leave_nothing_open() -> None:
    assert _since_known(_corrected(("prison", "2020-01-05"), ("probation", "2020-01-05"))) == [
        "2020-01-05"
    ]


def test_what_is_corrected_further_is_read_with_the_office_that_did() -> None:
    later: dict[str, Any] = {"corrects": "s-probation", "recorded_on": "2020-03-01"}
    further = sentence("s-3", "2020-01-05", "2022-01-01", source="probation", **later)
    file = _corrected(("prison", "2020-01-05"), ("probation", "2020-01-11"))
    assert _since_known(evolve(file, sentences=(*file.sentences, further))) == ["2020-01-05"]


def test_one_office_corrects_and_another_takes_back() -> None:
    file = _corrected(
        ("prison", "2020-01-05"),
        retractions=(evolve(retraction("rt", "s"), filed=filed("rt", "2020-02-01", "court", "s")),),
    )
    assert told(file, "sentences") == [
        ("", 0, ""),
        ("2020-01-05", "disputed 0..1", "rt s-prison"),
    ]


# --- a code of an older pack --------------------------------------------------------------


WINDOW: dict[str, Any] = {"within": "1 year", "ageing": "exclusive"}


def test_an_unknown_word_may_be_an_older_name_of_any() -> None:
    file = case(events=(event("ev", "2020-01-01", "violation", severity="heavy"),))
    asked: dict[str, Any] = {"counted_from": "event", **WINDOW}
    for least in ("minor", "grave"):
        counted = told(file, "incidents_violation", severity_at_least=least, **asked)
        assert counted[1] == ("2020-01-01", "needs_person 0..1", "ev"), least
    assert told(file, "events", kind="violation", **WINDOW)[1] == ("2020-01-01", 1, "ev")
    assert aside(file) == [("ev", "events.severity", "unknown_value")]


def test_a_thing_that_the_country_does_not_know_is_another_thing() -> None:
    file = case(
        enrolments=(enrolment("en", "2020-01-01", "old_course"),),
        completions=(completion("co", "en", "2020-03-01"),),
        events=(event("ev", "2020-01-01", "old_kind"),),
    )
    assert told(file, "completed", **SKILLS) == [("", False, "")]
    assert told(file, "events", kind="sanction", **WINDOW) == [("", 0, "")]
    assert told(file, "program_outcomes", outcome="completed", **WINDOW)[1] == (
        "2020-03-01",
        "needs_person 0..1",
        "co en",
    )
    assert aside(file) == [
        ("en", "enrolments.program_id", "unknown_value"),
        ("ev", "events.kind", "unknown_value"),
    ]


def test_a_finding_in_an_unknown_domain_leaves_the_others_known() -> None:
    findings = {"work": "high", "old_domain": "high", "housing": "huge", "attitudes": "huge"}
    file = case(needs_assessments=(needs("na", "2020-01-01", findings=findings),))
    assert told(file, "need_level", domain="work")[1] == ("2020-01-01", "high", "na")
    for domain in ("housing", "attitudes"):
        assert told(file, "need_level", domain=domain)[1] == ("2020-01-01", PERSON, "na")
    assert [place for _, place, _ in aside(file)] == [
        "needs_assessments.findings[1].domain",
        "needs_assessments.findings[2].level",
        "needs_assessments.findings[3].level",
    ]


def test_an_unknown_language_leaves_age_and_sex_known() -> None:
    file = case(
        beneficiary=(person("p", birth_date=day("1990-01-01"), languages=frozenset({"en", "old"})),)
    )
    assert told(file, "languages") == [("", PERSON, "p")]
    assert told(file, "age") == [("", "1990-01-01", "p")]


def test_records_with_the_same_unknown_code_are_one_fault() -> None:
    days = [f"2020-01-{number:02}" for number in range(1, 29)]
    file = case(
        events=tuple(event(f"ev-{on}", on, "violation", severity="heavy") for on in days),
        observations=tuple(observation(f"ob-{on}", "unclear", on) for on in days),
    )
    assert told(file, "events", kind="violation", **WINDOW)[28][1] == len(days)
    asked: dict[str, Any] = {"counted_from": "event", "severity_at_least": "grave", **WINDOW}
    assert told(file, "incidents_violation", **asked)[28][1] == f"needs_person 0..{len(days)}"
    assert told(file, "observed_drug_test")[1] == ("2020-01-01", PERSON, "ob-2020-01-01")


def test_an_unknown_state_may_have_been_higher_or_lower() -> None:
    file = case(
        states=(
            state("st", "old_level", "2020-01-01", "2020-02-01", kind="supervision_level"),
            state("st-2", "medium", "2020-02-01", kind="supervision_level"),
        )
    )
    for direction, says in (("any", 1), ("raised", "0..1"), ("lowered", "0..1")):
        changes = told(file, "changes_of_state_supervision_level", direction=direction, **WINDOW)
        assert str(says) in str(changes[-2][1]), direction


def test_a_severity_of_a_kind_without_any_leaves_nothing_open() -> None:
    file = case(events=(event("ev", "2020-01-01", severity="heavy"),))
    assert told(file, "events", kind="sanction", **WINDOW)[1] == ("2020-01-01", 1, "ev")
    assert aside(file) == [("ev", "events.severity", "unknown_value")]


def test_what_does_not_fit_a_code_that_nobody_knows_may_fit_all_the_same() -> None:
    file = case(
        referrals=(referral("rf", "2020-01-01", "old_course"),),
        enrolments=(enrolment("en", "2020-01-01", after="rf"),),
        risk_assessments=(risk("ra", "extreme", "2020-01-01"), risk("rb", "low", "2020-01-01")),
        resolutions=(resolution("rs", ["ra", "rb"], "high", "2020-02-01"),),
    )
    assert told(file, "enrolled", **SKILLS)[1] == ("2020-01-01", True, "en")
    assert told(file, "risk_level")[-1][1] is PERSON
    assert [own for own, _, _ in aside(file)] == ["en", "ra", "rf", "rs"]


# --- two offices contradict each other ----------------------------------------------------


def test_an_end_before_the_beginning_that_another_office_files_waits_for_a_person() -> None:
    file = case(
        enrolments=(enrolment("en", "2020-02-01"),),
        completions=(completion("co", "en", "2020-01-01", source="b"),),
    )
    assert told(file, "enrolled", **SKILLS) == [("", False, ""), ("2020-02-01", PERSON, "co en")]
    assert told(file, "completed", program="drop_in") == [("", False, "")]
    assert aside(file) == [("co", "completions.ended_on", "ends_before_start")]


def test_what_tells_another_thing_than_the_record_it_names_may_be_wrong_itself() -> None:
    other = enrolment("x", "2020-01-01", "drop_in", source="b", same_as="en")
    file = case(enrolments=(enrolment("en", "2020-01-01"), other))
    assert told(file, "enrolled", **SKILLS)[1] == ("2020-01-01", True, "en")
    assert told(file, "enrolled", program="drop_in")[1] == ("2020-01-01", PERSON, "x")
    assert aside(file) == [("x", "enrolments.filed.same_as", "wrong_kind")]


@pytest.mark.parametrize("more", [(), (sentence("t", "2030-01-01", "2031-01-01"),)])
def test_a_sentence_that_follows_one_nobody_filed_is_part_of_a_row_of_unknown_length(
    more: tuple[Sentence, ...],
) -> None:
    follows = sentence("s", "2026-01-01", "2027-01-01", after="gone")
    file = case(sentences=(follows, *more))
    served = ("2026-01-01", "needs_person 1850-01-01..2026-01-01", "s")
    assert told(file, "time_served")[2] == served
    assert told(file, "sentence_within", length="1 year")[0][1] is PERSON
    assert told(file, "sentence_within", length="6 months")[0][1] is False
    assert told(file, "sentences")[2] == ("2026-01-01", "needs_person 1..2", "s")


def test_a_row_that_begins_on_the_first_day_of_all_begins_on_it() -> None:
    file = case(sentences=(sentence("s", "1850-01-01", "1851-01-01", after="gone"),))
    assert told(file, "time_served")[1] == ("1850-01-01", "1850-01-01", "s")


ANY_SENTENCE: list[Piece] = [
    ("", 0, ""),
    ("1850-01-01", "needs_person 0..1", "r"),
]
NAMING_A_SENTENCE: list[Any] = [
    ({"offences": (offence("r", "property", of="gone"),)}, ANY_SENTENCE),
    ({"requirements": (requirement("r", "2026-01-01", of="gone"),)}, ANY_SENTENCE),
    (
        {"sentences": (sentence("r", "2026-01-01", "2027-01-01", beside=("gone",)),)},
        [*ANY_SENTENCE, ("2026-01-01", "needs_person 1..2", "r")],
    ),
]


@pytest.mark.parametrize(("records", "counted"), NAMING_A_SENTENCE)
def test_a_sentence_that_is_named_and_not_on_file_may_be_any(
    records: dict[str, Any], counted: list[Piece]
) -> None:
    """Nobody knows when it began and how long it runs, so nothing about sentences is certain."""
    file = case(**records)
    assert [code for _, _, code in aside(file)] == ["dangling_id"]
    assert told(file, "sentences") == counted
    assert told(file, "life_sentence")[-1][1] in (PERSON, MISSING)
    assert told(file, "age") == [("", MISSING, "")]


def test_of_several_that_run_at_the_same_time_the_missing_ones_may_be_any() -> None:
    first = sentence("s", "2026-01-01", "2027-01-01")
    both = sentence("t", "2026-06-01", "2028-01-01", beside=("s", "gone"))
    assert told(case(sentences=(first, both)), "sentences")[-1][1] == "needs_person 2..3"


def test_a_referral_that_led_to_an_enrolment_and_is_not_on_file_was_made_by_then() -> None:
    file = case(enrolments=(enrolment("en", "2026-01-01", after="gone"),))
    assert told(file, "referred", **SKILLS) == [
        ("", False, ""),
        ("1850-01-01", PERSON, "en"),
        ("2026-01-01", False, ""),
    ]
    assert told(file, "time_since_referral", **SKILLS)[-1] == ("2026-01-01", PERSON, "en")
    assert told(file, "referred", program="drop_in") == [("", False, "")]


def test_what_tells_a_record_again_that_is_not_on_file_tells_it_alone() -> None:
    file = case(events=(event("ev", "2020-01-01", same_as="gone"),))
    assert told(file, "events", kind="sanction", **WINDOW)[1] == ("2020-01-01", 1, "ev")
    assert aside(file) == [("ev", "events.filed.same_as", "dangling_id")]


@pytest.mark.parametrize("start", ["2026-06-01", "2028-06-01"])
def test_a_sentence_stands_alone_if_two_courts_differ_on_when_it_follows(start: str) -> None:
    first = sentence("s", "2026-01-01", "2027-01-01")
    second = sentence("t", start, "2029-01-01", after="s", source="court-2")
    file = case(sentences=(first, second))
    assert aside(file) == [("t", "sentences.consecutive_to", "contradicts_itself")]
    assert told(file, "sentences")[1][1] == 1


def test_sentences_of_two_courts_that_cannot_run_together_stand_alone() -> None:
    first = sentence("s", "2026-01-01", "2027-01-01")
    second = sentence("t", "2028-01-01", "2029-01-01", beside=("s",), source="court-2")
    file = case(sentences=(first, second))
    assert aside(file) == [("t", "sentences.concurrent_with[0]", "contradicts_itself")]
    assert told(file, "sentences")[1][1] == 1


def test_an_enrolment_stands_without_the_referral_that_another_office_files_otherwise() -> None:
    file = case(
        referrals=(referral("rf", "2020-02-01", "work_start"),),
        enrolments=(enrolment("en", "2020-01-01", after="rf", source="b"),),
    )
    assert told(file, "enrolled", **SKILLS) == [("", False, ""), ("2020-01-01", True, "en")]
    assert told(file, "referred", program="work_start")[1] == ("2020-02-01", True, "rf")
    assert aside(file) == [
        ("en", "enrolments.program_id", "contradicts_itself"),
        ("en", "enrolments.started_on", "ends_before_start"),
    ]


def test_a_decision_that_does_not_fit_what_another_office_assessed_waits_for_a_person() -> None:
    assessed = risk("ra", "low", "2020-02-01")
    for decided, code in (
        (override("de", "ra", "high", "2020-01-01", source="b"), "ends_before_start"),
        (override("de", "ra", "low", "2020-03-01", source="b"), "out_of_range"),
    ):
        file = case(risk_assessments=(assessed,), level_overrides=(decided,))
        assert [found for _, _, found in aside(file)] == [code]
    other = risk("rb", "high", "2020-02-01", instrument="other", source="b")
    file = case(
        risk_assessments=(assessed, other),
        resolutions=(resolution("rs", ["ra", "rb"], "medium", "2020-03-01"),),
    )
    assert told(file, "risk_level")[-1][1] in (PERSON, DISPUTED)
    assert aside(file) == [("rs", "resolutions.level", "out_of_range")]


# --- corrections and retractions of nothing -----------------------------------------------


def test_a_correction_of_nothing_may_be_one_of_something_else() -> None:
    file = case(events=(event("ev", "2020-01-01", corrects="gone"), event("x", "2020-01-03")))
    assert told(file, "events", kind="sanction", **WINDOW)[1:3] == [
        ("2020-01-01", "needs_person 0..1", "ev"),
        ("2020-01-03", "needs_person 1..2", "ev x"),
    ]
    assert aside(file) == [("ev", "events.filed.corrects", "dangling_id")]


def test_a_retraction_of_nothing_takes_nothing_back() -> None:
    file = case(events=(event("x", "2020-01-03"),), retractions=(retraction("rt", "gone"),))
    assert told(file, "events", kind="sanction", **WINDOW)[1] == ("2020-01-03", 1, "x")
    assert aside(file) == [("rt", "retractions.filed.corrects", "dangling_id")]


# --- what changed over time ---------------------------------------------------------------


def since(record: Any, on: str, of: str) -> Any:
    """The record, as one that changes another from a day on."""
    return evolve(record, filed=evolve(record.filed, changes=RecordId(of), since=day(on)))


def test_the_past_is_told_as_it_was() -> None:
    new = since(person("p-2", sex=Sex.FEMALE), "2021-01-01", "p-1")
    file = case(beneficiary=(person("p-1", sex=Sex.MALE), new))
    assert told(file, "sex") == [("", Sex.MALE, "p-1"), ("2021-01-01", Sex.FEMALE, "p-2")]
    assert told(file, "events", kind="sanction", **WINDOW) == [("", 0, "")]
    assert aside(file) == []


def test_the_earliest_release_after_a_recall_is_that_of_the_days_after_it() -> None:
    new = since(sentence("t", "2020-01-01", "2024-01-01", "2022-06-01"), "2021-01-01", "s")
    file = case(sentences=(sentence("s", "2020-01-01", "2024-01-01", "2021-06-01"), new))
    assert [
        piece for piece in told(file, "time_to_earliest_release") if piece[1] is not MISSING
    ] == [
        ("", "2021-06-01", "s"),
        ("2021-01-01", "2022-06-01", "t"),
    ]


def test_a_change_counts_from_the_day_on_which_it_was_recorded() -> None:
    late = evolve(person("p-2", sex=Sex.FEMALE), filed=filed("p-2", "2021-02-01"))
    file = case(beneficiary=(person("p-1", sex=Sex.MALE), since(late, "2021-01-01", "p-1")))
    assert told(file, "sex", "2021-01-31") == [("", Sex.MALE, "p-1")]
    assert told(file, "sex", "2021-02-01")[1:] == [("2021-01-01", Sex.FEMALE, "p-2")]


def test_two_offices_that_change_one_record_are_in_dispute_since_the_first_does() -> None:
    changed = [
        since(person(f"p-{by}", by, sex=sex), on, "p-1")
        for by, sex, on in (("b", Sex.FEMALE, "2021-01-01"), ("c", Sex.MALE, "2022-01-01"))
    ]
    further = since(person("p-d", "b", sex=Sex.FEMALE), "2023-01-01", "p-b")
    file = case(beneficiary=(person("p-1", sex=Sex.MALE), *changed, further))
    assert told(file, "sex") == [
        ("", Sex.MALE, "p-1"),
        ("2021-01-01", DISPUTED, "p-1 p-b p-c"),
        ("2022-01-01", DISPUTED, "p-b p-c"),
        ("2023-01-01", DISPUTED, "p-b p-c p-d"),
    ]
    assert [own for own, _, _ in aside(file)] == ["p-b", "p-c"]


def test_before_a_change_of_nothing_a_person_has_to_say_what_held() -> None:
    file = case(beneficiary=(since(person("p-2", sex=Sex.FEMALE), "2021-01-01", "gone"),))
    assert told(file, "sex") == [("", PERSON, "p-2"), ("2021-01-01", Sex.FEMALE, "p-2")]
    assert aside(file) == [("p-2", "beneficiary.filed.changes", "dangling_id")]


# --- more readings than are compared ------------------------------------------------------


def test_with_too_many_faults_of_one_list_its_facts_are_left_to_a_person() -> None:
    number = MOST_READINGS.bit_length()
    file = case(
        events=tuple(event(f"e-{n}", "2020-01-01", corrects=f"gone-{n}") for n in range(number)),
        states=(state("st", "employed", "2020-01-01"),),
    )
    ids = " ".join(f"e-{n}" for n in range(number))
    assert told(file, "events", kind="sanction", **WINDOW) == [("", PERSON, ids)]
    assert told(file, "state_employment")[1] == ("2020-01-01", "employed", "st")
    assert XX.facts_of(file).views("events", on=day("2020-01-01")) == ()
    assert len(XX.facts_of(file).views("states", on=day("2020-01-01"))) == 1
