"""Requests about a plan: whether an entry may be made, and the book with it.

A request that is not allowed is refused with what speaks against it and what would be possible, and
nothing is changed. Guards must certainly be met on the day of the request.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from rehabcore.care.machines import machine
from rehabcore.care.plans.axes import (
    AGREEING,
    AWAITING,
    FULLY_SIGNED,
    AgreementState,
    PlanLife,
    SignatureState,
)
from rehabcore.care.plans.book import (
    AgreementAnswered,
    ContentEdited,
    CopyGiven,
    GoalNoted,
    LifeTurned,
    PlanAnswer,
    PlanBook,
    PlanEntry,
    PlanLifeEvent,
    SignatureEvent,
    SignatureNoted,
    StepNoted,
    VersionOpened,
    with_entry,
)
from rehabcore.care.plans.differences import PlanDifference, answered_needs, difference_of
from rehabcore.care.plans.hashes import hash_of_content
from rehabcore.care.plans.laws.of_histories import PERSON, SIGNING
from rehabcore.care.plans.versions import LIVING, PlanHistory, PlanVersion, plan_history
from rehabcore.plans import GoalKind, PlanContent
from rehabcore.rules.criteria import Asked
from rehabcore.rules.facts import Cell, Known
from rehabcore.rules.judging.cells import Cells
from rehabcore.rules.machines.requests import step
from rehabcore.rules.machines.walking import HistoryEntry, Position
from rehabcore.strict.checked import checked
from rehabcore.strict.frozen import frozen
from rehabcore.strict.problems import Problems, RehabcoreError, one_of, refuse
from rehabcore.strict.vocabulary import Basis

_OnAxis = LifeTurned | AgreementAnswered | SignatureNoted | GoalNoted | StepNoted
"""The entries that a table allows or does not."""


@frozen(kw_only=True)
@checked
class AskedOfPlans:
    """The roles that have to sign every plan of a country, and the needs that it has to answer.

    ``levels`` are lowest first. A need of the level ``answer_from`` or higher has to be answered by
    a goal, a deferral or a refusal before a plan is proposed; None where no level is stated.
    ``risk_levels`` are lowest first, too.
    """

    signed_by: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    answer_from: str | None = None
    risk_levels: tuple[str, ...] = ()

    def high(self, content: PlanContent) -> Iterator[str]:
        """The need domains of a content that have to be answered."""
        if self.answer_from is not None:
            low = self.levels[: self.levels.index(self.answer_from)]
            for need in content.needs:
                if need.level is not None and need.level not in low:
                    yield need.domain

    def unanswered(self, content: PlanContent) -> Iterator[str]:
        """The need domains that a content leaves open.

        A high need is answered by a goal about it, a deferral to a day, or a refusal; one whose
        level is not known at least by a goal to assess it.
        """
        answered = {
            *(need for goal in content.goals if goal.kind is GoalKind.NEED for need in goal.needs),
            *(deferral.need for deferral in content.deferrals if deferral.until is not None),
            *(refusal.need for refusal in content.refusals),
        }
        yield from (need for need in self.high(content) if need not in answered)
        if self.answer_from is not None:
            told = answered.union(answered_needs(content))
            unknown = (need.domain for need in content.needs if need.level is None)
            yield from (need for need in unknown if need not in told)

    def went_up(self, a: PlanContent, b: PlanContent) -> bool:
        """Whether risk, or some need, is higher in a content than in one before it."""
        was = {need.domain: need.level for need in a.needs}
        return _higher(a.risk, b.risk, self.risk_levels) or any(
            _higher(was.get(need.domain), need.level, self.levels) for need in b.needs
        )


def _higher(before: str | None, after: str | None, levels: tuple[str, ...]) -> bool:
    known = before in levels and after in levels
    return known and levels.index(str(after)) > levels.index(str(before))


class ContentChanged(RehabcoreError):
    """A request about a content that is not the newest any more. Nothing was changed.

    ``expected`` is the hash that the request names, ``found`` that of the content as it is now.
    ``difference`` tells what became different in between.
    """

    def __init__(self, expected: str, found: str, difference: PlanDifference) -> None:
        self.expected, self.found, self.difference = expected, found, difference
        super().__init__(expected, found, difference)

    def __str__(self) -> str:
        told = (f"{one.part} {one.id}".strip() for one in self.difference.changes)
        changed = ", ".join(dict.fromkeys(told))
        return f"the plan was changed since: {changed}; read it again, then ask again"


def signed_by_all(version: PlanVersion, asked: Iterable[str]) -> bool:
    """Whether all who are asked to sign have signed the content of a version as it is.

    Where the person refused, that stands for the person's signature.
    """
    digest = version.content_hash
    about_it = [one for one in version.signatures if one.content_hash == digest]
    refused = any(
        one.event is SignatureEvent.REFUSED_TO_SIGN and one.role == PERSON for one in about_it
    )
    signed = {one.role for one in about_it if one.event in SIGNING}
    complete = version.signature in FULLY_SIGNED or (refused and version.signature in AWAITING)
    return complete and bool(signed) and {*asked} <= signed | ({PERSON} if refused else set())


def entered(book: PlanBook, entry: _OnAxis | CopyGiven, asked: AskedOfPlans) -> PlanBook:
    """The book with an entry that is asked for, if the tables allow it.

    Args:
        book: the book.
        entry: the entry, whose place is the next one.
        asked: what the country asks of plans.

    Raises:
        InputError: it is about nothing in the book, or is told out of order.
        ContentChanged: it is about a content that is not that of the version any more.
        RequestRefused: a table does not allow it, or a guard is not met.
    """
    require_in_order(book, entry)
    # What was noted or given after a turn is no reason for it, even if it was recorded before.
    day = entry.noted.on if isinstance(entry, LifeTurned) else entry.noted.recorded_on
    history = plan_history(book, on=day)
    version = version_of(history, entry.version)
    if isinstance(entry, SignatureNoted | CopyGiven):
        require_newest(book, version.content, entry.content_hash)
    if not isinstance(entry, CopyGiven):
        table, state, event = _axis(version, entry)
        asked_for = HistoryEntry(event=event, on=entry.noted.on)
        known = known_of(history, version, entry, asked)
        step(machine(table), Position(state=state), asked_for, cells=known)
    return with_entry(book, entry)


def version_of(history: PlanHistory, number: int) -> PlanVersion:
    """The version of a number.

    Raises:
        InputError: there is none.
    """
    found = history.version(number)
    if found is None:
        known = one_of([str(one.number) for one in history.versions])
        refuse(number, "dangling_id", known, path="version")
    return found


def require_newest(book: PlanBook, content: PlanContent, expects: str) -> None:
    """Refuse a request that is about another content than the one that there is.

    Raises:
        ContentChanged: it is about an earlier one.
        InputError: it is about none that the book ever had.
    """
    found = hash_of_content(content)
    if expects != found:
        for earlier in contents_told(book):
            if hash_of_content(earlier) == expects:
                raise ContentChanged(expects, found, difference_of(earlier, content))
        refuse(expects, "dangling_id", "the hash of a content of the plan", path="expects")


def contents_told(book: PlanBook) -> tuple[PlanContent, ...]:
    """Every content that a book ever had, oldest first."""
    told = (one for one in book.entries if isinstance(one, VersionOpened | ContentEdited))
    return tuple(entry.content for entry in told)


def require_in_order(book: PlanBook, entry: PlanEntry) -> None:
    """Refuse an entry that happened before others that it would have to follow.

    A book is recorded in order. What happens on an axis, or to the content, follows all others of
    these; what is noted of a goal or step, or that a copy was given, follows its version.

    Raises:
        InputError: names the day, and the earliest that would do.
    """
    problems, noted = Problems(), entry.noted
    told: tuple[PlanEntry, ...] = (
        *book.versions,
        *(() if isinstance(entry, GoalNoted | StepNoted | CopyGiven) else _on_axes(book)),
        *(one for one in book.goals if isinstance(entry, GoalNoted)),
        *(one for one in book.steps if isinstance(entry, StepNoted)),
    )
    first = max((one.noted.on for one in told), default=noted.on)
    if noted.on < first:
        expected = f"a day not before {first.isoformat()}, that of the entry before it"
        problems.note(noted.on, "wrong_order", expected, path="on")
    known = max((one.noted.recorded_on for one in book.entries), default=noted.recorded_on)
    if noted.recorded_on < known:
        expected = f"a day not before {known.isoformat()}, that of the last entry"
        problems.note(noted.recorded_on, "wrong_order", expected, path="recorded_on")
    problems.done()


def _on_axes(book: PlanBook) -> tuple[PlanEntry, ...]:
    return (*book.edits, *book.answers, *book.signatures, *book.life)


def _axis(version: PlanVersion, entry: _OnAxis) -> tuple[str, str, str]:
    """The table that says whether an entry is allowed, the state before it, and its event.

    Raises:
        InputError: the version has no such goal or step.
    """
    match entry:
        case LifeTurned():
            return "plan_life", version.life.value, entry.event.value
        case AgreementAnswered():
            return "agreement", version.agreement.value, entry.answer.value
        case SignatureNoted():
            return "signature", version.signature.value, entry.event.value
        case GoalNoted():
            goals = {goal.goal_id: goal.status.value for goal in version.goals}
            if entry.goal_id not in goals:
                known = one_of(goals, entry.goal_id)
                refuse(entry.goal_id, "dangling_id", known, path="goal_id")
            return "goal", goals[entry.goal_id], entry.event.value
        case _:
            steps = {seen.step_id: seen.status.value for seen in version.steps}
            if entry.step_id not in steps:
                known = one_of(steps, entry.step_id)
                refuse(entry.step_id, "dangling_id", known, path="step_id")
            return "step", steps[entry.step_id], entry.status.value


def known_of(
    history: PlanHistory, version: PlanVersion, entry: PlanEntry, asked: AskedOfPlans
) -> Cells:
    """All that the guards of the tables know of a version and of an entry that is asked for."""
    said = _of_entry(version, entry)
    standing = _Standing(history=history, version=version, asked=asked)

    def cell(fact_asked: Asked) -> Cell:
        # Only what a guard asks is found out: the hash of a content takes its time.
        name = fact_asked.fact.name
        if name in said:
            return Known(said[name])
        return Known(_FACTS[name](standing)) if name in _FACTS else fact_asked.fact.absent()

    return cell


@frozen(kw_only=True)
class _Standing:
    """A version among the others of its plan, and what the country asks."""

    history: PlanHistory
    version: PlanVersion
    asked: AskedOfPlans

    @property
    def later(self) -> list[PlanVersion]:
        """The versions after it."""
        return [one for one in self.history.versions if one.number > self.version.number]


_LOCKED = (SignatureState.LOCKED_INCOMPLETE, SignatureState.ROLLED_BACK)
_FACTS: Mapping[str, Callable[[_Standing], bool]] = {
    "needs_answered": lambda at: not any(at.asked.unanswered(at.version.content)),
    "unlocked": lambda at: at.version.signature not in _LOCKED,
    "answered": lambda at: at.version.agreement is not AgreementState.UNANSWERED,
    "signed_by_all": lambda at: signed_by_all(at.version, at.asked.signed_by),
    "fully_signed": lambda at: at.version.signature in FULLY_SIGNED,
    "copy_given": lambda at: _copy_given(at.version),
    "duties_only": lambda at: _duties_only(at.version),
    "no_other_active": lambda at: at.history.ended is None and not _others_active(at),
    "later_opened": lambda at: bool(at.later),
    "later_ready": lambda at: any(_is_ready(one, at.asked) for one in at.later),
    "goals_closed": lambda at: all(one.status.value == "achieved" for one in at.version.goals),
    "in_hand": lambda at: at.version.life in (PlanLife.PROPOSED, PlanLife.ACTIVE),
    "not_begun": lambda at: at.version.life in (PlanLife.DRAFT, PlanLife.PROPOSED),
    "version_open": lambda at: at.version.life in LIVING,
}
"""The facts that guards ask of a version."""


def _others_active(at: _Standing) -> bool:
    """Whether another version is active, or a later one ever was."""
    turns = (turn for one in at.later for turn in one.turns)
    active = at.history.active
    beside = active is not None and active.number != at.version.number
    return beside or any(turn.event is PlanLifeEvent.ACTIVATED for turn in turns)


def _is_ready(version: PlanVersion, asked: AskedOfPlans) -> bool:
    """Whether a version could be active if no other were."""
    return (
        version.life is PlanLife.PROPOSED
        and version.agreement is not AgreementState.UNANSWERED
        and _duties_only(version)
        and _copy_given(version)
        and signed_by_all(version, asked.signed_by)
    )


def _duties_only(version: PlanVersion) -> bool:
    """Whether the person agrees to a version, or everything in it is mandatory."""
    voluntary = any(item.basis is Basis.VOLUNTARY for item in version.content.items)
    return version.agreement in AGREEING or not voluntary


def _copy_given(version: PlanVersion) -> bool:
    """Whether the person got a copy of the content of a version as it is."""
    digest = version.content_hash
    return any(copy.content_hash == digest for copy in version.copies)


def _of_entry(version: PlanVersion, entry: PlanEntry) -> Mapping[str, bool]:
    """The facts that guards ask of the entry that is asked for."""
    reason = getattr(entry, "reason", "") or getattr(entry, "note", "")
    told: dict[str, bool] = {
        "reason_given": bool(reason.strip()),
        "note_given": bool(reason.strip()),
    }
    match entry:
        case LifeTurned():
            told["next_holder_named"] = bool(entry.to_office.strip())
        case AgreementAnswered():
            before = version.answered_before
            told["agreed_before"] = before is PlanAnswer.AGREES
            told["disagreed_before"] = before is PlanAnswer.DOES_NOT_AGREE
        case SignatureNoted():
            of_role = [one.event for one in version.signatures if one.role == entry.role]
            signed = any(event in SIGNING for event in of_role)
            told["role_is_new"] = not signed
            told["refusal_is_new"] = not signed and SignatureEvent.REFUSED_TO_SIGN not in of_role
    return told
