"""What every record refuses by itself, and what it never shows."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import attrs
import pytest
from attrs import evolve

from rehabcore.records import (
    Beneficiary,
    CaseFile,
    Consent,
    Filed,
    NeedFinding,
    NeedsAssessment,
    Observation,
    Offence,
    Placement,
    Retraction,
    RiskAssessment,
    Sentence,
)
from rehabcore.rules.time.days import OPEN, UNSURE
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import BeneficiaryId, CaseId, RecordId, Sex, Stability, StaffId
from tests.kit.builders import case, day, filed, person
from tests.kit.record_makers import (
    completion,
    consent,
    enrolment,
    event,
    factor,
    measurement,
    milestone,
    needs,
    observation,
    offence,
    override,
    placement,
    referral,
    registration,
    resolution,
    retraction,
    risk,
    ruling,
    sentence,
    standing,
    state,
    until,
)
from tests.kit.refusals import problems_of

FULL_PERSON = person(
    birth_date=day("1990-05-17"), sex=Sex.FEMALE, languages=frozenset({"en", "xx"})
)
FULL_RISK = evolve(risk("r", "low", "2020-01-01"), score=Decimal("12.5"))
EXAMPLES: dict[str, Any] = {
    "filed": filed("r", corrects="r-0"),
    "beneficiary": FULL_PERSON,
    "legal_standing": standing("r", "probation", "2020-01-01"),
    "placement": placement("r", "custody", "2020-01-01", "2021-01-01"),
    "sentence": sentence("r", "2020-01-01", "2021-01-01", "2020-06-01"),
    "need_finding": NeedFinding(domain="work", level="high", stability=Stability.ACUTE),
    "needs_assessment": needs("r", "2020-01-01", findings={"work": "high"}),
    "risk_assessment": FULL_RISK,
    "level_override": override("r", "r-0", "high", "2020-01-01", "2021-01-01"),
    "resolution": resolution("r", ["r-0", "r-1"], "high", "2020-01-01"),
    "consent": consent("r", "2020-01-01", withdrawn="2020-02-01"),
    "referral": referral("r", "2020-01-01"),
    "enrolment": enrolment("r", "2020-01-01", after="r-0"),
    "completion": completion("r", "r-0", "2020-01-01"),
    "event": event("r", "2020-01-01"),
    "observation": observation("r", "negative", "2020-01-01"),
    "measurement": measurement("r", "12.50", "2020-01-01"),
    "offence": offence("r", "violent", "2020-01-01", "2020-02-01", of="r-0"),
    "milestone": milestone("r", "2020-01-01"),
    "ruling": ruling("r", "refused", "2020-01-01", "2021-01-01", reason="no_place"),
    "registration": registration("r", "2020-01-01"),
    "responsivity_factor": factor("r", "2020-01-01"),
    "state": state("r", "employed", "2020-01-01"),
    "retraction": retraction("r", "r-0"),
    "case_file": case(),
}


@pytest.mark.parametrize("key", EXAMPLES)
def test_every_field_of_every_record_refuses_a_value_of_another_type(key: str) -> None:
    example = EXAMPLES[key]
    for name in (field.name for field in attrs.fields(type(example))):
        changed: Any = {name: object()}
        assert problems_of(partial(evolve, example, **changed)) == [("wrong_type", name)]


def test_all_wrong_types_of_a_record_are_told_at_once() -> None:
    with pytest.raises(InputError) as raised:
        evolve(EXAMPLES["sentence"], start="2020-01-01", end=None, earliest_release=True)
    assert [p.path for p in raised.value.problems] == ["start", "end", "earliest_release"]


@pytest.mark.parametrize(
    ("example", "name", "value"),
    [
        ("event", "happened_on", datetime(2020, 1, 1, 12)),
        ("filed", "recorded_on", datetime(2020, 1, 1)),
        ("observation", "expires", "open"),
        ("beneficiary", "sex", "female"),
        ("beneficiary", "languages", ("en",)),
        ("beneficiary", "languages", frozenset({1})),
        ("legal_standing", "status", "probation"),
        ("legal_standing", "span", (day("2020-01-01"), OPEN)),
        ("needs_assessment", "findings", [NeedFinding(domain="work", level="high")]),
        ("needs_assessment", "findings", ("work",)),
        ("risk_assessment", "score", 12),
        ("risk_assessment", "score", 12.5),
        ("risk_assessment", "confirmed_by", True),
        ("completion", "outcome", "completed"),
        ("case_file", "events", (EXAMPLES["state"],)),
        ("case_file", "events", [EXAMPLES["event"]]),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_what_is_nearly_of_the_type_is_refused(example: str, name: str, value: object) -> None:
    assert problems_of(lambda: evolve(EXAMPLES[example], **{name: value})) == [("wrong_type", name)]


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_score_is_a_finite_number(number: str) -> None:
    assert [path for _, path in problems_of(lambda: evolve(FULL_RISK, score=Decimal(number)))] == [
        "score"
    ]


@pytest.mark.parametrize(
    ("example", "changed"),
    [
        ("event", {"happened_on": date(1849, 12, 31)}),
        ("event", {"happened_on": date(2200, 1, 1)}),
        ("filed", {"recorded_on": date(9999, 12, 31)}),
        ("sentence", {"end": date(2200, 1, 1)}),
        ("beneficiary", {"birth_date": date(1, 1, 1)}),
    ],
)
def test_a_day_far_from_today_is_refused_as_a_slip_of_the_pen(
    example: str, changed: dict[str, date]
) -> None:
    (name,) = changed
    assert problems_of(lambda: evolve(EXAMPLES[example], **changed)) == [
        ("date_out_of_range", name)
    ]


def test_the_first_and_the_last_usual_day_are_accepted() -> None:
    made = sentence("r", "1850-01-01", "2199-12-31")
    assert (made.start, made.end) == (date(1850, 1, 1), date(2199, 12, 31))


def _filed(**changed: Any) -> Filed:
    return evolve(filed("r"), **changed)


def _sentence(end: Any, release: str | None = None) -> Sentence:
    return sentence("r", "2020-03-01", end, release)


def _needs(expires: Any, *domains: str) -> NeedsAssessment:
    found = tuple(NeedFinding(domain=domain, level="high") for domain in domains)
    return evolve(needs("r", DAY, findings={}), expires=until(expires), findings=found)


def _risk(expires: Any) -> RiskAssessment:
    return risk("r", "low", "2020-03-01", expires)


def _observation(expires: Any) -> Observation:
    return observation("r", "negative", "2020-03-01", expires)


BEFORE, DAY, AFTER = "2020-02-29", "2020-03-01", "2020-03-02"


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: _filed(record_id=""), [("out_of_range", "record_id")]),
        (lambda: _filed(source=""), [("out_of_range", "source")]),
        (lambda: _filed(corrects=""), [("out_of_range", "corrects")]),
        (lambda: _filed(corrects="r"), [("corrects_itself", "corrects")]),
        (
            lambda: _filed(record_id="", source="", corrects=""),
            [
                ("out_of_range", "record_id"),
                ("out_of_range", "source"),
                ("corrects_itself", "corrects"),
            ],
        ),
        (lambda: _sentence(BEFORE), [("ends_before_start", "end")]),
        (lambda: _sentence(DAY), [("ends_before_start", "end")]),
        (lambda: _sentence(AFTER, "2020-03-03"), [("ends_before_start", "end")]),
        (lambda: _sentence(OPEN, BEFORE), [("ends_before_start", "earliest_release")]),
        (
            lambda: _sentence("2020-02-01", BEFORE),
            [
                ("ends_before_start", "end"),
                ("ends_before_start", "earliest_release"),
                ("ends_before_start", "end"),
            ],
        ),
        (lambda: _needs(BEFORE, "work"), [("ends_before_start", "expires")]),
        (lambda: _needs(DAY, "work"), [("ends_before_start", "expires")]),
        (lambda: _needs(OPEN, "work", "work"), [("repeated_item", "findings[1].domain")]),
        (
            lambda: _needs(DAY, "work", "housing", "work", "housing"),
            [
                ("ends_before_start", "expires"),
                ("repeated_item", "findings[2].domain"),
                ("repeated_item", "findings[3].domain"),
            ],
        ),
        (lambda: _risk(BEFORE), [("ends_before_start", "expires")]),
        (lambda: _risk(DAY), [("ends_before_start", "expires")]),
        (lambda: evolve(_risk(OPEN), level=None), [("missing_key", "level")]),
        (
            lambda: evolve(EXAMPLES["level_override"], reason="", decided_by=""),
            [("not_a_code", "reason"), ("out_of_range", "decided_by")],
        ),
        (
            lambda: evolve(EXAMPLES["level_override"], reason="Called me, Nino"),
            [("not_a_code", "reason")],
        ),
        (lambda: override("r", "r-0", "high", DAY, BEFORE), [("ends_before_start", "until")]),
        (lambda: override("r", "r-0", "high", DAY, DAY), [("ends_before_start", "until")]),
        (lambda: override("r", "r-0", "high", DAY, UNSURE), [("out_of_range", "until")]),
        (
            lambda: evolve(EXAMPLES["resolution"], reason="", decided_by=""),
            [("not_a_code", "reason"), ("out_of_range", "decided_by")],
        ),
        (lambda: resolution("r", ["r-0"], "high", DAY), [("empty_group", "assessments")]),
        (
            lambda: resolution("r", [f"r-{n}" for n in range(11)], "high", DAY),
            [("too_large", "assessments")],
        ),
        (
            lambda: resolution("r", ["r-0", "r-1", "r-0"], "high", DAY),
            [("repeated_item", "assessments")],
        ),
        (lambda: _observation(BEFORE), [("ends_before_start", "expires")]),
        (lambda: _observation(DAY), [("ends_before_start", "expires")]),
        (lambda: factor("r", DAY, BEFORE), [("ends_before_start", "expires")]),
        (lambda: factor("r", DAY, DAY), [("ends_before_start", "expires")]),
        (lambda: consent("r"), [("one_of_two", "given")]),
        (lambda: consent("r", DAY, refused=DAY), [("one_of_two", "given")]),
        (lambda: consent("r", refused=DAY, withdrawn=AFTER), [("never_given", "withdrawn")]),
        (lambda: consent("r", refused=DAY, expires=AFTER), [("never_given", "expires")]),
        (lambda: consent("r", refused=DAY, expires=UNSURE), [("never_given", "expires")]),
        (lambda: consent("r", DAY, recipients=()), [("empty_group", "recipients")]),
        (
            lambda: consent("r", withdrawn=AFTER),
            [("one_of_two", "given"), ("never_given", "withdrawn")],
        ),
        (lambda: consent("r", DAY, withdrawn=BEFORE), [("ends_before_start", "withdrawn")]),
        (lambda: consent("r", DAY, BEFORE), [("ends_before_start", "expires")]),
        (lambda: consent("r", DAY, DAY), [("ends_before_start", "expires")]),
        (
            lambda: consent("r", DAY, DAY, withdrawn=BEFORE),
            [("ends_before_start", "withdrawn"), ("ends_before_start", "expires")],
        ),
        (lambda: evolve(EXAMPLES["placement"], holder=""), [("out_of_range", "holder")]),
        (lambda: Retraction(filed=filed("r")), [("missing_key", "filed.corrects")]),
    ],
    ids=[
        "filed-empty-id",
        "filed-empty-source",
        "filed-corrects-empty-id",
        "filed-corrects-itself",
        "filed-everything",
        "sentence-ends-before",
        "sentence-ends-on-its-first-day",
        "sentence-ends-before-the-release",
        "sentence-release-before",
        "sentence-everything",
        "needs-expires-before",
        "needs-expires-on-the-day",
        "needs-domain-twice",
        "needs-everything",
        "risk-expires-before",
        "risk-expires-on-the-day",
        "risk-without-level-score-and-band",
        "override-by-nobody-without-a-reason",
        "override-whose-reason-is-no-code",
        "override-ends-before",
        "override-ends-on-the-day",
        "override-of-unknown-end",
        "resolution-by-nobody-without-a-reason",
        "resolution-of-one",
        "resolution-of-eleven",
        "resolution-names-one-twice",
        "observation-expires-before",
        "observation-expires-on-the-day",
        "factor-expires-before",
        "factor-expires-on-the-day",
        "consent-neither",
        "consent-both",
        "consent-withdrawn-never-given",
        "consent-expires-never-given",
        "consent-of-unknown-expiry-never-given",
        "consent-to-nobody",
        "consent-withdrawn-without-answer",
        "consent-withdrawn-before",
        "consent-expires-before",
        "consent-expires-on-the-day",
        "consent-everything",
        "placement-without-holder",
        "retraction-of-nothing",
    ],
)
def test_a_record_refuses_what_contradicts_itself(
    make: Callable[[], object], expected: list[tuple[str, str]]
) -> None:
    assert problems_of(make) == expected


@pytest.mark.parametrize(
    "make",
    [
        lambda: _filed(corrects="another"),
        lambda: _sentence(AFTER),
        lambda: _sentence(OPEN),
        lambda: _sentence(UNSURE),
        lambda: _sentence(AFTER, DAY),
        lambda: _sentence(AFTER, AFTER),
        lambda: _needs(AFTER, "work", "housing"),
        lambda: _needs(UNSURE),
        lambda: _risk(AFTER),
        lambda: _risk(OPEN),
        lambda: evolve(_risk(OPEN), level=None, score=Decimal(3)),
        lambda: evolve(_risk(OPEN), level=None, band="III"),
        lambda: override("r", "r-0", "high", DAY, AFTER),
        lambda: override("r", "r-0", "high", DAY, OPEN),
        lambda: resolution("r", [f"r-{n}" for n in range(10)], "high", DAY),
        lambda: _observation(AFTER),
        lambda: _observation(UNSURE),
        lambda: consent("r", DAY),
        lambda: consent("r", DAY, AFTER),
        lambda: consent("r", DAY, withdrawn=DAY),
        lambda: consent("r", DAY, UNSURE, withdrawn=AFTER),
        lambda: consent("r", refused=DAY),
    ],
    ids=[
        "filed-correcting",
        "sentence-of-one-day",
        "sentence-for-life",
        "sentence-of-unknown-end",
        "release-on-the-first-day",
        "release-at-the-end",
        "needs-in-two-domains",
        "needs-that-found-nothing",
        "risk-for-one-day",
        "risk-without-expiry",
        "risk-of-a-score-without-level",
        "risk-of-a-band-without-level",
        "override-for-one-day",
        "override-without-end",
        "resolution-of-ten",
        "observation-for-one-day",
        "observation-of-unknown-expiry",
        "consent-given",
        "consent-for-one-day",
        "consent-withdrawn-on-the-day",
        "consent-withdrawn-of-unknown-expiry",
        "consent-refused",
    ],
)
def test_a_record_at_the_edge_of_what_is_possible_is_accepted(make: Callable[[], object]) -> None:
    made: Any = make()
    assert evolve(made) == made


def test_a_late_day_is_told_with_the_first_day_that_would_be_right() -> None:
    with pytest.raises(InputError, match="a day after 2020-03-01: the first that no longer counts"):
        _sentence(DAY)
    with pytest.raises(InputError, match="found the date 2020-02-29; expected a day not before"):
        consent("r", DAY, withdrawn=BEFORE)


@pytest.mark.parametrize("name", [key for key in EXAMPLES if key != "case_file"])
def test_records_are_values_that_cannot_be_changed(name: str) -> None:
    example = EXAMPLES[name]
    field = attrs.fields(type(example))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(example, field, None)
    assert hash(example) == hash(evolve(example))


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_fields_of_a_record_are_named_when_it_is_made(name: str) -> None:
    example = EXAMPLES[name]
    values = [getattr(example, field.name) for field in attrs.fields(type(example))]
    with pytest.raises(TypeError, match="positional"):
        type(example)(*values)


@pytest.mark.parametrize(
    ("record", "secrets"),
    [
        (FULL_PERSON, ["person", "1990", "female", "xx"]),
        (evolve(EXAMPLES["consent"], scope="may call my sister"), ["sister"]),
        (evolve(EXAMPLES["needs_assessment"], confirmed_by=StaffId("Dr-Who")), ["Who"]),
        (evolve(FULL_RISK, confirmed_by=StaffId("Dr-Who")), ["Who"]),
        (evolve(EXAMPLES["ruling"], decided_by=StaffId("Dr-Who")), ["Who"]),
        (evolve(EXAMPLES["level_override"], decided_by=StaffId("Dr-Who")), ["Who"]),
        (evolve(EXAMPLES["resolution"], decided_by=StaffId("Dr-Who")), ["Who"]),
        (evolve(case(), case_id=CaseId("case-of-nino")), ["nino"]),
    ],
    ids=[
        "beneficiary",
        "consent",
        "needs_assessment",
        "risk_assessment",
        "ruling",
        "level_override",
        "resolution",
        "case_file",
    ],
)
def test_what_identifies_a_person_is_never_in_the_repr(record: object, secrets: list[str]) -> None:
    assert [secret for secret in secrets if secret in repr(record)] == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: evolve(EXAMPLES["beneficiary"], birth_date="17 May 1990, Nino"),
        lambda: evolve(EXAMPLES["beneficiary"], sex="nino"),
        lambda: evolve(EXAMPLES["beneficiary"], beneficiary_id=["nino"]),
        lambda: evolve(EXAMPLES["beneficiary"], languages="nino"),
        lambda: evolve(EXAMPLES["consent"], scope=["nino"]),
        lambda: Filed(record_id=RecordId("nino"), recorded_on=day(DAY), source=""),
        lambda: _filed(record_id="nino", corrects="nino"),
        lambda: case(events=(event("nino", DAY), event("nino", DAY))),
    ],
    ids=["birth", "sex", "id", "languages", "scope", "source", "corrects", "duplicate"],
)
def test_what_identifies_a_person_is_never_in_an_error(make: Callable[[], object]) -> None:
    with pytest.raises(InputError) as raised:
        make()
    assert "nino" not in str(raised.value).lower()


def test_particulars_may_be_missing_one_by_one() -> None:
    bare = Beneficiary(filed=filed("p"), beneficiary_id=BeneficiaryId("x"))
    assert (bare.birth_date, bare.sex, bare.languages) == (None, None, None)


def test_a_consent_without_a_stated_expiry_goes_on() -> None:
    assert Consent(filed=filed("r"), purpose="programme", given=day(DAY)).expires is OPEN


def test_an_observation_without_a_stated_expiry_goes_on() -> None:
    made = Observation(filed=filed("r"), kind="k", value="v", observed_on=date(2020, 3, 1))
    assert made.expires is OPEN


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: event("r", DAY, reported="2020-02-29"), [("ends_before_start", "reported_on")]),
        (
            lambda: event("r", DAY, outcome="sustained", decided="2020-02-29"),
            [("ends_before_start", "decided_on")],
        ),
        (lambda: event("r", DAY, responded="2020-02-29"), [("ends_before_start", "responded_on")]),
        (lambda: event("r", DAY, decided=DAY), [("missing_key", "outcome")]),
        (
            lambda: offence("r", committed=DAY, convicted="2020-02-29"),
            [("ends_before_start", "convicted_on")],
        ),
        (lambda: measurement("r", "1", DAY, DAY), [("ends_before_start", "expires")]),
        (lambda: ruling("r", "granted", DAY, DAY), [("ends_before_start", "until")]),
        (
            lambda: evolve(EXAMPLES["ruling"], decided_by=StaffId("")),
            [("out_of_range", "decided_by")],
        ),
        (lambda: evolve(EXAMPLES["milestone"], day=OPEN), [("wrong_type", "day")]),
    ],
    ids=[
        *("reported", "decided", "responded", "no-outcome", "convicted", "expires", "until"),
        *("by-nobody", "open"),
    ],
)
def test_the_days_of_a_record_follow_each_other(
    make: Callable[[], object], expected: list[tuple[str, str]]
) -> None:
    assert problems_of(make) == expected


def test_what_happens_on_one_day_follows_itself() -> None:
    made = event("r", DAY, outcome="sustained", reported=DAY, decided=DAY, responded=DAY)
    assert made.reported_on == made.decided_on == made.responded_on == day(DAY)
    assert offence("r", committed=DAY, convicted=DAY).convicted_on == day(DAY)


def test_little_need_be_known_of_an_offence_or_an_event() -> None:
    bare = Offence(filed=filed("r"))
    assert (bare.kind, bare.committed_on, bare.convicted_on, bare.sentence) == (None,) * 4
    happened = EXAMPLES["event"]
    assert (happened.severity, happened.outcome, happened.decided_on) == (None,) * 3


def test_a_placement_needs_no_institution() -> None:
    assert isinstance(EXAMPLES["placement"], Placement)
    assert EXAMPLES["placement"].institution == ""


def test_a_case_file_needs_nothing_but_the_person() -> None:
    made = CaseFile(case_id=CaseId("c"), beneficiary=(person(),))
    lists = [a.name for a in attrs.fields(CaseFile) if a.name not in ("case_id", "beneficiary")]
    assert len(lists) == 52
    assert {getattr(made, name) for name in lists} == {()}
