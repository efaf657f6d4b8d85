"""Questions about legal status, setting and institution, and for how long each has held."""

from collections.abc import Callable, Iterable
from functools import partial

from rehabcore.questions.counting.conditional_statuses import standings_within_sentences
from rehabcore.questions.counting.days_in import TERM, days_in
from rehabcore.questions.counting.runs import GAP, gap_of, time_in, time_in_present
from rehabcore.questions.counting.stays import Stay, stays
from rehabcore.questions.counting.windows import WINDOW, had, window_of
from rehabcore.questions.plain.spells import ToldSpells, spells, time_in_spells, value_of_spell
from rehabcore.questions.policy import RecordsPolicy
from rehabcore.questions.question import CountryWords, Question
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Fact, Parameter, Shape, Takes
from rehabcore.rules.judging.settling import Claim, settle
from rehabcore.rules.time.days import Term
from rehabcore.rules.time.timelines import Timeline
from rehabcore.strict.vocabulary import LegalStatus, Setting

Claims = Callable[[CaseFile], Iterable[Claim]]
"""A function that gives the claims of records in view about one thing."""

_BY_COURTS = ("court", "registry_of_convicts")
_BY_HOLDER = ("holder_of_the_case",)
_STATUSES = Parameter(name="legal_status", codes=tuple(LegalStatus), takes=Takes.CODES)
_SETTINGS = Parameter(name="setting", codes=tuple(Setting), takes=Takes.CODES)


def questions(words: CountryWords) -> Iterable[Question]:
    """The questions of this family."""
    statuses = partial(legal_statuses, words.records_policy)
    of_status = partial(spells, partial(_statuses, words.records_policy))
    of_setting = partial(spells, _settings)
    yield Question(
        Fact(
            name="legal_status",
            shape=Shape.CHOICE,
            codes=tuple(LegalStatus),
            about="The person's legal status; one at a time.",
            answered_by=_BY_COURTS,
        ),
        partial(_now, statuses),
        partial(value_of_spell, of_status),
    )
    yield Question(
        Fact(
            name="setting",
            shape=Shape.CHOICE,
            codes=tuple(Setting),
            about="Where the person lives while receiving care; one at a time.",
            answered_by=_BY_HOLDER,
        ),
        partial(_now, settings),
        partial(value_of_spell, of_setting),
    )
    yield from _for_how_long(statuses, of_status, of_setting)
    yield from _ever(statuses)
    yield from _added_up(statuses)


def _for_how_long(
    statuses: Claims, of_status: ToldSpells, of_setting: ToldSpells
) -> Iterable[Question]:
    yield Question(
        Fact(
            name="time_in_legal_status",
            shape=Shape.ELAPSED,
            parameters=(_STATUSES, GAP),
            about="Time without a break in a legal status; less than any term while not in it.",
            unit="calendar time",
            answered_by=_BY_COURTS,
        ),
        partial(_time, statuses, "legal_status"),
        partial(time_in_spells, of_status, "legal_status"),
    )
    yield Question(
        Fact(
            name="time_in_setting",
            shape=Shape.ELAPSED,
            parameters=(_SETTINGS, GAP),
            about="Time without a break in a setting; less than any term while not in it.",
            unit="calendar time",
            answered_by=_BY_HOLDER,
        ),
        partial(_time, settings, "setting"),
        partial(time_in_spells, of_setting, "setting"),
    )
    yield Question(
        Fact(
            name="time_in_institution",
            shape=Shape.ELAPSED,
            about="Time without a break in the present institution; less than any term in none.",
            unit="calendar time",
            answered_by=_BY_HOLDER,
        ),
        _time_in_institution,
    )


def _ever(statuses: Claims) -> Iterable[Question]:
    yield Question(
        Fact(
            name="had_legal_status",
            shape=Shape.FLAG,
            parameters=(_STATUSES, *WINDOW),
            about="Whether the person had a legal status on any day within a term before the day.",
            answered_by=_BY_COURTS,
        ),
        partial(_had, statuses, "legal_status"),
    )
    yield Question(
        Fact(
            name="had_setting",
            shape=Shape.FLAG,
            parameters=(_SETTINGS, *WINDOW),
            about="Whether the person was in a setting on any day within a term before the day.",
            answered_by=_BY_HOLDER,
        ),
        partial(_had, settings, "setting"),
    )


def _added_up(statuses: Claims) -> Iterable[Question]:
    yield Question(
        Fact(
            name="days_in_legal_status",
            shape=Shape.COUNT,
            parameters=(_STATUSES, TERM),
            about="How many days of a term before the day the person had a legal status.",
            unit="days",
            answered_by=_BY_COURTS,
        ),
        partial(_days, statuses, "legal_status"),
    )
    yield Question(
        Fact(
            name="days_in_setting",
            shape=Shape.COUNT,
            parameters=(_SETTINGS, TERM),
            about="How many days of a term before the day the person was in a setting.",
            unit="days",
            answered_by=_BY_HOLDER,
        ),
        partial(_days, settings, "setting"),
    )


def legal_statuses(policy: RecordsPolicy, view: CaseFile) -> Iterable[Claim]:
    """The claims of records about the legal status."""
    return stays(_statuses(policy, view))


def _statuses(policy: RecordsPolicy, view: CaseFile) -> Iterable[Stay]:
    standings = standings_within_sentences(view, policy)
    return [(one.filed, one.span, one.status.value) for one in standings]


def settings(view: CaseFile) -> Iterable[Claim]:
    """The claims of records about the setting."""
    return stays(_settings(view))


def _settings(view: CaseFile) -> Iterable[Stay]:
    return [(one.filed, one.span, one.setting.value) for one in view.placements]


def _institutions(view: CaseFile) -> Iterable[Claim]:
    return stays((one.filed, one.span, one.institution) for one in view.placements)


def _now(claims: Claims, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The value that holds on the day."""
    return settle(claims(view), asked.fact.absent())


def _time(claims: Claims, parameter: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The day since which one of the codes of the parameter has held without a break."""
    return time_in(claims(view), asked.codes(parameter), asked.fact.absent(), gap_of(asked))


def _had(claims: Claims, parameter: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Whether one of the codes of the parameter held on any day of the window."""
    wanted, absent = asked.codes(parameter), asked.fact.absent()
    return had(claims(view), wanted, absent, window_of(asked))


def _days(claims: Claims, parameter: str, asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """How many days of the term had one of the codes of the parameter."""
    within = Term.parse(asked["within"])
    return days_in(claims(view), asked.codes(parameter), asked.fact.absent(), within)


def _time_in_institution(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return time_in_present(_institutions(view), asked.fact.absent())
