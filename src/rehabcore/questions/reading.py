"""Which reading answers which fact.

A reading turns records into claims (this record says this, over this span) and lets
``rules.claims`` settle them, so that agreement, contradiction and silence mean the same everywhere.
"""

from rehabcore.questions import care, happenings, standing
from rehabcore.questions.catalogue import IN_STATE, OBSERVED
from rehabcore.questions.evidence import Reading
from rehabcore.records import CaseFile
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell
from rehabcore.rules.timelines import Timeline


def read(asked: Asked, view: CaseFile) -> Timeline[Cell]:
    """What is known of a fact on every day, from the records in view."""
    name = asked.fact.name
    if name.startswith(OBSERVED):
        return happenings.observed(asked, view)
    if name.startswith(IN_STATE):
        return happenings.in_state(asked, view)
    return READINGS[name](asked, view)


def _unpublished_rules_met(asked: Asked, _: CaseFile) -> Timeline[Cell]:
    return Timeline.constant(asked.fact.absent())


READINGS: dict[str, Reading] = {
    "age": standing.particulars("birth_date"),
    "sex": standing.particulars("sex"),
    "languages": standing.particulars("languages"),
    "legal_status": standing.legal_status,
    "setting": standing.setting,
    "time_in_legal_status": standing.time_in_legal_status,
    "time_in_setting": standing.time_in_setting,
    "sentence_remaining": standing.sentence_remaining,
    "time_to_earliest_release": standing.time_to_earliest_release,
    "need_level": care.need_level,
    "risk_level": care.risk_level,
    "consent": care.consent,
    "enrolled": care.enrolled,
    "completed": care.completed,
    "events": happenings.events,
    "unpublished_rules_met": _unpublished_rules_met,
}
