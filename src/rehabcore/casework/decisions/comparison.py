"""The differences between a decision and the answer of today to its question, with reasons."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from rehabcore.casework.decisions.decision import Decision, cells_of, episode
from rehabcore.casework.results import Grounds
from rehabcore.questions import CaseFacts
from rehabcore.records import CaseFile, Record, Retraction
from rehabcore.records.case_file import taken_back
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.law.any_day import on_any_day
from rehabcore.rules.near.amendments import Amendment, amendments
from rehabcore.rules.time.days import Span
from rehabcore.strict.frozen import frozen
from rehabcore.strict.vocabulary import RecordId


class Since(StrEnum):
    """The ways in which a record can have changed since a decision was made."""

    FILED = "filed"
    """It was filed; ``other`` is the record that it corrects, if any."""
    CORRECTED = "corrected"
    """``other`` replaced it."""
    RETRACTED = "retracted"
    """``other`` took it back."""
    REMOVED = "removed"
    """The file no longer has it, or gives it a later day of filing. No correction explains that."""
    SET_ASIDE = "set_aside"
    """It stands, but the fact no longer rests on it."""
    COUNTS_NOW = "counts_now"
    """It was on file when the decision was made, but only now does the fact rest on it."""


@frozen(kw_only=True)
class RecordChange:
    """The change of one record that a fact rested on, or rests on now."""

    record_id: RecordId
    since: Since
    other: RecordId | None = None


@frozen(kw_only=True)
class FactChange:
    """A fact that the rule asked then and asks now, and whose cell differs.

    ``records`` are the records that explain it, by their ids. ``rewritten`` is true if today's
    file, read as it was known when the decision was made, gives another cell than it gave then. So
    records were altered, removed or added under an earlier day, or the library reads them
    differently.
    """

    asked: Asked
    before: Cell
    after: Cell
    records: tuple[RecordChange, ...]
    rewritten: bool


class Difference(StrEnum):
    """The ways in which a decision and the answer of today can differ."""

    NOT_OFFERED = "not_offered"
    """The programme is no longer in the catalogue, so it cannot be asked."""
    ANSWER = "answer"
    EPISODE = "episode"
    RULE = "rule"
    FACTS = "facts"
    PACKS = "packs"
    LIBRARY = "library"


@frozen(kw_only=True)
class Comparison:
    """A decision, and the answer that its question would have today.

    ``grounds``, ``verdict`` and ``episode`` are today's; the last two are None if the programme is
    no longer offered. ``rule`` lists the nodes of the rule that differ, in its order. ``facts``
    lists the facts that both versions of the rule ask and whose cells differ, in the order of the
    earlier version.
    """

    decision: Decision
    grounds: Grounds
    verdict: Verdict | None
    episode: Span | None
    rule: tuple[Amendment, ...] = ()
    facts: tuple[FactChange, ...] = ()

    def __repr__(self) -> str:
        differs = ", ".join(self.differences()) or "nothing"
        return f"<Comparison of {self.decision!r}: {differs} differs>"

    def differences(self) -> tuple[Difference, ...]:
        """The ways in which they differ, in the order of ``Difference``; empty if in none."""
        then, now, asked = self.decision.grounds.stamp, self.grounds.stamp, self.verdict
        differs = {
            Difference.NOT_OFFERED: asked is None,
            Difference.ANSWER: asked is not None and asked.answer != self.decision.verdict.answer,
            Difference.EPISODE: asked is not None and self.episode != self.decision.episode,
            Difference.RULE: self.rule,
            Difference.FACTS: self.facts,
            Difference.PACKS: then.packs != now.packs,
            Difference.LIBRARY: then.library != now.library,
        }
        return tuple(difference for difference in Difference if differs[difference])


def compared(
    decision: Decision,
    case: CaseFile,
    *,
    verdict: Verdict | None,
    grounds: Grounds,
    facts: CaseFacts,
    then: CaseFacts,
) -> Comparison:
    """Compare a decision with the answer of today.

    Args:
        decision: the decision.
        case: the case file of the same case, as it is today.
        verdict: today's verdict for the same day; None if the programme is no longer offered.
        grounds: the grounds of that verdict; their stamp says up to which day records count.
        facts: the facts of the case file today.
        then: the facts of today's case file, read as it was known when the decision was made.
    """
    if verdict is None:
        return Comparison(decision=decision, grounds=grounds, verdict=None, episode=None)
    return Comparison(
        decision=decision,
        grounds=grounds,
        verdict=verdict,
        episode=episode(verdict.criterion, facts.timeline, verdict.on),
        # An older decision may keep the rule without the clauses for days without law.
        rule=amendments(on_any_day(decision.verdict.criterion), verdict.criterion),
        facts=tuple(_fact_changes(decision, verdict, case, grounds.stamp.known_at, then)),
    )


def _fact_changes(
    decision: Decision, verdict: Verdict, case: CaseFile, known_at: date | None, then: CaseFacts
) -> Iterator[FactChange]:
    """The facts whose cells differ. Facts are the same if name and parameters are the same."""
    on = decision.verdict.on
    now = {(a.fact.name, a.given): (a, cell) for a, cell in cells_of(verdict).items()}
    for asked, before in cells_of(decision.verdict).items():
        today, after = now.get((asked.fact.name, asked.given), (asked, before))
        if after != before:
            yield FactChange(
                asked=today,
                before=before,
                after=after,
                records=tuple(_record_changes(before, after, decision, case, known_at)),
                rewritten=then.timeline(today).at(on) != before,
            )


def _record_changes(
    before: Cell, after: Cell, decision: Decision, case: CaseFile, known_at: date | None
) -> Iterator[RecordChange]:
    latest = known_at or date.max
    standing = {r.filed.record_id for _, r in case.as_known(latest).entries()}
    filed = {r.filed.record_id: r for _, r in case.entries() if r.filed.recorded_on <= latest}
    then = decision.grounds.stamp.known_at or date.max
    for record_id in map(RecordId, sorted({*before.evidence} ^ {*after.evidence})):
        if record_id in after.evidence:
            record = filed[record_id].filed
            if record.recorded_on > then:
                yield RecordChange(record_id=record_id, since=Since.FILED, other=record.corrects)
            else:
                yield RecordChange(record_id=record_id, since=Since.COUNTS_NOW)
        elif record_id in standing:
            yield RecordChange(record_id=record_id, since=Since.SET_ASIDE)
        else:
            yield _gone(record_id, filed)


def _gone(record_id: RecordId, filed: dict[RecordId, Record]) -> RecordChange:
    """Why a record no longer stands: it was taken back, replaced, or removed."""
    void = taken_back(filed.values())
    after = {
        other: isinstance(record, Retraction)
        for other, record in sorted(filed.items())
        if record.filed.corrects == record_id and other not in void
    }
    for since, retracts in ((Since.RETRACTED, True), (Since.CORRECTED, False)):
        for other, takes_back in after.items():
            if takes_back is retracts and record_id in filed:
                return RecordChange(record_id=record_id, since=since, other=other)
    return RecordChange(record_id=record_id, since=Since.REMOVED)
