"""Asking: which programmes are open to a person, what would open others, what the person needs.

Every verb first checks the case file as it was known, and refuses an inconsistent one with all its
problems. A fault of a single record leaves open only what depends on it. Every result is
stamped. No verb reads a clock: the day is always given.
"""

from datetime import date

from rehabcore import programs
from rehabcore.care.needs.dosage import called_for
from rehabcore.care.needs.sequence import sequence
from rehabcore.casework.arguments import verb
from rehabcore.casework.grounding import grounds, grounds_of, has_died, needs_and_risks, stamped
from rehabcore.casework.results import MatchResult, NearResult, NeedsResult, TimelineResult
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.programs import Offer
from rehabcore.records import CaseFile
from rehabcore.rules.judging import over_time
from rehabcore.rules.time.days import Span, Term
from rehabcore.strict.vocabulary import ProgramId


@verb
def match(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    strict: bool = False,
) -> MatchResult:
    """Ask every programme and service of a country whether a person may enter it on a day.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day on which the person would enter.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, or ``on`` or ``known_at`` is not a date.
    """
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    offers = programs.offers_on(jurisdiction.admissions_on_any_day, facts.on(on), on=on)
    return MatchResult(
        grounds=grounds(jurisdiction, stamp, facts, offers, all_words=False),
        case_id=case.case_id,
        offers=offers,
    )


@verb
def near(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    lead: Term | None = None,
    strict: bool = False,
) -> NearResult:
    """Find what would open each programme and service that is closed to a person on a day.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day asked about.
        known_at: the day up to which records count; None for everything on file.
        lead: how far to look ahead: a way must begin within this term. None looks ahead as far as
            the law is known.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, ``on`` or ``known_at`` is not a date, or ``lead``
            is not a term.
    """
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    doors = programs.offers_near(
        jurisdiction.admissions_on_any_day, facts.ahead(on), on=on, lead=lead
    )
    return NearResult(
        grounds=grounds(jurisdiction, stamp, facts, doors, all_words=False),
        case_id=case.case_id,
        lead=lead,
        doors=doors,
    )


@verb
def timeline(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    program_id: ProgramId,
    *,
    within: Span,
    known_at: date | None = None,
    strict: bool = False,
) -> TimelineResult:
    """Ask one programme or service about a person on every day of a window.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        program_id: a programme or service of the country.
        within: the window, half-open; its end may be open, but not unknown. The result is stamped
            with its first day.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, there is no such programme, ``within`` is not a
            span, or ``known_at`` is not a date.
    """
    stamp = stamped(jurisdiction, within.start, known_at)
    rule = jurisdiction.admissions_on_any_day[jurisdiction.program(program_id).program_id]
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    verdicts = over_time.verdicts_over(rule, facts.timeline, within)
    offer = Offer(program_id=program_id, verdict=verdicts.pieces[0].verdict)
    return TimelineResult(
        grounds=grounds(jurisdiction, stamp, facts, [offer], all_words=False),
        case_id=case.case_id,
        program_id=program_id,
        verdicts=verdicts,
    )


@verb
def needs(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    on: date,
    known_at: date | None = None,
    strict: bool = False,
) -> NeedsResult:
    """Tell a person's needs and risks on a day, and what they call for.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        on: the day asked about.
        known_at: the day up to which records count; None for everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, or ``on`` or ``known_at`` is not a date.
    """
    stamp = stamped(jurisdiction, on, known_at)
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    seen, risk = needs_and_risks(facts, jurisdiction, on)
    dosage, order = jurisdiction.rnr_policy.dosage, jurisdiction.rnr_policy.sequence
    died = has_died(facts, jurisdiction, on)
    ordered = jurisdiction.programs if order.classes and not died else ()
    named = {program.program_id for program in ordered}
    rules = [jurisdiction.admissions_on_any_day[program_id] for program_id in named]
    return NeedsResult(
        grounds=grounds_of(jurisdiction, stamp, facts, named, rules),
        case_id=case.case_id,
        profile=seen,
        risks=risk,
        count=dosage.count(seen),
        target=called_for(dosage, seen, risk[0].level),
        turns=sequence(order, ordered, seen),
        died=died,
    )
