"""Versions of a plan in words: what became of each, and what the newest says."""

from collections.abc import Iterator

from rehabcore.care.plans.book import PlanBook
from rehabcore.care.plans.hashes import short_hash
from rehabcore.care.plans.schedules.placing import FallenOut
from rehabcore.care.plans.versions import PlanVersion, plan_history
from rehabcore.plans import PlanContent
from rehabcore.reports.officer_pages import describe_for_officer
from rehabcore.reports.pages import Block, Heading, Item, Listing, Paragraph
from rehabcore.reports.phrasing import Phrasing
from rehabcore.reports.wording import with_notes
from rehabcore.rules.time.partial import LATEST_DAY


def told_version(version: PlanVersion, phrasing: Phrasing) -> str:
    """Where a version stands, in one line: its life, the answer, the signatures, and its hash."""
    return phrasing.wording.say(
        "plan_version.line",
        number=str(version.number),
        life=phrasing.code("plan_life", version.life.value),
        agreement=phrasing.code("agreement", version.agreement.value),
        signature=phrasing.code("signature", version.signature.value),
        hash=short_hash(version.content_hash),
    )


def describe_standing(version: PlanVersion, phrasing: Phrasing) -> Iterator[Block]:
    """Describe where a version stands, and every answer, signature and copy that led there."""
    yield Paragraph(told_version(version, phrasing))
    said, signed = _answers(version, phrasing), _signatures(version, phrasing)
    told = (*said, *signed, *_copies(version, phrasing))
    if told:
        yield Listing(told)


def _answers(version: PlanVersion, phrasing: Phrasing) -> Iterator[Item]:
    for one in version.answers:
        words = phrasing.wording.say(
            "plan_version.answered",
            day=one.noted.on.isoformat(),
            answer=phrasing.code("agreement", one.answer.value),
        )
        yield Item(with_notes(words, [one.reason]))


def _signatures(version: PlanVersion, phrasing: Phrasing) -> Iterator[Item]:
    for one in version.signatures:
        words = phrasing.wording.say(
            "plan_version.signature",
            day=one.noted.on.isoformat(),
            role=phrasing.code("plan_role", one.role or "not_named"),
            event=phrasing.code("signature", one.event.value),
        )
        hashed = phrasing.wording.say("plan_version.content", hash=short_hash(one.content_hash))
        yield Item(with_notes(words, [hashed, one.reason]))


def _copies(version: PlanVersion, phrasing: Phrasing) -> Iterator[Item]:
    for one in version.copies:
        language = phrasing.code("languages", one.language)
        day = one.noted.on.isoformat()
        yield Item(phrasing.wording.say("plan_version.copy", day=day, language=language))


def describe_book(book: PlanBook, phrasing: Phrasing) -> Iterator[Block]:
    """Describe a book: where each of its versions stands, the newest first."""
    say = phrasing.wording.say
    yield Heading(1, say("plan_version.book"))
    versions = plan_history(book, on=LATEST_DAY).versions
    if not versions:
        yield Paragraph(say("plan.nothing"))
    for version in reversed(versions):
        yield Heading(2, say("plan_version.title", number=str(version.number)))
        yield from describe_standing(version, phrasing)


def describe_version(version: PlanVersion, phrasing: Phrasing) -> Iterator[Block]:
    """Describe a version: what it says, below its title where it stands."""
    title, *said = describe_for_officer(version.content, phrasing, on=version.opened.on)
    yield title
    yield from describe_standing(version, phrasing)
    yield from said


def describe_content(content: PlanContent, phrasing: Phrasing) -> Iterator[Block]:
    """Describe what a plan says, as on the day on which it starts."""
    return describe_for_officer(content, phrasing, on=content.starts)


def told_session(fallen: FallenOut, content: PlanContent, phrasing: Phrasing) -> str:
    """A session that is not held on its own day, in one line: of what, why, and when instead."""
    say = phrasing.wording.say
    programs = {item.item_id: item.program_id for item in content.items}
    words = say(
        "plan_version.fallen_out",
        program=phrasing.program(programs[fallen.item_id]),
        day=fallen.day.isoformat(),
        reason=phrasing.code("no_place", fallen.reason.value),
    )
    instead = fallen.made_up_on
    key = "plan_version.no_other_day" if instead is None else "plan_version.other_day"
    return f"{words} {say(key, day='' if instead is None else instead.isoformat())}"
