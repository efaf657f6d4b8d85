"""Every public name, called with wrong things, answers or refuses as the library says it does.

The names are those of ``public_api.txt``. Each is first called with what it wants, found among the
parts of real results or in ``GOOD``; then with each wrong thing in the place of each argument.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, NewType, get_type_hints

import attrs

import rehabcore as rc
from rehabcore.rules.data.criterion_forms import CriterionReader
from rehabcore.rules.data.plain import plain_forms
from rehabcore.strict.checked import conforms
from rehabcore.strict.structure import Codec
from rehabcore.strict.vocabulary import StepStatus
from tests.kit import plan_acts, plans, stays
from tests.kit.builders import release
from tests.kit.public_api import public_names

ON = date(2026, 11, 16)
XX = rc.load("xx")
CASE = rc.read(rc.examples()["xx/therapeutic-community"], rc.CaseFile)
REQUEST = release(ON)
PLANNED = rc.plan(CASE, XX, on=ON)
MATCHED = rc.match(CASE, XX, on=ON)
DECIDED = rc.decide(
    CASE,
    XX,
    rc.ProgramId("thinking_skills"),
    on=ON,
    known_at=ON,
    decided_by=rc.StaffId("officer-17"),
    decided_on=ON,
    outcome=rc.DecisionOutcome.GRANTED,
)
AUDIT = rc.instruments.find("audit")
SCORED = rc.score(AUDIT, {}, on=ON)
FACTS = XX.facts_of(CASE)
RULES = rc.rules.compile_rules(tuple(XX.admissions.values()))
DROP_IN = rc.ProgramId("drop_in")
REFERRAL = rc.care.machine("uk-ew/referral@accredited-programmes-community")
REFERRED = rc.rules.HistoryEntry(event="awaiting_assessment", on=ON)
CODEC = Codec(plain_forms())
READER = CriterionReader(facts={}, rules={}, codec=CODEC)
REVIEW = rc.rules.Deadline(
    code="review", title=REFERRAL.title, due=rc.rules.Offset(after=("release",))
)
PAUSED = rc.rules.Pause(kind=rc.rules.PauseKind(code="ill", title=REFERRAL.title), began=ON)

PLAN = attrs.evolve(plans.book(), case_id=CASE.case_id)
SIGNING = "life:proposed agrees sent_to_countersign"
PLAN_HASH = rc.care.hash_of_content(plans.content())
FOLLOWED = plan_acts.after(f"{SIGNING} countersigned given life:activated")

FACTS_ASKED = [each.asked for each in rc.rules.comparisons(XX.admissions[DROP_IN])]
SCORED_TEXT = ""
SCORE_NAMES = {"score": "total", "band": "zone", "flag": "escalate", "figure": "none"}

STORY: tuple[Any, ...] = (
    *(XX, CASE, REQUEST, MATCHED, PLANNED, DECIDED, AUDIT, SCORED),
    rc.near(CASE, XX, on=ON),
    rc.needs(CASE, XX, on=ON),
    rc.timeline(CASE, XX, DROP_IN, within=rc.Span(ON, date(2028, 1, 1))),
    rc.compare(DECIDED, CASE, XX),
    rc.request_move(CASE, XX, REQUEST, plan=PLANNED.content),
    *(rc.care.machine("uk-ew/referral@accredited-programmes-custody"), REFERRAL, PAUSED),
    *(PLAN, rc.care.plan_history(FOLLOWED, on=ON)),
    rc.diff(plans.content(), attrs.evolve(plans.content(), items=())),
    *(rc.rules.walk(REFERRAL, [REFERRED]), rc.rules.laid([REVIEW], {"release": ON})),
)
"""A country, a case, and what the verbs answer to it."""

WRONG: tuple[Any, ...] = (
    *(None, True, 3, -1, 1.5, "xx", "", "{}", b"x", (), (1, 2), [], {}, set(), {"xx": 3}),
    *(object(), ..., datetime(2026, 1, 1, 8), ON, Decimal("0.5"), Path("xx")),
    *(XX, CASE, MATCHED, DECIDED, SCORED, AUDIT, CASE.consents[0], rc.Answer.MET, rc.OPEN),
)
REFUSALS = (
    *(rc.InputError, rc.JurisdictionError, rc.NotInForceError),
    *(rc.RequestRefused, rc.ContentChanged),
)


ANSWERED = rc.records.Filed(record_id=rc.RecordId("answered"), recorded_on=ON, source="probation-2")
UNANSWERED = attrs.evolve(CASE, transition_acts=CASE.transition_acts[:3])


STEPS = ("refer", "accept", "decline", "escalate", "advance")


@cache
def parts() -> dict[type, Any]:
    """One object of every type that the story holds."""
    found: dict[type, Any] = {}
    seen: set[int] = set()
    ahead = list(STORY)
    while ahead:
        one = ahead.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if attrs.has(type(one)) or isinstance(one, Enum):
            found.setdefault(type(one), one)
        if attrs.has(type(one)):
            ahead += [getattr(one, field.name) for field in attrs.fields(type(one))]
        elif isinstance(one, Mapping):
            ahead += one.values()
        elif isinstance(one, tuple | frozenset | list):
            ahead += one
    return found


GOOD: dict[str, Any] = {
    **{"case": CASE, "jurisdiction": XX, "instrument": AUDIT, "answers": {}, "known": {}},
    **{"on": ON, "day": ON, "anchor": ON, "within": rc.Span(ON, date(2027, 1, 1))},
    **{"program_id": DROP_IN, "cells": FACTS.on(ON), "histories": FACTS.timeline},
    **{"cases": [CASE], "admissions": XX.admissions, "sheet": RULES.on(ON).sheet(FACTS.on(ON))},
    **{"source": {}, "text": "xx-act#art-1", "facts": FACTS.timeline, "prefix": "data"},
    **{"criterion": XX.admissions[DROP_IN], "rules": RULES, "asked": FACTS_ASKED[0]},
    **{f"{verb}.transition": rc.RecordId("t-1") for verb in STEPS},
    **{f"{verb}.filed": ANSWERED for verb in STEPS},
    **{"refer.case": UNANSWERED, "refer.office": "ngo-9", "identify.move": "release"},
    **{"identify.filed": ANSWERED, "advance.event": rc.TransitionEvent.CLOSED},
    **{f"{verb}.office": "probation-2" for verb in ("accept", "decline")},
    **{"accept.case": UNANSWERED, "escalate.case": UNANSWERED, "decline.reason": "no_capacity"},
    **{"explain_difference.before": "adult", "explain_difference.after": "juvenile"},
    "CaseFile.next_id.name": "consents",
    "Jurisdiction.move.move_id": "release",
    "Jurisdiction.with_parameter.name": "adult_age",
    "Jurisdiction.with_parameter.said": "18 years",
    "Jurisdiction.with_rule.name": "adult",
    "Jurisdiction.with_rule.rule": {"fact": "age", "at_least": "18 years"},
    "Jurisdiction.with_program.said": {},
    "instruments.band_changes.bands": "zone",
    "instruments.neighbours.bands": "zone",
    "instruments.contributions.scale": "total",
    "instruments.find.name": "audit",
    "instruments.from_plain.plain": rc.instruments.to_plain(AUDIT),
    "instruments.part.name": "total",
    "instruments.read_instrument.document": SCORED_TEXT,
    "levels.RiskPolicy.meaning.instrument": "audit",
    "levels.RiskPolicy.meaning.table": "zone",
    "questions.CaseFacts.timeline.asked": FACTS_ASKED[0],
    "rules.criterion_from_plain.plain": {"fact": "age", "at_least": "18 years"},
    "rules.criterion_from_plain.facts": XX.facts,
    **{"machine": REFERRAL, "request": REFERRED, "codec": CODEC, "reader": READER},
    "rules.read_machine.plain": rc.rules.write_machine(REFERRAL, dates_are_objects=False),
    "rules.read_deadlines.plain": [],
    "rules.read_pause_kinds.plain": [],
    "care.machine.name": REFERRAL.id,
    "rules.Machine.state.code": "recall",
    "Term.parse.text": "6 months",
    "load.which": "xx",
    "match_all.cases": [],
    "Caseload.found": iter(()),
    "care.profile.need_level": XX.facts["need_level"],
    "quick_score.scale": "total",
    "read.source": rc.examples()["xx/therapeutic-community"],
    **{f"ScoreResult.{one}.name": named for one, named in SCORE_NAMES.items()},
    "care.NeedsProfile.count.level": "some",
    "care.NeedsProfile.from_level.level": "some",
    "care.change_of_results.after": attrs.evolve(
        SCORED, request=attrs.evolve(SCORED.request, on=date(2027, 1, 1))
    ),
    "care.change_of_results.scale": "total",
    "request_diversion.case": stays.DIVERTED,
    "request_diversion.request": stays.asked_of_diversion(),
    "request_stay.case": stays.WAITS,
    "request_stay.unit": stays.house(),
    "request_stay.request": stays.request("admitted"),
    **{f"care.{edit}.part": plans.goal() for edit in ("AddPart", "ReplacePart")},
    "amend.change": (rc.care.AddPart(part=rc.care.Deferral(need="work", reason="later")),),
    "answer.book": plan_acts.after("life:proposed"),
    "sign.book": plan_acts.after("life:proposed agrees"),
    "sign.event": rc.care.SignatureEvent.SIGNED,
    **{f"{verb}.expects": PLAN_HASH for verb in ("amend", "copy_given", "sign")},
    "copy_given.language": "en",
    "exchange.read_plan.source": rc.write(plans.content()),
    "turn_plan.event": rc.care.PlanLifeEvent.PROPOSED,
    "note_goal.goal": plans.goal().goal_id,
    "note_step.step": plans.step().step_id,
    "note_step.status": StepStatus.IN_PROGRESS,
    "take_over.book": plan_acts.told(FOLLOWED, plan_acts.entry("life:transferred", 8)),
    "CaseFile.with_record.record": attrs.evolve(
        CASE.consents[0], filed=attrs.evolve(CASE.consents[0].filed, record_id=rc.RecordId("new"))
    ),
}
"""What is good for an argument of this name, where its type does not tell."""

UNCHECKED = {
    "rehabcore.rules.Timeline",
    *(f"rehabcore.testing.{what}Machine" for what in ("Casework", "PlanStore", "Throughcare")),
}
"""Made many times for one answer, from what others have checked, so it checks nothing itself.

The machines of the testing kit are classes to derive from: the test runner makes and drives them.
"""

Call = tuple[str, Callable[..., Any], dict[str, Any]]
"""A name, what it calls, and good arguments by name."""


def good(place: str, name: str, wanted: Any) -> object:
    """Something for an argument of this name and type."""
    if f"{place}.{name}" in GOOD:
        return GOOD[f"{place}.{name}"]
    if name in GOOD and conforms(GOOD[name], wanted):
        return GOOD[name]
    plain = ("low", 1, True, Decimal(1), ON, Path("xx"), frozenset({"low"}), frozenset({6}))
    for one in (*plain, *parts().values(), *GOOD.values(), (), {}, None, len, str):
        if conforms(one, wanted):
            return one
    if inspect.isclass(wanted) and issubclass(wanted, Enum):
        return next(iter(wanted))
    if inspect.isclass(wanted):
        return wanted(**fields_of(wanted.__name__, wanted))
    raise LookupError(f"nothing good for {place}.{name}: {wanted}")


def calls() -> Iterator[Call]:
    """Every public function, class and method."""
    seen: set[int] = set()
    names: dict[str, Any] = public_names()
    for name, found in names.items():
        uncalled = isinstance(found, NewType) or not callable(found)
        if uncalled or name in UNCHECKED or id(found) in seen:
            continue
        seen.add(id(found))
        if not inspect.isclass(found):
            yield name, found, arguments(name, found)
        elif not issubclass(found, Enum | Exception) and not getattr(found, "_is_protocol", False):
            yield name, found, fields_of(name, found)
            yield from methods(name, found)


def fields_of(place: str, cls: type) -> dict[str, Any]:
    """Good fields: those of an object of the story, or else one by one."""
    if cls in parts() and attrs.has(cls):
        one = parts()[cls]
        return {f.alias: getattr(one, f.name) for f in attrs.fields(cls) if f.init}
    return arguments(place, cls)


def methods(name: str, cls: type) -> Iterator[Call]:
    """Its own methods, bound to an object of the story, or to one that is made."""
    for word, member in tuple(vars(cls).items()):
        if not word.startswith("_") and isinstance(member, classmethod):
            yield (
                f"{name}.{word}",
                getattr(cls, word),
                arguments(f"{name}.{word}", getattr(cls, word)),
            )
        elif not word.startswith("_") and inspect.isfunction(member):
            one = parts().get(cls) or cls(**fields_of(name, cls))
            yield (
                f"{name}.{word}",
                getattr(one, word),
                arguments(f"{name}.{word}", getattr(one, word)),
            )


def arguments(place: str, found: Callable[..., Any]) -> dict[str, Any]:
    """Good arguments for all that must be given."""
    types = get_type_hints(found.__init__ if inspect.isclass(found) else found)
    return {
        name: good(place.removeprefix("rehabcore."), name, types.get(name, object))
        for name, one in inspect.signature(found).parameters.items()
        if one.default is one.empty and one.kind in (one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY)
    }


def offences(found: Callable[..., Any], fine: dict[str, Any]) -> Iterator[str]:
    """What left a call and should not have: with what is good, and of each argument the first."""
    for name, one in inspect.signature(found).parameters.items():
        if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
            continue
        for wrong in (*([fine[name]] if name in fine else []), *WRONG):
            try:
                exhausted(found(**{**fine, name: wrong}))
            except REFUSALS:
                continue
            except Exception as error:
                yield f"{name}={type(wrong).__name__}: {type(error).__name__}: {error}"
                break


def exhausted(given: object) -> None:
    """Go through what is made bit by bit; only then does it go wrong."""
    if isinstance(given, Iterator):
        for _ in given:
            pass


def test_nothing_but_refusals_leaves_a_public_name_whatever_it_is_given() -> None:
    left = [f"{name}: {what}" for name, found, fine in calls() for what in offences(found, fine)]
    assert left == []


def test_the_walk_finds_what_fails_otherwise() -> None:
    def year_of(day: date) -> int:
        return day.year

    [offence] = offences(year_of, {"day": ON})
    assert offence == "day=NoneType: AttributeError: 'NoneType' object has no attribute 'year'"


def test_the_verbs_answer_to_what_is_good() -> None:
    door = {f"rehabcore.{name}" for name in rc.__all__}
    verbs = {name: (found, fine) for name, found, fine in calls() if name in door}
    assert {"rehabcore.match", "rehabcore.read", "rehabcore.explain"} <= set(verbs)
    for name, (found, fine) in verbs.items():
        assert not name.islower() or found(**fine) is not None, name
