"""Amending a plan: from an edit to the next content, or to the next version where this one stands.

A version that was answered, signed or locked is never edited: its edit opens the next one, which
nobody has answered or signed. So nobody's answer is carried over to what they have not seen.
"""

from collections.abc import Iterator

from attrs import evolve

from rehabcore.care.plans.axes import PlanLife
from rehabcore.care.plans.book import (
    ContentEdited,
    Noted,
    PlanBook,
    PlanType,
    VersionOpened,
    with_entry,
)
from rehabcore.care.plans.differences import (
    LoweringKind,
    answered_needs,
    lowerings,
    planned_hours,
    with_hours_lost,
)
from rehabcore.care.plans.edits import PlanEdit, edited_content
from rehabcore.care.plans.requests import (
    AskedOfPlans,
    contents_told,
    require_in_order,
    require_newest,
)
from rehabcore.care.plans.versions import LIVING, PlanHistory, PlanVersion, plan_history
from rehabcore.plans import PlanContent
from rehabcore.rules.machines.requests import RequestRefused
from rehabcore.rules.machines.walking import Misfit
from rehabcore.strict.problems import Problems, refuse


def amended(
    book: PlanBook,
    change: PlanContent | tuple[PlanEdit, ...],
    *,
    expects: str,
    noted: Noted,
    why: str,
    occasion: PlanType,
    asked: AskedOfPlans,
) -> PlanBook:
    """The book after an edit of its newest version.

    Args:
        book: the book.
        change: the edits, in their order, or the whole content after the edit.
        expects: the hash of the content that the edit is about.
        noted: when, and by whom; its place is the next one.
        why: the reason; needed where the plan asks for less after it.
        occasion: the occasion, if it opens a version.
        asked: what the country asks of plans.

    Raises:
        InputError: the edit does not fit the content, changes nothing, loses a need, or lowers
            something and nobody says why; or there are fewer hours although risk or a need went up.
        ContentChanged: another edit was made since.
        RequestRefused: the plan is over, or was transferred and nobody has taken it over yet.
    """
    history = plan_history(book, on=noted.recorded_on)
    newest = _newest(history)
    over = history.ended or _to_take_over(history)
    if over is not None:
        misfits, state = (Misfit.NOT_FROM_HERE,), over.life.value
        raise RequestRefused("plan_life", state, "edited", misfits, (), ())
    require_newest(book, newest.content, expects)
    content = (
        change
        if isinstance(change, PlanContent)
        else _edited(newest.content, change, noted, contents_told(book))
    )
    _require_sound(history, newest, content, why, asked)
    if newest.life is PlanLife.PROPOSED and not newest.is_settled:
        _require_answered(content, asked)
    for before in (newest.content, *_content_before(history, newest)):
        _require_hours(before, content, asked)
    entry: ContentEdited | VersionOpened
    if newest.is_settled:
        number = newest.number + 1
        entry = VersionOpened(noted=noted, version=number, occasion=occasion, content=content)
    else:
        entry = ContentEdited(
            noted=noted, version=newest.number, expects=expects, content=content, why=why
        )
    require_in_order(book, entry)
    return with_entry(book, entry)


def _edited(
    before: PlanContent, edits: tuple[PlanEdit, ...], noted: Noted, earlier: tuple[PlanContent, ...]
) -> PlanContent:
    """A content after edits, with the hours that are missing then."""
    after = edited_content(before, edits, on=noted.on, earlier=earlier)
    return with_hours_lost(before, after)


def _newest(history: PlanHistory) -> PlanVersion:
    if history.newest is None:
        refuse([], "empty_group", "a book with at least one version", path="book.versions")
    return history.newest


def _require_sound(
    history: PlanHistory, newest: PlanVersion, after: PlanContent, why: str, asked: AskedOfPlans
) -> None:
    """Refuse an edit that changes nothing, loses a need, or silently lowers something.

    Where the newest version has ended, it is also held against the one that is followed.
    """
    problems, before = Problems(), [newest.content]
    if newest.content == after:
        problems.note("the same content", "out_of_range", "an edit that changes something")
    if history.active is not None and newest.life not in LIVING:
        before.append(history.active.content)
    less = [one for content in before for one in lowerings(content, after)]
    dropped = [one.id for one in less if one.kind is LoweringKind.NEED_DROPPED]
    dropped += [one for content in before for one in _no_longer_told(content, after, asked)]
    low = {need.domain for need in after.needs if need.level is not None} - {*asked.high(after)}
    for need in dict.fromkeys(dropped):
        if need not in low:
            expected = "a goal, a deferral or a refusal, since nothing says that the need is low"
            problems.note(need, "need_dropped", expected, path="change")
    if less and not why.strip():
        told = ", ".join(dict.fromkeys(one.kind.value for one in less))
        problems.note("", "missing_key", f"the reason for less than before: {told}", path="why")
    problems.done()


def _no_longer_told(before: PlanContent, after: PlanContent, asked: AskedOfPlans) -> Iterator[str]:
    """The needs that were high or not known, and of which a content says nothing any more."""
    told = {need.domain for need in after.needs}.union(answered_needs(after))
    high = {*asked.high(before)}
    for need in before.needs:
        if need.domain not in told and (need.level is None or need.domain in high):
            yield need.domain


def _require_answered(content: PlanContent, asked: AskedOfPlans) -> None:
    """Refuse an edit of a proposed version that it could not be proposed with."""
    problems = Problems()
    for need in asked.unanswered(content):
        expected = "a goal, a deferral to a day, or a refusal, since the version is proposed"
        problems.note(need, "need_dropped", expected, path="change")
    problems.done()


def _content_before(history: PlanHistory, newest: PlanVersion) -> tuple[PlanContent, ...]:
    """The content of the version before one that is still edited, which that one will replace."""
    before = None if newest.is_settled else history.version(newest.number - 1)
    return () if before is None else (before.content,)


def _require_hours(before: PlanContent, after: PlanContent, asked: AskedOfPlans) -> None:
    """Refuse fewer hours where risk or a need went up, unless the content tells the shortfall."""
    fewer = planned_hours(after) < planned_hours(before)
    if fewer and after.shortfall is None and asked.went_up(before, after):
        expected = f"at least {planned_hours(before)} hours, or the shortfall with its reason"
        refuse(planned_hours(after), "out_of_range", expected, path="change.shortfall")


def taken_over(book: PlanBook, *, noted: Noted) -> PlanBook:
    """The book with a version for the office to which the plan was transferred.

    It conserves everything: goals, items with their consents, needs, and what was deferred. Only
    the accountable office is another, and nobody has answered or signed it yet. What was rejected
    or has ended otherwise beside the version that was transferred does not count.

    Raises:
        InputError: it is told out of order.
        RequestRefused: the plan was not transferred, or was taken over already.
    """
    history = plan_history(book, on=noted.recorded_on)
    newest = _newest(history)
    given = _to_take_over(history)
    if given is None:
        misfits = (Misfit.NOT_FROM_HERE,)
        raise RequestRefused("plan_life", newest.life.value, "taken_over", misfits, (), ())
    left = [given, *(one for one in history.versions if one.life in LIVING)]
    last = max(left, key=lambda one: one.number)
    content = evolve(last.content, holder=given.turns[-1].to_office)
    number, occasion = newest.number + 1, PlanType.TRANSFER
    entry = VersionOpened(noted=noted, version=number, occasion=occasion, content=content)
    require_in_order(book, entry)
    return with_entry(book, entry)


def _to_take_over(history: PlanHistory) -> PlanVersion | None:
    """The last version that was transferred, unless one was opened for the office since."""
    given = [one for one in history.versions if one.life is PlanLife.TRANSFERRED]
    taken = [one.opened.place for one in history.versions if one.occasion is PlanType.TRANSFER]
    if not given or any(place > given[-1].turns[-1].noted.place for place in taken):
        return None
    return given[-1]
