"""Reading the generic records: events in a window, the latest observation, the state that holds."""

from collections import Counter
from datetime import date

from rehabcore.questions.catalogue import IN_STATE, OBSERVED, Ageing
from rehabcore.questions.evidence import ids
from rehabcore.records import CaseFile, Event
from rehabcore.rules.claims import Claim, finding, settle
from rehabcore.rules.criteria import Asked
from rehabcore.rules.days import ONE_DAY, Term
from rehabcore.rules.facts import Assumption, Cell, Known
from rehabcore.rules.timelines import Timeline


def events(asked: Asked, view: CaseFile) -> Timeline[Cell]:
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
        return Known(number, evidence=ids(counted), assumption=Assumption.NONE_ON_FILE)

    return Timeline.of_changes((day for _, start, end in spans for day in (start, end)), cell)


def _leaves_window(event: Event, within: Term, ageing: Ageing) -> date:
    anniversary = within.after(event.happened_on)
    if ageing is Ageing.INCLUSIVE:
        return anniversary + ONE_DAY
    return anniversary.replace(day=1) if ageing is Ageing.MONTH_TRUNCATED else anniversary


def observed(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The latest observation; on one day, observations that differ are disputed."""
    kind = asked.fact.name.removeprefix(OBSERVED)
    observations = [o for o in view.observations if o.kind == kind]
    days = sorted(o.observed_on for o in observations)
    claims = [
        claim
        for o in observations
        for claim in finding(
            o.filed.record_id,
            o.value,
            o.observed_on,
            expires=o.expires,
            replaced=next((day for day in days if day > o.observed_on), None),
        )
    ]
    return settle(claims, asked.fact.absent())


def in_state(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """The state of one of the country's kinds that holds."""
    kind = asked.fact.name.removeprefix(IN_STATE)
    claims = [Claim(s.filed.record_id, s.span, s.value) for s in view.states if s.kind == kind]
    return settle(claims, asked.fact.absent())
