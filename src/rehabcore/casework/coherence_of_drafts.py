"""Whether a stored draft of a plan hangs together: its items, its reasons and its answers fit."""

from collections.abc import Iterator
from datetime import date

from rehabcore.care.plans.drafting.drafts import Draft
from rehabcore.care.plans.drafting.reasons import ChoiceReason, PassedReason
from rehabcore.casework.coherence_of_transitions import at_odds
from rehabcore.programs import Program
from rehabcore.rules.truth import Answer
from rehabcore.strict.problems import Problem
from rehabcore.strict.vocabulary import ProgramId


def incoherences_of_draft(
    draft: Draft, on: date, programs: dict[ProgramId, Program]
) -> Iterator[Problem]:
    """A problem for each part of a draft that does not follow from the others.

    Args:
        draft: the draft.
        on: the day of the stamp.
        programs: the programmes of the grounds by their ids.
    """
    if draft.content.starts != on:
        yield at_odds(draft.content.starts, "the day of the stamp", "content.starts")
    planned = sorted(draft.programs)
    if sorted(choice.program_id for choice in draft.choices) != planned:
        yield at_odds(planned, "a reason for each item, and for nothing else", "choices")
    passed = [one.program_id for one in draft.passed_over]
    if len({*passed, *planned}) < len(passed) + len(planned):
        yield at_odds(passed, "programmes that are no items, each once", "passed_over")
    named = [offer.program_id for offer in draft.offers]
    if sorted(named) != sorted({*passed, *planned} & {*programs}):
        yield at_odds(named, "one answer of each item and of each that was passed over", "offers")
    turns = [turn.program_id for turn in draft.turns]
    if len({*turns}) < len(turns) or (draft.choices and not {*turns} <= {*planned}):
        yield at_odds(turns, "items, each once", "turns")
    review = draft.content.review_due
    if review is not None and review <= on:
        yield at_odds(review, "a day after the draft", "content.review_due")
    yield from _answers(draft)
    yield from _covered(draft, programs)
    if draft.dosage is not None:
        dosage = draft.dosage
        if dosage != dosage.of(dosage.target, dosage.planned, dosage.unstated):
            yield at_odds(dosage.enough.value, "what follows from the hours", "dosage.enough")


def _answers(draft: Draft) -> Iterator[Problem]:
    """Nothing that is not known covers a need, and nothing is asked about that is open today."""
    answers = {offer.program_id: offer.answer for offer in draft.offers}
    for index, choice in enumerate(draft.choices):
        unknown = answers.get(choice.program_id) is Answer.UNKNOWN
        if unknown and choice.why is not ChoiceReason.CONTINUES:
            expected = "a programme of which it is known that it is open"
            yield at_odds(choice.program_id, expected, f"choices[{index}].program_id")
    asked = {one.program_id for one in draft.passed_over if one.why is PassedReason.ASKED}
    for own in sorted(asked):
        if answers.get(own, Answer.MET) is Answer.MET:  # closed today, it may open with a birthday
            yield at_odds(own, "a programme that is not open", "passed_over")
    for index, question in enumerate(draft.content.questions):
        if not asked.issuperset(question.program_ids):
            expected = "programmes that were passed over until somebody answers"
            path = f"content.questions[{index}].program_ids"
            yield at_odds(list(question.program_ids), expected, path)


def _covered(draft: Draft, programs: dict[ProgramId, Program]) -> Iterator[Problem]:
    needs = {need.domain: need for need in draft.content.needs}
    serving = [programs[own].serves for own in draft.programs if own in programs]
    for index, domain in enumerate(draft.merit.needs):
        need = needs.get(domain)
        if need is None or Answer.MET not in map(need.served_by, serving):
            expected = "a need that an item serves"
            yield at_odds(domain, expected, f"merit.needs[{index}]")
