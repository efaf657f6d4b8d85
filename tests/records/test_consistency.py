"""What the records of one case file must satisfy together, with exact paths; and when."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.records import consistency
from rehabcore.records.case_file import RECORD_LISTS
from rehabcore.records.lifetime import MOST_BIRTH_DATES
from rehabcore.rules.time.days import OPEN
from rehabcore.strict.vocabulary import BeneficiaryId
from tests.kit.builders import case, day, filed, person, some_day
from tests.kit.record_makers import (
    XX,
    Found,
    completion,
    consent,
    death,
    enrolment,
    event,
    factor,
    found,
    measurement,
    milestone,
    needs,
    observation,
    of_every_kind,
    offence,
    override,
    placement,
    referral,
    registration,
    retraction,
    risk,
    ruling,
    sentence,
    standing,
    state,
)


def test_a_file_of_every_kind_of_record_has_no_problem() -> None:
    file = of_every_kind()
    assert found(file) == []
    assert all(getattr(file, name) for name in RECORD_LISTS)


# --- the words of the country -----------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (
            {"beneficiary": (person(languages=frozenset({"en", "klingon"})),)},
            [("unknown_value", "beneficiary[0].languages")],
        ),
        (
            {
                "needs_assessments": (
                    needs("na", "2020-01-01", findings={"x": "some", "work": "y"}),
                )
            },
            [
                ("unknown_value", "needs_assessments[0].findings[0].domain"),
                ("unknown_value", "needs_assessments[0].findings[1].level"),
            ],
        ),
        (
            {"risk_assessments": (risk("ra", "some", "2020-01-01"),)},
            [("unknown_value", "risk_assessments[0].level")],
        ),
        (
            {
                "risk_assessments": (risk("ra", "low", "2020-01-01", domain="x"),),
                "level_overrides": (override("lo", "ra", "y", "2020-01-01"),),
            },
            [
                ("unknown_value", "risk_assessments[0].domain"),
                ("unknown_value", "level_overrides[0].level"),
            ],
        ),
        (
            {"consents": (consent("c", "2020-01-01", purpose="x"),)},
            [("unknown_value", "consents[0].purpose")],
        ),
        (
            {"referrals": (referral("rf", "2020-01-01", "x"),)},
            [("unknown_value", "referrals[0].program_id")],
        ),
        (
            {"enrolments": (enrolment("en", "2020-01-01", "x"),)},
            [("unknown_value", "enrolments[0].program_id")],
        ),
        (
            {"events": (event("ev", "2020-01-01"), event("ev-2", "2020-01-01", "drug_test"))},
            [("unknown_value", "events[1].kind")],
        ),
        (
            {"observations": (observation("ob", "employed", "2020-01-01", kind="employment"),)},
            [("unknown_value", "observations[0].kind")],
        ),
        (
            {"observations": (observation("ob", "granted", "2020-01-01"),)},
            [("unknown_value", "observations[0].value")],
        ),
        (
            {"states": (state("st", "negative", "2020-01-01", kind="drug_test"),)},
            [("unknown_value", "states[0].kind")],
        ),
        (
            {"states": (state("st", "negative", "2020-01-01"),)},
            [("unknown_value", "states[0].value")],
        ),
        (
            {"events": (event("ev", "2020-01-01", "violation", severity="x", outcome="y"),)},
            [("unknown_value", "events[0].severity"), ("unknown_value", "events[0].outcome")],
        ),
        (
            {"events": (event("ev", "2020-01-01", severity="grave", outcome="sustained"),)},
            [("unknown_value", "events[0].severity"), ("unknown_value", "events[0].outcome")],
        ),
        (
            {"measurements": (measurement("me", "1", "2020-01-01", kind="x"),)},
            [("unknown_value", "measurements[0].kind")],
        ),
        (
            {"offences": (offence("of", "x"), offence("of-2", None))},
            [("unknown_value", "offences[0].kind")],
        ),
        (
            {"milestones": (milestone("mi", "2020-01-01", "x"),)},
            [("unknown_value", "milestones[0].kind")],
        ),
        (
            {"rulings": (ruling("ru", "granted", "2020-01-01", subject="x", reason="y"),)},
            [("unknown_value", "rulings[0].subject"), ("unknown_value", "rulings[0].reason")],
        ),
        (
            {"responsivity_factors": (factor("fa", "2020-01-01", kind="x"),)},
            [("unknown_value", "responsivity_factors[0].kind")],
        ),
        (
            {"registrations": (registration("re", "2020-01-01", register="x"),)},
            [("unknown_value", "registrations[0].register")],
        ),
    ],
    ids=[
        "language",
        "domain-and-level",
        "risk-level",
        "risk-domain-and-override",
        "purpose",
        "referral",
        "enrolment",
        "event",
        "observation-kind",
        "observation-value",
        "state-kind",
        "state-value",
        "event-severity-and-outcome",
        "severity-of-a-kind-without",
        "amount",
        "offence",
        "milestone",
        "ruling",
        "responsivity",
        "register",
    ],
)
def test_records_use_the_words_of_the_country(records: dict[str, Any], expected: Found) -> None:
    assert found(case(**records)) == expected


def test_an_unknown_word_is_told_with_the_words_that_would_be_right() -> None:
    file = case(risk_assessments=(risk("ra", "extreme", "2020-01-01"),))
    (problem,) = consistency.check(file, XX.glossary, ())
    assert (problem.found, problem.expected) == ('"extreme"', "one of low, medium, high")


def test_a_word_of_a_kind_that_the_country_does_not_have_is_told_so() -> None:
    glossary = evolve(XX.glossary, event_kinds=())
    (problem,) = consistency.check(case(events=(event("e", "2020-01-01"),)), glossary, ())
    assert problem.expected == "no record of this kind"


def test_an_unknown_language_is_not_shown() -> None:
    file = case(beneficiary=(person(languages=frozenset({"klingon"})),))
    (problem,) = consistency.check(file, XX.glossary, ())
    assert "klingon" not in str(problem)


def test_every_unknown_language_is_told_in_the_order_of_the_alphabet() -> None:
    names = {"b" * 5, "c" * 9, "a" * 7, "en", "e" * 4, "d" * 6}
    file = case(beneficiary=(person(languages=frozenset(names)),))
    problems = consistency.check(file, XX.glossary, ())
    assert [problem.found for problem in problems] == [
        f"a string of {length} characters" for length in (7, 5, 9, 6, 4)
    ]


# --- one person, alive ------------------------------------------------------------------


def _other(record_id: str, who: str) -> Any:
    return evolve(person(record_id), beneficiary_id=BeneficiaryId(who))


def test_a_file_without_a_person_is_told() -> None:
    assert found(case(beneficiary=())) == [("empty_group", "beneficiary")]


def test_everyone_who_is_not_the_first_person_of_the_file_is_told() -> None:
    people = (_other("p-1", "x"), _other("p-2", "y"), _other("p-3", "x"), _other("p-4", "z"))
    assert found(case(beneficiary=people)) == [
        ("two_people", "beneficiary[1].beneficiary_id"),
        ("two_people", "beneficiary[3].beneficiary_id"),
    ]


def test_two_people_are_not_named() -> None:
    people = (_other("p-1", "nino"), _other("p-2", "otar"))
    (problem,) = consistency.check(case(beneficiary=people), XX.glossary, ())
    assert "nino" not in str(problem)
    assert "otar" not in str(problem)


BORN = "2000-06-15"
EVE = "2000-06-14"


def _dated(on: str) -> dict[str, tuple[Any, str]]:
    """Every kind of record that happened on a day: the record, and the path of the day."""
    return {
        "legal_standings": (standing("r", "probation", on), "span.start"),
        "placements": (placement("r", "community", on), "span.start"),
        "sentences": (sentence("r", on, OPEN), "start"),
        "needs_assessments": (needs("r", on, findings={"work": "high"}), "assessed_on"),
        "risk_assessments": (risk("r", "low", on), "assessed_on"),
        "consents": (consent("r", on), "given"),
        "referrals": (referral("r", on), "referred_on"),
        "enrolments": (enrolment("r", on), "started_on"),
        "events": (event("r", on), "happened_on"),
        "observations": (observation("r", "negative", on), "observed_on"),
        "states": (state("r", "employed", on), "span.start"),
        "responsivity_factors": (factor("r", on), "found_on"),
    }


@pytest.mark.parametrize("name", _dated(BORN))
def test_nothing_happens_before_birth_and_anything_may_from_that_day(name: str) -> None:
    born = (person(birth_date=day(BORN)),)
    early, path = _dated(EVE)[name]
    assert found(case(beneficiary=born, **{name: (early,)})) == [
        ("before_birth", f"{name}[0].{path}")
    ]
    in_time, _ = _dated(BORN)[name]
    assert found(case(beneficiary=born, **{name: (in_time,)})) == []


def test_a_refusal_before_birth_is_told() -> None:
    file = case(beneficiary=(person(birth_date=day(BORN)),), consents=(consent("c", refused=EVE),))
    assert found(file) == [("before_birth", "consents[0].refused")]


def test_what_happened_before_birth_does_not_show_the_birth_date() -> None:
    file = case(beneficiary=(person(birth_date=day(BORN)),), events=(event("e", EVE),))
    (problem,) = consistency.check(file, XX.glossary, ())
    assert "2000" not in str(problem)


def test_what_comes_before_one_of_two_birth_dates_only_is_no_error() -> None:
    """One of the offices is wrong, or the record is; so it is reported, and stops nothing."""
    people = (
        person("p-1", birth_date=day(BORN)),
        person("p-2", source="b", birth_date=day("2000-06-01")),
    )
    findings = consistency.examine(case(beneficiary=people, events=(event("e", EVE),)), XX.words)
    assert findings.errors == ()
    assert [(p.code, p.path) for p in findings.problems] == [
        ("before_birth", "events[0].happened_on")
    ]
    assert found(case(beneficiary=people, events=(event("e", "2000-06-15"),))) == []


@pytest.mark.parametrize(
    ("offices", "codes"),
    [(MOST_BIRTH_DATES, ["before_birth"]), (MOST_BIRTH_DATES + 1, ["too_large"])],
)
def test_at_most_ten_birth_dates_are_contradicted(offices: int, codes: list[str]) -> None:
    people = tuple(
        person(f"p-{n}", source=f"office-{n}", birth_date=day(f"20{n:02}-01-01"))
        for n in range(1, offices + 1)
    )
    file = case(beneficiary=people, events=(event("e", "2000-06-15"),))
    findings = consistency.examine(file, XX.words)
    assert len(findings.found) == (offices if codes == ["before_birth"] else 1)
    assert sorted({problem.code for problem in findings.problems}) == codes


def test_of_two_birth_dates_of_one_source_the_earlier_counts() -> None:
    people = (
        person("p-1", birth_date=some_day("2000")),
        person("p-2", birth_date=day(BORN)),
    )
    for born in (people, people[::-1]):
        assert found(case(beneficiary=born, events=(event("e", EVE),))) == []
        assert found(case(beneficiary=born, events=(event("e", "1999-12-31"),))) == [
            ("before_birth", "events[0].happened_on")
        ]


def test_without_a_birth_date_nothing_is_before_it() -> None:
    assert found(case(events=(event("e", "1850-01-01"),))) == []


# --- death ------------------------------------------------------------------------------


DIED = "2020-06-15"


@pytest.mark.parametrize(
    ("name", "make", "place"),
    [
        ("placements", lambda on, who: placement("r", "community", on, source=who), "span.start"),
        ("consents", lambda on, who: consent("r", on, source=who), "given"),
        ("consents", lambda on, who: consent("r", None, refused=on, source=who), "refused"),
        (
            "consents",
            lambda on, who: consent("r", "2020-01-01", withdrawn=on, source=who),
            "withdrawn",
        ),
        ("enrolments", lambda on, who: enrolment("r", on, source=who), "started_on"),
        ("offences", lambda on, who: offence("r", committed=on, source=who), "committed_on"),
    ],
)
def test_a_source_tells_nothing_that_the_person_did_after_the_death_it_tells(
    name: str, make: Any, place: str
) -> None:
    """Another source may: it did not know, or it is right and the first is wrong."""

    def problems(on: str, who: str) -> list[tuple[str, str]]:
        return found(case(deaths=(death("d", DIED),), **{name: (make(on, who),)}))

    assert problems("2020-06-16", "a") == [("after_death", f"{name}[0].{place}")]
    assert problems(DIED, "a") == []
    assert problems("2020-06-16", "b") == []


def test_offices_may_act_after_a_death() -> None:
    file = case(
        deaths=(death("d", DIED),),
        rulings=(ruling("r", "refused", "2020-07-01"),),
        legal_standings=(standing("s", "former_prisoner", "2020-07-01"),),
    )
    assert found(file) == []


def test_nobody_dies_before_birth() -> None:
    born = (person(birth_date=day(BORN)),)
    assert found(case(beneficiary=born, deaths=(death("d", EVE),))) == [
        ("before_birth", "deaths[0].died_on")
    ]
    assert found(case(beneficiary=born, deaths=(death("d", BORN),))) == []


def test_one_source_tells_one_day_of_death() -> None:
    deaths = (death("d", DIED), death("d-2", "2020-06-16"), death("d-3", "2020-06-17", source="b"))
    assert found(case(deaths=deaths)) == [("contradicts_itself", "deaths[1].died_on")]
    assert found(case(deaths=(deaths[0], death("d-2", DIED)))) == []


@pytest.mark.parametrize(
    ("ended_on", "outcome", "source", "expected"),
    [
        ("2020-06-14", "died", "a", [("contradicts_itself", "completions[0].ended_on")]),
        ("2020-06-14", "died", "b", []),
        ("2020-06-14", "removed", "a", []),
        (DIED, "died", "a", []),
        ("2020-06-20", "died", "a", []),
    ],
)
def test_one_source_ends_nothing_with_a_death_before_the_day_it_tells(
    ended_on: str, outcome: str, source: str, expected: list[tuple[str, str]]
) -> None:
    """It may close an enrolment some days after the death."""
    file = case(
        deaths=(death("d", DIED),),
        enrolments=(enrolment("e", "2020-01-01"),),
        completions=(completion("c", "e", ended_on, outcome, source=source),),
    )
    assert found(file) == expected


# --- participation ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (
            {
                "referrals": (referral("rf", "2020-03-02"),),
                "enrolments": (enrolment("en", "2020-03-01", after="rf"),),
            },
            [("ends_before_start", "enrolments[0].started_on")],
        ),
        (
            {
                "referrals": (referral("rf", "2020-03-01", "work_start"),),
                "enrolments": (enrolment("en", "2020-03-01", after="rf"),),
            },
            [("contradicts_itself", "enrolments[0].program_id")],
        ),
        (
            {
                "referrals": (referral("rf", "2020-03-02", "work_start"),),
                "enrolments": (enrolment("en", "2020-03-01", after="rf"),),
            },
            [
                ("contradicts_itself", "enrolments[0].program_id"),
                ("ends_before_start", "enrolments[0].started_on"),
            ],
        ),
        (
            {
                "enrolments": (enrolment("en", "2020-03-02"),),
                "completions": (completion("co", "en", "2020-03-01"),),
            },
            [("ends_before_start", "completions[0].ended_on")],
        ),
        (
            {
                "referrals": (referral("rf", "2020-03-01"),),
                "enrolments": (enrolment("en", "2020-03-01", after="rf"),),
                "completions": (completion("co", "en", "2020-03-01", source="b"),),
            },
            [],
        ),
    ],
    ids=[
        "enrolled-before-referred",
        "enrolled-in-another-programme",
        "both",
        "ended-before-it-started",
        "all-on-one-day",
    ],
)
def test_participation_follows_its_order(records: dict[str, Any], expected: Found) -> None:
    assert found(case(**records)) == expected


def test_order_is_checked_against_the_corrected_record() -> None:
    file = case(
        enrolments=(
            enrolment("en-1", "2020-01-01"),
            enrolment("en-2", "2020-04-01", recorded_on="2020-05-01", corrects="en-1"),
        ),
        completions=(completion("co", "en-1", "2020-03-01"),),
    )
    assert found(file, "2020-04-30") == []
    assert found(file, "2020-05-01") == [("ends_before_start", "completions[0].ended_on")]
    assert found(file) == [("ends_before_start", "completions[0].ended_on")]


# --- all at once, and as known ----------------------------------------------------------


def test_all_problems_are_told_at_once() -> None:
    file = case(
        beneficiary=(person(birth_date=day(BORN)), _other("p-2", "other")),
        legal_standings=(
            standing("ls-1", "probation", "2020-01-01"),
            standing("ls-2", "diverted", "2020-01-01"),
        ),
        risk_assessments=(risk("ra", "extreme", EVE),),
        completions=(completion("co", "gone", "2020-01-01"),),
        events=(event("ev", EVE, "theft", corrects="gone"),),
    )
    assert sorted(found(file)) == sorted(
        [
            ("two_people", "beneficiary[1].beneficiary_id"),
            ("two_at_once", "legal_standings[1].span"),
            ("unknown_value", "risk_assessments[0].level"),
            ("before_birth", "risk_assessments[0].assessed_on"),
            ("dangling_id", "completions[0].enrolment"),
            ("dangling_id", "events[0].filed.corrects"),
            ("unknown_value", "events[0].kind"),
            ("before_birth", "events[0].happened_on"),
        ]
    )


LATE: dict[str, Any] = {"recorded_on": "2020-06-01"}
WRONG_LATER: dict[str, tuple[Any, str, str]] = {
    "word": (
        {"events": (event("r", "2020-01-01", "x", **LATE),)},
        "unknown_value",
        "events[0].kind",
    ),
    "birth": (
        {"events": (event("r", "1970-01-01", **LATE),)},
        "before_birth",
        "events[0].happened_on",
    ),
    "overlap": (
        {
            "states": (
                state("r", "employed", "2020-01-01"),
                state("s", "employed", "2020-01-01", **LATE),
            )
        },
        "two_at_once",
        "states[1].span",
    ),
    "participation": (
        {
            "enrolments": (enrolment("r", "2020-03-02"),),
            "completions": (completion("s", "r", "2020-03-01", **LATE),),
        },
        "ends_before_start",
        "completions[0].ended_on",
    ),
    "dangling": (
        {"completions": (completion("s", "gone", "2020-03-01", **LATE),)},
        "dangling_id",
        "completions[0].enrolment",
    ),
    "corrected_twice": (
        {
            "events": (
                event("e", "2020-01-01"),
                event("f", "2020-01-01", corrects="e"),
                event("g", "2020-01-01", corrects="e", **LATE),
            )
        },
        "corrected_twice",
        "events[2].filed.corrects",
    ),
}


@pytest.mark.parametrize("wrong", WRONG_LATER)
def test_what_was_recorded_later_is_no_problem_of_the_earlier_day(wrong: str) -> None:
    records, code, path = WRONG_LATER[wrong]
    file = case(beneficiary=(person(birth_date=day("1980-01-01")),), **records)
    assert found(file, "2020-05-31") == []
    assert found(file, "2020-06-01") == [(code, path)]
    assert found(file) == [(code, path)]


RIGHT_LATER: dict[str, tuple[Any, str, str]] = {
    "word": (
        {
            "events": (
                event("r", "2020-01-01", "x"),
                event("s", "2020-01-01", corrects="r", **LATE),
            )
        },
        "unknown_value",
        "events[0].kind",
    ),
    "birth": (
        {
            "events": (event("r", "1970-01-01"),),
            "retractions": (retraction("s", "r", "2020-06-01"),),
        },
        "before_birth",
        "events[0].happened_on",
    ),
    "overlap": (
        {
            "states": (
                state("r", "employed", "2020-01-01"),
                state("s", "employed", "2020-01-01"),
                state("t", "employed", "2019-01-01", "2020-01-01", corrects="s", **LATE),
            )
        },
        "two_at_once",
        "states[1].span",
    ),
    "participation": (
        {
            "enrolments": (enrolment("r", "2020-03-02"),),
            "completions": (
                completion("s", "r", "2020-03-01"),
                completion("t", "r", "2020-03-02", corrects="s", **LATE),
            ),
        },
        "ends_before_start",
        "completions[0].ended_on",
    ),
}


@pytest.mark.parametrize("wrong", RIGHT_LATER)
def test_what_was_mended_is_a_problem_until_it_was(wrong: str) -> None:
    records, code, path = RIGHT_LATER[wrong]
    file = case(beneficiary=(person(birth_date=day("1980-01-01")),), **records)
    assert found(file, "2020-05-31") == [(code, path)]
    assert found(file, "2020-06-01") == []
    assert found(file) == []


def test_a_wrong_birth_date_is_mended_by_a_correction() -> None:
    wrong = person("p-1", birth_date=day(BORN))
    right = evolve(
        person(birth_date=day("1980-01-01")), filed=filed("p-2", "2020-06-01", corrects="p-1")
    )
    file = case(beneficiary=(wrong, right), events=(event("e", EVE),))
    assert found(file, "2020-05-31") == [("before_birth", "events[0].happened_on")]
    assert found(file) == []


def test_before_anything_was_recorded_there_is_nobody() -> None:
    assert found(case(), "2019-12-31") == [("empty_group", "beneficiary")]
    assert found(case(), "2020-01-01") == []
