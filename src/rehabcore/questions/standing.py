"""Where the person stands and lives: legal status, setting, and for how long."""

from collections.abc import Iterable, Iterator

from rehabcore.questions.family import Reading, Words
from rehabcore.questions.runs import time_in
from rehabcore.records import CaseFile
from rehabcore.rules.claims import Claim, settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Shape
from rehabcore.rules.timelines import Timeline
from rehabcore.vocabulary import LegalStatus, Setting

_SAID_BY_COURTS = ("court", "registry_of_convicts")


def declare(_: Words) -> Iterable[Fact]:
    """The facts of this family."""
    yield Fact(
        name="legal_status",
        shape=Shape.CHOICE,
        codes=tuple(LegalStatus),
        about="The person's legal status; one at a time.",
        answered_by=_SAID_BY_COURTS,
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
        answered_by=_SAID_BY_COURTS,
    )
    yield Fact(
        name="time_in_setting",
        shape=Shape.ELAPSED,
        parameters=(Parameter(name="setting", codes=tuple(Setting)),),
        about="Time without a break in a setting; less than any term while not in it.",
        unit="calendar time",
        answered_by=("holder_of_the_case",),
    )


def _legal_statuses(view: CaseFile) -> Iterator[Claim]:
    for standing in view.legal_standings:
        yield Claim(standing.filed.record_id, standing.span, standing.status.value)


def _settings(view: CaseFile) -> Iterator[Claim]:
    for placement in view.placements:
        yield Claim(placement.filed.record_id, placement.span, placement.setting.value)


def _legal_status(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return settle(_legal_statuses(view), asked.fact.absent())


def _setting(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return settle(_settings(view), asked.fact.absent())


def _time_in_legal_status(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return time_in(asked["legal_status"], list(_legal_statuses(view)), asked)


def _time_in_setting(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return time_in(asked["setting"], list(_settings(view)), asked)


READINGS: dict[str, Reading] = {
    "legal_status": _legal_status,
    "setting": _setting,
    "time_in_legal_status": _time_in_legal_status,
    "time_in_setting": _time_in_setting,
}
