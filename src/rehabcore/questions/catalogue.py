"""Which facts there are: their declarations, in the words of one country.

A declaration says what may be asked and what silence means. How a fact is read is in ``reading``.
"""

from collections.abc import Iterable
from enum import StrEnum

from rehabcore.records.glossary import CodedKind, Glossary, codes
from rehabcore.rules.facts import Absence, Fact, Parameter, Shape
from rehabcore.vocabulary import LegalStatus, ProgramId, Setting, Sex

OBSERVED, IN_STATE = "observed_", "state_"
"""How the facts of a country's own kinds of observations and states are named."""


class Ageing(StrEnum):
    """When an event leaves a window; a rule must name one, there is no default.

    With an event on 2030-04-15 and a window of 3 months, the first day without it is:
    """

    EXCLUSIVE = "exclusive"
    """2030-07-15, the anniversary itself."""
    INCLUSIVE = "inclusive"
    """2030-07-16, the day after the anniversary."""
    MONTH_TRUNCATED = "month_truncated"
    """2030-07-01, the first day of the anniversary's month; for windows of months or years."""


def declare(glossary: Glossary, programs: Iterable[ProgramId]) -> dict[str, Fact]:
    """Every fact that rules of a country may ask, by name.

    Args:
        glossary: the country's words, which become the codes of facts and parameters.
        programs: the ids of its programmes and services.
    """
    facts = (
        *_person(glossary),
        *_standing(),
        *_assessed(glossary),
        *_care(glossary, tuple(programs)),
        *_generic(glossary),
        UNPUBLISHED_RULES_MET,
    )
    return {fact.name: fact for fact in facts}


UNPUBLISHED_RULES_MET = Fact(
    name="unpublished_rules_met",
    shape=Shape.FLAG,
    about="Whether entry rules that are not published are met. No record can say it.",
    absence=Absence.NEEDS_PERSON,
    answered_by=("responsible_agency",),
    changed_by=("publish_entry_rules",),
)


def _person(glossary: Glossary) -> Iterable[Fact]:
    yield Fact(
        name="age",
        shape=Shape.ELAPSED,
        about="Time since birth. An age is reached on the birthday.",
        unit="calendar time",
        comparisons=("at_least", "under"),
        answered_by=("civil_registry",),
        identifying=True,
    )
    yield Fact(
        name="sex",
        shape=Shape.CHOICE,
        codes=tuple(Sex),
        about="Sex as registered. A protected attribute: a rule that asks it must cite why.",
        answered_by=("civil_registry",),
        identifying=True,
    )
    if glossary.languages:
        yield Fact(
            name="languages",
            shape=Shape.SET,
            codes=codes(glossary.languages),
            about="Languages in which the person can take part.",
            answered_by=("the_person",),
            identifying=True,
        )


def _standing() -> Iterable[Fact]:
    yield Fact(
        name="legal_status",
        shape=Shape.CHOICE,
        codes=tuple(LegalStatus),
        about="The person's legal status; one at a time.",
        answered_by=("court", "registry_of_convicts"),
    )
    yield Fact(
        name="setting",
        shape=Shape.CHOICE,
        codes=tuple(Setting),
        about="Where the person lives while receiving care; one at a time.",
        answered_by=("holder_of_the_case",),
    )
    yield Fact(
        name="time_in_legal_status",
        shape=Shape.ELAPSED,
        parameters=(Parameter(name="legal_status", codes=tuple(LegalStatus)),),
        about="Time without a break in a legal status; less than any term while not in it.",
        unit="calendar time",
        answered_by=("court", "registry_of_convicts"),
    )
    yield Fact(
        name="time_in_setting",
        shape=Shape.ELAPSED,
        parameters=(Parameter(name="setting", codes=tuple(Setting)),),
        about="Time without a break in a setting; less than any term while not in it.",
        unit="calendar time",
        answered_by=("holder_of_the_case",),
    )
    yield Fact(
        name="sentence_remaining",
        shape=Shape.REMAINING,
        about="Time until the last day of the last sentence has passed; endless for a life term.",
        unit="calendar time",
        answered_by=("court", "registry_of_convicts"),
    )
    yield Fact(
        name="time_to_earliest_release",
        shape=Shape.REMAINING,
        about="Time until the earliest day on which every running sentence allows release.",
        unit="calendar time",
        answered_by=("court", "registry_of_convicts"),
    )


def _assessed(glossary: Glossary) -> Iterable[Fact]:
    yield Fact(
        name="need_level",
        shape=Shape.LEVEL,
        codes=codes(glossary.need_levels),
        parameters=(Parameter(name="domain", codes=codes(glossary.need_domains)),),
        about="Level of need in a domain, by confirmed assessments within their validity.",
        answered_by=("psychologist", "social_worker"),
        changed_by=("assess_needs",),
    )
    yield Fact(
        name="risk_level",
        shape=Shape.LEVEL,
        codes=codes(glossary.risk_levels),
        about="Level of risk, by confirmed assessments within their validity.",
        answered_by=("probation_officer", "multidisciplinary_group"),
        changed_by=("assess_risk",),
    )


def _care(glossary: Glossary, programs: tuple[ProgramId, ...]) -> Iterable[Fact]:
    if glossary.consent_purposes:
        yield Fact(
            name="consent",
            shape=Shape.FLAG,
            parameters=(Parameter(name="purpose", codes=codes(glossary.consent_purposes)),),
            about="Whether a consent for a purpose is live: given, not withdrawn, not expired.",
            answered_by=("the_person",),
            changed_by=("ask_for_consent",),
        )
    if programs:
        program = Parameter(name="program", codes=programs)
        yield Fact(
            name="enrolled",
            shape=Shape.FLAG,
            parameters=(program,),
            about="Whether the person takes part in a programme or service.",
            absence=Absence.NONE,
            answered_by=("provider",),
            changed_by=("enrol", "end_enrolment"),
        )
        yield Fact(
            name="completed",
            shape=Shape.FLAG,
            parameters=(program,),
            about="Whether the person has ever completed a programme or service.",
            absence=Absence.NONE,
            answered_by=("provider",),
            changed_by=("complete_program",),
            lasting=True,
        )


def _generic(glossary: Glossary) -> Iterable[Fact]:
    if glossary.event_kinds:
        yield Fact(
            name="events",
            shape=Shape.COUNT,
            parameters=(
                Parameter(name="kind", codes=codes(glossary.event_kinds)),
                Parameter(name="within"),
                Parameter(name="ageing", codes=tuple(Ageing)),
            ),
            about="How many events of a kind happened within a term before the day.",
            unit="events",
            absence=Absence.NONE,
        )
    for kind in glossary.observation_kinds:
        yield _coded(OBSERVED, kind, "The latest observation that still counts.")
    for kind in glossary.state_kinds:
        yield _coded(IN_STATE, kind, "The state that holds on the day.")


def _coded(prefix: str, kind: CodedKind, about: str) -> Fact:
    return Fact(
        name=f"{prefix}{kind.id}",
        shape=Shape.CHOICE,
        codes=codes(kind.values),
        about=about,
        title=kind.title,
        absence=kind.absence,
        answered_by=kind.answered_by,
    )
