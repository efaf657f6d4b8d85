"""What the verbs of casework return: answers together with everything they stand on.

A result is complete in itself. It holds the facts, sources, words and programmes it speaks of, so
it can be stored, read years later, explained in another language, and proved again.
"""

from datetime import date

from attrs import field, frozen

from rehabcore.care.moves import HandOver
from rehabcore.care.needs import NeedCount, NeedsProfile
from rehabcore.care.needs.dosage import DosageTarget
from rehabcore.care.needs.risks import RiskSeen
from rehabcore.care.needs.sequence import Turn
from rehabcore.plans import Plan
from rehabcore.programs import Door, Offer, Program
from rehabcore.records import CaseFile, Glossary
from rehabcore.rules.facts import Fact
from rehabcore.rules.judging.over_time import VerdictTimeline
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.sources import Source, Text
from rehabcore.rules.time.days import Term
from rehabcore.strict.checked import SECRET, checked
from rehabcore.strict.vocabulary import CaseId, ProgramId


@frozen(kw_only=True)
@checked
class Stamp:
    """Under which rules a result was made, for which day, from what was known when.

    ``packs`` are the country packs with their versions, an overlay after the pack that it
    overlays. ``known_at`` None means everything on file.
    """

    packs: tuple[str, ...]
    library: str
    on: date
    known_at: date | None = None


@frozen(kw_only=True)
@checked
class Grounds:
    """What the answers of a result stand on."""

    stamp: Stamp
    title: Text
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    glossary: Glossary
    programs: tuple[Program, ...]

    def program(self, program_id: ProgramId) -> Program:
        """A programme that the result speaks of.

        Raises:
            KeyError: the result does not speak of it.
        """
        return {program.program_id: program for program in self.programs}[program_id]


@frozen(kw_only=True)
@checked
class MatchResult:
    """What every programme and service answers to one person on one day."""

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    offers: tuple[Offer, ...]


@frozen(kw_only=True)
@checked
class NearResult:
    """What would open each programme and service that is closed to a person on a day.

    ``lead`` is how far ahead was looked; None means for ever.
    """

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    lead: Term | None
    doors: tuple[Door, ...]


@frozen(kw_only=True)
@checked
class TimelineResult:
    """What one programme or service answers to one person on every day of a window."""

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    program_id: ProgramId
    verdicts: VerdictTimeline


@frozen(kw_only=True)
@checked
class NeedsResult:
    """What is known of the needs and risks of a person on a day, and what follows from them.

    ``count`` is how many needs bear on reoffending, None where the country does not say which do;
    ``target`` the hours of work that they and the risk overall call for. ``turns`` are the
    programmes of the country in their order; none where it states no order.
    """

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    profile: NeedsProfile
    risks: tuple[RiskSeen, ...]
    count: NeedCount | None
    target: DosageTarget
    turns: tuple[Turn, ...]

    @property
    def risk(self) -> RiskSeen:
        """The risk overall."""
        return self.risks[0]


@frozen(kw_only=True)
@checked
class PlanResult:
    """A drafted plan."""

    grounds: Grounds
    plan: Plan


@frozen(kw_only=True)
@checked
class MoveResult:
    """A move that was made: the new case file and plan, the hand-over, and why it was allowed."""

    grounds: Grounds
    move_title: Text
    case: CaseFile
    plan: Plan | None
    hand_over: HandOver
    verdict: Verdict


Result = MatchResult | NearResult | TimelineResult | NeedsResult | PlanResult | MoveResult
