"""The results of the verbs: answers together with everything they rest on.

A result is complete. It holds the facts, sources, words and programmes that it mentions, so it can
be stored, read years later, explained in another language, and proved again.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from attrs import field

from rehabcore.care.moves.made_moves import MadeMove
from rehabcore.care.moves.requests import PossibleMove
from rehabcore.care.moves.responsibility import Tenure, accountable
from rehabcore.care.moves.stages import TransitionSeen
from rehabcore.care.needs import NeedCount, NeedsProfile
from rehabcore.care.needs.dosage import DosageTarget
from rehabcore.care.needs.risks import RiskSeen
from rehabcore.care.needs.sequence import Turn
from rehabcore.programs import Offer, Program
from rehabcore.records import CaseFile, Glossary
from rehabcore.records.faults import SetAside
from rehabcore.rules.facts import Fact
from rehabcore.rules.judging.over_time import VerdictTimeline
from rehabcore.rules.judging.verdicts import Verdict
from rehabcore.rules.sources import Source, Text
from rehabcore.rules.time.days import Term
from rehabcore.rules.truth import Answer
from rehabcore.strict.checked import SECRET, checked, checked_arguments
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problem, missing_key, one_line, one_of, refuse
from rehabcore.strict.vocabulary import CaseId, ProgramId


@frozen(kw_only=True)
@checked
class Stamp:
    """The rules, the day and the knowledge from which a result was made.

    ``packs`` are the country packs with their versions, an overlay after its base. ``known_at`` is
    the day up to which records counted; None means everything on file.
    """

    packs: tuple[str, ...]
    library: str
    on: date
    known_at: date | None = None


@frozen(kw_only=True)
@checked
class Grounds:
    """The grounds that the answers of a result rest on.

    ``set_aside`` are the faulty records of the case file, whose facts were left open.
    """

    stamp: Stamp
    title: Text
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    glossary: Glossary
    programs: tuple[Program, ...]
    set_aside: tuple[SetAside, ...] = ()

    def __repr__(self) -> str:
        return f"<Grounds {self.in_short}>"

    @property
    def in_short(self) -> str:
        """The rules and the day, and how much was set aside, as a part of a ``repr``."""
        aside = f", {len(self.set_aside)} set aside" if self.set_aside else ""
        return one_line(f"{'+'.join(self.stamp.packs)} on {self.stamp.on.isoformat()}{aside}")

    def program(self, program_id: ProgramId) -> Program:
        """A programme that the result mentions.

        Raises:
            InputError: the result does not mention it.
        """
        found = next((p for p in self.programs if p.program_id == program_id), None)
        if found is None:
            refuse(program_id, "dangling_id", _SPOKEN_OF, path="program_id")
        return found

    @checked_arguments
    def lacks(self, named: Iterable[tuple[str, ProgramId]]) -> Iterable[Problem]:
        """A problem for each programme, named with its path, that is not among the grounds."""
        known = {program.program_id for program in self.programs}
        for path, program_id in named:
            if program_id not in known:
                yield Problem.of(program_id, "dangling_id", _SPOKEN_OF, path=path)


_SPOKEN_OF = "the id of a programme of the grounds"


def programs_named(path: str, items: Iterable[Offer | Turn]) -> Iterable[tuple[str, ProgramId]]:
    """The programme of each item of a list, with its path."""
    for index, item in enumerate(items):
        yield f"{path}[{index}].program_id", item.program_id


def _lacking(path: str, items: Sequence[Offer | Turn], grounds: Grounds) -> Iterable[Problem]:
    """A problem for each item of a list whose programme is not among the grounds."""
    known = {program.program_id for program in grounds.programs}
    if not known.issuperset([item.program_id for item in items]):
        yield from grounds.lacks(programs_named(path, items))


def _misplaced(path: str, offers: Iterable[Offer], grounds: Grounds) -> Iterable[Problem]:
    """A problem for each answer of another day than the stamp's, or to another programme's rule."""
    known = {program.program_id for program in grounds.programs}
    for index, offer in enumerate(offers):
        verdict, own = offer.verdict, offer.program_id
        if verdict.on != grounds.stamp.on:
            expected, place = "an answer of the day of the stamp", f"{path}[{index}].verdict.on"
            yield Problem.of(verdict.on, "does_not_follow", expected, path=place)
        named = verdict.criterion.about.id
        if named != own and {named, own} <= known:  # a rule may have no name, or one of its own
            expected, place = "the programme whose rule was judged", f"{path}[{index}].program_id"
            yield Problem.of(own, "does_not_follow", expected, path=place)


@frozen(kw_only=True)
@checked
class MatchResult:
    """The offer of every programme and service to one person on one day.

    Iterating gives the offers; indexing with the id of a programme gives its offer. ``in``
    takes either.
    """

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    offers: tuple[Offer, ...]

    def __repr__(self) -> str:
        met, unknown, not_met = len(self.met), len(self.unknown), len(self.not_met)
        told = f"{met} met, {unknown} unknown, {not_met} not met"
        return f"<MatchResult {self.grounds.in_short}: {told}>"

    def __iter__(self) -> Iterator[Offer]:
        return iter(self.offers)

    def __contains__(self, asked: object) -> bool:
        return _is_among(self.offers, asked)

    def __getitem__(self, program_id: ProgramId | str) -> Offer:
        """The offer of a programme.

        Raises:
            InputError: the result has no such programme.
        """
        return _offer_of(self.offers, program_id)

    @property
    def met(self) -> tuple[Offer, ...]:
        """The offers that are open on the day, in the order of the catalogue."""
        return self._answered(Answer.MET)

    @property
    def unknown(self) -> tuple[Offer, ...]:
        """The offers about which something has to be known first; ``Offer.missing`` says what."""
        return self._answered(Answer.UNKNOWN)

    @property
    def not_met(self) -> tuple[Offer, ...]:
        """The offers that are closed on the day."""
        return self._answered(Answer.NOT_MET)

    def _answered(self, answer: Answer) -> tuple[Offer, ...]:
        return tuple(offer for offer in self.offers if offer.answer is answer)

    def _problems(self) -> Iterable[Problem]:
        yield from _lacking("offers", self.offers, self.grounds)
        yield from _misplaced("offers", self.offers, self.grounds)


@frozen(kw_only=True)
@checked
class NearResult:
    """The ways to each programme and service that is closed to a person on a day.

    ``lead`` tells how far ahead was looked; None means as far as the law is known. ``doors`` are
    the offers that are not met, each with its ways, the nearest first. Iterating gives the doors;
    indexing with the id of a programme gives its door. ``in`` takes either.
    """

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    lead: Term | None
    doors: tuple[Offer, ...]

    def __repr__(self) -> str:
        told = f"{len(self.doors)} not met, {len(self.reachable)} can be reached"
        return f"<NearResult {self.grounds.in_short}: {told}>"

    def __iter__(self) -> Iterator[Offer]:
        return iter(self.doors)

    def __contains__(self, asked: object) -> bool:
        return _is_among(self.doors, asked)

    def __getitem__(self, program_id: ProgramId | str) -> Offer:
        """The door of a programme.

        Raises:
            InputError: the programme is met on the day, or the result has no such programme.
        """
        return _offer_of(self.doors, program_id)

    @property
    def reachable(self) -> tuple[Offer, ...]:
        """The doors to which there is a way, the nearest first."""
        return tuple(door for door in self.doors if door.ways)

    @property
    def complete(self) -> bool:
        """Whether all combinations were weighed for every door."""
        return all(door.near is not None and door.near.complete for door in self.doors)

    def _problems(self) -> Iterable[Problem]:
        for index, door in enumerate(self.doors):
            if door.near is None:
                yield missing_key(f"doors[{index}].near", "the ways to it; perhaps none")
        yield from _lacking("doors", self.doors, self.grounds)
        yield from _misplaced("doors", self.doors, self.grounds)


@frozen(kw_only=True)
@checked
class TimelineResult:
    """The answer of one programme or service to one person on every day of a window."""

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    program_id: ProgramId
    verdicts: VerdictTimeline

    def __repr__(self) -> str:
        answers = [answer.value for _, answer in self.verdicts.answers()]
        return f"<TimelineResult {self.grounds.in_short}: {self.program_id} {', '.join(answers)}>"

    def _problems(self) -> Iterable[Problem]:
        yield from self.grounds.lacks([("program_id", self.program_id)])


@frozen(kw_only=True)
@checked
class NeedsResult:
    """The needs and risks of a person on a day, and what follows from them.

    ``count`` is how many needs bear on reoffending; None if the country does not say which do.
    ``target`` is the number of hours of work that they and the overall risk call for. ``turns`` are
    the programmes of the country in their order; empty if it states no order, or if the person has
    ``died``, since no group may start then.
    """

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    profile: NeedsProfile
    risks: tuple[RiskSeen, ...]
    count: NeedCount | None
    target: DosageTarget
    turns: tuple[Turn, ...]
    died: bool = False

    def __repr__(self) -> str:
        needs, unknown = len(self.profile.needs), len(self.profile.unknown)
        return f"<NeedsResult {self.grounds.in_short}: {needs} needs, {unknown} of them unknown>"

    def _problems(self) -> Iterable[Problem]:
        expected = "the risk overall, and then that in each domain"
        if not self.risks:
            yield Problem.of(self.risks, "empty_group", expected, path="risks")
        elif self.risks[0].domain is not None:
            yield Problem.of(self.risks[0].domain, "out_of_range", expected, path="risks[0].domain")
        yield from _lacking("turns", self.turns, self.grounds)

    @property
    def risk(self) -> RiskSeen:
        """The risk overall."""
        return self.risks[0]


@frozen(kw_only=True)
@checked
class MoveResult:
    """A move that was made, the new case file, and whether it was allowed.

    If it ``happened``, it was recorded whether or not it was allowed; else somebody asked for it,
    and it was. ``transition`` tells where it stands after the move: what was missing, and what is
    due. It is None in documents of the second version.
    """

    grounds: Grounds
    move_title: Text
    case: CaseFile
    made: MadeMove
    verdict: Verdict
    happened: bool = False
    transition: TransitionSeen | None = None

    def __repr__(self) -> str:
        move, steps = one_line(self.made.move_id), self.made.steps
        return f"<MoveResult {self.grounds.in_short}: {move}, {steps} steps go along>"

    def _problems(self) -> Iterable[Problem]:
        yield from _lacking("made.offers", self.made.offers, self.grounds)


@frozen(kw_only=True)
@checked
class MovesResult:
    """The transitions of a person on a day, the tenures of all offices, and the possible moves.

    ``possible`` are the moves that can begin where the person is, each with its verdict.
    """

    grounds: Grounds
    case_id: CaseId = field(repr=False, metadata=SECRET)
    transitions: tuple[TransitionSeen, ...]
    tenures: tuple[Tenure, ...]
    possible: tuple[PossibleMove, ...]

    def __repr__(self) -> str:
        seen, moves = len(self.transitions), len(self.possible)
        return f"<MovesResult {self.grounds.in_short}: {seen} transitions, {moves} possible moves>"

    @property
    def tenure(self) -> Tenure | None:
        """The tenure of the day asked about; None if no office is accountable."""
        return accountable(self.tenures, self.grounds.stamp.on)


def _is_among(offers: Iterable[Offer], asked: object) -> bool:
    return any(asked in (offer.program_id, offer) for offer in offers)


def _offer_of(offers: Iterable[Offer], program_id: str) -> Offer:
    by_id: dict[str, Offer] = {offer.program_id: offer for offer in offers}
    if not isinstance(program_id, str) or program_id not in by_id:
        expected = f"the id of a programme of the result: {one_of(by_id, program_id)}"
        refuse(program_id, "dangling_id", expected, path="program_id")
    return by_id[program_id]
