"""What a programme asks before somebody may enter it."""

from typing import Any

import pytest
from attrs import evolve

from rehabcore.levels.policy import RiskPolicy
from rehabcore.programs import Dose, Program, admission, offers_near, offers_on
from rehabcore.questions import CaseFacts, CountryWords, questions
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.records import (
    CaseFile,
    Completion,
    Concept,
    Enrolment,
    Glossary,
    LegalStanding,
    Placement,
    Sentence,
)
from rehabcore.rules.criteria import About, AllOf, ask, comparisons
from rehabcore.rules.sources import Citation, Status, Text
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer, UnknownKind
from rehabcore.strict.mappings import FrozenMap
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import (
    Clock,
    Kind,
    LegalStatus,
    Outcome,
    ProgramId,
    RecordId,
    Setting,
    Sex,
)
from tests.kit.builders import case, day, filed, person, span
from tests.kit.record_makers import death


def _words(*codes: str) -> tuple[Concept, ...]:
    return tuple(Concept(id=code, title=Text.of(en=code)) for code in codes)


GLOSSARY = Glossary(
    areas=_words("area"),
    need_domains=_words("alcohol"),
    need_levels=_words("low", "high"),
    risk_levels=_words("low", "high"),
)
ONE, TWO = ProgramId("one"), ProgramId("two")
WORDS = CountryWords(
    glossary=GLOSSARY, programs=(ONE, TWO), risk_policy=RiskPolicy(), records_policy=RecordsPolicy()
)
QUESTIONS = questions(WORDS)
FACTS = {name: question.fact for name, question in QUESTIONS.items()}
ADULT = ask(FACTS["age"]).at_least(Term(years=18))
ON = day("2026-06-01")


def facts_of(records: CaseFile) -> CaseFacts:
    return CaseFacts(records, FrozenMap(QUESTIONS))


def _program(**stated: Any) -> Program:
    return Program(
        **{
            "program_id": ONE,
            "kind": Kind.PROGRAM,
            "title": Text.of(en="One"),
            "area": "area",
            "entry": ADULT,
            **stated,
        }
    )


def _rules(*programs: Program) -> dict[ProgramId, AllOf]:
    return {program.program_id: admission(program, FACTS) for program in programs}


def _answer(program: Program, records: CaseFile, on: str = "2026-06-01") -> Answer:
    cells = facts_of(records).on(day(on))
    return offers_on(_rules(program), cells, on=day(on))[0].answer


GROWN = (person(birth_date=day("2000-01-01")),)


def _placed(setting: Setting) -> CaseFile:
    placement = Placement(filed=filed("pl"), setting=setting, span=span("2026-01-01"), holder="x")
    return case(beneficiary=GROWN, placements=(placement,))


def _enrolled(program: ProgramId, ended: str | None = None, outcome: str = "completed") -> CaseFile:
    enrolment = Enrolment(filed=filed("e"), program_id=program, started_on=day("2026-01-01"))
    completions = (
        ()
        if ended is None
        else (
            Completion(
                filed=filed("c"),
                enrolment=RecordId("e"),
                ended_on=day(ended),
                outcome=Outcome(outcome),
            ),
        )
    )
    return case(beneficiary=GROWN, enrolments=(enrolment,), completions=completions)


def test_entry_alone_decides_where_nothing_else_is_stated() -> None:
    assert _answer(_program(), case(beneficiary=GROWN)) is Answer.MET
    assert _answer(_program(), case()) is Answer.UNKNOWN
    young = case(beneficiary=(person(birth_date=day("2010-01-01")),))
    assert _answer(_program(), young) is Answer.NOT_MET


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (_placed(Setting.COMMUNITY), Answer.MET),
        (_placed(Setting.CUSTODY), Answer.NOT_MET),
        (case(beneficiary=GROWN), Answer.UNKNOWN),
    ],
    ids=["in it", "elsewhere", "nobody says"],
)
def test_setting_is_a_clause_of_its_own(records: CaseFile, expected: Answer) -> None:
    stated = frozenset({Setting.COMMUNITY, Setting.RESIDENTIAL})
    assert _answer(_program(settings=stated), records) is expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (_enrolled(TWO, "2026-06-01"), Answer.MET),
        (_enrolled(TWO, "2026-06-02"), Answer.NOT_MET),
        (_enrolled(TWO, "2026-05-01", "removed"), Answer.NOT_MET),
        (_enrolled(TWO), Answer.NOT_MET),
        (case(beneficiary=GROWN), Answer.NOT_MET),
    ],
    ids=["completed today", "completes tomorrow", "removed", "still in it", "never in it"],
)
def test_prerequisite_must_have_been_completed(records: CaseFile, expected: Answer) -> None:
    assert _answer(_program(prerequisites=(TWO,)), records) is expected


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (_enrolled(TWO), Answer.NOT_MET),
        (_enrolled(TWO, "2026-06-02"), Answer.NOT_MET),
        (_enrolled(TWO, "2026-06-01", "withdrawn"), Answer.MET),
        (case(beneficiary=GROWN), Answer.MET),
    ],
    ids=["in it", "ends tomorrow", "ended today", "never in it"],
)
def test_exclusion_must_not_be_running(records: CaseFile, expected: Answer) -> None:
    assert _answer(_program(exclusions=(TWO,)), records) is expected


def test_silence_of_the_register_is_listed_as_an_assumption() -> None:
    cells = facts_of(case(beneficiary=GROWN)).on(ON)
    (offer,) = offers_on(_rules(_program(exclusions=(TWO,))), cells, on=ON)
    assert offer.answer is Answer.MET
    assumed = [str(asked) for asked, _ in offer.verdict.assumptions()]
    assert assumed == ["enrolled(program=two)", "died"]


def test_nothing_is_open_to_a_person_who_has_died() -> None:
    records = case(beneficiary=GROWN, deaths=(death("d", "2026-06-01"),))
    assert _answer(_program(), records, "2026-05-31") is Answer.MET
    (offer,) = offers_on(_rules(_program()), facts_of(records).on(ON), on=ON)
    assert offer.answer is Answer.NOT_MET
    assert [reason.criterion.about.id for reason in offer.verdict.reasons()] == ["alive"]


def test_a_living_person_alone_opens_no_repealed_programme() -> None:
    """The clause about death is law only on the days on which other parts of the rule are."""
    first, later = span("2020-01-01", "2021-01-01"), span("2022-01-01")
    laws = tuple(evolve(ADULT, about=About(in_force=days)) for days in (first, later))
    program = _program(entry=AllOf((*laws, AllOf((laws[0],), about=About(in_force=later)))))
    (rule,) = _rules(program).values()
    assert [part.about.in_force for part in rule.parts[1:]] == [first, later]
    records = case(beneficiary=GROWN)
    for on, expected in (("2020-12-31", "met"), ("2021-12-31", "not_met"), ("2022-01-01", "met")):
        assert _answer(program, records, on).value == expected


def test_without_the_fact_of_death_a_rule_is_told_as_it_was_stored() -> None:
    """Results that were stored before deaths could be filed have no such fact."""
    facts = {name: fact for name, fact in FACTS.items() if name != "died"}
    assert [part.about.id for part in admission(_program(), facts).parts] == ["entry"]


def test_unpublished_entry_rules_need_a_person_and_are_never_met() -> None:
    cells = facts_of(case(beneficiary=GROWN)).on(ON)
    (offer,) = offers_on(_rules(_program(entry=None)), cells, on=ON)
    assert offer.answer is Answer.UNKNOWN
    assert offer.verdict.unknown_kinds() == {UnknownKind.NEEDS_PERSON}


def test_unpublished_entry_rules_do_not_hide_a_refusal() -> None:
    on_probation = LegalStanding(
        filed=filed("ls"), status=LegalStatus.PROBATION, span=span("2026-01-01")
    )
    audience = ask(FACTS["legal_status"]).is_("former_prisoner")
    records = case(beneficiary=GROWN, legal_standings=(on_probation,))
    assert _answer(_program(entry=None, audience=audience), records) is Answer.NOT_MET


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        ("2025-12-31", Answer.NOT_MET),
        ("2026-01-01", Answer.MET),
        ("2026-12-31", Answer.MET),
        ("2027-01-01", Answer.NOT_MET),
    ],
)
def test_a_programme_grants_nothing_outside_its_span(on: str, expected: Answer) -> None:
    program = _program(in_force=span("2026-01-01", "2027-01-01"))
    assert _answer(program, case(beneficiary=GROWN), on) is expected
    in_force = offers_on(_rules(program), facts_of(case()).on(day(on)), on=day(on))[
        0
    ].verdict.in_force
    assert in_force is (expected is Answer.MET)


FOR_RELEASES = _program(in_force=span("2026-01-01", "2027-01-01"), clock=Clock.RELEASE)


def _released(earliest: str | None) -> CaseFile:
    sentence = Sentence(
        filed=filed("s"),
        start=day("2020-01-01"),
        end=day("2040-01-01"),
        earliest_release=day(earliest) if earliest else None,
    )
    return case(beneficiary=GROWN, sentences=(sentence,))


@pytest.mark.parametrize(
    ("earliest", "expected"),
    [
        pytest.param("2025-12-31", Answer.NOT_MET, id="day-before"),
        pytest.param("2026-01-01", Answer.MET, id="first-day"),
        pytest.param("2026-12-31", Answer.MET, id="last-day"),
        pytest.param("2027-01-01", Answer.NOT_MET, id="day-after"),
        pytest.param(None, Answer.UNKNOWN, id="not-known"),
    ],
)
def test_a_programme_may_be_for_people_whose_release_falls_into_its_span(
    earliest: str | None, expected: Answer
) -> None:
    for on in ("2021-01-01", "2035-01-01"):
        assert _answer(FOR_RELEASES, _released(earliest), on) is expected


def test_a_programme_for_some_days_says_so_in_its_proof() -> None:
    cells = facts_of(_released("2025-12-31")).on(ON)
    (offer,) = offers_on(_rules(FOR_RELEASES), cells, on=ON)
    guard = offer.verdict.children[0]
    assert guard.criterion.about.id == "in_force"
    (reason,) = offer.verdict.reasons()
    assert str(reason.criterion) == "time_to_earliest_release since 2026-01-01"
    goes_on = evolve(FOR_RELEASES, in_force=span("2026-01-01"))
    assert len(comparisons(admission(goes_on, FACTS).parts[0])) == 1


def test_a_clock_without_days_selects_nothing_and_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        _program(clock=Clock.SENTENCE)
    assert [(p.code, p.path) for p in caught.value.problems] == [("missing_key", "in_force")]


def test_each_clause_names_its_field_and_cites_the_programme() -> None:
    cite = (Citation("act", "art-1"),)
    program = _program(
        audience=ask(FACTS["legal_status"]).is_("probation"),
        settings=frozenset({Setting.COMMUNITY}),
        prerequisites=(TWO,),
        exclusions=(TWO,),
        cite=cite,
        status=Status.REVIEWED,
        draft=frozenset({"settings"}),
        origin="zz@1",
    )
    rule = admission(program, FACTS)
    names = ["audience", "settings", "prerequisites", "exclusions", "entry", "alive"]
    assert [part.about.id for part in rule.parts] == names
    stated = rule.parts[1:4]
    assert {part.about.cite for part in stated} == {cite}
    assert {part.about.origin for part in stated} == {"zz@1"}
    status = [part.about.status for part in stated]
    assert status == [Status.DRAFT, Status.REVIEWED, Status.REVIEWED]


def test_a_clause_with_a_name_of_its_own_keeps_it() -> None:
    entry = AllOf((ADULT,), about=ADULT.about)
    assert admission(_program(entry=entry), FACTS).parts[0].about.id == "entry"
    cells = facts_of(case()).on(ON)
    assert offers_on(_rules(_program()), cells, on=ON)[0].verdict.criterion.about.id == "one"


def test_draft_names_fields_of_the_programme() -> None:
    with pytest.raises(InputError) as caught:
        _program(draft=frozenset({"serve"}))
    assert [(p.code, p.path) for p in caught.value.problems] == [("unknown_value", "draft")]


def test_dose_is_typed() -> None:
    assert Dose(length=Term(months=3)).sessions is None
    with pytest.raises(InputError):
        Dose(sessions="20")  # type: ignore[arg-type]


# --- near misses --------------------------------------------------------------------------


def test_the_smallest_change_that_opens_a_door_comes_first_and_closed_doors_last() -> None:
    consents = ask(FACTS["completed"], program=TWO).is_(True)
    rules = {
        "closed": ask(FACTS["sex"]).is_("female"),
        "open": ADULT,
        "two_acts": consents & ask(FACTS["enrolled"], program=ONE).is_(True),
        "later": ask(FACTS["age"]).at_least(Term(years=40)),
        "act": consents,
        "sooner": ask(FACTS["age"]).at_least(Term(years=30)),
        "same_act": consents,
        "not_published": None,
    }
    catalogue = [_program(program_id=ProgramId(name), entry=rule) for name, rule in rules.items()]
    known = (person(birth_date=day("2000-01-01"), sex=Sex.MALE),)
    histories = facts_of(case(beneficiary=known)).timeline
    doors = offers_near(_rules(*catalogue), histories, on=ON)
    assert [door.program_id for door in doors] == [
        *("sooner", "later", "act", "same_act", "not_published", "two_acts", "closed")
    ]
    window = offers_near(_rules(*catalogue), histories, on=ON, lead=Term(years=3, months=7))
    assert [door.program_id for door in window if door.ways] == [
        *("sooner", "act", "same_act", "not_published", "two_acts")
    ]


def test_what_has_been_completed_cannot_be_undone() -> None:
    never_completed = ask(FACTS["completed"], program=ONE).is_(False)
    program = _program(program_id=TWO, entry=never_completed)
    facts = facts_of(_enrolled(ONE, ended="2026-03-01"))
    [door] = offers_near(_rules(program), facts.timeline, on=ON)
    assert door.verdict.answer is Answer.NOT_MET
    assert door.ways == ()
