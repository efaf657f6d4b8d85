"""The words of a country: what a list of words refuses, and how codes are looked up."""

from typing import Any

import attrs
import pytest
from attrs import evolve

from rehabcore.records import (
    CodedKind,
    Concept,
    ContinuityKind,
    EventKind,
    Glossary,
    MeasuredKind,
    NeedSubdomain,
    PathwayKind,
)
from rehabcore.records.glossary import codes
from rehabcore.rules.facts import Absence
from rehabcore.rules.sources import Status, Text
from rehabcore.strict.problems import InputError


def word(code: str) -> Concept:
    """A word with its code for a title."""
    return Concept(id=code, title=Text.of(en=code))


def kind(code: str, *values: str, **changed: Any) -> CodedKind:
    """A kind of observation or state with these values."""
    return CodedKind(
        id=code, title=Text.of(en=code), values=tuple(word(value) for value in values), **changed
    )


def event_kind(code: str, **changed: Any) -> EventKind:
    """A kind of event."""
    return EventKind(id=code, title=Text.of(en=code), **changed)


def measured_kind(code: str, **changed: Any) -> MeasuredKind:
    """A kind of amount."""
    return MeasuredKind(id=code, title=Text.of(en=code), **changed)


def continuity_kind(code: str, **changed: Any) -> ContinuityKind:
    """A kind of care that must not lapse."""
    return ContinuityKind(id=code, title=Text.of(en=code), **changed)


def pathway_kind(code: str, **changed: Any) -> PathwayKind:
    """A pathway of resettlement."""
    return PathwayKind(id=code, title=Text.of(en=code), **changed)


def subdomain(code: str, domain: str = "work") -> NeedSubdomain:
    """A part of a need domain."""
    return NeedSubdomain(id=code, title=Text.of(en=code), domain=domain)


BARE = Glossary(
    areas=(word("work"),),
    need_domains=(word("work"), word("housing")),
    need_levels=(word("none"), word("some")),
    risk_levels=(word("low"), word("high")),
)
LISTS = [field.name for field in attrs.fields(Glossary)]
KINDS = ["observation_kinds", "state_kinds"]
MAKERS: dict[str, Any] = {
    **dict.fromkeys(KINDS, lambda code: kind(code, "yes")),
    "event_kinds": event_kind,
    "measurement_kinds": measured_kind,
    "continuity_kinds": continuity_kind,
    "pathways": pathway_kind,
    "need_subdomains": subdomain,
}


def problems(**changed: Any) -> list[tuple[str, str]]:
    """The codes and paths of the problems of a glossary that is changed so."""
    with pytest.raises(InputError) as raised:
        evolve(BARE, **changed)
    return [(problem.code, problem.path) for problem in raised.value.problems]


def test_a_country_needs_areas_domains_and_levels_and_may_leave_out_the_rest() -> None:
    assert {name for name in LISTS if getattr(BARE, name) == ()} == {
        "responsivity_kinds",
        "languages",
        "other_programs",
        "consent_purposes",
        "milestone_kinds",
        "offence_kinds",
        "ruling_subjects",
        "ruling_reasons",
        "registers",
        "requirement_subjects",
        "cancellation_reasons",
        "transition_reasons",
        "checklist_items",
        "entitlement_kinds",
        "residency_reasons",
        "support_needs",
        "supporter_roles",
        *MAKERS,
    }


def test_a_part_of_a_need_domain_names_the_domain_and_is_none() -> None:
    parts = (subdomain("wages"), subdomain("tools", "gone"), subdomain("housing"))
    assert problems(need_subdomains=parts) == [
        ("dangling_id", "need_subdomains[1].domain"),
        ("duplicate_id", "need_subdomains[2].id"),
    ]
    told = evolve(BARE, need_subdomains=(subdomain("wages"), subdomain("rent", "housing")))
    assert [told.subdomains_of(domain) for domain in codes(told.need_domains)] == [
        ("wages",),
        ("rent",),
    ]


def test_care_that_must_not_lapse_names_items_of_the_checklist() -> None:
    odd = continuity_kind("care", precautions=("naloxone", "gone"), asked_with="gone")
    named = {"continuity_kinds": (odd,), "checklist_items": (word("naloxone"),)}
    assert problems(**named) == [
        ("dangling_id", "continuity_kinds[0].precautions[1]"),
        ("dangling_id", "continuity_kinds[0].asked_with"),
    ]


@pytest.mark.parametrize("name", LISTS)
def test_every_code_stands_once_in_its_list(name: str) -> None:
    words = tuple(MAKERS.get(name, word)(code) for code in ("a", "b", "a", "b"))
    assert problems(**{name: words}) == [
        ("duplicate_id", f"{name}[2].id"),
        ("duplicate_id", f"{name}[3].id"),
    ]


def test_a_code_may_stand_in_several_lists() -> None:
    glossary = evolve(BARE, event_kinds=(event_kind("work"),), languages=(word("work"),))
    assert codes(glossary.event_kinds) == codes(glossary.languages) == codes(glossary.areas)


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_words_holds_only_words_of_its_kind(name: str) -> None:
    wrong: Any = word("a") if name in MAKERS else kind("a", "yes")
    assert problems(**{name: (wrong,)}) == [("wrong_type", name)]


@pytest.mark.parametrize(
    ("values", "changed", "expected"),
    [
        ((), {}, [("empty_group", "values")]),
        (("yes", "no", "yes"), {}, [("duplicate_id", "values[2].id")]),
        (("yes",), {"absence": Absence.NONE}, [("out_of_range", "absence")]),
        ((), {"absence": Absence.NONE}, [("empty_group", "values"), ("out_of_range", "absence")]),
        (("yes",), {"absence": "unknown"}, [("wrong_type", "absence")]),
        (("yes",), {"answered_by": ["court"]}, [("wrong_type", "answered_by")]),
    ],
    ids=["no-values", "value-twice", "none-on-file", "both", "absence-as-text", "list"],
)
def test_a_kind_refuses_values_that_say_nothing(
    values: tuple[str, ...], changed: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(InputError) as raised:
        kind("k", *values, **changed)
    assert [(problem.code, problem.path) for problem in raised.value.problems] == expected


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: measured_kind("m", absence=Absence.NONE), [("out_of_range", "absence")]),
        (
            lambda: event_kind("e", severities=(word("a"),) * 2),
            [("duplicate_id", "severities[1].id")],
        ),
        (lambda: event_kind("e", outcomes=(word("a"),) * 2), [("duplicate_id", "outcomes[1].id")]),
    ],
    ids=["no-amount-for-nothing", "severity-twice", "outcome-twice"],
)
def test_a_kind_of_amount_or_event_refuses_what_says_nothing(
    make: Any, expected: list[tuple[str, str]]
) -> None:
    with pytest.raises(InputError) as raised:
        make()
    assert [(problem.code, problem.path) for problem in raised.value.problems] == expected


@pytest.mark.parametrize("code", ["", "Work", "work place", "1st", "-work", "work_", "работа"])
@pytest.mark.parametrize(
    "make",
    [word, lambda code: kind(code, "yes"), event_kind, measured_kind],
    ids=["word", "kind", "kind-of-event", "kind-of-amount"],
)
def test_the_id_of_a_word_is_a_code(make: Any, code: str) -> None:
    with pytest.raises(InputError) as raised:
        make(code)
    assert [(p.code, p.path) for p in raised.value.problems] == [("not_a_code", "id")]


@pytest.mark.parametrize("code", ["w", "work", "work_start", "work-start", "r2-d2"])
def test_a_code_is_lower_case_words_and_digits(code: str) -> None:
    assert codes((word(code), kind(code, "yes"))) == (code, code)


def test_a_word_refuses_a_title_that_is_only_a_text() -> None:
    with pytest.raises(InputError) as raised:
        evolve(word("a"), title="a")  # type: ignore[arg-type]
    assert [(p.code, p.path) for p in raised.value.problems] == [("wrong_type", "title")]


def test_a_word_is_a_draft_until_it_is_reviewed() -> None:
    assert word("a").status is Status.DRAFT
    assert kind("k", "yes").status is Status.DRAFT


def test_silence_of_a_kind_is_unknown_unless_it_needs_a_person() -> None:
    assert kind("k", "yes").absence is Absence.UNKNOWN
    assert kind("k", "yes", absence=Absence.NEEDS_PERSON).absence is Absence.NEEDS_PERSON


def test_codes_keep_the_order_of_the_words() -> None:
    assert codes((word("b"), word("a"), kind("c", "x"))) == ("b", "a", "c")


@pytest.mark.parametrize(
    "made",
    [word("a"), kind("a", "yes"), event_kind("a"), measured_kind("a"), BARE],
    ids=["word", "kind", "kind-of-event", "kind-of-amount", "glossary"],
)
def test_the_fields_of_words_are_named_when_they_are_made(made: Any) -> None:
    values = [getattr(made, field.name) for field in attrs.fields(type(made))]
    with pytest.raises(TypeError, match="positional"):
        type(made)(*values)
