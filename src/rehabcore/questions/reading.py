"""How each fact is read from the records of a case file, as a timeline of cells.

A reading turns records into claims (this record says this, over this span) and lets
``rules.claims`` settle them, so that agreement, contradiction and silence mean the same everywhere.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from attrs import evolve

from rehabcore import risk
from rehabcore.questions.catalogue import IN_STATE, OBSERVED, Ageing
from rehabcore.records import (
    CaseFile,
    Consent,
    Event,
    LegalStanding,
    Observation,
    Placement,
    Record,
)
from rehabcore.rules.claims import Claim, settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.days import ONE_DAY, OPEN, UNSURE, Span, Term
from rehabcore.rules.facts import NEVER, Assumption, Cell, Known, Unknown
from rehabcore.rules.timelines import Timeline
from rehabcore.rules.truth import UnknownKind
from rehabcore.vocabulary import Outcome

Reading = Callable[[Asked, CaseFile], Timeline[Cell]]


def read(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """What is known of a fact on every day, from the records in view."""
    name = asked.fact.name
    if name.startswith(OBSERVED):
        return _observed(asked, view)
    if name.startswith(IN_STATE):
        return _in_state(asked, view)
    return READINGS[name](asked, view)


def _particulars(field: str) -> Reading:
    """A fact that holds for life, as each source states it."""

    def reading(asked: Asked, view: CaseFile) -> Timeline[Cell]:
        said = [(person.filed.record_id, getattr(person, field)) for person in view.beneficiary]
        claims = [Claim(record_id, None, value) for record_id, value in said if value is not None]
        return settle(claims, asked.fact.absent())

    return reading


def _legal_status(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return settle(_standings(view.legal_standings), asked.fact.absent())


def _setting(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return settle(_settings(view.placements), asked.fact.absent())


def _standings(standings: Iterable[LegalStanding]) -> Iterator[Claim]:
    for standing in standings:
        yield Claim(standing.filed.record_id, standing.span, standing.status.value)


def _settings(placements: Iterable[Placement]) -> Iterator[Claim]:
    for placement in placements:
        yield Claim(placement.filed.record_id, placement.span, placement.setting.value)


def _time_in_legal_status(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return _time_in(
        asked["legal_status"], settle(_standings(view.legal_standings), asked.fact.absent())
    )


def _time_in_setting(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return _time_in(asked["setting"], settle(_settings(view.placements), asked.fact.absent()))


def _time_in(wanted: str, statuses: Timeline[Cell]) -> Timeline[Cell]:
    """Anchors: the first day of the unbroken run that a day belongs to, while it is in one."""
    anchors: dict[date, Cell] = {}
    run: Known | None = None
    for start, _, cell in statuses.pieces():
        if isinstance(cell, Known) and cell.value == wanted:
            begun = run.value if run else start
            evidence = (*run.evidence, *cell.evidence) if run else cell.evidence
            run = Known(begun, evidence=tuple(dict.fromkeys(evidence)))
            anchors[start] = run
        else:
            run = None
            anchors[start] = (
                Known(NEVER, evidence=cell.evidence) if isinstance(cell, Known) else cell
            )
    return Timeline.of_changes(anchors, lambda day: anchors[day])


def _sentence_remaining(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest end of all sentences; endless if one is open, unknown if one is unsure."""
    if not view.sentences:
        return Timeline.constant(asked.fact.absent())
    evidence = tuple(sentence.filed.record_id for sentence in view.sentences)
    ends = [sentence.end for sentence in view.sentences]
    if OPEN in ends:
        return Timeline.constant(Known(NEVER, evidence=evidence))
    days = [end for end in ends if isinstance(end, date)]
    if len(days) < len(ends):
        return Timeline.constant(Unknown(UnknownKind.MISSING, evidence=evidence))
    return Timeline.constant(Known(max(days), evidence=evidence))


def _time_to_earliest_release(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest of the earliest release days; unknown unless every sentence states one."""
    evidence = tuple(sentence.filed.record_id for sentence in view.sentences)
    days = [s.earliest_release for s in view.sentences if s.earliest_release is not None]
    if not days or len(days) < len(view.sentences):
        return Timeline.constant(Unknown(UnknownKind.MISSING, evidence=evidence))
    return Timeline.constant(Known(max(days), evidence=evidence))


def _need_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    claims = risk.need_claims(view.needs_assessments, asked["domain"])
    return settle(claims, asked.fact.absent())


def _risk_level(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    return settle(risk.risk_claims(view.risk_assessments), asked.fact.absent())


def _consent(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Live if any consent for the purpose is; not live once one was refused or has ended."""
    consents = [consent for consent in view.consents if consent.purpose == asked["purpose"]]

    def cell(day: date) -> Cell:
        answered = [c for c in consents if (c.given or c.refused or date.max) <= day]
        lasting = [c for c in answered if c.given and not _ended(c, day)]
        live = [c for c in lasting if c.expires is not UNSURE or c.given == day]
        if live:
            return Known(True, evidence=_ids(live))
        if lasting:
            return Unknown(UnknownKind.MISSING, evidence=_ids(lasting))
        return Known(False, evidence=_ids(answered)) if answered else asked.fact.absent()

    days = [d for c in consents for d in (c.given, c.refused, c.withdrawn, c.expires)]
    after = [c.given + ONE_DAY for c in consents if c.given and c.expires is UNSURE]
    return Timeline.of_changes([*after, *(d for d in days if isinstance(d, date))], cell)


def _ended(consent: Consent, day: date) -> bool:
    ends = (consent.withdrawn, consent.expires)
    return any(isinstance(end, date) and end <= day for end in ends)


def _enrolled(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    ended = {c.enrolment: (c.ended_on, c.filed.record_id) for c in view.completions}
    enrolments = [e for e in view.enrolments if e.program_id == asked["program"]]

    def cell(day: date) -> Cell:
        begun = [e for e in enrolments if e.started_on <= day]
        running = [e for e in begun if ended.get(e.filed.record_id, (date.max, ""))[0] > day]
        if running:
            return Known(True, evidence=_ids(running))
        over = tuple(ended[e.filed.record_id][1] for e in begun)
        return evolve(asked.fact.absent(), evidence=(*_ids(begun), *over))

    days = [*(e.started_on for e in enrolments), *(day for day, _ in ended.values())]
    return Timeline.of_changes(days, cell)


def _completed(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    wanted = {e.filed.record_id for e in view.enrolments if e.program_id == asked["program"]}
    completions = [
        completion
        for completion in view.completions
        if completion.enrolment in wanted and completion.outcome is Outcome.COMPLETED
    ]

    def cell(day: date) -> Cell:
        done = [completion for completion in completions if completion.ended_on <= day]
        return Known(True, evidence=_ids(done)) if done else asked.fact.absent()

    return Timeline.of_changes((completion.ended_on for completion in completions), cell)


def _events(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """Events in a window. What several sources report of one day is counted once."""
    within, ageing = Term.parse(asked["within"]), Ageing(asked["ageing"])
    spans = [
        (event, event.happened_on, _leaves_window(event, within, ageing))
        for event in view.events
        if event.kind == asked["kind"]
    ]

    def cell(day: date) -> Cell:
        counted = [event for event, start, end in spans if start <= day < end]
        by_source = Counter((event.happened_on, event.filed.source) for event in counted)
        by_day: dict[date, int] = {}
        for (happened_on, _), number in by_source.items():
            by_day[happened_on] = max(number, by_day.get(happened_on, 0))
        number = sum(by_day.values())
        return Known(number, evidence=_ids(counted), assumption=Assumption.NONE_ON_FILE)

    return Timeline.of_changes((day for _, start, end in spans for day in (start, end)), cell)


def _leaves_window(event: Event, within: Term, ageing: Ageing) -> date:
    anniversary = within.after(event.happened_on)
    if ageing is Ageing.INCLUSIVE:
        return anniversary + ONE_DAY
    return anniversary.replace(day=1) if ageing is Ageing.MONTH_TRUNCATED else anniversary


def _observed(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest observation; on one day, observations that differ are disputed."""
    kind = asked.fact.name.removeprefix(OBSERVED)
    observations = [o for o in view.observations if o.kind == kind]
    days = [o.observed_on for o in observations]
    claims = [
        claim for observation in observations for claim in _observation_claims(observation, days)
    ]
    return settle(claims, asked.fact.absent())


def _observation_claims(observation: Observation, days: list[date]) -> Iterator[Claim]:
    record_id, begin = observation.filed.record_id, observation.observed_on
    newer = min((day for day in days if day > begin), default=None)
    expires = observation.expires
    if isinstance(expires, date) and (newer is None or expires < newer):
        yield Claim(record_id, Span(begin, expires), observation.value)
        yield Claim(record_id, Span(expires, newer or OPEN), UnknownKind.STALE)
    else:
        yield Claim(record_id, Span(begin, newer or expires), observation.value)


def _in_state(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    kind = asked.fact.name.removeprefix(IN_STATE)
    claims = [Claim(s.filed.record_id, s.span, s.value) for s in view.states if s.kind == kind]
    return settle(claims, asked.fact.absent())


def _unpublished_rules_met(asked: Asked, _: CaseFile) -> Timeline[Cell]:
    return Timeline.constant(asked.fact.absent())


def _ids(records: Iterable[Record]) -> tuple[str, ...]:
    return tuple(record.filed.record_id for record in records)


READINGS: dict[str, Reading] = {
    "age": _particulars("birth_date"),
    "sex": _particulars("sex"),
    "languages": _particulars("languages"),
    "legal_status": _legal_status,
    "setting": _setting,
    "time_in_legal_status": _time_in_legal_status,
    "time_in_setting": _time_in_setting,
    "sentence_remaining": _sentence_remaining,
    "time_to_earliest_release": _time_to_earliest_release,
    "need_level": _need_level,
    "risk_level": _risk_level,
    "consent": _consent,
    "enrolled": _enrolled,
    "completed": _completed,
    "events": _events,
    "unpublished_rules_met": _unpublished_rules_met,
}
