"""What comes first, and what holds up the start of a group."""

from collections.abc import Callable
from typing import Any

import pytest
from attrs import evolve

from rehabcore import jurisdictions
from rehabcore.care.needs.profile import NeedsProfile
from rehabcore.care.needs.sequence import SequenceClass, SequencePolicy, Turn, sequence
from rehabcore.programs import Program
from rehabcore.records import NeedFinding, NeedsAssessment
from rehabcore.rules.sources import Text
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import InputError
from rehabcore.strict.vocabulary import Kind, Modality, ProgramId, Stability
from tests.kit.record_makers import XX, needs, profiled
from tests.kit.refusals import problems_of

POLICY = XX.rnr_policy.sequence
GROUP, ALONE = Modality.GROUP, Modality.INDIVIDUAL
SETTLED = {"substance_use": "high", "attitudes": "high", "work": "high", "housing": "none"}
"""Every domain is assessed, and no need is acute."""


def person(acute: str | None = None, **changed: str | None) -> NeedsProfile:
    """A profile by levels; one need may be acute, and None leaves a domain out."""
    levels = {domain: level for domain, level in (SETTLED | changed).items() if level is not None}
    made: NeedsAssessment = needs("n", "2030-01-01", findings={})
    findings = tuple(
        NeedFinding(
            domain=domain, level=level, stability=Stability.ACUTE if domain == acute else None
        )
        for domain, level in levels.items()
    )
    return profiled(evolve(made, findings=findings))


def program(program_id: str, *serves: str, area: str = "thinking", **changed: Any) -> Program:
    """A programme that serves some domains."""
    return Program(
        program_id=ProgramId(program_id),
        kind=Kind.PROGRAM,
        title=Text.of(en=program_id),
        area=area,
        serves=frozenset(serves),
        **changed,
    )


def test_the_fictional_country_puts_acute_needs_first_and_keeping_up_last() -> None:
    turns = sequence(POLICY, XX.programs, person())
    assert [(turn.program_id, turn.sequence_class) for turn in turns] == [
        ("housing_advice", "acute"),
        ("release_course", "acute"),
        ("thinking_skills", "criminogenic"),
        ("thinking_skills_juvenile", "criminogenic"),
        ("therapeutic_community", "criminogenic"),
        ("drop_in", "criminogenic"),
        ("relapse_prevention", "maintenance"),
        ("work_start", "maintenance"),
    ]
    assert {turn.answer for turn in turns} == {Answer.MET}


@pytest.mark.parametrize(
    ("seen", "answer", "held_up_by", "unclear"),
    [
        (person, Answer.MET, (), ()),
        (lambda: person(housing="some"), Answer.MET, (), ()),
        (lambda: person(housing="high"), Answer.NOT_MET, ("housing",), ()),
        (lambda: person(housing=None), Answer.UNKNOWN, (), ("housing",)),
        (lambda: person(work=None), Answer.MET, (), ()),
        (lambda: person("work"), Answer.NOT_MET, ("work",), ()),
        (lambda: person("work", work="some"), Answer.MET, (), ()),
        (lambda: person("attitudes"), Answer.NOT_MET, ("attitudes",), ()),
        (lambda: person("work", housing=None), Answer.NOT_MET, ("work",), ("housing",)),
        (lambda: person("work", housing="high"), Answer.NOT_MET, ("work", "housing"), ()),
    ],
    ids=[
        *("nothing-acute", "below-the-level", "open", "not-known", "another-not-known"),
        *("found-acute", "acute-below-the-level", "its-own-need-is-acute", "open-and-unknown"),
        "two-open",
    ],
)
def test_no_criminogenic_group_starts_while_an_acute_need_is_open(
    seen: Callable[[], NeedsProfile], answer: Answer, held_up_by: Any, unclear: Any
) -> None:
    (turn,) = sequence(POLICY, [program("p", "attitudes", modality=frozenset({GROUP}))], seen())
    assert turn == Turn(
        program_id=ProgramId("p"),
        sequence_class="criminogenic",
        answer=answer,
        held_up_by=held_up_by,
        unclear=unclear,
    )


def test_an_acute_need_that_is_no_longer_known_may_still_be_open() -> None:
    acute = NeedFinding(domain="work", level="high", stability=Stability.ACUTE)
    old = evolve(needs("old", "2029-01-01", "2030-05-01", findings={}), findings=(acute,))
    rest = needs("n", "2030-01-01", findings={"housing": "none"}, instrument="needs-2")
    (turn,) = sequence(POLICY, [program("p", "attitudes")], profiled(old, rest))
    assert (turn.answer, turn.unclear) == (Answer.UNKNOWN, ("work",))


@pytest.mark.parametrize(
    ("modality", "answer"),
    [
        (frozenset({GROUP}), Answer.NOT_MET),
        (frozenset({GROUP, ALONE}), Answer.NOT_MET),
        (frozenset(), Answer.NOT_MET),
        (frozenset({ALONE}), Answer.MET),
    ],
    ids=["group", "group-or-alone", "not-stated", "alone"],
)
def test_what_is_held_with_one_person_waits_for_nothing(modality: Any, answer: Answer) -> None:
    (turn,) = sequence(
        POLICY, [program("p", "attitudes", modality=modality)], person(housing="high")
    )
    assert turn.answer is answer


@pytest.mark.parametrize(
    ("levels", "held_up_by"),
    [
        ({"work": "some"}, ()),
        ({"work": "high"}, ("work",)),
        ({"work": "some", "housing": "some"}, ("housing",)),
        ({"work": "high", "housing": "high"}, ("work", "housing")),
    ],
)
def test_a_need_is_open_from_the_level_of_its_own_class(levels: Any, held_up_by: Any) -> None:
    classes = (
        one("a", domains=frozenset({"work"}), open_from="high"),
        one("b", domains=frozenset({"housing"}), open_from="some"),
        one("c", domains=frozenset({"attitudes"}), waits_for=("a", "b")),
    )
    policy = SequencePolicy(classes=classes)
    (turn,) = sequence(policy, [program("p", "attitudes")], person(**levels))
    assert turn.held_up_by == held_up_by


@pytest.mark.parametrize("name", ["acute", "maintenance"])
def test_only_classes_that_wait_are_held_up(name: str) -> None:
    serves = {"acute": "housing", "maintenance": "work"}[name]
    (turn,) = sequence(POLICY, [program("p", serves)], person(housing="high"))
    assert (turn.sequence_class, turn.answer) == (name, Answer.MET)


BY_ALL = SequencePolicy(
    classes=tuple(
        SequenceClass(
            id=name,
            title=Text.of(en=name),
            domains=frozenset({f"{name}-domain"}),
            areas=frozenset({f"{name}-area"}),
            programs=frozenset({ProgramId(f"{name}-program")}),
        )
        for name in ("first", "second")
    )
)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (program("second-program", "first-domain", area="first-area"), "second"),
        (program("p", "first-domain", area="second-area"), "second"),
        (program("p", "second-domain", "first-domain"), "first"),
        (program("p", "second-domain"), "second"),
        (program("p", "other"), None),
    ],
    ids=["named", "by-its-area", "by-the-first-domain", "by-its-domain", "of-no-class"],
)
def test_a_programme_is_of_the_class_that_says_most_of_it(
    given: Program, expected: str | None
) -> None:
    (turn,) = sequence(BY_ALL, [given], person())
    assert turn.sequence_class == expected
    assert turn.answer is (Answer.UNKNOWN if expected is None else Answer.MET)


def test_programmes_of_no_class_come_last_in_the_order_of_the_catalogue() -> None:
    listed = [
        program("b"),
        program("x", "second-domain"),
        program("a"),
        program("y", "first-domain"),
    ]
    assert [turn.program_id for turn in sequence(BY_ALL, listed, person())] == ["y", "x", "b", "a"]


def test_a_prerequisite_comes_before_what_requires_it_whatever_its_class() -> None:
    needed = (ProgramId("late"),)
    listed = [
        program("early", "first-domain", prerequisites=needed),
        program("other", "first-domain", prerequisites=(ProgramId("elsewhere"),)),
        program("late", "second-domain"),
    ]
    found = [turn.program_id for turn in sequence(BY_ALL, listed, person())]
    assert found == ["other", "late", "early"]


def test_prerequisites_that_run_in_a_circle_are_refused() -> None:
    listed = [
        program("a", prerequisites=(ProgramId("b"),)),
        program("b", prerequisites=(ProgramId("a"),)),
    ]
    assert problems_of(lambda: sequence(BY_ALL, listed, person())) == [("circle", "programs")]


@pytest.mark.parametrize("country", ["ge", "ge-example"])
def test_georgia_states_no_order_and_a_person_has_to_say_it(country: str) -> None:
    read = jurisdictions.load(country)
    turns = sequence(read.rnr_policy.sequence, read.programs, person())
    assert [turn.program_id for turn in turns] == [p.program_id for p in read.programs]
    assert {turn.answer for turn in turns} == {Answer.UNKNOWN}


def one(name: str, **changed: Any) -> SequenceClass:
    """A class of which nothing else is said."""
    return SequenceClass(id=name, title=Text.of(en=name), **changed)


@pytest.mark.parametrize(
    ("classes", "expected"),
    [
        ([one("a"), one("b")], []),
        ([one("a", open_from="high"), one("b", waits_for=("a",))], []),
        ([one("a"), one("a")], [("repeated_item", "classes[1].id")]),
        (
            [one("a", domains=frozenset("xy")), one("b", domains=frozenset("yz"))],
            [("repeated_item", "classes[1].domains")],
        ),
        (
            [one("a", areas=frozenset("x")), one("b", areas=frozenset("x"))],
            [("repeated_item", "classes[1].areas")],
        ),
        (
            [one("a", programs=frozenset("x")), one("b", programs=frozenset("x"))],
            [("repeated_item", "classes[1].programs")],
        ),
        ([one("a", waits_for=("b",)), one("b")], [("dangling_id", "classes[0].waits_for")]),
        ([one("a", waits_for=("a",))], [("dangling_id", "classes[0].waits_for")]),
        ([one("a"), one("b", waits_for=("a",))], [("missing_key", "classes[0].open_from")]),
    ],
    ids=[
        *("plain", "waits", "id-twice", "domain-twice", "area-twice", "programme-twice"),
        *("waits-for-a-later-one", "waits-for-itself", "waits-for-no-level"),
    ],
)
def test_classes_are_told_apart_and_wait_only_for_earlier_ones(
    classes: list[SequenceClass], expected: list[tuple[str, str]]
) -> None:
    found: list[tuple[str, str]] = []
    try:
        SequencePolicy(classes=tuple(classes))
    except InputError as error:
        found = [(problem.code, problem.path) for problem in error.problems]
    assert found == expected


def test_the_id_of_a_class_is_a_code() -> None:
    with pytest.raises(InputError):
        one("Not a code")
