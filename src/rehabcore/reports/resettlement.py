"""Pathways of resettlement as a document: where each stands, and what came before."""

from collections.abc import Iterable, Iterator

from rehabcore.care.resettlement.resets import ResetSeen
from rehabcore.care.resettlement.standings import (
    AssessmentSeen,
    ChangedBy,
    PathwayAnswerSeen,
    PathwaySeen,
    PathwaysSeen,
    StatusChange,
    SupportNeedSeen,
)
from rehabcore.casework.care_results import PathwaysResult
from rehabcore.casework.results import Grounds
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph, listing
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import with_notes
from rehabcore.rules.sources import Citation


def describe_pathways(result: PathwaysResult, phrasing: Phrasing) -> Iterator[Block]:
    """Describe what is to be done, every pathway, both assessments and every reset."""
    say, seen = phrasing.wording.say, result.seen
    yield Heading(1, say("pathways.title", on=result.grounds.stamp.on.isoformat()))
    yield Paragraph(say("continuity.health"))
    if not seen.pathways:
        yield Paragraph(say("pathways.no_list"))
        return
    due = tuple(_due(seen, phrasing))
    if due:
        yield Heading(2, say("pathways.due"))
        yield Listing(due)
    yield from pathway_blocks(seen.pathways, phrasing)
    yield Heading(2, say("pathways.assessments"))
    yield Listing(tuple(_assessment(one, phrasing) for one in seen.assessments))
    if seen.resets:
        yield Heading(2, say("pathways.resets"))
        yield Listing(tuple(_reset(one, phrasing) for one in seen.resets))
    if seen.misplaced:
        yield Paragraph(say("continuity.misplaced", records=", ".join(seen.misplaced)))


def pathway_blocks(pathways: Iterable[PathwaySeen], phrasing: Phrasing) -> Iterator[Block]:
    """Describe pathways with their needs and everything that came before."""
    say = phrasing.wording.say
    yield Heading(2, say("pathways.pathways"))
    yield from listing((_pathway(one, phrasing) for one in pathways), say("hand_over.nothing"))


def cited_by_pathways(pathways: Iterable[PathwaySeen], grounds: Grounds) -> Iterator[Citation]:
    """The citations of pathways and needs that are told of."""
    told = {one.pathway for one in pathways}
    needs = {need.need for one in pathways for need in one.needs}
    for kind in grounds.glossary.pathways:
        yield from kind.cite if kind.id in told else ()
    for word in grounds.glossary.support_needs:
        yield from word.cite if word.id in needs else ()


def _due(seen: PathwaysSeen, phrasing: Phrasing) -> Iterator[Item]:
    say, reset = phrasing.wording.say, seen.reset_to_file
    if reset is not None:
        yield Item(say("pathways.file_reset", day=phrasing.day(reset.on)), tone="alert")
    if seen.assessment_required:
        yield Item(say("pathways.assessment_required"), tone="alert")
    if seen.review_available:
        yield Item(say("pathways.review_available"))


def _pathway(one: PathwaySeen, phrasing: Phrasing) -> Item:
    notes = _since(one.history, phrasing)
    if one.none_identified_on is not None:
        day = phrasing.day(one.none_identified_on)
        notes.append(phrasing.wording.say("pathways.none_identified", day=day))
    status = phrasing.code("pathway_status", one.status.value)
    words = with_notes(f"{phrasing.code('pathway', one.pathway)}: {status}", notes)
    needs = [_need(need, phrasing) for need in one.needs]
    return Item(words, (*needs, *_earlier("pathway_status", one.history, phrasing)))


def _need(need: SupportNeedSeen, phrasing: Phrasing) -> Item:
    status = phrasing.code("support_need_status", need.status.value)
    since = _since(need.history, phrasing) or [
        phrasing.wording.say("pathways.identified", day=phrasing.day(need.identified_on))
    ]
    words = with_notes(f"{phrasing.code('support_need', need.need)}: {status}", since)
    return Item(words, tuple(_earlier("support_need_status", need.history, phrasing)))


def _since(history: tuple[StatusChange, ...], phrasing: Phrasing) -> list[str]:
    """The day and the record of the status that stands, if it ever changed."""
    return [] if not history else _brought_by(history[-1], phrasing)


def _earlier(
    statuses: str, history: tuple[StatusChange, ...], phrasing: Phrasing
) -> Iterator[Item]:
    for change in history[:-1]:
        status = phrasing.code(statuses, change.status)
        told = phrasing.wording.say("pathways.earlier", status=status)
        yield Item(with_notes(told, _brought_by(change, phrasing)))


def _brought_by(change: StatusChange, phrasing: Phrasing) -> list[str]:
    say = phrasing.wording.say
    notes = [phrasing.day(change.on)]
    if change.by is not ChangedBy.ACT:
        notes.append(say(f"pathways.by_{change.by.value}"))
    if not change.fits:
        notes.append(say("pathways.does_not_fit"))
    return [*notes, say("reason.evidence", records=change.record_id)]


def _assessment(one: AssessmentSeen, phrasing: Phrasing) -> Item:
    say, notes = phrasing.wording.say, []
    if one.submitted_on is not None:
        notes.append(say("pathways.submitted", day=phrasing.day(one.submitted_on)))
    elif one.skipped is not None:
        reason = phrasing.code("skip_reason", one.skipped.value)
        notes.append(say("pathways.skipped", reason=reason))
    else:
        notes.append(say("pathways.begun" if one.begun else "pathways.not_begun"))
    if one.misplaced:
        notes.append(say("continuity.misplaced", records=", ".join(one.misplaced)))
    if one.earlier:
        notes.append(say("pathways.earlier_forms", records=", ".join(one.earlier)))
    words = with_notes(phrasing.code("pathway_assessment", one.kind.value), notes)
    filled = any(answer.status is not None for answer in one.answers)
    return Item(words, tuple(_answer(a, phrasing) for a in one.answers) if filled else ())


def _answer(answer: PathwayAnswerSeen, phrasing: Phrasing) -> Item:
    say, pathway = phrasing.wording.say, phrasing.code("pathway", answer.pathway)
    if answer.status is None:
        return Item(say("pathways.unanswered", pathway=pathway), tone="unknown")
    status = phrasing.code("pathway_status", answer.status.value)
    notes = [say("pathways.prefilled")] if answer.prefilled else []
    words = with_notes(f"{pathway}: {status}", notes)
    return Item(words, tone="unknown" if answer.prefilled else "")


def _reset(reset: ResetSeen, phrasing: Phrasing) -> Item:
    say = phrasing.wording.say
    reason = say("pathways.no_reason")
    if reset.reason is not None:
        reason = phrasing.code("reset_reason", reset.reason.value)
    notes = [phrasing.day(reset.on)] + ([] if reset.filed else [say("pathways.not_filed")])
    return Item(with_notes(reason, [*notes, say("reason.evidence", records=reset.record_id)]))
