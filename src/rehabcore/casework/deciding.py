"""Deciding: keeping a person's decision, and comparing it with the answer of today."""

from datetime import date

from rehabcore.casework import decisions
from rehabcore.casework.arguments import WORDS, verb
from rehabcore.casework.decisions import Comparison, Decision, Override
from rehabcore.casework.grounding import grounds, stamped
from rehabcore.jurisdictions import Jurisdiction
from rehabcore.programs import Offer
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile, consistency
from rehabcore.records.filing import in_order
from rehabcore.rules.judging.proving import judge
from rehabcore.strict.checked import checked_with
from rehabcore.strict.problems import Problem, Problems
from rehabcore.strict.vocabulary import DecisionOutcome, ProgramId, StaffId


@verb
def decide(
    case: CaseFile,
    jurisdiction: Jurisdiction,
    program_id: ProgramId,
    *,
    on: date,
    known_at: date,
    decided_by: StaffId,
    decided_on: date,
    outcome: DecisionOutcome,
    why: str = "",
    review_on: date | None = None,
    override: Override | None = None,
    strict: bool = False,
) -> Decision:
    """Keep a person's decision about an entry, with the answer that was given to them.

    Args:
        case: the case file.
        jurisdiction: the country, with or without an agency's overlay.
        program_id: the programme or service that the person would enter.
        on: the day of the entry; it may lie ahead.
        known_at: the day up to which records count, not after ``decided_on``.
        decided_by: the person who decided.
        decided_on: the day on which they decided.
        outcome: the decision.
        why: the reason in their own words; needed unless the decision follows from the answer.
        review_on: the day of review; needed for a deferred decision.
        override: needed if the decision contradicts the answer, and only then.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent, there is no such programme, or the decision is
            not allowed (see ``Decision``).
    """
    stamp = stamped(jurisdiction, on, known_at)
    rule = jurisdiction.admissions_on_any_day[jurisdiction.program(program_id).program_id]
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    offer = Offer(program_id=program_id, verdict=judge(rule, facts.on(on), on=on))
    return Decision(
        grounds=grounds(jurisdiction, stamp, facts, [offer], all_words=False),
        case_id=case.case_id,
        program_id=program_id,
        verdict=offer.verdict,
        episode=decisions.episode(offer.verdict.criterion, facts.timeline, on),
        decided_by=decided_by,
        decided_on=decided_on,
        outcome=outcome,
        why=why,
        review_on=review_on,
        override=override,
    )


@checked_with(WORDS | {Decision: "a Decision, as decide or read(source, Decision) gives it"})
def compare(
    decision: Decision,
    case: CaseFile,
    jurisdiction: Jurisdiction,
    *,
    known_at: date | None = None,
    strict: bool = False,
) -> Comparison:
    """Compare a decision with the answer that its question would have today.

    Args:
        decision: the decision.
        case: the case file of the same person, as it is today.
        jurisdiction: the country, as it is today.
        known_at: the day up to which records count, not before that of the decision; None for
            everything on file.
        strict: whether to refuse a file with a fault of a single record, too.

    Raises:
        InputError: the case file is inconsistent or of another person, or ``known_at`` is before
            that of the decision.
    """
    stamp = stamped(jurisdiction, decision.verdict.on, known_at)
    problems = Problems(*in_order(decision.grounds.stamp.known_at, known_at, "known_at"))
    if case.case_id != decision.case_id:
        expected = "the case of the decision"
        problems.add(Problem.of(case.case_id, "two_people", expected, path="case_id", secret=True))
    problems.done()
    facts = jurisdiction.facts_of(case, known_at=known_at, strict=strict)
    rule = jurisdiction.admissions_on_any_day.get(decision.program_id)
    verdict = None if rule is None else judge(rule, facts.on(stamp.on), on=stamp.on)
    offers = () if verdict is None else [Offer(program_id=decision.program_id, verdict=verdict)]
    # The file as it was known then was checked when it was decided, and may look odd by now.
    then = decision.grounds.stamp.known_at or date.max
    findings = consistency.examine(case, jurisdiction.words, then)
    return decisions.compared(
        decision,
        case,
        verdict=verdict,
        grounds=grounds(jurisdiction, stamp, facts, offers, all_words=False),
        facts=facts,
        then=CaseFacts(case, jurisdiction.questions, findings=findings, known_at=then),
    )
