"""A plan's book from a few words, such as ``"propose agree sign"``."""

from datetime import date
from functools import reduce
from typing import Any

from rehabcore.care.plans.book import (
    AgreementAnswered,
    ContentEdited,
    CopyGiven,
    GoalEvent,
    GoalNoted,
    LifeTurned,
    Noted,
    PlanAnswer,
    PlanBook,
    PlanEntry,
    PlanLifeEvent,
    PlanType,
    SignatureEvent,
    SignatureNoted,
    StepNoted,
    VersionOpened,
    with_entry,
)
from rehabcore.care.plans.hashes import hash_of_content
from rehabcore.plans import PlanContent
from rehabcore.strict.vocabulary import GoalId, StepId, StepStatus
from tests.kit.plans import DAY, book, content, noted


def told(first: PlanBook, *entries: PlanEntry) -> PlanBook:
    """A book with more entries, which need not fit."""
    return reduce(with_entry, entries, first)


def entry(
    word: str,
    place: int,
    version: int = 1,
    on: date = DAY,
    *,
    told: PlanContent | None = None,
    role: str = "",
) -> Any:
    """An entry from a word: an event of some axis, ``given``, ``goal:EVENT`` or ``step:STATUS``."""
    at, digest = noted(place, on), hash_of_content(told or content())
    kind, _, code = word.rpartition(":")
    if kind == "goal":
        event = GoalEvent(code)
        return GoalNoted(noted=at, version=version, goal_id=GoalId("peers"), event=event)
    if kind == "step":
        status, step_id = StepStatus(code), StepId("peers/refer")
        return StepNoted(noted=at, version=version, step_id=step_id, status=status)
    if kind == "life":
        return LifeTurned(noted=at, version=version, event=PlanLifeEvent(code))
    if word == "given":
        return CopyGiven(noted=at, version=version, content_hash=digest, language="en")
    if word in set(PlanAnswer):
        return AgreementAnswered(noted=at, version=version, answer=PlanAnswer(word), reason="so")
    event_of_signing = SignatureEvent(word)
    return SignatureNoted(
        noted=at, version=version, content_hash=digest, event=event_of_signing, role=role
    )


def after(words: str, on: date = DAY) -> PlanBook:
    """A book with one version, and an entry for each word."""
    entries = (entry(word, place, on=on) for place, word in enumerate(words.split(), 2))
    return told(book(), *entries)


def opened(place: int, version: int, what: PlanContent, on: date = DAY) -> VersionOpened:
    """A later version that is opened for a review."""
    return VersionOpened(
        noted=noted(place, on), version=version, occasion=PlanType.REVIEW, content=what
    )


def edited(place: int, before: PlanContent, what: PlanContent, on: date = DAY) -> ContentEdited:
    """An edit of the first version."""
    at: Noted = noted(place, on)
    return ContentEdited(noted=at, version=1, expects=hash_of_content(before), content=what)
