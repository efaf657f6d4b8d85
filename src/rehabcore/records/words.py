"""The codes that a record uses, and the words of a country that it may use there."""

from collections.abc import Iterator

from rehabcore.records.assessments import LevelOverride, NeedsAssessment, Resolution, RiskAssessment
from rehabcore.records.care import Consent, Enrolment, Referral
from rehabcore.records.case_file import Record
from rehabcore.records.generic import Event, Measurement, Observation, State
from rehabcore.records.glossary import CodedKind, Glossary, codes, values_of
from rehabcore.records.justice import Milestone, Offence, Registration, Ruling
from rehabcore.records.person import Beneficiary
from rehabcore.records.responsivity import ResponsivityFactor
from rehabcore.strict.vocabulary import ProgramId

Used = tuple[str, str | None, tuple[str, ...]]
"""Where a code stands in its record, the code, and the codes that may stand there."""


_WORDS: dict[type, dict[str, str]] = {
    RiskAssessment: {"level": "risk_levels", "domain": "need_domains"},
    LevelOverride: {"level": "risk_levels"},
    Resolution: {"level": "risk_levels"},
    Consent: {"purpose": "consent_purposes"},
    Event: {"kind": "event_kinds"},
    Observation: {"kind": "observation_kinds"},
    State: {"kind": "state_kinds"},
    Measurement: {"kind": "measurement_kinds"},
    Offence: {"kind": "offence_kinds"},
    Milestone: {"kind": "milestone_kinds"},
    Ruling: {"reason": "ruling_reasons"},
    Registration: {"register": "registers"},
    ResponsivityFactor: {"kind": "responsivity_kinds"},
}
"""The places in a record where words stand, and the lists of the glossary they come from."""


def codes_used(
    record: Record, glossary: Glossary, programs: tuple[ProgramId, ...]
) -> Iterator[Used]:
    """Every place of a record where a word of the country stands, or may."""
    for place, words in _WORDS.get(type(record), {}).items():
        yield place, getattr(record, place), codes(getattr(glossary, words))
    match record:
        case Referral() | Enrolment():
            yield "program_id", record.program_id, programs
        case Ruling():
            yield "subject", record.subject, (*programs, *codes(glossary.ruling_subjects))
        case Beneficiary():
            for language in sorted(record.languages or ()):
                yield "languages", language, codes(glossary.languages)
        case NeedsAssessment():
            for index, finding in enumerate(record.findings):
                place = f"findings[{index}]"
                yield f"{place}.domain", finding.domain, codes(glossary.need_domains)
                yield f"{place}.level", finding.level, codes(glossary.need_levels)
        case Observation():
            yield from _value(record, glossary.observation_kinds)
        case State():
            yield from _value(record, glossary.state_kinds)
        case Event():
            for kind in glossary.event_kinds:
                if kind.id == record.kind:
                    yield "severity", record.severity, codes(kind.severities)
                    yield "outcome", record.outcome, codes(kind.outcomes)


def _value(record: Observation | State, kinds: tuple[CodedKind, ...]) -> Iterator[Used]:
    if record.kind in codes(kinds):
        yield "value", record.value, values_of(kinds, record.kind)
